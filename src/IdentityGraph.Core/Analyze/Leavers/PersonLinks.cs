using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>
/// Whose account it is. One candidate with enough confidence is certain; every candidate of an ambiguous account stays unknown,
/// because nothing is merged silently.
/// </summary>
/// <param name="enough">Confidence from which a single candidate is certain, 0 to 1.</param>
public sealed class PersonLinks(double enough)
{
    /// <summary>Candidate persons of the account, by id; parallel links to one person are one candidate with the best of them.</summary>
    public IReadOnlyList<PersonLink> Of(Node account)
    {
        var best = new SortedDictionary<string, PersonLink>(StringComparer.Ordinal);
        foreach (var edge in account.Out(EdgeKinds.BelongsTo))
        {
            if (edge.Holds is Truth.False)
            {
                continue;
            }

            var link = new PersonLink(edge.To, edge, edge.Holds.And(Confident(edge)));
            if (!best.TryGetValue(edge.To.Id, out var other) || other.Truth < link.Truth)
            {
                best[edge.To.Id] = link;
            }
        }

        return best.Count <= 1 ? [.. best.Values] : [.. best.Values.Select(link => link with { Truth = Truth.Unknown })];
    }

    /// <summary>The person, where exactly one is certain; else null.</summary>
    public Node? Certain(Node account) => Of(account) is [{ Truth: Truth.True } only] ? only.Person : null;

    private Truth Confident(Edge edge)
    {
        var confidence = edge[Properties.Confidence];
        return confidence.Known switch
        {
            Known.NotReported or Known.None => Truth.True,
            Known.Value => confidence.Number >= enough ? Truth.True : Truth.Unknown,
            _ => Truth.Unknown,
        };
    }
}

/// <param name="Person">Candidate; a placeholder where no source described it.</param>
/// <param name="Edge">The link with its rule and confidence.</param>
/// <param name="Truth">True for a single confident candidate, else Unknown.</param>
public readonly record struct PersonLink(Node Person, Edge Edge, Truth Truth);
