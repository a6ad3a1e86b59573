using System.Text;

namespace IdentityGraph.Sources.Hr;

/// <summary>The published schema of a mapping's fields, printed from <see cref="HrField.All"/>.</summary>
public static class HrSchema
{
    /// <summary>A table in Markdown, one line for each field.</summary>
    public static string Table()
    {
        var text = new StringBuilder("| field | meaning | header words it is found under |\n|---|---|---|\n");
        foreach (var field in HrField.All)
        {
            text.Append("| `").Append(field.Name).Append("` | ").Append(field.Sentence).Append(" | ").AppendJoin(", ", field.Headers).Append(" |\n");
        }

        return text.ToString();
    }
}
