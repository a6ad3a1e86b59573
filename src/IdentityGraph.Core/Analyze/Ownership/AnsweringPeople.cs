using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Ownership;

/// <summary>
/// Who answers for a node: the persons at the ends of its owner hops, in a least fixpoint, so that owners who only own each other
/// answer for nothing. A person counts while employed; a hop that is unknown gives only who may answer.
/// </summary>
public sealed class AnsweringPeople(OwnerHops hops, OwnersRead read, Employments employments, ExternalParties externals)
{
    private readonly Dictionary<Node, Answering> _hubs = [];
    private readonly Dictionary<Node, Truth> _counts = [];

    public Answering Of(Node node) => Walk(node, throughGroups: true);

    /// <summary>Persons named without a group or team in between.</summary>
    public Answering NamedFor(Node node) => Walk(node, throughGroups: false);

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
        if (externals.IsExternal(person))
        {
            var sponsored = externals.SponsorsOf(person).Aggregate(
                Truth.False,
                (any, hop) => any.Or(hop.Truth.And(hop.To.Kind == NodeKinds.Unknown ? Truth.Unknown : EmployedForSure(hop.To))));
            employed = employed.And(sponsored);
        }

        return _counts[person] = employed;
    }

    private Truth EmployedForSure(Node person)
    {
        if (!employments.IsReadFor(person))
        {
            return Truth.Unknown;
        }

        var active = employments.IsActive(person);
        return active is Truth.True && person.Present is not Truth.True ? Truth.Unknown : active;
    }

    private Answering Walk(Node start, bool throughGroups)
    {
        if (throughGroups && _hubs.TryGetValue(start, out var cached))
        {
            return cached;
        }

        var open = false;
        var reached = new Dictionary<Node, Truth> { [start] = Truth.True };
        var people = new SortedDictionary<string, (Node Person, Truth Truth)>(StringComparer.Ordinal);
        Answering? only = null;
        var work = new Queue<Node>();
        work.Enqueue(start);
        while (work.TryDequeue(out var node))
        {
            var truth = reached[node];
            open |= IsOpen(node);
            if (node.Kind == NodeKinds.Person)
            {
                Found(node, truth.And(Counts(node)));
            }

            if (IsHub(node) && !throughGroups)
            {
                continue;
            }

            // A group is walked once and remembered; groups met while walking one are walked through, so that a cycle of groups ends.
            if (IsHub(node) && node != start && (!IsHub(start) || _hubs.ContainsKey(node)))
            {
                var hub = Walk(node, throughGroups: true);
                open |= hub.Open;
                if (truth is Truth.True && people.Count == 0 && work.Count == 0)
                {
                    // Nobody but this group: its people as they are, since many nodes may be owned by one large group.
                    only = hub;
                    break;
                }

                hub.AtMost.ToList().ForEach(person => Found(person, Truth.Unknown));
                hub.AtLeast.ToList().ForEach(person => Found(person, truth));
                continue;
            }

            foreach (var hop in hops.From(node))
            {
                var next = truth.And(hop.Truth);
                if (!reached.TryGetValue(hop.To, out var before) || before < next)
                {
                    reached[hop.To] = next;
                    work.Enqueue(hop.To);
                }
            }
        }

        var answering = only is { } shared ? shared with { Open = open } : new Answering(
            [.. people.Values.Where(found => found.Truth is Truth.True).Select(found => found.Person)],
            [.. people.Values.Select(found => found.Person)],
            open);
        if (throughGroups && IsHub(start))
        {
            _hubs[start] = answering;
        }

        return answering;

        void Found(Node person, Truth truth)
        {
            if (truth is not Truth.False && (!people.TryGetValue(person.Id, out var before) || before.Truth < truth))
            {
                people[person.Id] = (person, truth);
            }
        }
    }

    private static bool IsHub(Node node) => node.Kind == NodeKinds.Group || node.Kind == NodeKinds.Team;

    /// <summary>Whether somebody nobody named may answer for it.</summary>
    private bool IsOpen(Node node)
    {
        if (node.Kind == NodeKinds.Unknown)
        {
            return true;
        }

        var decidedByOwners = node.Kind != NodeKinds.Person && node.Kind != NodeKinds.Account && node.Kind != NodeKinds.Organization && !IsHub(node);
        return decidedByOwners && !read.Covers(node.Kind) && (OwnerHops.Own(node).Count > 0 || !OwnerHops.Parents(node).Any());
    }
}
