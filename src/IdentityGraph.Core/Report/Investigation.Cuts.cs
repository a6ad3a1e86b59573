using IdentityGraph.Analyze.Questions;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    /// <summary>The cheapest sets of nodes, facts or actions after which no target is attained, each verified.</summary>
    /// <param name="ask">As of when, as known when, against which profile, within which time.</param>
    /// <param name="question">From what to what, by what.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="UnknownIdentityException">An id that nobody stated.</exception>
    public async ValueTask<Answer<CutsAnswer>> CutsAsync(Ask ask, CutsQuestion question, CancellationToken cancellationToken = default)
    {
        var opened = await OpenAsync(ask, cancellationToken).ConfigureAwait(false);
        var control = Control(opened);
        using var stop = StopOf(ask);
        List<Node> targets = [.. question.To.Distinct(StringComparer.Ordinal).Select(id => Known(opened.View, id))];
        var asked = new CutQuestion
        {
            Seeds = [.. question.From.Distinct(StringComparer.Ordinal).SelectMany(id => Seeding.Of(Known(opened.View, id), control.Liveness))],
            Targets = [.. targets.Select(target => (target, RightOf(question.Level, target)))],
            By = question.By,
            Among = question.Among.Count == 0 ? null : question.Among.Select(id => Known(opened.View, id).Index).ToHashSet(),
            MaxSize = question.MaxSize,
            All = question.All,
            Progress = Watched(ask, "sets tried"),
        };
        var cuts = Cuts.Of(control, asked, stop.Token, cancellationToken);
        var (shortfalls, untried) = question.By == CutBy.Action ? await ShortfallsAsync(opened, [.. question.From.Distinct(StringComparer.Ordinal)], asked, cuts.Found, stop.Token, cancellationToken).ConfigureAwait(false) : (new string?[cuts.Found.Count], 0);
        var walked = targets.Select(static target => target.Kind).FirstOrDefault(Walker.IsWalked);
        var data = new CutsAnswer
        {
            By = question.By.ToString().ToLowerInvariant(),
            Attained = cuts.IsAttained,
            NeverAttained = walked?.Name,
            Cuts = [.. cuts.Found.Select((cut, number) => new CutAnswer
            {
                Members = [.. cut.Members.Select(member => Told(opened.View, member, question.By))],
                Cost = cut.Cost,
                Status = cut.IsProved ? "proved minimal" : "best found",
                Shortfall = shortfalls[number],
            })],
            Ways = question.WithWays && cuts.IsAttained ? WaysOf(control, asked, stop.Token, cancellationToken) : [],
            ChokePoints = [.. cuts.ChokePoints.Select(member => Told(opened.View, member, question.By))],
        };
        List<string> warnings = [.. targets.SelectMany(target => NeverAttained(control, target, stop.Token)), .. walked is not null && !cuts.IsAttained ? [] : WithoutCut(cuts)];
        if (question.By == CutBy.Edge && LeavesWaysOut(control, targets))
        {
            warnings.Add("only some of the walks over memberships that lead to one end are told apart: a cut of edges of such a walk may leave another open");
        }

        warnings.AddRange(data.Cuts.Where(static cut => cut.Shortfall is not null).Select(static cut => $"doing only {string.Join(" and ", cut.Members.Select(static member => $"{member.Action} on `{member.Node ?? $"{member.Edge?.Of} {member.Edge?.Edge} {member.Edge?.To}"}`"))} does not cut: {cut.Shortfall}"));
        if (untried > 0)
        {
            warnings.Add($"of {untried} more cut(s) it was not tried whether doing exactly their actions cuts: a key may outlive the account it signs in as");
        }

        var reach = control.Reach(asked.Seeds, new ReachOptions { Stop = stop.Token, WithoutProofs = true }, cancellationToken);
        warnings.AddRange(NotFollowed(opened.View, reach.ComesNear).Concat(NotDescribed(opened.View, targets)).Concat(NotReadToTheEnd(opened.View, !cuts.IsAttained)).Distinct());
        return Seal(opened, "cuts", data, cuts.IsCutShort ? "time budget or number of sets: there may be more cuts" : null, warnings);
    }

    private static bool LeavesWaysOut(ControlGraph control, List<Node> targets) =>
        control.LeavingWaysOut.Count > 0 && control.LeadingTo(targets) is var leading && control.LeavingWaysOut.Any(node => leading[node]);

    /// <summary>The first few proofs for each target, certain before possible.</summary>
    private static List<IReadOnlyList<ProofStep>> WaysOf(ControlGraph control, CutQuestion asked, CancellationToken stop, CancellationToken cancellationToken)
    {
        const int WaysOfEach = 3;
        const int MostTargets = 20;
        var reach = control.Reach(asked.Seeds, new ReachOptions { Stop = stop }, cancellationToken);
        List<IReadOnlyList<ProofStep>> ways = [];
        foreach (var (target, right) in asked.Targets.Take(MostTargets))
        {
            var cells = reach[target];
            var cell = cells.Strongest;
            var wanted = right == Rights.None ? cells.Highest(cell) : right;
            cell = cells.Of(cell).Has(wanted) ? cell : Cell.PossibleAmplified;
            if (wanted != Rights.None && cells.Of(cell).Has(wanted))
            {
                ways.AddRange(ProofList.Of(reach, target, wanted, cell, WaysOfEach, cancellationToken).Proofs.Select(ProofSteps.Of));
            }
        }

        return ways;
    }

    private static IEnumerable<string> WithoutCut(Cuts cuts)
    {
        if (!cuts.IsAttained && !cuts.IsCutShort)
        {
            yield return "no target is attained, not even possibly: nothing needs cutting; `why-not` says what stands in the way";
        }
        else if (cuts.Found.Count == 0)
        {
            yield return "no cut was found among what may be cut: a target that is a start, or a limit on members, leaves none";
        }
    }

    private static CutMember Told(GraphView view, CutAction member, CutBy by) => new()
    {
        Action = by == CutBy.Action ? member.Action : null,
        Node = member.Node < 0 ? null : view[member.Node].Id,
        Edge = member.Edge < 0 ? null : ProofSteps.Of(view.EdgeAt(member.Edge)),
        Gate = member.Gate,
    };
}
