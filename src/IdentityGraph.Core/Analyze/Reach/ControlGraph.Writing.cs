using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

public sealed partial class ControlGraph
{
    /// <summary>How a clause is written beside what it concludes.</summary>
    private readonly record struct Form
    {
        public bool Amplifying { get; init; }

        /// <summary>The rule brings its own test of the target's liveness.</summary>
        public bool TargetTested { get; init; }

        /// <summary>Whether what is concluded stays with the attacker.</summary>
        public Truth Durable { get; init; }

        public ClauseKind Kind { get; init; }
    }

    /// <summary>What must hold for any rule to conclude on a node.</summary>
    private sealed record Entrance(Truth Truth, int Groups, IReadOnlyList<string> Words, bool IsNeeded);

    private static readonly Form s_amplifying = new() { Amplifying = true };

    /// <summary>Writes what a rule concludes: a clause of what is certain, and one of what is only possible.</summary>
    private void Derive(ControlRule rule, Node target, RightsRange rights, Truth truth, Gated? gated, Form form, params ReadOnlySpan<Fact> facts)
    {
        truth = truth.And(gated?.Truth ?? Truth.True);
        if (truth == Truth.False || rights.IsNone || IsRemoved(target))
        {
            return;
        }

        var entry = -1;
        IReadOnlyList<string> entryWords = [];
        var liveTested = false;
        if (form.Kind != ClauseKind.Walk)
        {
            var entrance = EntranceOf(target);
            (truth, entry, entryWords) = (truth.And(entrance.Truth), entrance.Groups, entrance.Words);
            if (!form.TargetTested)
            {
                truth = truth.And(Enters(target));
                liveTested = NeedsLiving(target.Kind);
            }
        }

        if (truth == Truth.False)
        {
            return;
        }

        if (OnlyKnowsUse(target.Kind) && target.Kind != NodeKinds.Unknown && form.Kind != ClauseKind.Inherit)
        {
            rights &= RightsRange.Use;
        }

        if (liveTested)
        {
            facts = (Fact[])[.. facts, Fact.Of(target, target.Kind == NodeKinds.OAuthGrant ? LiveFact : Properties.State.Name)];
        }

        var own = gated is null ? -1 : _store.AddGroups(gated.Groups);
        var certain = truth == Truth.True ? rights.Certain : Rights.None;
        Add(certain, CellBits.AllCells, facts);
        Add(rights.Possible & ~certain, CellBits.PossibleCells, facts);

        void Add(Rights given, uint cells, ReadOnlySpan<Fact> resting)
        {
            if (given == Rights.None)
            {
                return;
            }

            cells &= form.Amplifying ? CellBits.AmplifiedCells : CellBits.AllCells;
            var clause = _store.Add(
                new Clause
                {
                    From = _from,
                    To = target.Index,
                    Own = own,
                    Entry = entry,
                    Rule = rule.Index,
                    Premise = _premise,
                    Rights = given,
                    Cells = (byte)cells,
                    Durable = (byte)(cells & CellBits.Of(form.Durable)),
                    Kind = form.Kind,
                },
                resting);
            List<string> words = [.. gated?.Words ?? [], .. entryWords];
            if (words.Count > 0)
            {
                _store.KeepWords(clause, words);
            }
        }
    }

    /// <summary>What a what-if removes is attained by nobody; unless it is asked what would follow were it there.</summary>
    private bool IsRemoved(Node node) => View.Snapshot.IsRemoved(node.Index) && _waiver is not { Presence: true };

    /// <summary>Liveness is checked once, on entry: what acts must be live, what is merely there must be there, held material needs nothing.</summary>
    private Truth Enters(Node target)
    {
        var kind = target.Kind;
        return kind == NodeKinds.Credential ? Truth.True : NeedsLiving(kind) ? Liveness.Of(target) : Liveness.Exists(target);
    }

    private static bool NeedsLiving(NodeKind kind) =>
        kind.IsPrincipal || kind == NodeKinds.Application || kind == NodeKinds.Connector || kind == NodeKinds.Workflow || kind == NodeKinds.OAuthGrant;

    /// <summary>
    /// Network position and network gates: one alternative of its REACHED_THROUGH attained, or every gate satisfied. A restriction
    /// that is only possible counts in certain unless it is satisfied, and not in possible.
    /// </summary>
    private Entrance EntranceOf(Node target)
    {
        if (_entrances.TryGetValue(target.Index, out var known))
        {
            return known;
        }

        List<Alternative> ways = [];
        var sure = false;
        foreach (var edge in target.Out(EdgeKinds.ReachedThrough))
        {
            if (edge.Holds != Truth.False)
            {
                sure |= edge.Holds == Truth.True;
                ways.Add(new Alternative(edge.To.Index, Rights.Use, (byte)CellBits.Of(edge.Holds), edge.Index));
            }
        }

        Gated? gated = null;
        if (target.Kind == NodeKinds.System || target.Kind == NodeKinds.Account || target.Kind == NodeKinds.ServiceIdentity)
        {
            _gates.Demand(ref gated, target[Properties.Gates], target.Kind.IsPrincipal ? target : null);
        }

        // Who is let off its position is as if an alternative were attained: that satisfies the gates the position stands for.
        var entrance = ways.Count == 0 ? Behind(gated)
            : _waiver is { Network: true } ? new Entrance(Truth.True, -1, gated?.Words ?? [], false)
            : Behind(gated, ways, sure, target);
        _entrances[target.Index] = entrance;
        return entrance;
    }

    private Entrance Behind(Gated? gated) =>
        gated is null ? new Entrance(Truth.True, -1, [], false) : new Entrance(gated.Truth, _store.AddGroups(gated.Groups), gated.Words, true);

    private Entrance Behind(Gated? gated, List<Alternative> ways, bool sure, Node target)
    {
        List<PremiseGroup> groups = [];
        if (gated is not null)
        {
            foreach (var word in gated.Words)
            {
                var satisfied = word == "gates" ? Truth.Unknown : _gates.Satisfies(word, target.Kind.IsPrincipal ? target : null);
                if (satisfied != Truth.True)
                {
                    var factors = word == "mfaFactor" && target.Kind.IsPrincipal ? _gates.FactorsOf(target) : [];
                    groups.Add(new PremiseGroup(CellBits.Of(satisfied), [.. ways, .. factors]));
                }
            }
        }
        else if (sure)
        {
            groups.Add(new PremiseGroup(0, ways));
        }
        else
        {
            groups.AddRange(ways.Select(way => new PremiseGroup(CellBits.PossibleCells, [way with { Cells = (byte)CellBits.AllCells }])));
        }

        return new Entrance(Truth.True, _store.AddGroups(groups), gated?.Words ?? [], true);
    }
}
