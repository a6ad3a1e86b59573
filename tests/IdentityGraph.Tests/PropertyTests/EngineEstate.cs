using System.Text;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Collect;
using IdentityGraph.Collect.Exchange;
using IdentityGraph.Graph;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>The product's side of an estate: its lines read by the exchange reader and folded as every store folds.</summary>
internal static class EngineEstate
{
    public static GraphSnapshot Fold(RandomEstate estate) => Pipeline.Fold(Runs(estate), estate.Question.AsKnownAt);

    /// <summary>Its lines as the exchange reader reads them.</summary>
    public static IReadOnlyList<(SealedRun Run, IEnumerable<Observation> Said)> Runs(RandomEstate estate)
    {
        List<(SealedRun, IEnumerable<Observation>)> runs = [];
        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', estate.Runs.SelectMany(run => run).Select(line => line.ToJsonString())));
        using var reader = new ExchangeReader(new MemoryStream(bytes), new ImportRequest { Path = "-" }, new ImportReport());
        foreach (var run in reader.Runs())
        {
            var said = run.Observations.ToList();
            var outcome = new RunOutcome(run.Outcome.PartialReason is not null, run.Outcome.Rejected, run.Outcome.PartialReason);
            runs.Add((new SealedRun(runs.Count + 1, run.Header, outcome, said.Count, ""), said));
        }

        return runs;
    }

    public static ReachResult Reach(GraphView view, EstateQuestion question)
    {
        var graph = Control(view, question);
        return graph.Reach(question.Seeds.Select(seed => view.Find(seed)).OfType<Node>().SelectMany(seed => Seeding.Of(seed, graph.Liveness)));
    }

    public static ControlGraph Control(GraphView view, EstateQuestion question)
    {
        var (profile, person) = Profile(view, question.Profile);
        return ControlGraph.Compile(view, new Liveness(view), profile, person);
    }

    private static (AttackerProfile Profile, Node? Person) Profile(GraphView view, string spelt) =>
        spelt.Split(':', 2) is ["Leaver", var person] ? (AttackerProfile.Leaver, view.Find(person)) : (AttackerProfile.Parse(spelt)!, null);
}
