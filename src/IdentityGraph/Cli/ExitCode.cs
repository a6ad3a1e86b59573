namespace IdentityGraph.Cli;

/// <summary>What the process says to the one that called it. Where several apply, <see cref="Gravest"/> decides.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Findings at or above the gate, or an assertion failed.</summary>
    public const int Gate = 1;

    /// <summary>Usage or configuration error; refused input, nothing committed.</summary>
    public const int Usage = 2;

    /// <summary>Nothing in scope to analyse; identity unknown.</summary>
    public const int Nothing = 3;

    /// <summary>Data stale or incomplete.</summary>
    public const int Stale = 4;

    /// <summary>Store unreachable, locked or in need of migration.</summary>
    public const int Store = 5;

    /// <summary>Not authenticated or not allowed.</summary>
    public const int NotAllowed = 6;

    /// <summary>Some records or sources failed, the rest is committed.</summary>
    public const int Partial = 7;

    /// <summary>The answer was cut by a budget or limit.</summary>
    public const int Truncated = 8;

    public const int Internal = 70;
    public const int Interrupted = 130;
    public const int Terminated = 143;

    private static readonly int[] s_gravestFirst = [Interrupted, Terminated, Internal, Usage, Store, NotAllowed, Nothing, Gate, Truncated, Partial, Stale];

    /// <summary>The one to return where several apply; 0 where none does.</summary>
    public static int Gravest(params IEnumerable<int> codes)
    {
        var set = codes.ToHashSet();
        return s_gravestFirst.FirstOrDefault(set.Contains);
    }
}
