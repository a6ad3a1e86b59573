using System.Globalization;
using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Analyze.Mass;
using IdentityGraph.Analyze.Ownership;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    /// <summary>What signs in or acts without being a person.</summary>
    private static readonly NodeKind[] s_nonHuman = [NodeKinds.ServiceIdentity, NodeKinds.Agent, NodeKinds.Application, NodeKinds.Connector];

    /// <summary>The blast radius of each of many identities in numbers, exact, ranked: what the same question about each alone counts.</summary>
    /// <param name="ask">As of when, as known when, against which profile, within which time.</param>
    /// <param name="question">Whose.</param>
    /// <param name="progress">Told as it goes on.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="UnknownIdentityException">An id that nobody stated.</exception>
    public async ValueTask<Answer<BlastRadiiAnswer>> BlastRadiiAsync(
        Ask ask,
        BlastRadiiQuestion question,
        IProgress<MassProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var opened = await OpenAsync(ask, cancellationToken).ConfigureAwait(false);
        using var clock = new AskClock(ask, time, cancellationToken);
        var control = Control(opened);
        var asked = Asked(opened.View, question);
        var starts = asked.ConvertAll(node => Seeding.Of(node, control.Liveness));
        if (question.Approximate)
        {
            var (estimated, left) = Estimated(ask, control, asked, starts, question.Top, clock);
            return Seal(opened, "blast-radius --all", estimated, left, [.. Nobody(opened.View, question, asked.Count), .. HoldingNothing(question, asked), .. GivingNothing(control, starts), .. NotFollowedAnywhere(opened.View)]);
        }

        var mass = MassReach.Of(control, starts, new MassOptions { Stop = clock.Budget, Progress = progress, Time = time }, cancellationToken);
        var ranked = asked.Zip(mass.Summaries)
            .Where(one => one.Second is not null)
            .Select(one => Told(one.First, one.Second!))
            .OrderByDescending(one => one.Score.Raw)
            .ThenByDescending(one => one.Reached.Certain.Amplified)
            .ThenByDescending(one => one.Reached.Possible.Amplified)
            .ThenBy(one => one.Id, StringComparer.Ordinal)
            .ToList();
        var data = new BlastRadiiAnswer
        {
            Profile = ask.Profile.ToString(),
            Mode = "snapshot",
            Estimate = false,
            Asked = asked.Count,
            Counted = ranked.Count,
            Ranked = [.. ranked.Take(question.Top ?? int.MaxValue)],
            Estimated = [],
            RelativeError = null,
        };
        var truncated = ranked.Count == asked.Count ? null : $"time budget: {asked.Count - ranked.Count} of {asked.Count} identities are not counted";
        List<string> aboutCut = [];
        if (question.Cut.Count > 0 && truncated is not null)
        {
            truncated += ", nor what any reaches without the edges";
        }
        else if (question.Cut.Count > 0)
        {
            (var cut, truncated) = Without(control, question.Cut, [.. asked.Zip(starts)], mass.Summaries, clock, aboutCut);
            data = data with { Cut = cut };
        }

        return Seal(opened, "blast-radius --all", data, truncated, [.. aboutCut, .. Nobody(opened.View, question, asked.Count), .. HoldingNothing(question, asked), .. GivingNothing(control, starts), .. LeadingNowhere(control, starts, mass.Summaries), .. LeftOff(ranked, question.Top), .. NotFollowedAnywhere(opened.View)]);
    }

    private static (BlastRadiiAnswer Answer, string? Left) Estimated(Ask ask, ControlGraph control, List<Node> asked, List<IReadOnlyList<Seed>> starts, int? top, AskClock clock)
    {
        IReadOnlyList<ReachEstimate> estimates = [];
        string? left = null;
        try
        {
            estimates = ReachSketch.Of(control, starts, clock.Token);
        }
        catch (OperationCanceledException) when (clock.IsSpent)
        {
            left = $"time budget: none of the {asked.Count} identities is estimated; an estimate looks at all of them at once";
        }

        var answer = new BlastRadiiAnswer
        {
            Profile = ask.Profile.ToString(),
            Mode = "snapshot",
            Estimate = true,
            Asked = asked.Count,
            Counted = 0,
            Ranked = [],
            Estimated = [.. asked.Zip(estimates)
                .OrderByDescending(one => one.Second.Raw)
                .ThenByDescending(one => one.Second.Nodes)
                .ThenBy(one => one.First.Id, StringComparer.Ordinal)
                .Take(top ?? int.MaxValue)
                .Select(one => new EstimatedRadius { Id = one.First.Id, Kind = one.First.Kind.Name, Name = one.First.Name, ReachedAbout = About(one.Second.Nodes), RawAbout = About(one.Second.Raw) })],
            RelativeError = Math.Round(ReachSketch.RelativeError, 3),
        };
        return (answer, left);
    }

    /// <summary>Two digits that mean something.</summary>
    private static double About(double figure) => figure <= 0 ? 0 : double.Parse(figure.ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static List<Node> Asked(GraphView view, BlastRadiiQuestion question)
    {
        List<Node> asked = [.. question.Ids.Select(id => Known(view, id))];
        var kinds = question.Kinds.Select(NodeKind.Find).OfType<NodeKind>();
        asked.AddRange(kinds.SelectMany(view.Of).Where(node => node.Present != Truth.False));
        if (question.Everybody)
        {
            asked.AddRange(s_nonHuman.SelectMany(view.Of).Where(node => node.Present != Truth.False && !Owners.OnlyStandsForARight(node)));
        }

        if (question.Leavers)
        {
            var employments = new Employments(view);
            asked.AddRange(view.Of(NodeKinds.Person).Where(person => employments.IsLeaver(person) != Truth.False));
        }

        return [.. asked.DistinctBy(node => node.Index)];
    }

    /// <summary>A ranking of nobody would be read as clean: it says who was looked for, and who could be ranked instead.</summary>
    private static IEnumerable<string> Nobody(GraphView view, BlastRadiiQuestion question, int asked)
    {
        if (asked > 0)
        {
            yield break;
        }

        var sought = string.Join(", ", question.Kinds.Concat(question.Everybody ? s_nonHuman.Select(kind => kind.Name) : []).Concat(question.Leavers ? ["person who left"] : []));
        NodeKind[] others = [NodeKinds.Account, NodeKinds.Credential, NodeKinds.OAuthGrant, NodeKinds.Workflow];
        var instead = others.Select(kind => (kind.Name, Count: view.Of(kind).Count(node => node.Present != Truth.False))).Where(kind => kind.Count > 0).ToList();
        yield return $"nothing was ranked: no source described a {sought} at that moment{(instead.Count == 0 ? "" : $"; there are {string.Join(", ", instead.Select(kind => $"{kind.Count} of --kind {kind.Name}"))}")}";
    }

    /// <summary>HR alone tells who left, never what they hold: their radius of 0 would be read as clean.</summary>
    private static IEnumerable<string> HoldingNothing(BlastRadiiQuestion question, List<Node> asked)
    {
        List<Node> people = question.Leavers ? asked.FindAll(node => node.Kind == NodeKinds.Person) : [];
        var without = people.Count(person => person.In(EdgeKinds.BelongsTo).Count == 0 && person.In(EdgeKinds.HeldBy).Count == 0);
        if (without > 0)
        {
            yield return $"{without} of {people.Count} people who left have no account or credential linked to them, so nothing can be reached from them: import the sources of their accounts, or confirm whose accounts are whose";
        }
    }

    private static List<string> GivingNothing(ControlGraph control, List<IReadOnlyList<Seed>> starts)
    {
        var nothing = starts.Count(start => GivesNothing(control, start));
        return nothing == 0 ? [] : [$"{nothing} of {starts.Count} give nothing at that moment: not live, rotated since, or not open"];
    }

    private static bool GivesNothing(ControlGraph control, IReadOnlyList<Seed> start) => start.All(seed => (control.WordOf(seed) & CellBits.All) == 0);

    /// <summary>A 0 of something usable, such as a leaked key nobody stated the account of, would be read as clean.</summary>
    private static List<string> LeadingNowhere(ControlGraph control, List<IReadOnlyList<Seed>> starts, IReadOnlyList<ReachSummary?> summaries)
    {
        var nowhere = starts.Zip(summaries).Count(one => one.Second is { } summary && summary.NodesIn(Cell.PossibleAmplified) == 0 && !GivesNothing(control, one.First));
        return nowhere == 0 ? [] : [$"{nowhere} of {starts.Count} lead to nothing by what is known: what they open may not have been collected; `blast-radius ID` says why"];
    }

    /// <summary>A ranking is by what is certain: who may reach more than those it lists would be left off unsaid.</summary>
    private static IEnumerable<string> LeftOff(List<RankedRadius> ranked, int? top)
    {
        var listed = ranked.Take(top ?? ranked.Count).Select(static one => one.Reached.Possible.Amplified).DefaultIfEmpty().Max();
        if (ranked.Skip(top ?? ranked.Count).MaxBy(static one => one.Reached.Possible.Amplified) is { } most && most.Reached.Possible.Amplified > listed)
        {
            var more = ranked.Skip(top!.Value).Count(one => one.Reached.Possible.Amplified > listed);
            yield return $"{more} that --top leaves off may reach more than any that is listed, `{most.Id}` up to {most.Reached.Possible.Amplified} nodes: the order is by what is certain";
        }
    }

    private static RankedRadius Told(Node node, ReachSummary summary) => new()
    {
        Id = node.Id,
        Kind = node.Kind.Name,
        Name = node.Name,
        Reached = new ReachedCounts(
            new CellCounts(summary.NodesIn(Cell.CertainDirect), summary.NodesIn(Cell.CertainAmplified)),
            new CellCounts(summary.NodesIn(Cell.PossibleDirect), summary.NodesIn(Cell.PossibleAmplified))),
        Score = new RankedScore
        {
            Raw = Math.Round(summary.Raw, 6),
            Share = Math.Round(summary.Share, 6),
            DirectRaw = Math.Round(summary.DirectRaw, 6),
            Amplification = Math.Round(summary.Amplification, 6),
            CrownJewels = summary.CrownJewels,
            UnknownCriticality = summary.WithoutCriticality,
        },
    };
}
