using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Ownership;

/// <summary>Why it cannot be told who answers for a node: each owner its chain ends at, and what is not known of them.</summary>
internal sealed class UntoldOwners(GraphView view, Employments employments, OwnerHops hops, OwnersRead read, Func<Node, Truth> counts)
{
    /// <summary>Nodes of an owner chain looked at.</summary>
    private const int Most = 64;

    private const string NoneStated = "no owner is stated, and no source that could state owners of a ";

    /// <summary>It says only that nobody stated an owner, and names none.</summary>
    public static bool IsNoneStated(string why) => why.StartsWith(NoneStated, StringComparison.Ordinal);

    /// <summary>One sentence an owner, by id; where no owner is stated, one that says what was not read.</summary>
    public IReadOnlyList<string> Of(Node node)
    {
        var why = new SortedSet<string>(StringComparer.Ordinal);
        var stated = false;
        var seen = new HashSet<Node> { node };
        var work = new Queue<Node>([node]);
        while (work.TryDequeue(out var at))
        {
            foreach (var hop in hops.From(at))
            {
                stated |= hop.Fact.Kind == EdgeKinds.OwnedBy;
                if (hop.Truth is Truth.Unknown)
                {
                    why.Add($"owner {hop.To.Id}: whether {hop.Fact.Of.Id} {hop.Fact.Kind.Name} {hop.Fact.To.Id} holds is not known at that time");
                }

                if (WhyOf(hop.To) is { } one)
                {
                    why.Add($"owner {hop.To.Id}: {one}");
                }

                if (seen.Count < Most && seen.Add(hop.To))
                {
                    work.Enqueue(hop.To);
                }
            }
        }

        if (!stated)
        {
            why.Add($"{NoneStated}{node.Kind.Name} was read to its end; import a governance file with `complete: [owners]`");
        }
        else if (why.Count == 0)
        {
            why.Add($"owners of a {node.Kind.Name} were never read to their end: others than those stated may answer; import a governance file with `complete: [owners]`");
        }

        return [.. why];
    }

    private string? WhyOf(Node owner) =>
        owner.Kind == NodeKinds.Unknown ? "no source describes it; import one that does, or state the person"
        : owner.Kind == NodeKinds.Account ? !read.KnowsPersons && !hops.HasPerson(owner) ? "whose account it is was never read; import HR, or state it in a governance file (`matches`)" : null
        : owner.Kind == NodeKinds.Person && counts(owner) is Truth.Unknown ? WhyOfPerson(owner)
        : null;

    private string WhyOfPerson(Node person)
    {
        if (employments.IsReadFor(person))
        {
            return "whether they are in employment, or sponsored, at that time is not known";
        }

        var sources = person.Sources.ToHashSet();
        var stating = view.Snapshot.Streams.Where(stream => stream.States.Contains(NodeKinds.Employment.Name) && sources.Contains((stream.Source, stream.Tenant))).ToList();
        if (stating.Count == 0)
        {
            return "no source of theirs states employments; import HR";
        }

        return stating.Where(stream => stream.LastCompleteAt is not null).MaxBy(stream => stream.LastCompleteAt) is { } complete
            ? $"employments were read to their end last at {Instants.ToText(complete.LastCompleteAt!.Value)}, too long before; import `{complete.Source}` again, or ask with an earlier --as-of"
            : $"employments were never read to their end; import `{stating[0].Source}` with --complete {string.Join(' ', stating.Select(stream => stream.Stream).Distinct().Order(StringComparer.Ordinal))}";
    }
}
