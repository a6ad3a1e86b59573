using System.Globalization;
using System.Text;
using IdentityGraph.Graph;

namespace IdentityGraph.Report;

/// <summary>The schema as people read it: printed from the lines of data, so that it cannot disagree with them.</summary>
public static class SchemaText
{
    public static string Markdown()
    {
        var text = new StringBuilder();
        text.AppendLine("# Schema").AppendLine();
        text.AppendLine("Made by `idgraph schema --format md` from the kinds in `src/IdentityGraph.Core/Graph/Kinds`; do not edit.").AppendLine();
        text.AppendLine("Every node and edge also carries its valid time `[from, until)`, its record time, its sources, its evidence grade and its evidence.").AppendLine();
        text.AppendLine("## Node kinds").AppendLine();
        foreach (var layer in NodeKind.All.GroupBy(kind => kind.Layer))
        {
            text.Append("### ").AppendLine(layer.Key).AppendLine();
            text.AppendLine("| kind | meaning | properties |").AppendLine("|---|---|---|");
            foreach (var kind in layer)
            {
                Row(text, kind.Name + (kind.IsPrincipal ? " : Principal" : ""), kind.Sentence, string.Join(", ", kind.Properties.Select(property => $"`{property.Name}`")));
            }

            text.AppendLine();
        }

        text.AppendLine("## Edge kinds").AppendLine();
        text.AppendLine("`*` feeds a control rule, `+` amplifies. `key` tells parallel edges apart; its default is the property named.").AppendLine();
        text.AppendLine("| edge | from | to | meaning | properties | key |").AppendLine("|---|---|---|---|---|---|");
        foreach (var kind in EdgeKind.All)
        {
            Row(
                text,
                kind.Name + (kind.FeedsControl ? " *" : "") + (kind.Amplifying ? "+" : ""),
                Ends(kind.From),
                Ends(kind.To),
                kind.Sentence,
                string.Join(", ", kind.Properties.Select(property => $"`{property.Name}`")),
                kind.KeyProperty is { } key ? $"`{key.Name}`" : "");
        }

        text.AppendLine().AppendLine("## Properties").AppendLine();
        text.AppendLine("Protective: its value can make something unreachable, so a later weaker statement that differs makes it unknown. None: `null` says the source states there is none or never; absent says it did not say.").AppendLine();
        text.AppendLine("| property | of | type | meaning | protective | none | words |").AppendLine("|---|---|---|---|---|---|---|");
        foreach (var (property, owners) in PropertiesWithOwners())
        {
            Row(text, $"`{property.Name}`", owners, property.Type.ToString(), property.Sentence, property.Protective ? "yes" : "", property.Nullable ? "yes" : "", string.Join(", ", property.Words));
        }

        text.AppendLine().AppendLine("## Rights and levels").AppendLine();
        text.AppendLine("| level | rights |").AppendLine("|---|---|");
        foreach (var level in Enum.GetValues<Level>())
        {
            Row(text, level.ToString(), RightsLogic.Of(level).ToLetters());
        }

        text.AppendLine().AppendLine("| right | letter | meaning |").AppendLine("|---|---|---|");
        foreach (var (_, letter, word) in Words.Rights)
        {
            Row(text, word.Name, letter, word.Sentence);
        }

        text.AppendLine().AppendLine("## Gates").AppendLine();
        text.AppendLine("| gate | meaning |").AppendLine("|---|---|");
        foreach (var gate in Words.Gates)
        {
            Row(text, gate.Name, gate.Sentence);
        }

        text.AppendLine().AppendLine("## Evidence grades").AppendLine();
        text.AppendLine("Strongest first.").AppendLine();
        text.AppendLine("| grade | meaning |").AppendLine("|---|---|");
        foreach (var (_, word) in Words.Grades)
        {
            Row(text, word.Name, word.Sentence);
        }

        foreach (var (title, codes) in new[] { ("What ties a leaver to something", Codes.Anchors), ("Classes of a leaver's path", Codes.PathClasses), ("Why nobody answers", Codes.OrphanReasons) })
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## {title}").AppendLine();
            text.AppendLine("| code | meaning |").AppendLine("|---|---|");
            foreach (var code in codes)
            {
                Row(text, code.Name, code.Meaning);
            }
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>Node kinds as boxes, edge kinds as arrows.</summary>
    public static string Mermaid()
    {
        var text = new StringBuilder("flowchart LR\n");
        foreach (var kind in EdgeKind.All)
        {
            foreach (var from in kind.From)
            {
                foreach (var to in kind.To)
                {
                    text.Append(CultureInfo.InvariantCulture, $"  {from.Name}[{from.Name}] -- {kind.Name} --> {to.Name}[{to.Name}]\n");
                }
            }
        }

        return text.ToString();
    }

    private static IEnumerable<(Property Property, string Owners)> PropertiesWithOwners() =>
        NodeKind.All.SelectMany(kind => kind.Properties.Select(property => (property, Owner: kind.Name)))
            .Concat(EdgeKind.All.SelectMany(kind => kind.Properties.Select(property => (property, Owner: kind.Name))))
            .GroupBy(pair => pair.property)
            .OrderBy(group => group.Key.Name, StringComparer.Ordinal)
            .ThenBy(group => group.First().Owner, StringComparer.Ordinal)
            .Select(group => (group.Key, group.Count() == NodeKind.All.Count ? "every node" : string.Join(", ", group.Select(pair => pair.Owner).Order(StringComparer.Ordinal))));

    private static string Ends(IReadOnlyList<NodeKind> kinds) => kinds.Count == 0 ? "any" : string.Join(", ", kinds.Select(kind => kind.Name));

    private static void Row(StringBuilder text, params string[] cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).AppendLine(" |");
}
