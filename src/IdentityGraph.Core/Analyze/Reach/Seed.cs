using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>Where control begins.</summary>
public sealed record Seed
{
    public required Node Node { get; init; }

    /// <summary>Rights instead of the usual ones of its kind: of a Resource discover and read, of a System all, of anything else use.</summary>
    public Rights? Rights { get; init; }

    /// <summary>When a credential's material was gained (UTC ticks): dead if rotated since. Null: now.</summary>
    public long? GainedAt { get; init; }

    /// <summary>How sure it is that the attacker has it.</summary>
    public Truth Truth { get; init; } = Truth.True;

    /// <summary>Attained though it is not live: what would be reached if it were usable again.</summary>
    public bool AsIfLive { get; init; }

    /// <summary>Attained in the first hop rather than before it: what the other seeds lead to by no rule. Needs a seed that is not late.</summary>
    public bool IsLate { get; init; }

    public static Seed Of(Node node) => new() { Node = node };
}

/// <summary>How far and through what.</summary>
public sealed record ReachOptions
{
    /// <summary>
    /// Nodes (dense indexes) taken as dead: not attained, and judged as were they verified to be disabled or ended, so that what lives
    /// by them (a credential of an account, a grant of who authorised it, a token of a grant) dies as it would. Facts stay.
    /// </summary>
    public IReadOnlySet<int>? DeadNodes { get; init; }

    /// <summary>Edges (dense indexes) by which no rule concludes; what lives by them is not judged anew.</summary>
    public IReadOnlySet<int>? DeadEdges { get; init; }

    /// <summary>Ends the search early, quietly: the result then says that it is cut short.</summary>
    public CancellationToken Stop { get; init; }

    internal bool HasCuts => DeadNodes is { Count: > 0 } || DeadEdges is { Count: > 0 };
}
