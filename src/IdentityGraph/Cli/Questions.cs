using System.CommandLine.Parsing;

namespace IdentityGraph.Cli;

/// <summary>Commands that only ask, by all their words: they write nothing.</summary>
internal static class Questions
{
    /// <summary>Those about facts, which an overlay may change for the asking.</summary>
    private static readonly string[] s_ofFacts =
    [
        "analyze", "findings list", "findings show", "orphans", "leaver", "blast-radius", "path", "identity find", "identity show", "identity chain", "handoff list",
        "handoff show", "ask spawned", "ask dormant", "residue", "exposure", "why-not", "cuts", "choke-points", "influence", "assert no-path", "assert max-blast", "assert no-orphans",
        "assert no-live-leaver",
    ];

    public static IReadOnlyList<string> All { get; } = [.. s_ofFacts, "rules list", "rules show", "diff", "runs list", "runs diff"];

    public static bool Includes(CommandResult command) => All.Contains(string.Join(' ', CommandLine.Words(command)));

    /// <summary>`assert --policy` too, which reads a file: a scenario may not ask it.</summary>
    public static bool TakesOverlay(CommandResult command) => s_ofFacts.Append("assert").Contains(string.Join(' ', CommandLine.Words(command)));
}
