using IdentityGraph.Graph;

namespace IdentityGraph.Report;

/// <summary>Whether a text that somebody pasted means a node: its id or key id, e-mail, number in another system, or name.</summary>
internal sealed class IdentityText(string text)
{
    private static readonly string[] s_names = [Properties.Name.Name, Properties.Email.Name, Properties.HrId.Name, Properties.EmployeeNumber.Name, Properties.CorrelationKeys.Name, "uid"];

    /// <summary>How well the node matches, 0 best, and on what; null: it does not.</summary>
    public (int Rank, string On)? Match(Node node)
    {
        if (string.Equals(node.Id, text, StringComparison.Ordinal))
        {
            return (0, "id");
        }

        if (node.Id.Length > text.Length && node.Id.EndsWith(text, StringComparison.OrdinalIgnoreCase) && IsPartOfId(node.Id[^(text.Length + 1)]))
        {
            return (1, "id");
        }

        (int Rank, string On)? best = node.Id.Contains(text, StringComparison.OrdinalIgnoreCase) ? (3, "id") : null;
        foreach (var name in s_names)
        {
            if (node.Kind.FindProperty(name) is not { } property)
            {
                continue;
            }

            foreach (var said in Said(node, property))
            {
                var rank = IsWhole(said) ? 2 : said.Contains(text, StringComparison.OrdinalIgnoreCase) ? 4 : int.MaxValue;
                best = rank < (best?.Rank ?? int.MaxValue) ? (rank, name) : best;
            }
        }

        return best;
    }

    /// <summary>A correlation key is `type:value`; its value alone is enough.</summary>
    private bool IsWhole(string said) =>
        string.Equals(said, text, StringComparison.OrdinalIgnoreCase)
        || (said.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon && said.AsSpan(colon + 1).Equals(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>What the property says; where sources differ, what each of them said: nobody searching knows which is right.</summary>
    private static IEnumerable<string> Said(Node node, Property property) => node[property] is { Known: not Known.Disputed } reading
        ? reading.Texts
        : node.Statements(property).Select(statement => statement.Value.AsText()).OfType<string>();

    private static bool IsPartOfId(char before) => before is '/' or ':';
}
