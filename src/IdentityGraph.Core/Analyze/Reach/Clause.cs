using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>What a clause does with its premise.</summary>
internal enum ClauseKind : byte
{
    /// <summary>Concludes its rights: one hop.</summary>
    Derive,

    /// <summary>Hands on the very rights attained on the premise: one hop.</summary>
    Inherit,

    /// <summary>A step within a walk over memberships: no hop of its own.</summary>
    Walk,
}

/// <summary>
/// One application of a rule that the facts allow: rights on <see cref="From"/>, and on one of each group of further premises,
/// give rights on <see cref="To"/>, in the cells its own truth allows.
/// </summary>
internal struct Clause
{
    public int From;
    public int To;

    /// <summary>Where its own further premises start; -1: none.</summary>
    public int Own;

    /// <summary>Where the premises of whatever concludes on its target start; -1: none.</summary>
    public int Entry;
    public int Facts;
    public ushort FactCount;
    public byte Rule;

    /// <summary>The right on From that it needs.</summary>
    public Rights Premise;
    public Rights Rights;

    /// <summary>Cells in which its own truth and form let it fire.</summary>
    public byte Cells;

    /// <summary>Cells in which what it concludes stays with the attacker.</summary>
    public byte Durable;
    public ClauseKind Kind;
}

/// <summary>One way to satisfy a group of premises: any of the rights attained on the node, in the cells its edge allows.</summary>
/// <param name="Node">Dense index.</param>
/// <param name="Rights">Any of these.</param>
/// <param name="Cells">In which cells it counts.</param>
/// <param name="Edge">The fact it rests on, dense index; -1: none.</param>
internal readonly record struct Alternative(int Node, Rights Rights, byte Cells, int Edge);

/// <summary>Premises of which one is enough.</summary>
/// <param name="Given">Cells in which it is satisfied without any.</param>
/// <param name="Alternatives">The ways.</param>
internal sealed record PremiseGroup(uint Given, IReadOnlyList<Alternative> Alternatives)
{
    /// <summary>The same side by side, for who goes through them often.</summary>
    public Alternative[] Ways => field ??= [.. Alternatives];
}

/// <summary>A fact a clause rests on: an edge, or a property of a node.</summary>
internal readonly record struct Fact
{
    private readonly int _index;
    private readonly string? _property;

    private Fact(int index, string? property) => (_index, _property) = (index, property);

    public bool IsEdge => _property is null;

    public int Index => _index;

    /// <summary>What of the node; null for an edge.</summary>
    public string? Property => _property;

    public static Fact Of(Node node, string property) => new(node.Index, property);

    /// <param name="index">Dense index of the edge.</param>
    public static Fact OfEdge(int index) => new(index, null);

    public static implicit operator Fact(Edge edge) => new(edge.Index, null);
}
