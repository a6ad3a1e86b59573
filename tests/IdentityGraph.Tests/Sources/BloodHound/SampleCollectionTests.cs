using System.IO.Compression;
using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Tests.Sources.BloodHound;

/// <summary>Three collections of a lab in one zip: every object and relationship is accounted for.</summary>
public sealed class SampleCollectionTests
{
    private static readonly string[] s_structural =
    [
        "MemberOf", "MemberOfLocalGroup", "LocalToComputer", "Contains", "GPLink", "HasSession", "RemoteInteractiveLogonRight", "AllowedToDelegate", "AllowedToAct",
        "CoerceToTGT", "DCFor", "DumpSMSAPassword", "HostsCAService", "PublishedTo", "RootCAFor", "NTAuthStoreFor", "SameForestTrust", "CrossForestTrust", "SpoofSIDHistory",
    ];

    [Fact]
    public void Each_collection_is_a_run_of_its_domain_at_the_time_in_its_name()
    {
        var imported = Import();

        Assert.Equal(
            [
                "activedirectory PHANTOM.CORP 2024-03-05T11:00:18Z Full",
                "activedirectory GHOST.CORP 2024-03-05T11:04:27Z Full",
                "activedirectory WRAITH.CORP 2024-03-05T11:14:14Z Full",
            ],
            imported.Runs.Select(run => $"{run.Header.Source} {run.Header.Tenant} {Instants.ToText(run.Header.StartedAt)} {run.Header.Mode}"));
        Assert.All(imported.Runs, run => Assert.Null(run.Outcome.PartialReason));
        Assert.All(imported.Observations.OfType<Observation.EndOf>(), end => Assert.False(end.Complete));
    }

    [Fact]
    public void Every_object_is_imported_once_and_merged_as_often_as_it_comes_again()
    {
        var objects = Import().Trace.Where(line => line.What == "node").ToList();

        Assert.Equal(1718, objects.Count);
        Assert.Equal(1469, objects.Count(line => line.Became == "imported"));
        Assert.Equal(249, objects.Count(line => line.Became == "merged"));
        Assert.Equal(
            "AIACA 6, CertTemplate 106, Computer 34, Container 1121, Domain 3, EnterpriseCA 4, GPO 32, Group 285, NTAuthStore 2, OU 20, RootCA 5, User 100",
            string.Join(", ", objects.GroupBy(line => line.Kind).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key} {group.Count()}")));
    }

    [Fact]
    public void Every_relationship_in_the_files_has_its_line()
    {
        var imported = Import();
        var links = imported.Trace.Where(line => line.What == "edge").ToList();
        var (entries, ofAuthorities) = EntriesInTheFiles();

        Assert.Equal(11_772, entries);
        Assert.Equal(entries + ofAuthorities, links.Count(line => !s_structural.Contains(line.Kind)));
        Assert.Equal(161 + 131, links.Count(line => line.Kind == "MemberOf"));
        Assert.Equal(1598, links.Count(line => line.Kind == "Contains"));
        Assert.Equal(109, links.Count(line => line.Kind == "LocalToComputer"));
        Assert.Equal(32 + 28, links.Count(line => line.Kind == "HasSession"));
        Assert.Equal(27, links.Count(line => line.Kind == "GPLink"));
        Assert.Equal(6, links.Count(line => line.Kind == "RemoteInteractiveLogonRight"));
        Assert.Equal((1, 1), (links.Count(line => line.Kind == "AllowedToDelegate"), links.Count(line => line.Kind == "AllowedToAct")));
        Assert.All(links.Where(line => line.Became == "refused"), line => Assert.Equal(line.Start, line.End));
        Assert.Empty(imported.Report.Unrecognised);
        Assert.Equal(0, imported.Report.RejectCount);
    }

    [Fact]
    public void Every_line_that_is_not_refused_stands_for_edges_of_the_run()
    {
        var imported = Import();
        var edges = imported.Edges.Select(edge => $"{edge.Kind} of {edge.Of} to {edge.To}").ToHashSet();

        Assert.All(imported.Trace.Where(line => line.What == "edge" && line.Became != "refused"), line => Assert.All(line.As.Split("; "), edge => Assert.Contains(edge, edges)));
    }

    [Fact]
    public void Disabled_users_are_disabled_and_those_the_file_says_nothing_of_have_no_state()
    {
        var imported = Import();
        var users = imported.Trace.Where(line => line is { What: "node", Kind: "User" }).Select(line => "activedirectory:object/" + line.Start).ToHashSet();
        var states = imported.Nodes.Where(node => users.Contains(node.Id)).GroupBy(node => node.Id)
            .ToDictionary(lines => lines.Key, lines => lines.SelectMany(line => line.Properties).Where(property => property.Key == "state").Select(property => property.Value.AsText()).ToList());

        Assert.Equal(99, states.Count);
        Assert.Equal(3, states.Values.Count(said => said.Count == 0));
        Assert.Equal(["Active", "Disabled"], states["activedirectory:object/S-1-5-21-2697957641-2271029196-387917394-2186"].Order());
        Assert.Equal(74, states.Values.Count(said => said.Distinct().SequenceEqual(["Active"])));
        Assert.Equal(22, states.Values.Count(said => said.Contains("Disabled")));
        Assert.Contains(imported.Report.Warnings, warning => warning.Contains("-2186` stands under two names", StringComparison.Ordinal));
    }

    [Fact]
    public void A_distinguished_name_in_the_place_of_a_SID_is_kept_as_an_end_nobody_described()
    {
        var imported = Import();
        var placeholder = imported.Edges.Where(edge => edge.Kind == "MEMBER_OF" && edge.Of.Contains("CN%3D", StringComparison.Ordinal)).ToList();

        Assert.Equal(2, placeholder.Count);
        Assert.DoesNotContain(imported.Nodes, node => node.Id == placeholder[0].Of);
    }

    [Fact]
    public void No_attribute_in_which_passwords_are_kept_is_read() =>
        Assert.Equal(
            ["authMethods", "category", "email", "extractable", "kind", "lastUsedAt", "mfa", "name", "nhiKind", "privileged", "standsFor", "state"],
            Import().Nodes.SelectMany(node => node.Properties).Select(property => property.Key).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Streams_the_user_vouches_for_are_complete_and_no_others()
    {
        var imported = Imported.From(SampleFiles.Path("bloodhound-ad", "ad_sampledata.zip"), complete: ["users", "nonsense"]);

        Assert.Equal(["users", "users", "users"], imported.Observations.OfType<Observation.EndOf>().Where(end => end.Complete).Select(end => end.Stream));
        Assert.Contains(imported.Report.Warnings, warning => warning.Contains("--complete `nonsense`", StringComparison.Ordinal));
    }

    private static Imported Import() => Imported.From(SampleFiles.Path("bloodhound-ad", "ad_sampledata.zip"));

    /// <summary>Access entries of all objects, and those of certification authorities, counted straight from the JSON.</summary>
    private static (int Aces, int Authorities) EntriesInTheFiles()
    {
        using var zip = ZipFile.OpenRead(SampleFiles.Path("bloodhound-ad", "ad_sampledata.zip"));
        var (aces, authorities) = (0, 0);
        foreach (var entry in zip.Entries)
        {
            using var stream = entry.Open();
            using var json = JsonDocument.Parse(stream);
            foreach (var item in json.RootElement.GetProperty("data").EnumerateArray())
            {
                aces += item.GetProperty("Aces").GetArrayLength();
                authorities += item.TryGetProperty("CARegistryData", out var registry) ? registry.GetProperty("CASecurity").GetProperty("Data").GetArrayLength() : 0;
            }
        }

        return (aces, authorities);
    }
}
