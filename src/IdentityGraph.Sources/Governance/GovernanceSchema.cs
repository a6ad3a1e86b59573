using System.Text;
using IdentityGraph.Sources.Entries;

namespace IdentityGraph.Sources.Governance;

/// <summary>The published schema of a governance file, printed from <see cref="GovernanceSections.All"/>.</summary>
public static class GovernanceSchema
{
    /// <summary>A heading and a table in Markdown for each section.</summary>
    public static string Listing()
    {
        var text = new StringBuilder();
        foreach (var section in GovernanceSections.All)
        {
            text.Append("### ").Append(section.Name).Append('\n').Append(section.Sentence).Append("\n\n| key | value | meaning |\n|---|---|---|\n");
            foreach (var key in section.Keys)
            {
                text.Append("| `").Append(key.Name).Append(key.Required ? "` (required) | " : "` | ").Append(ValueOf(key)).Append(" | ").Append(key.Sentence).Append(" |\n");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string ValueOf(EntryKey key)
    {
        var value = key.Words.Count is > 0 and <= 15 ? string.Join(", ", key.Words) : key.Type switch
        {
            EntryType.Id => "id",
            EntryType.Ids => "id or list of ids",
            EntryType.Texts => "text or list",
            EntryType.Word => "a kind of the schema",
            EntryType.Flag => "true, false",
            EntryType.Integer => "whole number",
            EntryType.Duration => "ISO 8601 duration",
            EntryType.Start => "date (its 00:00 UTC) or instant",
            EntryType.End => "date (its 24:00 UTC) or instant",
            _ => "text",
        };
        return key.Nullable ? value + ", null" : value;
    }
}
