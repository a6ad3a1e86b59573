using System.IO.Compression;
using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources;

namespace IdentityGraph.Tests.Sources;

/// <summary>What a format promises whatever it reads, held over a small file of each.</summary>
public sealed class EverySourcePromises
{
    private static readonly string s_canary = "ghp_" + new string('z', 36);

    public static TheoryData<string> Samples() => [.. SourceSamples.All.Select(sample => sample.Format)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void It_recognises_its_file_and_says_when_it_was_collected(string format)
    {
        var (sample, story) = Begin(format, "Mara");
        using var _ = story;

        Assert.Equal(format, FileFormats.Detect(Request(story, sample, "Mara")).Format.Name);
        Assert.All(story.Runs, run => Assert.Equal(sample.StatesTime ? new DateTimeOffset(2025, 6, 2, 8, 0, 0, TimeSpan.Zero) : FileStory.Day, run.Header.StartedAt));
        Assert.NotEmpty(story.All.OfType<Observation.Fact>());
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Nothing_is_read_to_its_end_because_the_file_ended(string format)
    {
        var (_, story) = Begin(format, "Mara");
        using var _ = story;

        Assert.Empty(story.Whole);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_name_that_looks_like_a_secret_is_kept_nowhere_and_quoted_nowhere(string format)
    {
        var (_, story) = Begin(format, s_canary);
        using var _ = story;

        Assert.DoesNotContain(s_canary, story.Everything());
        Assert.NotEmpty(story.Report.Rejects);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void What_it_states_has_a_known_kind_an_id_that_fits_and_a_place_it_was_read(string format)
    {
        var (sample, story) = Begin(format, "Mara");
        using var _ = story;

        Assert.All(story.All.OfType<Observation.SawNode>(), node => Assert.True(node.Id.Length is > 0 and <= 512 && !node.Id.Any(char.IsControl) && (node.Kind is null || NodeKind.Find(node.Kind) is not null), node.Id));
        Assert.All(story.All.OfType<Observation.SawEdge>(), edge => Assert.NotNull(EdgeKind.Find(edge.Kind)));
        Assert.All(story.All.OfType<Observation.Fact>(), fact => Assert.True(sample.Format == "ndjson" || fact.Evidence.Count > 0));
    }

    /// <summary>Of a table or a page of YAML what is left may be all there was: nobody can tell, so nothing vouches for itself.</summary>
    [Theory]
    [MemberData(nameof(Samples))]
    public void Cut_at_any_place_it_says_so_or_refuses_and_never_breaks(string format)
    {
        var sample = SourceSamples.All.First(sample => sample.Format == format);
        var whole = Encoding.UTF8.GetBytes(sample.Text.Replace("#", "Mara", StringComparison.Ordinal).TrimEnd());
        var places = Enumerable.Range(0, 25).Select(part => whole.Length * part / 25).Concat(Enumerable.Range(0, 10).Select(tenth => whole.Length * tenth / 10)).Append(whole.Length - 1).Distinct();
        foreach (var length in places)
        {
            using var story = new FileStory(FileFormats.Find(format)!);
            var path = story.Write(sample.File, whole[..length]);
            try
            {
                story.Read(new ImportRequest { Path = path, Tenant = sample.Tenant, CollectedAt = FileStory.Day, Complete = Vouched(format) });
                if (format is not ("hr-csv" or "aws-credential-report" or "github-workflows" or "ndjson" or "governance"))
                {
                    Assert.True(story.Runs.Exists(run => run.Outcome.PartialReason is not null), $"{format} cut at {length} is not partial");
                    Assert.Empty(story.Whole);
                    Assert.All(story.Report.Rejects, reject => Assert.True(reject.File.Length > 0 && reject.Problem.Length > 20, reject.ToString()));
                }
            }
            catch (RefusedInputException refused)
            {
                Assert.True(refused.Message.Length > 30 && refused.Message.Contains('`', StringComparison.Ordinal), $"{format} cut at {length}: {refused.Message}");
            }
        }
    }

    /// <summary>Nesting beyond measure, beside or in what is read, costs its record at most, and the process never.</summary>
    [Theory]
    [InlineData("bloodhound", "\"Aces\":[]", "\"Aces\":@")]
    [InlineData("opengraph", "\"disabled\":false", "\"deep\":@")]
    [InlineData("azurehound", "\"accountEnabled\":true", "\"deep\":@")]
    [InlineData("aws-iam", "\"UserPolicyList\":[", "\"Tags\":@,\"UserPolicyList\":[")]
    [InlineData("scim", "\"active\":true", "\"deep\":@")]
    [InlineData("n8n", "\"connections\":{}", "\"connections\":@")]
    [InlineData("oaa", "\"is_active\":true", "\"deep\":@")]
    [InlineData("governance", "ownerText: \"Mara\"", "ownerText: @")]
    [InlineData("github-workflows", "run: \"echo Mara\"", "run: @")]
    [InlineData("graphml", "<graph ", "@<graph ")]
    [InlineData("ndjson", "\"props\":{\"name\":\"kim\"}", "\"props\":@")]
    public void Nested_a_hundred_thousand_deep_it_is_refused_or_passed_over(string format, string where, string deep)
    {
        const int depth = 100_000;
        var nested = format == "graphml" ? string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth)) : new string('[', depth) + new string(']', depth);
        var sample = SourceSamples.All.First(sample => sample.Format == format);
        var text = sample.Text.Replace("#", "Mara", StringComparison.Ordinal);
        Assert.Contains(where, text);
        using var story = new FileStory(FileFormats.Find(format)!);
        try
        {
            story.Read(new ImportRequest { Path = story.Write(sample.File, text.Replace(where, deep.Replace("@", nested, StringComparison.Ordinal), StringComparison.Ordinal)), Tenant = sample.Tenant, CollectedAt = FileStory.Day, Complete = Vouched(format) });

            // What has an id that can be read is seen though it is refused; in a graph the property is none that is read.
            Assert.True(format is "opengraph" or "ndjson" or "github-workflows" || !story.Whole.Any(stream => stream is "users" or "AZUser" or "Users" or "workflows" or "applications"), $"{format}: {string.Join(", ", story.Whole)} is whole");
            Assert.True(format == "opengraph" || story.Report.RejectCount > 0);
        }
        catch (RefusedInputException refused)
        {
            Assert.NotEmpty(refused.Message);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_zip_that_leads_elsewhere_writes_nothing_there_and_is_partial_or_refused(string format)
    {
        var sample = SourceSamples.All.First(sample => sample.Format == format);
        var text = sample.Text.Replace("#", "Mara", StringComparison.Ordinal);
        using var story = new FileStory(FileFormats.Find(format)!);
        using (var zip = ZipFile.Open(Path.Combine(story.Root, "in.zip"), ZipArchiveMode.Create))
        {
            foreach (var name in (string[])["../../" + sample.File, "/tmp/" + sample.File, "C:\\" + sample.File, sample.File])
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        try
        {
            story.Read(new ImportRequest { Path = Path.Combine(story.Root, "in.zip"), Tenant = sample.Tenant, CollectedAt = FileStory.Day, Complete = Vouched(format) });
            Assert.True(story.Report.RejectCount >= (FileFormats.Find(format)!.TakesArchives ? 3 : 1));
            Assert.True(!FileFormats.Find(format)!.TakesArchives || (!story.Whole.Any() && story.Runs.TrueForAll(run => run.Outcome.PartialReason is not null)));
        }
        catch (RefusedInputException refused)
        {
            Assert.Contains('`', refused.Message);
        }

        Assert.Equal(["in.zip"], Directory.GetFiles(story.Root).Select(Path.GetFileName));
    }

    /// <summary>What a user may vouch for in the samples.</summary>
    private static string[] Vouched(string format) => format switch
    {
        "aws-iam" => ["all"],
        "azurehound" => ["AZUser"],
        "scim" => ["Users", "Groups"],
        "n8n" or "github-workflows" => ["workflows"],
        "hr-csv" => ["people"],
        "opengraph" => ["opengraph", "MSSQL"],
        "oaa" => ["applications", "users"],
        _ => ["users"],
    };

    private static (SourceSample Sample, FileStory Story) Begin(string format, string name)
    {
        var sample = SourceSamples.All.First(sample => sample.Format == format);
        var story = new FileStory(FileFormats.Find(format)!);
        return (sample, story.Read(Request(story, sample, name)));
    }

    private static ImportRequest Request(FileStory story, SourceSample sample, string name) =>
        new() { Path = story.Write(sample.File, sample.Text.Replace("#", name, StringComparison.Ordinal)), Tenant = sample.Tenant, CollectedAt = FileStory.Day };
}
