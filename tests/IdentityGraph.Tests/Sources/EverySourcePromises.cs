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

    [Theory]
    [MemberData(nameof(Samples))]
    public void Cut_at_any_place_it_says_so_or_refuses_and_never_breaks(string format)
    {
        var sample = SourceSamples.All.First(sample => sample.Format == format);
        var whole = Encoding.UTF8.GetBytes(sample.Text.Replace("#", "Mara", StringComparison.Ordinal));
        for (var length = 0; length < whole.Length; length += Math.Max(1, whole.Length / 25))
        {
            using var story = new FileStory(FileFormats.Find(format)!);
            try
            {
                story.Read(new ImportRequest { Path = story.Write(sample.File, whole[..length]), Tenant = sample.Tenant, CollectedAt = FileStory.Day, Complete = ["users", "AZUser", "Users", "workflows", "people"] });
            }
            catch (RefusedInputException refused)
            {
                Assert.NotEmpty(refused.Message);
            }
        }
    }

    private static (SourceSample Sample, FileStory Story) Begin(string format, string name)
    {
        var sample = SourceSamples.All.First(sample => sample.Format == format);
        var story = new FileStory(FileFormats.Find(format)!);
        return (sample, story.Read(Request(story, sample, name)));
    }

    private static ImportRequest Request(FileStory story, SourceSample sample, string name) =>
        new() { Path = story.Write(sample.File, sample.Text.Replace("#", name, StringComparison.Ordinal)), Tenant = sample.Tenant, CollectedAt = FileStory.Day };
}
