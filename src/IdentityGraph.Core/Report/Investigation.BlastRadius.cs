using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    private const int MostControls = 4;

    /// <summary>The control graphs asked for last, newest first: one is as large as what was asked of it.</summary>
    private readonly List<(GraphView View, AttackerProfile Profile, ControlGraph Graph)> _controls = [];

    /// <summary>What falls if the seeds are compromised, at the asked moment.</summary>
    /// <param name="ask">As of when, as known when, against which profile.</param>
    /// <param name="seeds">Node ids; an Exposure stands for what it opens.</param>
    /// <param name="rights">Rights on seeds that are resources or systems; null: discover and read, all.</param>
    /// <param name="proofs">
    /// Whether each node reached comes with its proof. Without a time budget proofs are looked for as they are read: until then nothing
    /// is spent on them, and reading them cannot be cancelled.
    /// </param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="UnknownIdentityException">A seed that nobody stated.</exception>
    public async ValueTask<Answer<BlastRadiusAnswer>> BlastRadiusAsync(
        Ask ask,
        IReadOnlyList<string> seeds,
        Rights? rights = null,
        bool proofs = true,
        CancellationToken cancellationToken = default)
    {
        var opened = await OpenAsync(ask, cancellationToken).ConfigureAwait(false);
        using var clock = new AskClock(ask, time, cancellationToken);
        var (reach, warnings) = ReachFrom(opened, seeds, rights, new ReachOptions { Stop = clock.Budget, WithoutProofs = !proofs, LateProofs = proofs && ask.Budget is null }, cancellationToken);
        var radius = BlastRadius.Of(reach);
        var telling = new ReachTelling(clock, proofs);
        var late = proofs && ask.Budget is null ? LateProofs.Of(radius) : null;
        IReadOnlyList<ReachedNode> reached = proofs && late is null ? Proved(radius, telling, cancellationToken) : new ToldReach(radius, late?.Count ?? 0);
        var data = new BlastRadiusAnswer
        {
            Seeds = [.. reach.Seeds.Where(reach.Graph.IsApart).Select(seed => seed.Node.Id).Distinct().Order(StringComparer.Ordinal)],
            Profile = ask.Profile.ToString(),
            Mode = "snapshot",
            Reached = reached,
            Score = Told(radius, late is null ? telling.Boundaries : null) with { Crossed = late is null ? null : () => Counted(late.Boundaries()) },
            Durable = radius.Durable,
            Proofs = late is null ? telling.Proofs : late,
            IsOfUndescribed = reach.Seeds.Count > 0 && reach.Seeds.All(static seed => seed.Node.IsPlaceholder),
        };
        warnings.AddRange(WhyNothing.In(reach, radius));
        warnings.AddRange(WithoutLevel(radius));
        warnings.AddRange(NotFollowed(opened.View, reach.ComesNear));
        return Seal(opened, "blast-radius", data, CutShort(reach) ?? late?.Left ?? telling.Left, warnings);
    }

    private static List<ReachedNode> Proved(BlastRadius radius, ReachTelling telling, CancellationToken cancellationToken)
    {
        var reached = new List<ReachedNode>(radius.Nodes.Count);
        for (var number = 0; number < radius.Nodes.Count; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var node = radius.Nodes[number];
            reached.Add(ToldReach.Of(radius, number, telling.Prove(() => radius.Reach.Proof(node)?.Steps)));
        }

        return reached;
    }

    private static string? CutShort(ReachResult reach) => reach.IsCutShort ? "time budget: more may be reached" : null;

    private static BoundaryAnswer Counted(Boundaries boundaries) => new(boundaries.Tenants, boundaries.Environments, boundaries.Organizations);

    /// <param name="radius">What is scored.</param>
    /// <param name="boundaries">Crossed by its proofs; null: to be counted when they are asked for.</param>
    private static BlastScore Told(BlastRadius radius, Boundaries? boundaries) => new()
    {
        Raw = Math.Round(radius.Raw, 6),
        Share = Math.Round(radius.Share, 6),
        DirectRaw = Math.Round(radius.DirectRaw, 6),
        Amplification = Math.Round(radius.Amplification, 6),
        CrownJewels = radius.CrownJewels,
        Boundaries = boundaries is null ? null! : Counted(boundaries),
        ExposureEnd = radius.ExposureEnd,
        UnknownCriticality = radius.WithoutCriticality,
    };

    /// <summary>Runs the search; warns of exposures that open nothing.</summary>
    private (ReachResult Reach, List<string> Warnings) ReachFrom(Opened opened, IReadOnlyList<string> ids, Rights? rights, ReachOptions options, CancellationToken cancellationToken)
    {
        var control = Control(opened);
        List<Seed> seeds = [];
        List<string> warnings = [];
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            var meant = Seeding.Of(Known(opened.View, id), control.Liveness, rights);
            seeds.AddRange(meant);
            if (meant.Count == 0)
            {
                warnings.Add($"`{id}` opens nothing at that moment");
            }
        }

        return (control.Reach(seeds, options, cancellationToken), warnings);
    }

    private ControlGraph Control(Opened opened)
    {
        lock (_controls)
        {
            var known = _controls.FindIndex(kept => kept.View == opened.View && kept.Profile == opened.Ask.Profile);
            if (known >= 0)
            {
                _controls.Insert(0, _controls[known]);
                _controls.RemoveAt(known + 1);
            }
            else
            {
                _controls.Insert(0, (opened.View, opened.Ask.Profile, ControlGraph.Compile(opened.View, new Liveness(opened.View, Policy.CorrelationConfidence), opened.Ask.Profile)));
                _controls.RemoveRange(Math.Min(_controls.Count, MostControls), Math.Max(0, _controls.Count - MostControls));
            }

            return _controls[0].Graph;
        }
    }
}
