using System.Text.Json.Nodes;
using static IdentityGraph.Tests.Naive.NaiveStory;

namespace IdentityGraph.Tests.Naive;

/// <summary>Laws that hold for any graph, tried on small ones, ill-formed edges included.</summary>
public sealed class NaiveLawsTests
{
    private static readonly string[] Enabling =
    [
        "HOLDS", "ASSIGNS", "MEMBER_OF", "HAS_ROLE", "HAS_ENTITLEMENT", "GRANTS", "HELD_BY", "STORED_IN", "GRANTED_TO", "INCLUDES_SCOPE", "RUNS_AS", "CAN_ASSUME", "CAN_ISSUE_CREDENTIAL", "CAN_PROVISION",
        "CAN_GRANT", "CAN_MODIFY", "DEFINED_IN", "DEPENDS_ON", "TRUSTS", "RECOVERY_FOR", "OPERATED_BY", "SPAWNED",
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Certain_is_possible_direct_is_amplified_and_a_stronger_attacker_reaches_no_less(int seed)
    {
        var (runs, nodes) = NaiveChaos.Graph(seed);
        var moment = new NaiveEvaluator(runs, Day("2030-01-01")).At(Day("2025-03-02"));
        var weak = moment.Reach(nodes.Take(3));
        var strong = moment.Reach(nodes.Take(5), new NaiveProfile(Insider: true));
        foreach (var node in nodes)
        {
            AssertWithin(weak.CertainDirect.Rights(node), weak.CertainAmplified.Rights(node));
            AssertWithin(weak.CertainAmplified.Rights(node), weak.PossibleAmplified.Rights(node));
            AssertWithin(weak.CertainDirect.Rights(node), weak.PossibleDirect.Rights(node));
            AssertWithin(weak.PossibleDirect.Rights(node), weak.PossibleAmplified.Rights(node));
            AssertWithin(weak.CertainAmplified.Rights(node), strong.CertainAmplified.Rights(node));
            AssertWithin(weak.PossibleAmplified.Rights(node), strong.PossibleAmplified.Rights(node));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_order_of_lines_changes_nothing(int seed)
    {
        var (runs, nodes) = NaiveChaos.Graph(seed);
        var backwards = runs.Select(run => (IReadOnlyList<JsonObject>)[run[0], .. run.Skip(1).Reverse()]).ToList();
        Assert.Equal(Answers(runs, nodes), Answers(backwards, nodes));
    }

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(Seeds))]
    public void One_more_enabling_edge_takes_nothing_away(int seed)
    {
        var (runs, nodes) = NaiveChaos.Graph(seed);
        var before = new NaiveEvaluator(runs, Day("2030-01-01")).At(Day("2025-03-02")).Reach(nodes.Take(3));
        foreach (var added in Enabling.Select(kind => NaiveChaos.More(kind, seed)).OfType<string>())
        {
            var more = runs.Append(Delta("b", "2025-03-01", added)).ToList();
            var after = new NaiveEvaluator(more, Day("2030-01-01")).At(Day("2025-03-02")).Reach(nodes.Take(3));
            foreach (var node in nodes)
            {
                AssertWithin(before.CertainAmplified.Rights(node), after.CertainAmplified.Rights(node));
                AssertWithin(before.PossibleAmplified.Rights(node), after.PossibleAmplified.Rights(node));
            }
        }
    }

    [Fact]
    public void The_graphs_are_worth_trying()
    {
        var reached = Enumerable.Range(1, 40)
            .Select(NaiveChaos.Graph)
            .Select(graph => new NaiveEvaluator(graph.Runs, Day("2030-01-01")).At(Day("2025-03-02")).Reach(graph.Nodes.Take(4)).Reached)
            .ToList();
        Assert.InRange(reached.Count(rows => rows.Any(row => row.CertainAmplified.Length > 0)), 10, 40);
        Assert.InRange(reached.Count(rows => rows.Any(row => row.CertainAmplified != row.PossibleAmplified)), 10, 40);
    }

    private static List<string> Answers(IReadOnlyList<IReadOnlyList<JsonObject>> runs, string[] nodes)
    {
        var moment = new NaiveEvaluator(runs, Day("2030-01-01")).At(Day("2025-03-02"));
        var persons = nodes.Where(node => moment.View.Kind(node) == "Person").ToList();
        return
        [
            .. nodes.Select(node => $"{node} {moment.Live(node)} {moment.Ownership(node) with { AtLeast = [], AtMost = [], MissingRoles = [] }}"),
            .. moment.Reach(nodes.Take(3)).Reached.Select(row => row.ToString()),
            .. persons.Select(moment.Leaver).SelectMany(leaver => leaver.Paths.Select(path => path.ToString()).Append($"{leaver.Person} {leaver.Verdict}")),
        ];
    }

    private static void AssertWithin(string less, string more) => Assert.Equal(more, NaiveRights.Unite(less, more));
}
