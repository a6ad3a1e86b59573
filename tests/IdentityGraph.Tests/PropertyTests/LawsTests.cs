using System.Text.Json.Nodes;
using IdentityGraph.Analyze.Ownership;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Policies;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>Laws that need no second opinion: what must not change an answer does not, and more never gives less.</summary>
public sealed class LawsTests
{
    private static readonly string[] s_enabling =
    [
        "HOLDS", "ASSIGNS", "MEMBER_OF", "HAS_ROLE", "HAS_ENTITLEMENT", "GRANTS", "HELD_BY", "STORED_IN", "GRANTED_TO", "INCLUDES_SCOPE", "RUNS_AS", "CAN_ASSUME", "CAN_ISSUE_CREDENTIAL", "CAN_PROVISION",
        "CAN_GRANT", "CAN_MODIFY", "DEFINED_IN", "DEPENDS_ON", "TRUSTS", "RECOVERY_FOR", "OPERATED_BY", "SPAWNED",
    ];

    [Fact]
    public void The_order_of_lines_changes_nothing() => Sample.Check(60, 11, estate =>
        Difference(Answers(estate), Answers(estate with { Runs = [.. estate.Runs.Select(run => (IReadOnlyList<JsonObject>)[run[0], .. run.Skip(1).Reverse()])] })));

    [Fact]
    public void Use_changes_no_liveness_reach_or_ownership() => Sample.Check(60, 12, estate =>
    {
        var used = estate.Lines.Where(line => line.ContainsKey("node")).SelectMany((line, number) => new[]
        {
            $$$"""{"node":"use{{{number}}}","kind":"UsageObservation","props":{"count":5,"lastAt":"2025-02-28T00:00:00Z"}}""",
            $$$"""{"edge":"TARGETS","of":"use{{{number}}}","to":"{{{line["node"]}}}"}""",
        });
        return Difference(Answers(estate), Answers(estate with { Runs = [.. estate.Runs, Delta(estate, "siem", used)] }));
    });

    [Fact]
    public void An_unrelated_component_changes_no_reach() => Sample.Check(60, 13, estate =>
    {
        var elsewhere = Delta(estate, "elsewhere", [
            """
            {"node":"x-key","kind":"Credential","props":{"kind":"apiKey","expiresAt":null,"fingerprint":"x"}}
            {"node":"x-bot","kind":"ServiceIdentity","props":{"state":"Active"}}
            {"node":"x-sys","kind":"System","props":{}}
            {"edge":"AUTHENTICATES_AS","of":"x-key","to":"x-bot"}
            {"edge":"ENTITLES","of":"x-bot","to":"x-sys","props":{"level":"L5"}}
            """]);
        return Difference(Reached(estate), Reached(estate with { Runs = [.. estate.Runs, elsewhere] }));
    });

    [Fact]
    public void What_was_known_then_does_not_change_by_later_runs() => Sample.Check(60, 14, estate =>
    {
        var known = EstateScope.Instant(estate.Runs[0][0]["recordedAt"])!.Value;
        var then = estate with { Question = estate.Question with { AsKnownAt = known } };
        var runs = estate.Runs.Where(run => EstateScope.Instant(run[0]["recordedAt"]) <= known).ToList();
        return Difference(Answers(then with { Runs = runs }), Answers(then));
    });

    [Fact]
    public void Certain_is_possible_direct_is_amplified_and_more_seeds_or_a_stronger_profile_never_shrink() => Sample.Check(60, 15, estate =>
    {
        var view = EngineEstate.Fold(estate).At(estate.Question.AsOf);
        var asked = estate.Question with { Profile = "ExternalBearer" };
        var weak = EngineEstate.Reach(view, asked);
        var insider = EngineEstate.Reach(view, asked with { Profile = "Insider" });
        var more = EngineEstate.Reach(view, asked with { Seeds = [.. asked.Seeds, view[0].Id, view[view.NodeCount - 1].Id] });
        return
        [
            .. weak.Attained.Where(node => !Within(weak[node].CertainDirect, weak[node].CertainAmplified & weak[node].PossibleDirect) || !Within(weak[node].CertainAmplified | weak[node].PossibleDirect, weak[node].PossibleAmplified))
                .Select(node => $"cells of {node}"),
            .. Shrunk(weak, insider).Select(node => $"Insider: {node}"),
            .. Shrunk(weak, more).Select(node => $"more seeds: {node}"),
        ];
    });

    [Fact]
    public void Without_proofs_the_same_is_attained_in_as_many_hops() => Sample.Check(200, 24, estate =>
    {
        var view = EngineEstate.Fold(estate).At(estate.Question.AsOf);
        var graph = EngineEstate.Control(view, estate.Question);
        var seeds = estate.Question.Seeds.Select(seed => view.Find(seed)).OfType<Node>().SelectMany(seed => Seeding.Of(seed, graph.Liveness)).ToList();
        return Difference(Told(graph.Reach(seeds)), Told(graph.Reach(seeds, new ReachOptions { WithoutProofs = true })));

        static IReadOnlyList<string> Told(ReachResult reach) =>
        [
            .. from node in reach.Attained
               from cell in Enum.GetValues<Cell>()
               from right in Enum.GetValues<Rights>().Where(right => System.Numerics.BitOperations.PopCount((uint)right) == 1)
               select $"{node} {cell} {right} {reach.Hops(node, right, cell)} {reach.IsDurable(node)}",
        ];
    });

    [Fact]
    public void One_more_enabling_edge_never_shrinks_a_reach() => Sample.Check(30, 16, estate =>
    {
        var before = EngineEstate.Reach(EngineEstate.Fold(estate).At(estate.Question.AsOf), estate.Question);
        var kinds = estate.Lines.Where(line => line.ContainsKey("node")).DistinctBy(line => line["node"]!.ToString()).ToDictionary(line => line["node"]!.ToString(), line => line["kind"]?.ToString());
        List<string> shrunk = [];
        foreach (var kind in s_enabling.Select(name => EdgeKinds.All.First(kind => kind.Name == name)))
        {
            var of = kinds.Where(node => kind.From.Any(allowed => allowed.Name == node.Value)).Select(node => node.Key).LastOrDefault();
            var to = kinds.Where(node => kind.To.Any(allowed => allowed.Name == node.Value)).Select(node => node.Key).FirstOrDefault();
            if (of is not null && to is not null)
            {
                var added = estate with { Runs = [.. estate.Runs, Delta(estate, "more", [$$$"""{"edge":"{{{kind.Name}}}","of":"{{{of}}}","to":"{{{to}}}","key":"added"}"""])] };
                var after = EngineEstate.Reach(EngineEstate.Fold(added).At(estate.Question.AsOf), estate.Question);
                shrunk.AddRange(Shrunk(before, after).Select(node => $"{kind.Name} {of} {to}: {node}"));
            }
        }

        return shrunk;
    });

    private static bool Within(Rights less, Rights more) => (less & ~more) == Rights.None;

    private static IEnumerable<string> Shrunk(ReachResult before, ReachResult after)
    {
        foreach (var node in before.Attained)
        {
            var now = after[after.Graph.View.Find(node.Id)!.Value];
            foreach (var cell in Enum.GetValues<Cell>())
            {
                if (!Within(before[node].Of(cell), now.Of(cell)))
                {
                    yield return $"{node} {cell} {before[node].Of(cell).ToLetters()} became {now.Of(cell).ToLetters()}";
                }
            }
        }
    }

    /// <summary>A run of another source, begun with the last and known in time for the question.</summary>
    private static IReadOnlyList<JsonObject> Delta(RandomEstate estate, string source, IEnumerable<string> lines)
    {
        var last = estate.Runs[^1][0];
        var header = new JsonObject
        {
            ["idgraph"] = 1,
            ["source"] = source,
            ["tenant"] = "t",
            ["startedAt"] = last["startedAt"]!.ToString(),
            ["recordedAt"] = last["recordedAt"]!.ToString(),
            ["mode"] = "delta",
            ["interval"] = "P365D",
        };
        return [header, .. lines.SelectMany(text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    private static IReadOnlyList<string> Difference(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        [.. one.Except(other).Select(line => "before: " + line), .. other.Except(one).Select(line => "after: " + line)];

    private static IReadOnlyList<string> Reached(RandomEstate estate)
    {
        var reach = EngineEstate.Reach(EngineEstate.Fold(estate).At(estate.Question.AsOf), estate.Question);
        return [.. reach.Attained.Select(node => $"{node} {reach[node].Word} {reach.Hops(node)} {reach.IsDurable(node)} {string.Join(' ', reach.Proof(node)!.Steps.Select(step => $"{step.Rule} {step.Node}"))}")];
    }

    private static IReadOnlyList<string> Answers(RandomEstate estate)
    {
        var view = EngineEstate.Fold(estate).At(estate.Question.AsOf);
        var liveness = new Liveness(view);
        var owners = new Owners(view, liveness, new AnalysisPolicy());
        var known = Enumerable.Range(0, view.NodeCount).Select(index => view[index]).Where(node => !node.Id.StartsWith("use", StringComparison.Ordinal));
        return
        [
            .. known.Select(node => $"{node} {node.Kind} {node.Present} {liveness.Of(node)}"),
            .. Owners.Kinds.SelectMany(view.Of).Select(owners.Of).Select(owned => $"{owned.Node} {owned.State} {owned.Reason}"),
            .. Reached(estate),
        ];
    }
}
