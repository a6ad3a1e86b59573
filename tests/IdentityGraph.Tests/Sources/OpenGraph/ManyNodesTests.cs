using IdentityGraph.Collect;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Tests.Stores;
using static IdentityGraph.Tests.Sources.OpenGraph.Payload;

namespace IdentityGraph.Tests.Sources.OpenGraph;

/// <summary>Nodes are known by fingerprints of their ids: where they stand, how often and in which file changes nothing.</summary>
public sealed class ManyNodesTests
{
    private static readonly string[] s_nodes =
    [
        .. Enumerable.Range(0, 300).Select(number => Node($"user-{number}", "GH_User", $"\"name\":\"u{number}\"")),
        Node("team", "GH_Team"),
        """{"id":"S-1-5-21-1-2-3-1105","kinds":["User","Base"],"properties":{"name":"MARA@LAB.TEST","domainsid":"S-1-5-21-1-2-3"}}""",
        """{"id":"S-1-5-21-1-2-3-512","kinds":["Group","Base"],"properties":{"name":"DOMAIN ADMINS@LAB.TEST","domainsid":"S-1-5-21-1-2-3"}}""",
        Node("é1", "GH_User"),
    ];

    private static readonly string[] s_edges =
    [
        .. Enumerable.Range(0, 300).Select(number => Edge($"user-{number}", "GH_MemberOf", "team")),
        Edge("S-1-5-21-1-2-3-1105", "MemberOf", "S-1-5-21-1-2-3-512"),
        """{"kind":"GH_MemberOf","start":{"match_by":"name","value":"u7"},"end":{"value":"team"}}""",
        """{"kind":"GH_MemberOf","start":{"value":"nobody-1","kind":"GH_User"},"end":{"value":"team"}}""",
        """{"kind":"GH_MemberOf","start":{"value":"nobody-2","kind":"GH_User"},"end":{"value":"nobody-3","kind":"GH_Team"}}""",
        """{"kind":"GH_MemberOf","start":{"value":"e\u03011"},"end":{"value":"team"}}""",
    ];

    [Fact]
    public void Relationships_before_their_nodes_say_what_they_say_behind_them()
    {
        var behind = Read(Whole(s_nodes, s_edges));
        var before = Read($$$"""{"graph":{"edges":[{{{string.Join(",", s_edges)}}}],"nodes":[{{{string.Join(",", s_nodes)}}}]},"metadata":{"source_kind":"Test"}}""");

        Assert.Equal(Said(behind), Said(before));
        Assert.Equal(behind.Breaches, before.Breaches);
        Assert.Contains("MEMBER_OF S-1-5-21-1-2-3-1105 -> S-1-5-21-1-2-3-512", behind.Facts);
        Assert.Contains("MEMBER_OF USER-7 -> TEAM", behind.Facts);
        Assert.DoesNotContain("MEMBER_OF USER-300 -> TEAM", behind.Facts);
    }

    [Fact]
    public void Nodes_in_either_of_two_files_and_in_both_say_the_same()
    {
        var once = Read(Whole(s_nodes, s_edges));
        using var folder = new TemporaryFolder();
        var apart = From(Zip(folder.Sub(), ("a.json", Whole(s_nodes[..150], s_edges)), ("b.json", Whole(s_nodes[150..], []))));
        using var other = new TemporaryFolder();
        var twice = From(Zip(other.Sub(), ("a.json", Whole(s_nodes[..200], s_edges)), ("b.json", Whole(s_nodes[100..], []))));

        Assert.Equal(Said(once), Said(apart));
        Assert.Equal(Said(once), Said(twice));
        Assert.Equal(once.Breaches, apart.Breaches);
        string[] repeated = ["node-repeated × 100", .. once.Breaches];
        Assert.Equal(repeated.Order(StringComparer.Ordinal), twice.Breaches.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_end_that_no_node_is_is_stated_once_however_often_it_is_named()
    {
        var payload = Read(Whole(s_nodes, [.. s_edges, s_edges[^3], Edge("nobody-1", "GH_MemberOf", "team"), s_edges[^2]]));

        Assert.Equal(["opengraph:object/NOBODY-1", "opengraph:object/NOBODY-2", "opengraph:object/NOBODY-3"], payload.Nodes.Where(node => node.Id.Contains("NOBODY", StringComparison.Ordinal)).Select(node => node.Id));
        Assert.Equal(3, payload.Trace.Count(line => line.What == "mention"));
    }

    [Fact]
    public void As_many_nodes_as_there_may_be_are_read_and_one_more_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = Zip(folder.Sub(), ("a.json", Whole(s_nodes[..100], [])), ("b.json", Whole(s_nodes[50..100], [])));

        Assert.Equal(100, From(path, limits: new UnpackLimits { Ids = 100 }).Nodes.Select(node => node.Id).Distinct().Count());
        var refused = Assert.Throws<RefusedInputException>(() => From(path, limits: new UnpackLimits { Ids = 99 }));
        Assert.StartsWith("there are more than 99 different objects", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Everything but where it stands, each statement once.</summary>
    private static string[] Said(Payload payload) =>
        [.. payload.Nodes.Select(node => $"{node.Kind} {node.Id} {string.Join(' ', node.Properties.Select(property => $"{property.Key}={property.Value}"))}").Concat(payload.Facts).Distinct().Order(StringComparer.Ordinal)];
}
