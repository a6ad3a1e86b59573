using IdentityGraph.Analyze.Dominance;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    /// <summary>Of what one choke point takes away, so many are named.</summary>
    private const int MostLostNamed = 20;

    /// <summary>The nodes each of which alone keeps most targets from being attained by all the starts together, each verified.</summary>
    /// <param name="ask">As of when, as known when, against which profile, within which time.</param>
    /// <param name="question">From whom to what.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="UnknownIdentityException">An id that nobody stated.</exception>
    public async ValueTask<Answer<ChokePointsAnswer>> ChokePointsAsync(Ask ask, ChokePointsQuestion question, CancellationToken cancellationToken = default)
    {
        var opened = await OpenAsync(ask, cancellationToken).ConfigureAwait(false);
        using var clock = new AskClock(ask, time, cancellationToken);
        var control = Control(opened);
        var radii = new BlastRadiiQuestion { Ids = question.From, Kinds = question.Kinds, Everybody = question.Everybody };
        var from = Asked(opened.View, radii);
        var starts = from.ConvertAll(node => Seeding.Of(node, control.Liveness));
        List<Node> named = [.. question.To.Distinct(StringComparer.Ordinal).Select(id => Known(opened.View, id))];
        var (what, targets) = TargetsOf(opened.View, named);
        var data = new ChokePointsAnswer { Profile = ask.Profile.ToString(), Starts = from.Count, Targets = what, Asked = targets.Count, Attained = 0, ChokePoints = [], Others = false };
        List<string> warnings = [.. Nobody(opened.View, radii, from.Count), .. GivingNothing(control, starts), .. named.SelectMany(target => NeverAttained(control, target, clock.Token))];
        string? truncated = null;
        try
        {
            Seed[] seeds = [.. starts.SelectMany(static start => start)];
            var found = ChokePoints.Of(control, seeds, targets.Contains, question.Top, clock.Token, clock.Report);
            data = data with { Attained = found.Targets, Others = found.Others };
            var verified = new Verified(control, seeds, [.. targets]);
            List<ChokePointAnswer> told = [];
            var done = clock.Each("choke points verified", found.Points, point => told.Add(Told(verified.Of(point.Node, clock.Token), from, opened.View[point.Node], isVerified: true)));
            told.AddRange(found.Points.Skip(done).Select(point => Told(new Taken(point.Lost, []), from, opened.View[point.Node], isVerified: false)));
            truncated = AskClock.Left(done, found.Points.Count, "choke points verified: of the others at least what is told is taken away, and that is");
            data = data with { ChokePoints = [.. told.OrderByDescending(static one => one.TakesAway).ThenBy(static one => one.Id, StringComparer.Ordinal)] };
        }
        catch (OperationCanceledException) when (clock.IsSpent)
        {
            truncated = "time budget: choke points were not found, which says nothing of whether there are any";
        }

        if (truncated is null && data.Attained == 0 && from.Count > 0)
        {
            warnings.Add($"none of {targets.Count} target(s) is attained, not even possibly: nothing needs cutting");
        }
        else if (truncated is null && data.ChokePoints.Count == 0 && from.Count > 0)
        {
            warnings.Add("no single node keeps a target from being attained: every one has several ways, or is a start itself; `cuts` finds sets of nodes");
        }

        warnings.AddRange(NotFollowedAnywhere(opened.View).Concat(NotReadToTheEnd(opened.View, data.Attained == 0)));
        return Seal(opened, "choke-points", data, truncated, warnings);
    }

    /// <summary>Those named; else crown jewels; else, for nobody stated any, what scores count.</summary>
    private static (string What, HashSet<Node> Targets) TargetsOf(GraphView view, List<Node> named)
    {
        if (named.Count > 0)
        {
            return ("named", [.. named]);
        }

        List<Node> weighed = [.. ((NodeKind[])[NodeKinds.System, NodeKinds.Resource]).SelectMany(view.Of).Where(static node => node.Present != Truth.False)];
        HashSet<Node> jewels = [.. weighed.Where(static node => node[Properties.CrownJewel].Flag == Truth.True)];
        return jewels.Count > 0 ? ("crown jewels", jewels) : ("systems and resources", [.. weighed]);
    }

    private static ChokePointAnswer Told(Taken taken, List<Node> starts, Node node, bool isVerified) => new()
    {
        Id = node.Id,
        Kind = node.Kind.Name,
        Name = node.Name,
        IsStart = starts.Contains(node),
        TakesAway = taken.Count,
        Lost = taken.First,
        Verified = isVerified,
    };

    private readonly record struct Taken(int Count, IReadOnlyList<string> First);

    /// <summary>What the starts attain with one node dead, beside what they attain.</summary>
    private sealed class Verified(ControlGraph control, IReadOnlyList<Seed> seeds, IReadOnlyList<Node> targets)
    {
        private List<Node>? _attained;

        public Taken Of(int dead, CancellationToken cancellationToken)
        {
            var whole = _attained ??= Attained(new ReachOptions { WithoutProofs = true }, cancellationToken);
            var left = Attained(new ReachOptions { WithoutProofs = true, DeadNodes = new HashSet<int> { dead } }, cancellationToken).ToHashSet();
            List<Node> lost = [.. whole.Where(node => node.Index != dead && !left.Contains(node))];
            return new Taken(lost.Count, [.. lost.Select(static node => node.Id).Order(StringComparer.Ordinal).Take(MostLostNamed)]);
        }

        private List<Node> Attained(ReachOptions options, CancellationToken cancellationToken)
        {
            var reach = control.Reach(seeds, options, cancellationToken);
            return [.. targets.Where(target => !reach[target].IsEmpty)];
        }
    }
}
