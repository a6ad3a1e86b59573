using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Policies;

namespace IdentityGraph.Analyze.Findings;

/// <summary>What the rules about leavers have in common: one finding for each person and place, inside the time allowed only information.</summary>
internal static class LeaverFinding
{
    /// <summary>Paths of a class, gathered by what tells their findings apart; each with its gravest path: late before in time, certain before possible, highest level first.</summary>
    public static IEnumerable<Finding> OfPaths(FindingRule rule, LeaverJudgement judgement, PathClass pathClass, AnalysisPolicy policy, Func<LeaverPath, Node> apart) =>
        from path in judgement.Paths
        where path.Class == pathClass
        group path by apart(path) into paths
        orderby paths.Key.Id
        select OfPath(rule, judgement, paths.Key, [.. paths.OrderBy(path => IsPending(judgement, path.Grace)).ThenByDescending(path => path.IsCertain).ThenByDescending(path => path.Level).ThenBy(path => path.Target.Id, StringComparer.Ordinal)], policy);

    /// <summary>The first system the target is or lies in, by id; a target in none stands for itself.</summary>
    public static Node SystemOf(LeaverPath path) =>
        Containment.SystemsOf(path.Target).OrderBy(system => system.Id, StringComparer.Ordinal).Select(system => (Node?)system).FirstOrDefault() ?? path.Target;

    /// <summary>Something about one system of the footprint.</summary>
    public static Finding OfSystem(FindingRule rule, LeaverJudgement judgement, FootprintSystem system, AnalysisPolicy policy, string reason) => Timed(
        rule.On(judgement.Person, judgement.IsLeaver, reason, system.Anchors.SelectMany(anchor => anchor.Facts)) with
        {
            Discriminator = system.System?.Id ?? "",
            Others = [.. new[] { system.System }.OfType<Node>(), .. system.Anchors.Select(anchor => anchor.Node).Distinct()],
        },
        judgement,
        system.Grace,
        policy);

    /// <summary>Pending until the time allowed is over, and true since then.</summary>
    public static Finding Timed(Finding finding, LeaverJudgement judgement, TimeSpan grace, AnalysisPolicy policy)
    {
        var pending = IsPending(judgement, grace);
        return finding with
        {
            IsPending = pending,
            NotBefore = pending ? judgement.LeaverAt : judgement.LeaverAt + grace,
            Trigger = judgement.LeaverAt,
            Policy = PolicyOf(grace, policy),
        };
    }

    public static bool IsPending(LeaverJudgement judgement, TimeSpan grace) => judgement.LeaverAt is { } left && judgement.Person.View.AsOf < left + grace;

    /// <summary>Since when everything that the proof rests on holds, as far as stated; null where something states no beginning.</summary>
    public static DateTimeOffset? SinceOf(Proof proof)
    {
        var since = Instants.Earliest;
        foreach (var line in proof.Steps)
        {
            since = Math.Max(since, line.Since);
            if (line.Node.Kind.HasState && line.Node[Properties.State] is { HasValue: true } state)
            {
                since = Math.Max(since, state.From);
            }
        }

        return Instants.FromTicksOrNull(since);
    }

    /// <summary>When each of the times that policy allows is over: the place may have been given another one in between.</summary>
    public static IEnumerable<DateTimeOffset> Turns(Analysis analysis, Finding finding) =>
        finding.IsPending || finding.Trigger is not { } left || finding.Node?.Kind != NodeKinds.Person ? [] : EndsOfGrace(left, analysis.Policy);

    public static IEnumerable<DateTimeOffset> EndsOfGrace(DateTimeOffset left, AnalysisPolicy policy) => [left + policy.LeaverTier0, left + policy.LeaverPrivileged, left + policy.LeaverStandard];

    public static PolicyValue PolicyOf(TimeSpan grace, AnalysisPolicy policy) => PolicyValue.Of(NameOf(grace, policy), grace);

    /// <summary>The nodes of its proof and what they hang on.</summary>
    public static Neighbourhood Around(Finding finding) => new(
        [finding.Node!.Value, .. finding.Others, .. finding.Proof?.Steps.Select(line => line.Node) ?? []],
        [.. Neighbourhood.LivingOutward, .. finding.Proof?.Steps.SelectMany(line => line.Edges).Select(edge => edge.Kind) ?? []],
        []);

    private static Finding OfPath(FindingRule rule, LeaverJudgement judgement, Node apart, IReadOnlyList<LeaverPath> paths, AnalysisPolicy policy)
    {
        var path = paths[0];
        var steps = new List<SeverityStep>();
        if (paths.FirstOrDefault(other => other.IsCertain == path.IsCertain && Stakes.IsGrave(other.Target, RightsLogic.Of(other.Level))) is { } grave)
        {
            steps.Add(new(1, $"attains {grave.Target.Id}"));
        }

        if (path.Proof.Steps.Any(line => line.Rule is { Amplifying: true }))
        {
            steps.Add(new(1, "by making new access"));
        }

        var finding = rule.On(judgement.Person, path.IsCertain ? Truth.True : Truth.Unknown, $"{path.Class} from {path.Anchor.Word}", path.Anchor.Facts) with
        {
            Discriminator = apart.Id,
            Others = [.. new[] { apart, path.Anchor.Node }.Concat(paths.Select(other => other.Target)).Distinct()],
            Count = paths.Count,
            Steps = steps,
            Proof = path.Proof,
            UseMatters = [.. path.Proof.Steps.Select(line => line.Node).Where(node => node.Kind.IsPrincipal || node.Kind == NodeKinds.Credential).Distinct()],
            Details = Detail.Of(
                ("class", path.Class.ToString()),
                ("anchor", path.Anchor.Word),
                ("anchorId", path.Anchor.Node),
                ("targets", paths.Select(other => other.Target)),
                ("level", path.Level.ToString()),
                ("leaverAt", judgement.LeaverAt)),
        };
        return Timed(finding, judgement, path.Grace, policy) with { TrueSince = SinceOf(path.Proof) };
    }

    private static string NameOf(TimeSpan grace, AnalysisPolicy policy) =>
        grace == policy.LeaverTier0 ? "leaverTier0" : grace == policy.LeaverPrivileged ? "leaverPrivileged" : "leaverStandard";
}
