using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>The entries of a trust between tenants: subject patterns, in which `*` stands for anything, and the principals they become.</summary>
internal sealed record Mapping
{
    private readonly List<(string Pattern, string Principal)> _entries = [];

    /// <summary>How far what was read still holds.</summary>
    public Truth Readable { get; private init; } = Truth.True;

    /// <summary>Nothing was said, or an entry cannot be read.</summary>
    public bool HidesSomething { get; private set; }

    public static Mapping Of(Reading reading)
    {
        var stale = reading.Known == Known.Disputed || !reading.Fresh;
        var mapping = new Mapping
        {
            Readable = stale ? Truth.Unknown : Truth.True,
            HidesSomething = stale || reading.Known == Known.NotReported,
        };
        foreach (var entry in reading.Texts)
        {
            var arrow = entry.IndexOf("=>", StringComparison.Ordinal);
            if (arrow < 0)
            {
                mapping.HidesSomething = true;
            }
            else
            {
                mapping._entries.Add((entry[..arrow].Trim(), entry[(arrow + 2)..].Trim()));
            }
        }

        return mapping;
    }

    /// <summary>Ids of the principals the subject becomes; of all that any subject becomes, where null.</summary>
    public IEnumerable<string> TargetsOf(string? subject) =>
        _entries.Where(entry => subject is null || Matches(entry.Pattern, subject)).Select(entry => entry.Principal).Distinct(StringComparer.Ordinal);

    /// <summary>Whether the pattern covers the whole id.</summary>
    internal static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> id)
    {
        var (p, i, star, mark) = (0, 0, -1, 0);
        while (i < id.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, i);
            }
            else if (p < pattern.Length && pattern[p] == id[i])
            {
                p++;
                i++;
            }
            else if (star >= 0)
            {
                (p, i) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].IndexOfAnyExcept('*') < 0;
    }
}
