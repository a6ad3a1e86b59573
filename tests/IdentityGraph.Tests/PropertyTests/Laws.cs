using System.Text.Json.Nodes;
using IdentityGraph.Analyze.Ownership;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Policies;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>
/// Laws that need no second opinion: what must not change an answer does not, more never gives less, and what is said to help does. Each gives
/// what of it does not hold.
/// </summary>
internal static class Laws
{
    private static readonly string[] s_enabling =
    [
        "HOLDS", "ASSIGNS", "MEMBER_OF", "HAS_ROLE", "HAS_ENTITLEMENT", "GRANTS", "HELD_BY", "STORED_IN", "GRANTED_TO", "INCLUDES_SCOPE", "RUNS_AS", "CAN_ASSUME", "CAN_ISSUE_CREDENTIAL", "CAN_PROVISION",
        "CAN_GRANT", "CAN_MODIFY", "DEFINED_IN", "DEPENDS_ON", "TRUSTS", "RECOVERY_FOR", "OPERATED_BY", "SPAWNED",
    ];

    public static IReadOnlyList<string> OrderOfLines(RandomEstate estate) =>
        Difference(Answers(estate), Answers(estate with { Runs = [.. estate.Runs.Select(run => (IReadOnlyList<JsonObject>)[run[0], .. run.Skip(1).Reverse()])] }));

    public static IReadOnlyList<string> Use(RandomEstate estate)
    {
        var used = estate.Lines.Where(line => line.ContainsKey("node")).SelectMany((line, number) => new[]
        {
            $$$"""{"node":"use{{{number}}}","kind":"UsageObservation","props":{"count":5,"lastAt":"2025-02-28T00:00:00Z"}}""",
            $$$"""{"edge":"TARGETS","of":"use{{{number}}}","to":{{{line["node"]!.ToJsonString()}}}}""",
        });
        return Difference(Answers(estate), Answers(estate with { Runs = [.. estate.Runs, Delta(estate, "siem", used)] }));
    }

    /// <summary>Other sources, systems, persons and fingerprints: everything but who could have owned what (O7) stays.</summary>
    public static IReadOnlyList<string> Elsewhere(RandomEstate estate)
    {
        var elsewhere = Delta(estate, "elsewhere", [
            """
            {"node":"x-key","kind":"Credential","props":{"kind":"apiKey","expiresAt":null,"fingerprint":"x"}}
            {"node":"x-bot","kind":"ServiceIdentity","props":{"state":"Active"}}
            {"node":"x-sys","kind":"System","props":{"category":"vault","cascade_apiKey":"Never"}}
            {"node":"x-data","kind":"Resource","props":{"criticality":9}}
            {"node":"x-person","kind":"Person","props":{"name":"Xaver"}}
            {"node":"x-acct","kind":"Account","props":{"state":"Active","mfa":true}}
            {"edge":"BELONGS_TO","of":"x-acct","to":"x-person"}
            {"edge":"AUTHENTICATES_AS","of":"x-key","to":"x-bot"}
            {"edge":"IN_SYSTEM","of":"x-data","to":"x-sys"}
            {"edge":"ENTITLES","of":"x-bot","to":"x-sys","props":{"level":"L5"}}
            """]);
        var more = estate with { Runs = [.. estate.Runs, elsewhere] };
        return
        [
            .. Difference(Reached(estate), Reached(more)),
            .. Difference(Answers(estate, unknownOwners: false), [.. Answers(more, unknownOwners: false).Where(line => !line.StartsWith("x-", StringComparison.Ordinal))]),
        ];
    }

    public static IReadOnlyList<string> KnownThen(RandomEstate estate)
    {
        var known = EstateScope.Instant(estate.Runs[0][0]["recordedAt"])!.Value;
        var then = estate with { Question = estate.Question with { AsKnownAt = known } };
        var runs = estate.Runs.Where(run => EstateScope.Instant(run[0]["recordedAt"]) <= known).ToList();
        return Difference(Answers(then with { Runs = runs }), Answers(then));
    }

    public static IReadOnlyList<string> MoreNeverShrinks(RandomEstate estate)
    {
        var view = EngineEstate.Fold(estate).At(estate.Question.AsOf);
        var asked = estate.Question with { Profile = "ExternalBearer" };
        var weak = EngineEstate.Reach(view, asked);
        var more = asked with { Seeds = [.. asked.Seeds, view[0].Id, view[view.NodeCount - 1].Id] };
        return
        [
            .. weak.Attained.Where(node => !Within(weak[node].CertainDirect, weak[node].CertainAmplified & weak[node].PossibleDirect) || !Within(weak[node].CertainAmplified | weak[node].PossibleDirect, weak[node].PossibleAmplified))
                .Select(node => $"cells of {node}"),
            .. Shrunk(weak, EngineEstate.Reach(view, asked with { Profile = "Insider" })).Select(node => $"Insider: {node}"),
            .. Shrunk(weak, EngineEstate.Reach(view, asked with { Profile = "VendorInfra(v)" })).Select(node => $"VendorInfra: {node}"),
            .. Shrunk(weak, EngineEstate.Reach(view, more)).Select(node => $"more seeds: {node}"),
        ];
    }

    public static IReadOnlyList<string> OneMoreEdge(RandomEstate estate)
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
                var added = estate with { Runs = [.. estate.Runs, Delta(estate, "more", [new JsonObject { ["edge"] = kind.Name, ["of"] = of, ["to"] = to, ["key"] = "added" }.ToJsonString()])] };
                var after = EngineEstate.Reach(EngineEstate.Fold(added).At(estate.Question.AsOf), estate.Question);
                shrunk.AddRange(Shrunk(before, after).Select(node => $"{kind.Name} {of} {to}: {node}"));
            }
        }

        return shrunk;
    }

    /// <summary>With every member of a cut removed from what is asked about, the target is not attained, not even possibly.</summary>
    public static IReadOnlyList<string> CutsApplied(RandomEstate estate)
    {
        var asked = new AskedEstate(estate);
        List<string> broken = [];
        foreach (var target in asked.Targets(asked.Seeds).Take(2))
        {
            var cuts = asked.Answer(investigation => investigation.CutsAsync(asked.Ask, new CutsQuestion { From = asked.Seeds, To = [target] })).Cuts;
            foreach (var cut in cuts.Take(3).Select(cut => cut.Members.Select(member => member.Node!).ToList()))
            {
                var overlay = AskedEstate.Overlay(cut.Select(node => new JsonObject { ["remove"] = node }));
                var left = asked.Answer(investigation => investigation.BlastRadiusAsync(asked.Ask with { Overlay = overlay }, asked.Seeds, proofs: false));
                if (left.Reached.Any(row => row.Id == target))
                {
                    broken.Add($"{target} is attained without {string.Join(' ', cut)}");
                }
            }
        }

        return broken;
    }

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

    /// <summary>Presence, liveness, ownership and reach of everything but what was used.</summary>
    private static IReadOnlyList<string> Answers(RandomEstate estate, bool unknownOwners = true)
    {
        var view = EngineEstate.Fold(estate).At(estate.Question.AsOf);
        var liveness = new Liveness(view);
        var owners = new Owners(view, liveness, new AnalysisPolicy());
        var known = Enumerable.Range(0, view.NodeCount).Select(index => view[index]).Where(node => !node.Id.StartsWith("use", StringComparison.Ordinal));
        return
        [
            .. known.Select(node => $"{node} {node.Kind} {node.Present} {liveness.Of(node)}"),
            .. Owners.Kinds.SelectMany(view.Of).Select(owners.Of).Where(owned => unknownOwners || owned.State != OwnershipState.Unknown).Select(owned => $"{owned.Node} {owned.State} {owned.Reason}"),
            .. Reached(estate),
        ];
    }
}
