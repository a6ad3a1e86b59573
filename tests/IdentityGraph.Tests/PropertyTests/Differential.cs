using IdentityGraph.Analyze.Ownership;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Policies;
using IdentityGraph.Tests.Naive;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>Every answer of the product beside the naive evaluator's.</summary>
internal static class Differential
{
    /// <summary>What they disagree on: aspect, subject, the product's word, the naive one. Empty: they agree.</summary>
    public static IReadOnlyList<string> Compare(RandomEstate estate) => Compare(estate, withOwners: true);

    /// <summary>The same of facts, liveness and reach only.</summary>
    public static IReadOnlyList<string> CompareReach(RandomEstate estate) => Compare(estate, withOwners: false);

    private static List<string> Compare(RandomEstate estate, bool withOwners)
    {
        var question = estate.Question;
        var naive = new NaiveEvaluator(estate.Runs, question.AsKnownAt).At(question.AsOf);
        var view = EngineEstate.Fold(estate).At(question.AsOf);
        var differences = Facts(view, naive).ToList();
        return differences.Count > 0 ? differences : [.. Reach(view, naive, question), .. withOwners ? Ownership(view, naive) : []];
    }

    public static NaiveProfile ProfileOf(string spelt) => spelt.Split(':', 2) switch
    {
        ["Leaver", var person] => new NaiveProfile(Leaver: person),
        ["Insider"] => new NaiveProfile(Insider: true),
        [var vendor] when vendor.StartsWith("VendorInfra(", StringComparison.Ordinal) => new NaiveProfile(Vendor: vendor[12..^1]),
        _ => NaiveProfile.ExternalBearer,
    };

    /// <summary>Of what was only ever seen nobody knows the kind; what control of it could give is not settled.</summary>
    public static bool IsSettled(NaiveView view) => !view.Facts.NodeIds.Any(id => view.Facts.IsPlaceholder(id) && view.Exists(id) is not false);

    public static IEnumerable<string> Facts(GraphView view, NaiveMoment naive)
    {
        var liveness = new Liveness(view);
        foreach (var id in naive.View.Facts.NodeIds)
        {
            var node = view.Find(id);
            if (node is null)
            {
                yield return $"missing {id}";
                continue;
            }

            if (node.Value.Kind.Name != naive.View.Kind(id))
            {
                yield return $"kind {id}: {node.Value.Kind.Name}, naive {naive.View.Kind(id)}";
            }

            if (node.Value.Present.ToString() != NaiveWords.Word(naive.Exists(id)))
            {
                yield return $"present {id}: {node.Value.Present}, naive {NaiveWords.Word(naive.Exists(id))}";
            }

            // What an exposure opens is judged with its seeds: "live" is not asked of an exposure.
            if (node.Value.Kind != NodeKinds.Exposure && liveness.Of(node.Value).ToString() != NaiveWords.Word(naive.Live(id)))
            {
                yield return $"live {id}: {liveness.Of(node.Value)}, naive {NaiveWords.Word(naive.Live(id))}";
            }
        }

        foreach (var edge in naive.View.Facts.EdgeIds)
        {
            var kind = EdgeKind.All.First(kind => kind.Name == edge.Kind);
            List<string> found = [];
            foreach (var one in view.Edges(kind))
            {
                if (one.Of.Id == edge.Of && one.To.Id == edge.To && one.Key == edge.Key)
                {
                    found.Add(one.Holds.ToString());
                }
            }

            var expected = NaiveWords.Word(naive.View.Truth(edge));
            if (found.Count != 1 || found[0] != expected)
            {
                yield return $"edge {edge.Kind} {edge.Of} {edge.To} {edge.Key}: {string.Join(',', found)}, naive {expected}";
            }
        }
    }

    private static IEnumerable<string> Reach(GraphView view, NaiveMoment naive, EstateQuestion question)
    {
        var known = question.Seeds.Where(seed => view.Find(seed) is not null).ToList();
        var theirs = naive.Reach(known, ProfileOf(question.Profile));
        var ours = EngineEstate.Reach(view, question);
        var durable = theirs.Durable.ToHashSet();

        if (!IsSettled(naive.View))
        {
            yield break;
        }

        foreach (var id in naive.View.Facts.NodeIds)
        {
            var node = view.Find(id)!.Value;
            var cells = string.Join('/', Enum.GetValues<Cell>().Select(cell => ours[node].Of(cell).ToLetters()));
            var expected = string.Join('/', theirs.CertainDirect.Rights(id), theirs.CertainAmplified.Rights(id), theirs.PossibleDirect.Rights(id), theirs.PossibleAmplified.Rights(id));
            if (cells != expected)
            {
                yield return $"cells {id}: {cells}, naive {expected}";
                continue;
            }

            if (ours[node].IsEmpty)
            {
                continue;
            }

            var strongest = theirs.CertainAmplified.Rights(id).Length > 0 ? theirs.CertainAmplified : theirs.PossibleAmplified;
            var hops = strongest.Hops(id, NaiveRights.Highest(strongest.Rights(id))!.Value);
            if (ours.Hops(node) != hops)
            {
                yield return $"hops {id}: {ours.Hops(node)}, naive {hops}";
            }

            if (ours.IsDurable(node) != durable.Contains(id))
            {
                yield return $"durable {id}: {ours.IsDurable(node)}, naive {durable.Contains(id)}";
            }
        }
    }

    private static IEnumerable<string> Ownership(GraphView view, NaiveMoment naive)
    {
        var owners = new Owners(view, new Liveness(view), new AnalysisPolicy());
        foreach (var node in Owners.Kinds.SelectMany(view.Of))
        {
            var ours = owners.Of(node);
            var reason = ours.IsTombstone && ours.Reason is null && ours.State is OwnershipState.Unknown ? "tombstone" : ours.Reason?.ToString();
            var theirs = naive.Ownership(node.Id);
            if (ours.State.ToString() != theirs.Ownership || reason != theirs.Reason)
            {
                yield return $"ownership {node.Id}: {ours.State} {reason}, naive {theirs.Ownership} {theirs.Reason}";
            }
        }
    }
}
