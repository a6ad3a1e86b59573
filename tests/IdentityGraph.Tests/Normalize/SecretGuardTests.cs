using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources;
using IdentityGraph.Stores.Embedded;
using IdentityGraph.Tests.Sources;
using IdentityGraph.Tests.Stores;

namespace IdentityGraph.Tests.Normalize;

/// <summary>Whatever a reader lets through, no text that looks like a secret reaches the store.</summary>
public sealed class SecretGuardTests : IDisposable
{
    private static readonly string s_canary = "ghp_" + new string('z', 36);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Formats() => [.. SourceSamples.All.Select(sample => sample.Format)];

    public static TheoryData<string> Places() => [.. s_places.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task No_source_brings_one_into_the_store(string format)
    {
        var sample = SourceSamples.All.First(sample => sample.Format == format);
        using var story = new FileStory(FileFormats.Find(format)!);
        var path = story.Write(sample.File, sample.Text.Replace("#", s_canary, StringComparison.Ordinal));

        var (result, stored) = await Import(FileFormats.Find(format)!, new ImportRequest { Path = path, Tenant = sample.Tenant, CollectedAt = FileStory.Day });

        Assert.DoesNotContain(s_canary, stored);
        Assert.DoesNotContain(s_canary, Said(result));
        Assert.NotEmpty(result.Report.Rejects);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task In_no_place_of_a_statement_does_one_pass_and_the_reject_names_the_place(string place)
    {
        var (member, says) = s_places[place];

        var (result, stored) = await Import(new Careless(says(s_canary)), new ImportRequest { Path = "careless.txt" });

        Assert.DoesNotContain(s_canary, stored);
        Assert.DoesNotContain(s_canary, Said(result));
        Assert.Contains(result.Report.Rejects, reject => reject.Member.EndsWith(member, StringComparison.Ordinal) && reject.Problem.Contains("a GitHub token", StringComparison.Ordinal));
        Assert.Equal(ImportVerdict.Partial, result.Verdict);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task What_only_reads_like_the_beginning_of_one_passes_everywhere(string place)
    {
        const string harmless = "ghp_short";

        var (result, stored) = await Import(new Careless(s_places[place].Says(harmless)), new ImportRequest { Path = "careless.txt" });

        Assert.Contains(harmless, stored);
        Assert.Empty(result.Report.Rejects);
    }

    [Fact]
    public async Task The_rest_of_a_statement_goes_in_and_its_stream_stays_whole()
    {
        var node = new Observation.SawNode { Id = "okta:user/1", Kind = "Account", Stream = "users", Properties = [new("name", PropertyValue.Of("Mara")), new("email", PropertyValue.Of(s_canary))] };

        var (_, stored) = await Import(new Careless(node), new ImportRequest { Path = "careless.txt" });

        Assert.Contains("Mara", stored);
        Assert.Equal(["users True"], Ends(stored));
    }

    [Fact]
    public async Task A_thing_named_by_one_is_left_out_and_its_stream_is_not_whole()
    {
        var (result, stored) = await Import(new Careless(new Observation.SawNode { Id = s_canary, Kind = "Account", Stream = "users" }), new ImportRequest { Path = "careless.txt" });

        Assert.Equal(["users False", "users True"], Ends(stored));
        Assert.Equal(1, result.Rejected);
    }

    [Fact]
    public async Task A_run_named_by_one_is_refused()
    {
        var (result, stored) = await Import(new Careless(new Observation.SawNode { Id = "a", Kind = "Account" }, tenant: s_canary), new ImportRequest { Path = "careless.txt" });

        Assert.Equal((ImportVerdict.Refused, ""), (result.Verdict, stored));
        Assert.DoesNotContain(s_canary, result.Refusal);
    }

    private static readonly Observation.SawNode s_node = new() { Id = "okta:user/1", Kind = "Account", Stream = "users" };
    private static readonly Observation.SawEdge s_edge = new() { Kind = "MEMBER_OF", Of = "okta:user/1", To = "okta:group/1", Stream = "users" };

    private static readonly Dictionary<string, (string Member, Func<string, Observation> Says)> s_places = new(StringComparer.Ordinal)
    {
        ["id of a node"] = ("node", text => s_node with { Id = text }),
        ["kind of a node"] = ("kind", text => s_node with { Kind = text }),
        ["stream"] = ("stream", text => s_node with { Stream = text }),
        ["zone"] = ("tz", text => s_node with { Tz = text }),
        ["text"] = ("name", text => s_node with { Properties = [new("name", PropertyValue.Of("x " + text))] }),
        ["list of texts"] = ("gates", text => s_node with { Properties = [new("gates", PropertyValue.Of(["corpNetwork", text]))] }),
        ["JSON of a property"] = ("extra", text => s_node with { Properties = [new("extra", PropertyValue.OfJson($$"""{"a":[1,"{{text}}"]}"""))] }),
        ["name of a property"] = ("a name", text => s_node with { Properties = [new(text, PropertyValue.Of(true))] }),
        ["evidence"] = ("evidence", text => s_node with { Evidence = [new EvidenceRef(text)] }),
        ["note of evidence"] = ("evidence", text => s_node with { Evidence = [new EvidenceRef("log 7", Note: text)] }),
        ["hash of evidence"] = ("evidence", text => s_node with { Evidence = [new EvidenceRef("log 7", Hash: text)] }),
        ["member nobody knows"] = ("colour", text => s_node with { Unrecognised = [new("colour", $"\"{text}\"")] }),
        ["kind of an edge"] = ("kind", text => s_edge with { Kind = text }),
        ["start"] = ("of", text => s_edge with { Of = text }),
        ["end"] = ("to", text => s_edge with { To = text }),
        ["key"] = ("key", text => s_edge with { Key = text }),
        ["seen"] = ("seen", text => new Observation.SeenUnreadable { Id = text, Stream = "users" }),
        ["start of a seen edge"] = ("of", text => new Observation.SeenUnreadable { EdgeKind = "MEMBER_OF", Of = text, To = "b", Stream = "users" }),
        ["reason"] = ("reason", text => new Observation.SeenUnreadable { Id = "a", Stream = "users", Reason = text }),
        ["end of a stream"] = ("end", text => new Observation.EndOf { Stream = text, Complete = true }),
        ["reason of an end"] = ("reason", text => new Observation.EndOf { Stream = "groups", Complete = false, Reason = text }),
    };

    private async Task<(ImportResult Result, string Stored)> Import(IFileFormat format, ImportRequest request)
    {
        await using var store = EmbeddedGraphStore.Create(_folder.Sub());
        var result = await Pipeline.ImportAsync(format, request, store, new ImportOptions { AllowRejects = true }, TestContext.Current.CancellationToken);
        return (result, string.Join('\n', store.Runs().SelectMany(run => store.Read(run, TestContext.Current.CancellationToken)).Select(Canonical.Of)));
    }

    private static string Said(ImportResult result) => string.Join('\n', [.. result.Report.Rejects.Select(reject => reject.ToString()), .. result.Report.Warnings, .. result.Report.Unrecognised.Keys, result.Refusal]);

    private static IEnumerable<string> Ends(string stored) =>
        stored.Split('\n').Where(line => line.StartsWith("EndOf", StringComparison.Ordinal)).Select(line => $"users {line.Contains("True", StringComparison.Ordinal)}").Order(StringComparer.Ordinal);

    /// <summary>A reader that looks at nothing.</summary>
    private sealed class Careless(Observation says, string tenant = "acme") : IFileFormat
    {
        public string Name => "careless";

        public string Sentence => "What is said, as it is said.";

        public bool Recognizes(FileProbe probe) => false;

        public IEnumerable<FileRun> Open(ImportRequest request, ImportReport report, CancellationToken cancellationToken) =>
            [new FileRun(new RunHeader { Source = "careless", Tenant = tenant, StartedAt = FileStory.Day }, [says, new Observation.EndOf { Stream = "users", Complete = true }])];
    }
}
