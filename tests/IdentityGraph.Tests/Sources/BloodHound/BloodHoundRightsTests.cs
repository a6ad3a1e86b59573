using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Tests.Sources.BloodHound;

/// <summary>The table from BloodHound's relationships to fact edges.</summary>
public sealed class BloodHoundRightsTests
{
    private static readonly DirectoryKind[] s_holders = [DirectoryKind.User, DirectoryKind.Computer, DirectoryKind.Group, DirectoryKind.LocalGroup, DirectoryKind.Base];

    [Fact]
    public void Every_row_makes_edges_whose_ends_their_kind_accepts()
    {
        List<string> wrong = [];
        foreach (var row in BloodHoundRights.Rows)
        {
            foreach (var (start, end) in row.Targets.SelectMany(target => StartsOf(row.Effect, row.Right).Select(start => (start, target))))
            {
                var facts = new FactList { Stream = "test", Where = "test" };
                DirectoryMapping.Describe("START", start, default, null, facts);
                DirectoryMapping.Describe("END", end, default, null, facts);
                var unsaid = new LinkMapping(facts, new ImportMemory(links: false)).Map(new DirectoryLink("START", start, row.Right, "END", end));
                var kinds = facts.Facts.OfType<Observation.SawNode>().ToDictionary(node => node.Id, node => NodeKind.Find(node.Kind!)!);
                wrong.AddRange(
                    from edge in facts.Facts.OfType<Observation.SawEdge>()
                    let kind = EdgeKind.Find(edge.Kind)!
                    let of = kinds.GetValueOrDefault(edge.Of) ?? NodeKinds.Unknown
                    let to = kinds.GetValueOrDefault(edge.To) ?? NodeKinds.Unknown
                    where !Accepts(kind.From, of) || !Accepts(kind.To, to) || edge.Properties.Any(property => kind.FindProperty(property.Key) is null)
                    select $"{row.Right} {start}->{end}: {edge.Kind} {of}->{to}");
                if (unsaid is null && !facts.Facts.OfType<Observation.SawEdge>().Any(edge => kinds.ContainsKey(edge.Of) || start == DirectoryKind.Base))
                {
                    wrong.Add($"{row.Right} {start}->{end} makes no edge");
                }
            }
        }

        Assert.Equal([], wrong);
    }

    [Fact]
    public void A_right_has_one_row_for_a_kind_of_target() =>
        Assert.Equal([], BloodHoundRights.Rows.SelectMany(row => row.Targets.Select(target => (row.Right, target))).GroupBy(pair => pair).Where(pairs => pairs.Count() > 1).Select(pairs => pairs.Key));

    [Fact]
    public void Every_row_says_what_it_lets_the_start_do() => Assert.All(BloodHoundRights.Rows, row => Assert.EndsWith(".", row.Why));

    [Theory]
    [InlineData("User", "CAN_ISSUE_CREDENTIAL")]
    [InlineData("Computer", "CAN_ISSUE_CREDENTIAL")]
    [InlineData("Group", "CAN_GRANT")]
    [InlineData("GPO", "CAN_MODIFY")]
    [InlineData("OU", "ENTITLES")]
    [InlineData("Domain", "ENTITLES")]
    public void Full_control_of_an_object_is_what_its_kind_makes_of_it(string target, string kind) =>
        Assert.Equal([kind], Edges(new("S-1-5-21-1-2-3-1105", DirectoryKind.User, "GenericAll", "TARGET", DirectoryKinds.OfWord(target))).Select(edge => edge.Kind));

    [Fact]
    public void A_group_has_it_through_the_administration_of_the_object()
    {
        var edges = Edges(new("S-1-5-21-1-2-3-512", DirectoryKind.Group, "ForceChangePassword", "S-1-5-21-1-2-3-1105", DirectoryKind.User));

        Assert.Equal(
            [
                "CAN_ISSUE_CREDENTIAL activedirectory:administration/S-1-5-21-1-2-3-1105 -> activedirectory:object/S-1-5-21-1-2-3-1105",
                "ENTITLES activedirectory:object/S-1-5-21-1-2-3-512 -> activedirectory:administration/S-1-5-21-1-2-3-1105",
            ],
            edges.Select(edge => $"{edge.Kind} {edge.Of} -> {edge.To}"));
    }

    [Fact]
    public void An_unheard_of_right_is_an_entitlement_without_a_level()
    {
        var edge = Assert.Single(Edges(new("S-1-5-21-1-2-3-512", DirectoryKind.Group, "BrandNewRight", "S-1-5-21-1-2-3-1000", DirectoryKind.Computer)));

        Assert.Equal(("ENTITLES", "activedirectory:host/S-1-5-21-1-2-3-1000", "BrandNewRight"), (edge.Kind, edge.To, edge.EffectiveKey));
        Assert.Equal(["right"], edge.Properties.Select(property => property.Key));
    }

    [Fact]
    public void Replication_takes_both_rights_and_one_alone_has_no_level()
    {
        Assert.All(["GetChanges", "GetChangesAll"], right =>
            Assert.DoesNotContain(Edges(new("S-1-5-21-1-2-3-1105", DirectoryKind.User, right, "S-1-5-21-1-2-3", DirectoryKind.Domain)).Single().Properties, property => property.Key is "rights" or "level"));
        Assert.Contains(Edges(new("S-1-5-21-1-2-3-1105", DirectoryKind.User, "DCSync", "S-1-5-21-1-2-3", DirectoryKind.Domain)).Single().Properties, property => property.Value == PropertyValue.Of("DRWUAC"));
    }

    private static List<Observation.SawEdge> Edges(DirectoryLink link)
    {
        var facts = new FactList { Stream = "test", Where = "test" };
        Assert.Null(new LinkMapping(facts, new ImportMemory(links: false)).Map(link));
        return [.. facts.Facts.OfType<Observation.SawEdge>()];
    }

    private static bool Accepts(IReadOnlyList<NodeKind> kinds, NodeKind kind) => kinds.Count == 0 || kind == NodeKinds.Unknown || kinds.Contains(kind);

    /// <summary>Kinds the start may have in the files.</summary>
    private static DirectoryKind[] StartsOf(Effect effect, string right) => effect switch
    {
        Effect.Contain when right == "HostsCAService" => [DirectoryKind.Computer],
        Effect.Contain => [DirectoryKind.OU, DirectoryKind.Container, DirectoryKind.Domain, DirectoryKind.Base],
        Effect.Offered when right == "PublishedTo" => [DirectoryKind.CertTemplate],
        Effect.Offered => [DirectoryKind.RootCA, DirectoryKind.NTAuthStore],
        Effect.Apply => [DirectoryKind.GPO],
        Effect.Trust or Effect.TrustInForest or Effect.AbuseTrust => [DirectoryKind.Domain],
        Effect.LocalGroup => [DirectoryKind.LocalGroup],
        Effect.KeepsSecret => [DirectoryKind.Computer],
        _ => s_holders,
    };
}
