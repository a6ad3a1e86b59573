using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Questions;

/// <summary>A proof with the facts it rests on.</summary>
/// <param name="Proof">The applications.</param>
/// <param name="Hops">How many hops to what it proves.</param>
/// <param name="Facts">Edges and properties of nodes; none of them can be left out.</param>
internal sealed record FoundProof(Proof Proof, int Hops, IReadOnlySet<Fact> Facts);

/// <summary>
/// Distinct proofs of one right whose sets of facts are inclusion-minimal, best first. Where every conclusion rests on one other alone
/// they are paths, which are followed in their order. Else any other such set lacks a fact of the proof found: so each fact in turn is
/// left out and the best proof of what is left is found, the branch with the fewest hops first.
/// </summary>
public sealed partial class ProofList
{
    /// <summary>Branches looked at before it gives up: minimal proofs can be exponentially many.</summary>
    private const int Most = 2_000;

    /// <summary>So many hops more than the fewest are tried by a narrow search before a wide one.</summary>
    private const int MoreHops = 2;

    private readonly ReachResult _reach;
    private readonly ControlGraph _control;
    private readonly IReadOnlyList<Seed> _seeds;
    private readonly ReachOptions _options;
    private readonly Corridor? _corridor;
    private readonly (Node Target, Rights Right, Cell Cell) _goal;
    private readonly PriorityQueue<IReadOnlySet<Fact>, int> _open = new();
    private readonly HashSet<string> _branches = new(StringComparer.Ordinal);
    private readonly List<FoundProof> _found = [];

    private bool[]? _leading;

    private ProofList(ReachResult reach, (Node Target, Rights Right, Cell Cell) goal)
    {
        (_reach, _control, _seeds, _goal) = (reach, reach.Graph, reach.Seeds, goal);
        _options = reach.Options with { FewProofs = false };
        _corridor = Corridor.To(reach, goal.Target, goal.Right, goal.Cell);
    }

    /// <summary>The proofs, best first, no more than asked for.</summary>
    public IReadOnlyList<Proof> Proofs { get; private set; } = [];

    /// <summary>There are no others; false: there are, or may be.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>It stopped, by time or by the number of branches, before it knew the best so many.</summary>
    public bool IsCapped { get; private set; }

    /// <summary>More walks over memberships lead to the same than are told apart: other proofs, even shorter ones, may be missing.</summary>
    public bool LeavesWaysOut { get; private set; }

    private Action<int, int>? Progress { get; init; }

    /// <summary>Finds them.</summary>
    /// <param name="reach">A search that attains the right; what it leaves out, proofs leave out.</param>
    /// <param name="target">What is proved to be attained.</param>
    /// <param name="right">The right.</param>
    /// <param name="cell">In which cell.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellationToken">Throws when cancelled.</param>
    /// <param name="progress">Told how many are found of those asked for; null: nobody watches.</param>
    public static ProofList Of(ReachResult reach, Node target, Rights right, Cell cell, int count, CancellationToken cancellationToken, Action<int, int>? progress = null)
    {
        var list = new ProofList(reach, (target, right, cell)) { Progress = progress };
        list.Run(count, follows: true, cancellationToken);
        return list;
    }

    /// <summary>The same without following paths, where that is possible too.</summary>
    /// <inheritdoc cref="Of"/>
    internal static ProofList ByBranches(ReachResult reach, Node target, Rights right, Cell cell, int count, CancellationToken cancellationToken, Action<int, int>? progress = null)
    {
        var list = new ProofList(reach, (target, right, cell)) { Progress = progress };
        list.Run(count, follows: false, cancellationToken);
        return list;
    }

    private void Run(int count, bool follows, CancellationToken cancellationToken)
    {
        var isWhole = (follows ? Follow(count, cancellationToken) : null) ?? Branch(count, cancellationToken);
        LeavesWaysOut = _control.LeavingWaysOut.Any(node => _reach.PlaceOf(node) >= 0 && Leading[node]);
        IsWhole = isWhole && _found.Count <= count && !LeavesWaysOut;

        // The first found is the one that is chosen where only one is asked for.
        Proofs = [.. _found.Take(1).Concat(_found.Skip(1).Order(ProofOrder.Instance)).Take(count).Select(found => found.Proof)];
    }

    /// <summary>By leaving out facts; whether it looked at every branch.</summary>
    private bool Branch(int count, CancellationToken cancellationToken)
    {
        Open(new HashSet<Fact>(), 0);
        for (var looked = 0; _open.TryPeek(out var lacking, out var hops) && !AreKnown(count, hops); looked++)
        {
            if (looked == Most || _options.Stop.IsCancellationRequested)
            {
                IsCapped = true;
                break;
            }

            Progress?.Invoke(Math.Min(_found.Count, count), count);
            _open.Dequeue();
            Look(lacking, hops, cancellationToken);
        }

        return _open.Count == 0;
    }

    /// <summary>Whether no branch that is left can better the best so many.</summary>
    private bool AreKnown(int count, int hops) => _found.Count(found => found.Hops < hops) >= count;

    /// <summary>By dense index, what may lead to the target.</summary>
    private bool[] Leading => _leading ??= _control.LeadingTo(_goal.Target);

    /// <param name="lacking">What is left out.</param>
    /// <param name="hops">Without one fact less it took so many; more facts never take fewer.</param>
    /// <param name="cancellationToken">Throws when cancelled.</param>
    private void Look(IReadOnlySet<Fact> lacking, int hops, CancellationToken cancellationToken)
    {
        if ((ProveSoon(lacking, hops, cancellationToken) ?? Prove(new ReachOptions { Lacking = lacking, Within = Leading }, cancellationToken)) is not { } first)
        {
            return;
        }

        var least = Least(first, cancellationToken);
        if (!_found.Exists(found => found.Facts.SetEquals(least.Facts)))
        {
            _found.Add(least);
        }

        foreach (var fact in least.Facts)
        {
            Open(new HashSet<Fact>(lacking) { fact }, first.Hops);
        }
    }

    /// <summary>Leaves out each fact without which the others still prove it.</summary>
    private FoundProof Least(FoundProof proof, CancellationToken cancellationToken)
    {
        foreach (var fact in proof.Facts.ToList())
        {
            if (proof.Facts.Contains(fact) && Prove(new ReachOptions { Only = proof.Facts.Where(other => other != fact).ToHashSet(), Within = Leading }, cancellationToken) is { } less)
            {
                proof = less;
            }
        }

        return proof;
    }

    /// <summary>The best proof where it takes few hops more than the best of all; null: it does not, or that cannot be told so.</summary>
    private FoundProof? ProveSoon(IReadOnlySet<Fact> lacking, int hops, CancellationToken cancellationToken)
    {
        if (_corridor is null)
        {
            return null;
        }

        for (var most = Math.Max(hops, _corridor.Hops); most <= _corridor.Hops + MoreHops; most++)
        {
            if (_corridor.Search(_options with { Lacking = lacking, Stop = default }, most, cancellationToken) is { } reach)
            {
                return Prove(reach);
            }
        }

        return null;
    }

    private FoundProof? Prove(ReachOptions branch, CancellationToken cancellationToken) =>
        Prove(_control.Reach(_seeds, _options with { Lacking = branch.Lacking, Only = branch.Only, Within = branch.Within, Stop = default }, cancellationToken));

    private FoundProof? Prove(ReachResult reach)
    {
        var (target, right, cell) = _goal;
        return reach.Proof(target, right, cell) is { } proof ? new FoundProof(proof, reach.Hops(target, right, cell), FactsOf(proof)) : null;
    }

    private static HashSet<Fact> FactsOf(Proof proof) =>
    [
        .. proof.Steps.SelectMany(step => step.Edges).Select(edge => (Fact)edge),
        .. proof.Steps.SelectMany(step => step.NodeFacts).Select(fact => Fact.Of(fact.Node, fact.Property)),
    ];

    private void Open(HashSet<Fact> lacking, int hops)
    {
        if (_branches.Add(string.Join(' ', lacking.Select(fact => $"{fact.Index}{fact.Property}").Order(StringComparer.Ordinal))))
        {
            _open.Enqueue(lacking, hops);
        }
    }
}
