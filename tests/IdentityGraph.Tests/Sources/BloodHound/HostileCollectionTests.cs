using System.IO.Compression;
using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Tests.Sources.BloodHound;

/// <summary>Collections made to harm, damaged or strange: clear words, and nothing else lost.</summary>
public sealed class HostileCollectionTests : IDisposable
{
    private const string Mara = """{"ObjectIdentifier":"S-1-5-21-1-2-3-1105","Properties":{"name":"MARA@LAB.TEST","domain":"LAB.TEST","domainsid":"S-1-5-21-1-2-3","enabled":true},"Aces":[]}""";
    private const string Kim = """{"ObjectIdentifier":"S-1-5-21-1-2-3-1107","Properties":{"name":"KIM@LAB.TEST","domain":"LAB.TEST","domainsid":"S-1-5-21-1-2-3","enabled":true},"Aces":[]}""";
    private const string Noor = """{"ObjectIdentifier":"S-1-5-21-1-2-3-1106","Properties":{"name":"NOOR@LAB.TEST","domain":"LAB.TEST","domainsid":"S-1-5-21-1-2-3","enabled":false},"Aces":[]}""";
    private const string UsersMeta = "\"meta\":{\"methods\":0,\"type\":\"users\",\"count\":99,\"version\":6}";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idgraph-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_zip_bomb_is_refused_before_it_fills_memory()
    {
        var zip = Zip(("20240305110018_users.json", "{\"data\":[" + Mara + new string(' ', 4 << 20) + "]," + UsersMeta + "}"));
        var limits = new UnpackLimits { RatioFree = 1 << 20 };

        var refused = Assert.Throws<RefusedInputException>(() => Imported.From(zip, limits: limits));

        Assert.Contains("unpacks to more than 200 times its size", refused.Message);
        Assert.Contains("nothing was imported", refused.Message);
        Assert.Single(Imported.From(zip).Trace);
    }

    [Fact]
    public void An_archive_that_declares_more_than_an_import_may_unpack_is_not_opened()
    {
        var zip = Zip(("20240305110018_users.json", "{\"data\":[" + Mara + "]," + UsersMeta + "}"));

        Assert.Contains("declares more than 0 MB", Assert.Throws<RefusedInputException>(() => Imported.From(zip, limits: new UnpackLimits { Total = 100 })).Message);
    }

    [Theory]
    [InlineData("../20240305110018_users.json")]
    [InlineData("/etc/20240305110018_users.json")]
    [InlineData("C:\\20240305110018_users.json")]
    [InlineData("a/..\\20240305110018_users.json")]
    public void An_entry_whose_name_leads_elsewhere_is_refused_and_the_others_are_read(string name)
    {
        var imported = Imported.From(Zip((name, "{\"data\":[" + Noor + "]," + UsersMeta + "}"), ("20240305110018_users.json", "{\"data\":[" + Mara + "]," + UsersMeta + "}")));

        Assert.Equal(name, Assert.Single(imported.Report.Rejects).File);
        Assert.NotNull(imported.Runs.Single().Outcome.PartialReason);
        Assert.Equal(["S-1-5-21-1-2-3-1105"], imported.Trace.Select(line => line.Start));
    }

    [Fact]
    public void A_file_cut_in_the_middle_is_partial_with_what_came_before()
    {
        var whole = "{\"data\":[" + Mara + "," + Noor + "]," + UsersMeta + "}";
        var imported = Imported.From(Zip(("20240305110018_users.json", whole[..(whole.IndexOf("NOOR", StringComparison.Ordinal) + 2)])), complete: "users");

        Assert.Equal(["S-1-5-21-1-2-3-1105"], imported.Trace.Select(line => line.Start));
        Assert.Contains("up to object 1 only", imported.Runs.Single().Outcome.PartialReason);
        Assert.Equal("data[1]", Assert.Single(imported.Report.Rejects).Member);
        Assert.False(imported.Observations.OfType<Observation.EndOf>().Single().Complete);
    }

    [Fact]
    public void An_object_nested_too_deep_is_left_out_and_those_around_it_are_read()
    {
        var deep = "{\"ObjectIdentifier\":\"S-1-5-21-1-2-3-9\",\"Properties\":" + new string('[', 50) + new string(']', 50) + "}";
        var imported = Imported.From(Zip(
            ("20240305110018_groups.json", "{" + UsersMeta.Replace("users", "groups", StringComparison.Ordinal) + ",\"data\":[" + deep + "," + Noor + "]}"),
            ("20240305110018_users.json", "{\"data\":[" + Mara + "]," + UsersMeta + "}")), complete: "groups");

        Assert.Equal(["S-1-5-21-1-2-3-1106", "S-1-5-21-1-2-3-1105"], imported.Trace.Select(line => line.Start));
        Assert.Equal(("20240305110018_groups.json", "data[0]"), (Assert.Single(imported.Report.Rejects).File, imported.Report.Rejects[0].Member));
        Assert.DoesNotContain(imported.Observations.OfType<Observation.EndOf>(), end => end.Complete);
    }

    [Fact]
    public void An_object_too_large_to_hold_is_left_out_and_those_around_it_are_read()
    {
        var zip = Zip(
            ("20240305110018_groups.json", "{\"data\":[" + Noor + ",{\"x\":\"" + new string('x', 200_000) + "\"}," + Kim + "]," + UsersMeta.Replace("users", "groups", StringComparison.Ordinal) + "}"),
            ("20240305110018_users.json", "{\"data\":[" + Mara + "]," + UsersMeta + "}"));
        var imported = Imported.From(zip, limits: new UnpackLimits { OneObject = 128 << 10 }, complete: "groups");

        Assert.Equal(["S-1-5-21-1-2-3-1106", "S-1-5-21-1-2-3-1107", "S-1-5-21-1-2-3-1105"], imported.Trace.Select(line => line.Start));
        Assert.Equal(("data[1]", "it is larger than 0 MB; the object was left out"), (Assert.Single(imported.Report.Rejects).Member, imported.Report.Rejects[0].Problem));
        Assert.DoesNotContain(imported.Observations.OfType<Observation.EndOf>(), end => end.Complete);
    }

    [Theory]
    [InlineData("\"meta\":{\"type\":\"azure\",\"version\":6}", "its `meta.type` is `azure`")]
    [InlineData("\"meta\":{\"type\":\"users\",\"version\":3}", "its `meta.version` is 3, and 4 to 6 are known")]
    [InlineData("\"meta\":{}", "its `meta.type` is ``")]
    public void A_file_that_says_it_is_something_else_is_not_read(string meta, string why)
    {
        var imported = Imported.From(Zip(("strange.json", "{\"data\":[" + Noor + "]," + meta + "}"), ("users.json", "{\"data\":[" + Mara + "]," + UsersMeta + "}")));

        Assert.StartsWith(why, Assert.Single(imported.Report.Rejects).Problem);
        Assert.Equal(["S-1-5-21-1-2-3-1105"], imported.Trace.Select(line => line.Start));
    }

    [Fact]
    public void A_zip_without_any_collection_is_refused_as_a_whole() =>
        Assert.Contains("holds no file that SharpHound wrote", Assert.Throws<RefusedInputException>(() => Imported.From(Zip(("readme.txt", "hello")))).Message);

    [Fact]
    public void A_damaged_zip_is_refused_with_its_name()
    {
        var path = Path.Combine(_folder.FullName, "cut.zip");
        File.WriteAllBytes(path, [(byte)'P', (byte)'K', 3, 4, 0, 0]);

        Assert.StartsWith($"`{path}` cannot be read", Assert.Throws<RefusedInputException>(() => Imported.From(path)).Message);
    }

    [Fact]
    public void Text_that_is_no_text_is_not_stated_and_the_object_is_read_all_the_same()
    {
        var half = """{"ObjectIdentifier":"S-1-5-21-1-2-3-1107","\udc00":1,"Properties":{"name":"\ud800","domain":"LAB.TEST","enabled":true},"Aces":[]}""";
        var imported = Imported.From(Zip(("20240305110018_users.json", "{\"\\ud800\":0,\"data\":[" + half + "," + Mara + "]," + UsersMeta + "}")));

        Assert.Equal(["S-1-5-21-1-2-3-1107", "S-1-5-21-1-2-3-1105"], imported.Trace.Select(line => line.Start));
        Assert.DoesNotContain(imported.Nodes.First().Properties, property => property.Key == "name");
    }

    [Fact]
    public void A_name_that_looks_like_a_secret_stays_outside()
    {
        var token = "ghp_" + new string('a', 36);
        var imported = Imported.From(Zip(("20240305110018_users.json", "{\"data\":[" + Mara.Replace("MARA@LAB.TEST", token, StringComparison.Ordinal) + "]," + UsersMeta + "}")));

        Assert.DoesNotContain(imported.Nodes.SelectMany(node => node.Properties), property => property.Value.AsText() == token);
        Assert.Contains("looks like a GitHub token", Assert.Single(imported.Report.Rejects).Problem);
        Assert.DoesNotContain(token, imported.Report.Rejects[0].Problem);
    }

    [Fact]
    public void A_deleted_group_gives_nothing_and_a_deleted_account_is_deleted()
    {
        var group = """{"ObjectIdentifier":"S-1-5-21-1-2-3-1120","IsDeleted":true,"Properties":{"name":"OLD@LAB.TEST"},"Members":[{"ObjectIdentifier":"S-1-5-21-1-2-3-1105","ObjectType":"User"}],"Aces":[]}""";
        var imported = Imported.From(Zip(
            ("20240305110018_groups.json", "{\"data\":[" + group + "]," + UsersMeta.Replace("users", "groups", StringComparison.Ordinal) + "}"),
            ("20240305110018_users.json", "{\"data\":[" + Mara.Replace("\"Aces\"", "\"IsDeleted\":true,\"Aces\"", StringComparison.Ordinal) + "]," + UsersMeta + "}")));

        Assert.Equal(["refused", "imported"], imported.Trace.Select(line => line.Became));
        Assert.DoesNotContain(imported.Edges, edge => edge.Kind == "MEMBER_OF");
        Assert.Contains(imported.Nodes.Single().Properties, property => property.Value.AsText() == "Deleted");
    }

    [Fact]
    public void A_byte_order_mark_is_no_hindrance()
    {
        var path = Path.Combine(_folder.FullName, "20240305110018_users.json");
        File.WriteAllText(path, "{\"data\":[" + Mara + "]," + UsersMeta + "}", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.Equal(["S-1-5-21-1-2-3-1105"], Imported.From(path).Trace.Select(line => line.Start));
    }

    [Fact]
    public void A_stub_of_an_object_takes_nothing_from_its_full_description()
    {
        var stub = """{"ObjectIdentifier":"S-1-5-21-1-2-3-1105","Properties":{"name":"MARA@LAB.TEST","domain":"LAB.TEST","domainsid":"S-1-5-21-1-2-3","reconcile":false},"Aces":[]}""";
        var imported = Imported.From(Zip(("20240305110018_users.json", "{\"data\":[" + Mara + "," + stub + "]," + UsersMeta + "}")));

        Assert.Equal(["imported", "merged"], imported.Trace.Select(line => line.Became));
        Assert.Equal(["Active"], imported.Nodes.Where(node => node.Id.EndsWith("-1105", StringComparison.Ordinal)).SelectMany(node => node.Properties).Where(property => property.Key == "state").Select(property => property.Value.AsText()));
    }

    [Fact]
    public void The_moment_of_import_is_never_the_time_of_collection()
    {
        var path = Path.Combine(_folder.FullName, "users.json");
        File.WriteAllText(path, "{\"data\":[" + Mara + "]," + UsersMeta + "}");
        File.SetLastWriteTimeUtc(path, new DateTime(2023, 4, 5, 6, 7, 8, DateTimeKind.Utc));

        var imported = Imported.From(path);
        Assert.Equal("2023-04-05T06:07:08Z", Instants.ToText(imported.Runs.Single().Header.StartedAt));
        Assert.Contains(imported.Report.Warnings, warning => warning.Contains("--collected-at", StringComparison.Ordinal));

        var stated = Imported.From(path, new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal("2023-01-01T00:00:00Z", Instants.ToText(stated.Runs.Single().Header.StartedAt));
        Assert.DoesNotContain(stated.Report.Warnings, warning => warning.Contains("last written", StringComparison.Ordinal));
    }

    private string Zip(params (string Name, string Text)[] files)
    {
        var path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.zip");
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, text) in files)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write(text);
        }

        return path;
    }
}
