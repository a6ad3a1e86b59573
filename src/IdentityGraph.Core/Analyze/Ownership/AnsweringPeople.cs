using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Ownership;

/// <summary>
/// Who answers for a node: the persons at the ends of its owner hops, in a least fixpoint, so that owners who only own each other
/// answer for nothing. A person counts while employed; a hop that is unknown gives only who may answer.
/// </summary>
public sealed class AnsweringPeople
{
    private readonly OwnerHops _hops;
    private readonly OwnersRead _read;
    private readonly Employments _employments;
    private readonly ExternalParties _externals;
    private readonly Dictionary<Node, Truth> _counts = [];
    private readonly Condensation<People> _sure;
    private readonly Condensation<People> _possible;
    private readonly Condensation<People> _named;

    public AnsweringPeople(OwnerHops hops, OwnersRead read, Employments employments, ExternalParties externals, CancellationToken stop = default)
    {
        (_hops, _read, _employments, _externals) = (hops, read, employments, externals);
        _sure = new(node => Next(node, Truth.True), (members, beyond) => Judge(members, beyond, Truth.True), stop);
        _possible = new(node => Next(node, Truth.Unknown), (members, beyond) => Judge(members, beyond, Truth.Unknown), stop);
        _named = new(node => IsHub(node) ? [] : Next(node, Truth.True), (members, beyond) => Judge(members, beyond, Truth.True), stop);
    }

    public Answering Of(Node node)
    {
        var possible = _possible.Of(node);
        return new(_sure.Of(node).Persons, possible.Persons, possible.Open);
    }

    /// <summary>Whether a person surely answers without a group or team in between.</summary>
    public bool IsNamedFor(Node node) => _named.Of(node).Persons.Count > 0;

    /// <summary>
    /// Whether the person is in employment and, if external, sponsored. Unknown where HR was not read to the end for them, or no
    /// longer lists them.
    /// </summary>
    public Truth Counts(Node person)
    {
        if (_counts.TryGetValue(person, out var known))
        {
            return known;
        }

        var employed = EmployedForSure(person);
        if (_externals.IsExternal(person))
        {
            var sponsored = _externals.SponsorsOf(person).Aggregate(
                Truth.False,
                (any, hop) => any.Or(hop.Truth.And(hop.To.Kind == NodeKinds.Unknown ? Truth.Unknown : EmployedForSure(hop.To))));
            employed = employed.And(sponsored);
        }

        return _counts[person] = employed;
    }

    private Truth EmployedForSure(Node person)
    {
        if (!_employments.IsReadFor(person))
        {
            return Truth.Unknown;
        }

        var active = _employments.IsActive(person);
        return active is Truth.True && person.Present is not Truth.True ? Truth.Unknown : active;
    }

    private IEnumerable<Node> Next(Node node, Truth least) => _hops.From(node).Where(hop => hop.Truth >= least).Select(hop => hop.To);

    /// <summary>A person ends the chain, and is a component alone.</summary>
    private People Judge(IReadOnlyList<Node> members, IReadOnlyCollection<People> beyond, Truth least)
    {
        if (members is [{ } person] && person.Kind == NodeKinds.Person)
        {
            return Counts(person) >= least ? new People([person], false) : People.Nobody;
        }

        return People.Union(beyond, members.Any(IsOpen));
    }

    private static bool IsHub(Node node) => node.Kind == NodeKinds.Group || node.Kind == NodeKinds.Team;

    /// <summary>Whether somebody nobody named may answer for it.</summary>
    private bool IsOpen(Node node)
    {
        if (node.Kind == NodeKinds.Unknown)
        {
            return true;
        }

        if (node.Kind == NodeKinds.Account)
        {
            return !_read.KnowsPersons && !_hops.HasPerson(node);
        }

        var decidedByOwners = node.Kind != NodeKinds.Person && node.Kind != NodeKinds.Organization && !IsHub(node);
        return decidedByOwners && !_read.Covers(node.Kind) && (OwnerHops.Own(node).Count > 0 || !OwnerHops.Parents(node).Any());
    }
}
