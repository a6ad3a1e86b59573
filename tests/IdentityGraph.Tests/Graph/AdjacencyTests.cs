using IdentityGraph.Graph;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Graph;

/// <summary>Nodes by kind and id, edges both ways.</summary>
public sealed class AdjacencyTests
{
    private static readonly GraphView View = Facts.Of("2025-03-01", facts => facts
        .Node("zoe", "Account").Node("kim", "Account").Node("admins", "Group").Node("readers", "Group")
        .Edge("MEMBER_OF", "zoe", "admins").Edge("MEMBER_OF", "kim", "readers").Edge("MEMBER_OF", "kim", "admins").Edge("MEMBER_OF", "readers", "admins")
        .Edge("OWNED_BY", "admins", "kim", ("role", "technical")).Edge("OWNED_BY", "admins", "kim", ("role", "accountable"))).At("2025-03-02");

    private static string[] Ends(EdgeList edges)
    {
        var ends = new List<string>();
        foreach (var edge in edges)
        {
            ends.Add(edge.ToString());
        }

        return [.. ends];
    }

    [Fact]
    public void Nodes_are_ordered_by_kind_then_id()
    {
        Assert.Equal(["kim", "zoe"], View.Of(NodeKinds.Account).Select(node => node.Id));
        Assert.Equal(["admins", "readers"], View.Of(NodeKinds.Group).Select(node => node.Id));
        Assert.Empty(View.Of(NodeKinds.Person));
        Assert.All(Enumerable.Range(0, View.NodeCount), index => Assert.Equal(index, View.Find(View[index].Id)!.Value.Index));
    }

    [Fact]
    public void Edges_are_walked_from_their_start_by_end()
    {
        Assert.Equal(["kim -MEMBER_OF-> admins", "kim -MEMBER_OF-> readers"], Ends(View.Find("kim")!.Value.Out(EdgeKinds.MemberOf)));
        Assert.Empty(Ends(View.Find("admins")!.Value.Out(EdgeKinds.MemberOf)));
        Assert.Empty(Ends(View.Find("kim")!.Value.Out(EdgeKinds.OwnedBy)));
    }

    [Fact]
    public void Edges_are_walked_from_their_end_by_start()
    {
        Assert.Equal(["kim -MEMBER_OF-> admins", "zoe -MEMBER_OF-> admins", "readers -MEMBER_OF-> admins"], Ends(View.Find("admins")!.Value.In(EdgeKinds.MemberOf)));
        Assert.Empty(Ends(View.Find("zoe")!.Value.In(EdgeKinds.MemberOf)));
    }

    [Fact]
    public void Parallel_edges_are_told_apart_by_their_role()
    {
        var keys = new List<string>();
        foreach (var edge in View.Find("admins")!.Value.Out(EdgeKinds.OwnedBy))
        {
            keys.Add($"{edge.Key}: {edge[Properties.OwnerRole].Text}");
        }

        Assert.Equal(["accountable: accountable", "technical: technical"], keys);
    }

    [Fact]
    public void Columns_say_the_same_as_edges()
    {
        foreach (var edge in View.Edges(EdgeKinds.MemberOf))
        {
            Assert.Equal((edge.Of.Index, edge.To.Index, edge.Holds), (View.Snapshot.EdgeOf[edge.Index], View.Snapshot.EdgeTo[edge.Index], View.EdgeTruth[edge.Index]));
            Assert.Equal(EdgeKinds.MemberOf, edge.Kind);
        }

        Assert.Equal(6, View.EdgeCount);
    }
}
