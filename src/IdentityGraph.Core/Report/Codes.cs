namespace IdentityGraph.Report;

/// <summary>A short code of an answer, with its meaning in a few words.</summary>
/// <param name="Name">As printed.</param>
/// <param name="Meaning">For the legend below a table.</param>
public sealed record Code(string Name, string Meaning)
{
    public override string ToString() => $"{Name} {Meaning}";
}

/// <summary>The codes that answers use, one line each; the legend of a table and the schema print from here.</summary>
public static class Codes
{
    /// <summary>What ties a leaver to something.</summary>
    public static IReadOnlyList<Code> Anchors { get; } =
    [
        new("a1", "account"),
        new("a2", "credential held alone"),
        new("a3", "secret once in reach, or held with others"),
        new("a4", "identity controlled technically"),
        new("a5", "grant consented to"),
        new("a6", "automation that runs as them"),
        new("a7", "guest or personal account"),
        new("a8", "made by a run of theirs"),
        new("a9", "trust or mapping that names their account"),
        new("a10", "agent's grant on their behalf"),
    ];

    /// <summary>Who can use a leaver's path.</summary>
    public static IReadOnlyList<Code> PathClasses { get; } =
    [
        new("R1", "usable by the leaver"),
        new("R2", "latent, were a blocked account usable"),
        new("R3", "automation continues on their authority"),
    ];

    /// <summary>Why nobody answers for something; the first that holds is given.</summary>
    public static IReadOnlyList<Code> OrphanReasons { get; } =
    [
        new("O1", "never owned"),
        new("O2", "owner left"),
        new("O3", "group empty or only leavers"),
        new("O4", "owner orphaned"),
        new("O5", "ownership cycle"),
        new("O6", "external without sponsor"),
        new("O7", "owner cannot be told"),
        new("O8", "gap in time"),
    ];

    /// <summary>One line with the meaning of those codes that are used; null where none is.</summary>
    public static string? Legend(IReadOnlyList<Code> codes, IEnumerable<string?> used)
    {
        var words = used.OfType<string>().ToHashSet(StringComparer.Ordinal);
        var known = codes.Where(code => words.Contains(code.Name)).ToList();
        return known.Count == 0 ? null : string.Join(" · ", known);
    }
}
