using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.OpenGraph;

namespace IdentityGraph.Tests.Sources.OpenGraph;

/// <summary>What must hold for every row of every table.</summary>
public sealed class ExtensionTableTests
{
    [Fact]
    public void Every_row_makes_edges_whose_ends_their_kind_accepts()
    {
        List<string> wrong = [];
        foreach (var table in ExtensionTables.All)
        {
            foreach (var row in table.Edges)
            {
                wrong.AddRange(
                    from start in EndsOf(row.Starts, table)
                    from end in EndsOf(row.Ends, table)
                    where start.Label != end.Label || row.Starts.Count > 0
                    from problem in Problems(row, start, end)
                    select problem);
            }
        }

        Assert.Equal([], wrong.Distinct());
    }

    [Fact]
    public void Every_row_says_what_it_lets_the_start_do() =>
        Assert.All(ExtensionTables.All.SelectMany(table => table.Edges), row => Assert.EndsWith(".", row.Why));

    [Fact]
    public void Every_table_says_where_its_kinds_are_described() =>
        Assert.All(ExtensionTables.All, table => Assert.StartsWith("https://", table.Source));

    [Fact]
    public void A_row_names_only_kinds_that_have_one() =>
        Assert.Equal([], ExtensionTables.All.SelectMany(table => table.Edges).SelectMany(row => row.Starts.Concat(row.Ends)).Distinct().Where(kind => KindOf(kind).IsGeneric && !ObjectIds.IsAzure(kind)));

    [Theory]
    [InlineData("nonsense")]
    [InlineData("node | X | NoSuchKind")]
    [InlineData("node | X | Account | shoeSize=a")]
    [InlineData("edge | X | * | * | conjures | Why.")]
    public void A_line_that_is_none_is_an_error(string line) => Assert.Throws<FormatException>(() => TableFile.Read("extension | x | https://example.test\n" + line));

    private static ObjectKind KindOf(string kind) =>
        ObjectKinds.DirectoryOf(kind) != DirectoryKind.Base ? new ObjectKinds().Of([kind, "Base"]) : new ObjectKinds().Of([kind]);

    private static IEnumerable<ObjectKind> EndsOf(IReadOnlyList<string> kinds, ExtensionTable table) =>
        (kinds.Count > 0 ? kinds : [.. table.Nodes.GroupBy(row => row.Ours).Select(group => group.First().Kind), "User", "Computer", "Group"]).Select(KindOf);

    private static IEnumerable<string> Problems(EdgeRow row, ObjectKind start, ObjectKind end)
    {
        var facts = new FactList { Stream = "test", Where = "test" };
        var (from, to) = (EndOf("S", start), EndOf("E", end));
        facts.Node(from.Node, start.Ours, []);
        facts.Node(to.Node, end.Ours, []);
        facts.Node(Stand.Place(from), start.Directory == DirectoryKind.Computer ? NodeKinds.Resource : start.Ours, []);
        facts.Node(Stand.Place(to), end.Directory == DirectoryKind.Computer ? NodeKinds.Resource : end.Ours, []);
        new RelationMapping(facts).Map(row, row.Kind, from, to);
        var kinds = facts.Facts.OfType<Observation.SawNode>().DistinctBy(node => node.Id).ToDictionary(node => node.Id, node => NodeKind.Find(node.Kind!)!);
        return from edge in facts.Facts.OfType<Observation.SawEdge>()
               let kind = EdgeKind.Find(edge.Kind)!
               where !Accepts(kind.From, kinds[edge.Of]) || !Accepts(kind.To, kinds[edge.To]) || edge.Properties.Any(property => kind.FindProperty(property.Key) is null)
               select $"{row.Kind} {start.Label}->{end.Label}: {edge.Kind} {kinds[edge.Of]}->{kinds[edge.To]}";
    }

    private static ObjectEnd EndOf(string id, ObjectKind kind) => new(id, ObjectIds.SystemOf(id, kind), kind);

    private static bool Accepts(IReadOnlyList<NodeKind> kinds, NodeKind kind) => kinds.Count == 0 || kind == NodeKinds.Unknown || kinds.Contains(kind);
}
