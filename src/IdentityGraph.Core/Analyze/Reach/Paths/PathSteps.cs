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

    // Premises and steps looked at before it gives up.
    private const int Most = 400_000;

    private readonly ReachResult _reach;
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
    public PathSteps(ReachResult reach, Cell cell)
    {
        (_reach, _store, _view) = (reach, reach.Graph.Store, reach.Graph.View);
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
    public bool GaveUp => IsJoint || _looked > Most;

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
        foreach (var step in known.Steps)
        {
            _looked++;
            if (GaveUp)
            {
                return false;
            }

            if (CanBeIn(step.Premise, hops - 1))
            {
                can = true;
                break;
            }
        }

        known.CanBe = can;
        return can;
    }

    /// <summary>In the order of <see cref="PathStep.Compare"/>; of some the premise may not be attained in exactly one hop less.</summary>
    public List<PathStep> InOrder(PathLiteral literal, int hops)
    {
        var known = At(literal, hops);
        if (!known.IsSorted)
        {
            known.Steps.Sort(PathStep.Compare);
            known.IsSorted = true;
        }

        return known.Steps;
    }

    /// <summary>In any order. None for what is attained before any rule: to conclude that again proves nothing more.</summary>
    public List<PathStep> Into(PathLiteral literal, int hops) => At(literal, hops).Steps;

    private Known At(PathLiteral literal, int hops)
    {
        if (!_known.TryGetValue((literal, hops), out var known))
        {
            _known[(literal, hops)] = known = new Known(IsSeed(literal) ? [] : Written(literal, hops));
        }

        return known;
    }

    private List<PathStep> Written(PathLiteral literal, int hops)
    {
        List<PathStep> steps = [];
        IsJoint |= (_seeded.GetValueOrDefault(literal.Node) & literal.Rights) != Rights.None;
        for (var premise = _into.LastOf(literal.Node); premise >= 0 && !GaveUp;)
        {
            ref readonly var into = ref _into[premise];
            _looked++;
            if (into.IsFirst && IsAttained(into.From, hops - 1))
            {
                Write(into.Clause, literal, hops, steps);
            }

            premise = into.Before;
        }

        return steps;
    }

    private void Write(int number, PathLiteral literal, int hops, List<PathStep> steps)
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

        var premise = new PathLiteral(clause.From, inherits ? clause.Premise | literal.Rights : clause.Premise);
        if (Walker.IsWalked(_view[clause.From].Kind))
        {
            WriteWalks(number, clause.From, hops - 1, steps);
        }
        else
        {
            steps.Add(new PathStep(_view, premise, clause.Rule, [number], EdgesOf([number])));
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

    private int[] EdgesOf(ReadOnlySpan<int> clauses)
    {
        List<int> edges = new(clauses.Length);
        foreach (var clause in clauses)
        {
            foreach (var fact in _store.FactsOf(clause))
            {
                if (fact.IsEdge && !edges.Contains(fact.Index))
                {
                    edges.Add(fact.Index);
                }
            }
        }

        return [.. edges];
    }

    private sealed class Known(List<PathStep> steps)
    {
        public List<PathStep> Steps => steps;

        public bool IsSorted { get; set; }

        public bool? CanBe { get; set; }
    }
}
