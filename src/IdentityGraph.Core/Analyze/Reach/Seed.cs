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

    /// <summary>It was not named itself, but opened by an exposure that was.</summary>
    internal bool IsOpened { get; init; }

    /// <summary>How many hops before it was attained: what an attacker kept from an earlier time was not attained for nothing.</summary>
    internal int Hop { get; init; }

    /// <summary>Cells it is attained in at most.</summary>
    internal uint Cells { get; init; } = CellBits.AllCells;

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

    /// <summary>No proof will be asked for: other ways to what is attained already need not be remembered.</summary>
    public bool WithoutProofs { get; init; }

    /// <summary>
    /// Proofs may be asked for, but need not be: what they need is only searched for when the first one is asked for. Of no use where
    /// the search may be told to stop.
    /// </summary>
    public bool LateProofs { get; init; }

    /// <summary>
    /// Few proofs will be asked for: each is searched for by itself, among what leads to it in as many hops. Of no use where the search
    /// may be told to stop.
    /// </summary>
    internal bool FewProofs { get; init; }

    /// <summary>By dense index: the only nodes worth concluding on, as what leads to a target; null: all.</summary>
    internal bool[]? Within { get; init; }

    /// <summary>Nodes, by dense index, that no step may conclude on; their facts and what lives by them stay.</summary>
    internal Func<int, bool>? Avoid { get; init; }

    /// <summary>Told of every conclusion; null: nobody asks.</summary>
    internal Firings? Firings { get; init; }

    /// <summary>Accounts, by dense index, that ask for a second factor nobody has: their passwords and recoveries give nothing.</summary>
    internal IReadOnlySet<int>? Gated { get; init; }

    /// <summary>Facts on which no rule may rest; what lives by them is not judged anew.</summary>
    internal IReadOnlySet<Fact>? Lacking { get; init; }

    /// <summary>The only facts on which rules may rest; null: all.</summary>
    internal IReadOnlySet<Fact>? Only { get; init; }

    /// <summary>The only clauses to conclude by, written before; null: all.</summary>
    internal IReadOnlyList<int>? Clauses { get; init; }

    /// <summary>Nothing is left out and nobody asks how, or not yet: only what is attained, and when.</summary>
    internal bool IsPlain => (WithoutProofs || LateProofs || FewProofs) && Within is null && Clauses is null && Firings is null && (!HasCuts || (CutFrom is not null && !(this with { DeadEdges = null }).HasCuts));

    /// <summary>By dense index, the only nodes from which a clause starts that the dead edges cut; null: not known.</summary>
    internal IReadOnlySet<int>? CutFrom { get; init; }

    internal bool HasCuts => DeadNodes is { Count: > 0 } || DeadEdges is { Count: > 0 } || Avoid is not null || Gated is { Count: > 0 } || Lacking is not null || Only is not null;

    /// <summary>Whether rules may rest on the fact.</summary>
    internal bool Allows(Fact fact) =>
        !(fact.IsEdge && DeadEdges?.Contains(fact.Index) == true) && Lacking?.Contains(fact) != true && Only?.Contains(fact) != false;

    /// <summary>Whether the way to satisfy a premise is open.</summary>
    internal bool Allows(in Alternative way) => way.Edge < 0 || !HasCuts || Allows(Fact.OfEdge(way.Edge));
}
