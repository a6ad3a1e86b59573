using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>Which way control may go along facts, held against the rules: what follows by a rule lies in the flow of its facts.</summary>
public sealed class ControlFlowLawsTests
{
    // Trust between tenants and equal secrets lead where no edge does.
    private static readonly string[] s_withoutEdges = ["D16", "D20"];

    [Theory]
    [MemberData(nameof(DifferentialTests.Cases), MemberType = typeof(DifferentialTests))]
    public void Every_application_that_was_kept_follows_its_facts(string file) => Assert.Empty(AgainstTheFlow(DifferentialTests.Case(file)));

    [Fact]
    public void Every_application_follows_its_facts() => Sample.Check(400, 71, AgainstTheFlow);

    [Fact]
    public void Either_way_leads_back()
    {
        for (var number = 0; number < 20; number++)
        {
            var estate = EstateGenerator.Generate(number);
            var view = EngineEstate.Fold(estate).At(estate.Question.AsOf);
            var nodes = NodeKind.All.SelectMany(view.Of).ToList();

            Assert.Equal(
                nodes.SelectMany(static from => ControlFlow.From(from).Select(to => (from.Id, to.Id))).Order(),
                nodes.SelectMany(static to => ControlFlow.Into(to).Select(from => (from.Id, to.Id))).Order());
        }
    }

    private static IReadOnlyList<string> AgainstTheFlow(RandomEstate estate)
    {
        var reach = EngineEstate.Reach(EngineEstate.Fold(estate).At(estate.Question.AsOf), estate.Question);
        return
        [
            .. from node in reach.Attained
               from line in reach.Proof(node)?.Steps ?? []
               where line.Rule is { } rule && !s_withoutEdges.Contains(rule.Id) && !Follows(line)
               select $"{line.Rule!.Id}: {string.Join(", ", line.From.Select(static from => from.Id))} to {line.Node.Id} by {string.Join(", ", line.Edges.Select(static edge => $"{edge.Of.Id} {edge.Kind} {edge.To.Id}"))}",
        ];
    }

    private static bool Follows(ProofLine line)
    {
        HashSet<Node> come = [.. line.From];
        for (var before = -1; before != come.Count;)
        {
            before = come.Count;
            come.UnionWith(line.Edges.SelectMany(ControlFlow.Of).Where(way => come.Contains(way.From)).Select(static way => way.To));
        }

        return come.Contains(line.Node);
    }
}
