using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Questions;

/// <summary>A set of members after which no target is attained, not even possibly.</summary>
/// <param name="Members">In the order of their names.</param>
/// <param name="Cost">Sum of what its actions cost.</param>
/// <param name="IsProved">No cheaper set was left unseen before it was found.</param>
internal sealed record Cut(IReadOnlyList<CutAction> Members, int Cost, bool IsProved);

/// <summary>What is to be cut from what, and by what.</summary>
public sealed record CutQuestion
{
    public required IReadOnlyList<Seed> Seeds { get; init; }

    /// <summary>With the right that is kept from being attained on each; none: any.</summary>
    public required IReadOnlyList<(Node Node, Rights Right)> Targets { get; init; }

    public CutBy By { get; init; }

    /// <summary>Only these nodes, or facts and actions on them; null: any.</summary>
    public IReadOnlySet<int>? Among { get; init; }

    /// <summary>At most so many members; null: any number.</summary>
    public int? MaxSize { get; init; }

    /// <summary>Every minimal cut rather than those of the least cost.</summary>
    public bool All { get; init; }

    /// <summary>Told how many sets were looked at, of as many as are known to be; null: nobody watches.</summary>
    public Action<int, int>? Progress { get; init; }
}

/// <summary>
/// Minimal cuts as hitting sets of proofs: find a proof that the members so far leave, branch on each of its members that breaks it,
/// the cheapest set first. Each is verified by searching again with its members dead, and without each of them.
/// </summary>
internal sealed class Cuts
{
    /// <summary>Sets looked at before it gives up: minimal cuts can be exponentially many.</summary>
    private const int Most = 5_000;

    private readonly ControlGraph _control;
    private readonly CutQuestion _question;
    private readonly CutMembers _members;
    private readonly CancellationToken _stop;
    private readonly CancellationToken _cancel;
    private readonly List<Cut> _found = [];
    private readonly PriorityQueue<IReadOnlyList<CutAction>, (int Cost, int Size, string Names)> _open = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    private Cuts(ControlGraph control, CutQuestion question, CancellationToken stop, CancellationToken cancel)
    {
        (_control, _question, _stop, _cancel) = (control, question, stop, cancel);
        var reach = control.Reach(question.Seeds, new ReachOptions { Stop = stop }, cancel);
        IsAttained = question.Targets.Any(target => IsAttainedIn(reach, target));
        IsCutShort = reach.IsCutShort;
        _members = new CutMembers(control, question, control.LeadingTo(question.Targets.Select(target => target.Node)), cancel);
    }

    /// <summary>Some target is attained, at least possibly.</summary>
    public bool IsAttained { get; }

    /// <summary>It stopped, by time or number of sets: there may be more cuts, and cheaper ones.</summary>
    public bool IsCutShort { get; private set; }

    /// <summary>By cost, size, names.</summary>
    public IReadOnlyList<Cut> Found => [.. _found.OrderBy(cut => cut.Cost).ThenBy(cut => cut.Members.Count).ThenBy(cut => _members.NamesOf(cut.Members), StringComparer.Ordinal)];

    /// <summary>Members each of which alone is a cut, whatever is asked for among and at most.</summary>
    public IReadOnlyList<CutAction> ChokePoints { get; private set; } = [];

    public static Cuts Of(ControlGraph control, CutQuestion question, CancellationToken stop, CancellationToken cancellationToken)
    {
        var cuts = new Cuts(control, question, stop, cancellationToken);
        if (cuts.IsAttained && !cuts.IsCutShort)
        {
            cuts.FindChokePoints();
            cuts.Find();
            if (cuts.IsCutShort && cuts._found.Count == 0)
            {
                cuts.TakeCheapest();
            }
        }

        return cuts;
    }

    public string NameOf(CutAction member) => _members.NameOf(member);

    private static bool IsAttainedIn(ReachResult reach, (Node Node, Rights Right) target) =>
        reach[target.Node].PossibleAmplified is var rights && rights != Rights.None && rights.Has(target.Right);

    /// <summary>A choke point lies on every proof, so on any one.</summary>
    private void FindChokePoints()
    {
        var all = _members.Breaking(Left([])!, [], _question with { Among = null });
        ChokePoints = [.. all.Where(member => Left([member]) is null).OrderBy(_members.NameOf, StringComparer.Ordinal)];
    }

    private void Find()
    {
        Open([]);
        for (var looked = 0; _open.TryPeek(out var set, out var order); looked++)
        {
            if (_found.Count > 0 && !_question.All && order.Cost > _found[0].Cost)
            {
                return;
            }

            if (looked == Most || _stop.IsCancellationRequested)
            {
                IsCutShort = true;
                return;
            }

            _question.Progress?.Invoke(looked, looked + _open.Count);
            _open.Dequeue();
            Look(set);
        }
    }

    private void Look(IReadOnlyList<CutAction> set)
    {
        if (_found.Exists(cut => cut.Members.All(set.Contains)))
        {
            return;
        }

        if (Left(set) is not { } proof)
        {
            Keep(set, isProved: true);
            return;
        }

        foreach (var member in set.Count == _question.MaxSize ? [] : _members.Breaking(proof, set, _question))
        {
            Open([.. set, member]);
        }
    }

    /// <summary>Keeps what is left of a cut once every member is gone without which the others still cut.</summary>
    private void Keep(IReadOnlyList<CutAction> set, bool isProved)
    {
        foreach (var member in set)
        {
            List<CutAction> others = [.. set.Where(other => other != member)];
            set = Left(others) is null ? others : set;
        }

        var names = _members.NamesOf(set);
        if (!_found.Exists(cut => _members.NamesOf(cut.Members) == names))
        {
            _found.Add(new Cut([.. set.OrderBy(_members.NameOf, StringComparer.Ordinal)], set.Sum(member => member.Cost), isProved));
        }
    }

    /// <summary>Where the search was given up before any cut was found: the cheapest member of every proof in turn.</summary>
    private void TakeCheapest()
    {
        List<CutAction> set = [];
        for (var proof = Left(set); proof is not null; proof = Left(set))
        {
            var members = _members.Breaking(proof, set, _question);
            if (members.Count == 0 || set.Count == _question.MaxSize)
            {
                return;
            }

            set.Add(members[0]);
        }

        Keep(set, isProved: false);
    }

    private void Open(IReadOnlyList<CutAction> set)
    {
        var names = _members.NamesOf(set);
        if (_seen.Add(names))
        {
            _open.Enqueue(set, (set.Sum(member => member.Cost), set.Count, names));
        }
    }

    /// <summary>A proof of some target that the members leave; null: they cut.</summary>
    private Proof? Left(IReadOnlyList<CutAction> members)
    {
        var reach = _control.Reach(_question.Seeds, _members.Options(members), _cancel);
        foreach (var target in _question.Targets.Where(target => IsAttainedIn(reach, target)))
        {
            var right = target.Right == Rights.None ? reach[target.Node].Highest(Cell.PossibleAmplified) : target.Right;
            return reach.Proof(target.Node, right, Cell.PossibleAmplified) ?? throw new InvalidOperationException($"`{target.Node.Id}` is attained and has no proof");
        }

        return null;
    }
}
