using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach.Paths;

/// <summary>
/// The applications that conclude a literal in exactly so many hops, each from one other literal: backwards, written as they are asked
/// for and kept. Says where an application needs more than one, or where it would take too much work.
/// </summary>
internal sealed partial class PathSteps
{
    /// <summary>More hops than any path has.</summary>
    public const int AnyHops = int.MaxValue / 2;

    private readonly ReachResult _reach;
    private readonly int _most;
    private readonly ClauseStore _store;
    private readonly ClausesInto _into;
    private readonly GraphView _view;
    private readonly Cell _which;
    private readonly uint _cell;
    private readonly int[] _first;
    private readonly bool _hasCuts;
    private readonly Dictionary<int, Rights> _seeded = [];
    private readonly Dictionary<(PathLiteral Literal, int Hops), Known> _known = [];
    private int _looked;

    /// <param name="reach">A search; only for who has its graph to itself.</param>
    /// <param name="cell">In which cell.</param>
    /// <param name="most">Premises and steps looked at before it gives up.</param>
    public PathSteps(ReachResult reach, Cell cell, int most)
    {
        (_reach, _most, _store, _view) = (reach, most, reach.Graph.Store, reach.Graph.View);
        (_which, _cell) = (cell, 1u << (int)cell);
        (_first, _hasCuts) = (reach.FirstHops, reach.Options.HasCuts);
        _into = reach.Graph.Into;
        foreach (var seed in reach.Seeds)
        {
            var index = seed.Node.Index;
            if (reach.Options.Avoid?.Invoke(index) != true)
            {
                _seeded[index] = _seeded.GetValueOrDefault(index) | new Cells(reach.Graph.WordOf(seed) & CellBits.All).Of(cell);
            }
        }
    }

    /// <summary>A conclusion that was come to needs more than one other.</summary>
    public bool IsJoint { get; private set; }

    /// <summary>Nothing it tells is whole any more.</summary>
    public bool GaveUp => IsJoint || _looked > _most;

    /// <summary>Counts as work.</summary>
    public void Look() => _looked++;

    /// <summary>Attained before any rule.</summary>
    public bool IsSeed(PathLiteral literal) => _seeded.GetValueOrDefault(literal.Node).Has(literal.Rights);

    /// <summary>Whether any sequence of applications, one through the same literal again too, concludes it in exactly so many hops.</summary>
    public bool CanBeIn(PathLiteral literal, int hops)
    {
        if (hops == 0 || IsSeed(literal))
        {
            return hops == 0 && IsSeed(literal);
        }

        var known = At(literal, hops);
        if (known.CanBe is { } can)
        {
            return can;
        }

        can = false;
        foreach (var choice in known.Choices)
        {
            _looked++;
            if (GaveUp)
            {
                return false;
            }

            if (CanBeIn(choice.Premise, hops - 1))
            {
                can = true;
                break;
            }
        }

        known.CanBe = can;
        return can;
    }

    /// <summary>By rule and the id of the premise; of some the premise may not be attained in exactly one hop less.</summary>
    public List<PathChoice> InOrder(PathLiteral literal, int hops)
    {
        var known = At(literal, hops);
        if (!known.IsSorted)
        {
            known.Choices.Sort(Compare);
            known.IsSorted = true;
        }

        return known.Choices;
    }

    /// <summary>In any order. None for what is attained before any rule: to conclude that again proves nothing more.</summary>
    public List<PathChoice> Into(PathLiteral literal, int hops) => At(literal, hops).Choices;

    /// <summary>By rule number and premise id.</summary>
    public int Compare(PathChoice one, PathChoice other)
    {
        var order = one.Rule.CompareTo(other.Rule);
        return order != 0 ? order : _view.Columns.IdRanks[one.Premise.Node].CompareTo(_view.Columns.IdRanks[other.Premise.Node]);
    }

    /// <summary>Its applications: more than one where more walks lead from the premise to where the clause starts.</summary>
    /// <param name="choice">Of some literal.</param>
    /// <param name="hops">To that literal.</param>
    public IEnumerable<PathStep> StepsBy(PathChoice choice, int hops)
    {
        var from = _store[choice.Clause].From;
        return from == choice.Premise.Node ? [new PathStep(choice.Premise, [choice.Clause])]
            : WalksTo(from, hops - 1).From(choice.Premise.Node, Look, () => GaveUp).Select(walked => new PathStep(choice.Premise, [.. walked, choice.Clause]));
    }

    private Known At(PathLiteral literal, int hops)
    {
        if (!_known.TryGetValue((literal, hops), out var known))
        {
            _known[(literal, hops)] = known = new Known(IsSeed(literal) ? [] : Written(literal, hops));
        }

        return known;
    }

    private List<PathChoice> Written(PathLiteral literal, int hops)
    {
        List<PathChoice> choices = [];
        IsJoint |= (_seeded.GetValueOrDefault(literal.Node) & literal.Rights) != Rights.None;
        for (var premise = _into.LastOf(literal.Node); premise >= 0 && !GaveUp;)
        {
            ref readonly var into = ref _into[premise];
            _looked++;
            if (into.IsFirst && IsAttained(into.From, hops - 1))
            {
                Write(into.Clause, literal, hops, choices);
            }

            premise = into.Before;
        }

        return choices;
    }

    private void Write(int number, PathLiteral literal, int hops, List<PathChoice> choices)
    {
        ref readonly var clause = ref _store[number];
        if ((clause.Cells & _cell) == 0 || !Held(clause.From).Has(clause.Premise))
        {
            return;
        }

        var given = Given(clause) & literal.Rights;
        if (given == Rights.None || IsCut(number, clause) || !MayHold(clause, hops - 1))
        {
            return;
        }

        // What gives a part may do so together with another that gives the rest; of what controls identities Admin is every right.
        var inherits = clause.Kind == ClauseKind.Inherit;
        IsJoint |= given != literal.Rights || clause.Kind == ClauseKind.Walk || (inherits && _reach.Graph.ControlsIdentities(clause.To));
        if (GaveUp)
        {
            return;
        }

        if (Walker.IsWalked(_view[clause.From].Kind))
        {
            foreach (var who in WalksTo(clause.From, hops - 1).Origins)
            {
                choices.Add(new PathChoice(clause.Rule, new PathLiteral(who, Rights.Use), number));
            }
        }
        else
        {
            choices.Add(new PathChoice(clause.Rule, new PathLiteral(clause.From, inherits ? clause.Premise | literal.Rights : clause.Premise), number));
        }
    }

    /// <summary>What it concludes in this cell.</summary>
    private Rights Given(in Clause clause) =>
        clause.Kind == ClauseKind.Inherit ? Held(clause.From)
        : clause.Rights.Has(Rights.Admin) && _reach.Graph.ControlsIdentities(clause.To) ? new Cells(ControlGraph.Whole(CellBits.Word(clause.Rights, _cell))).Of(_which)
        : clause.Rights;

    /// <summary>What is attained on the node in this cell, walked nodes too.</summary>
    private Rights Held(int node) => _reach.PlaceOf(node) is >= 0 and var place ? _reach.WordAt(place).Of(_which) : Rights.None;

    /// <summary>Whether anything on the node is attained in so many hops.</summary>
    private bool IsAttained(int node, int hops) => _first[node] > 0 && _first[node] - 1 <= hops;

    private bool IsCut(int number, in Clause clause)
    {
        if (!_hasCuts)
        {
            return false;
        }

        if (_reach.Options.Avoid?.Invoke(clause.To) == true)
        {
            return true;
        }

        foreach (var fact in _store.FactsOf(number))
        {
            if (!_reach.Options.Allows(fact))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether what it needs beside its premise may be attained by then: if it needs any, it is joint.</summary>
    private bool MayHold(in Clause clause, int hops)
    {
        if (clause.Own < 0 && clause.Entry < 0)
        {
            return true;
        }

        var joint = false;
        foreach (var group in (PremiseGroup[])[.. _store.Groups(clause.Own), .. _store.Groups(clause.Entry)])
        {
            if ((group.Given & _cell) == 0)
            {
                joint = true;
                if (!Array.Exists(group.Ways, way => (way.Cells & _cell) != 0 && _reach.Options.Allows(way) && IsAttained(way.Node, hops) && (Held(way.Node) & way.Rights) != Rights.None))
                {
                    return false;
                }
            }
        }

        IsJoint |= joint;
        return true;
    }

    private sealed class Known(List<PathChoice> choices)
    {
        public List<PathChoice> Choices => choices;

        public bool IsSorted { get; set; }

        public bool? CanBe { get; set; }
    }
}
