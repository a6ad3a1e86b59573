using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Sources.Azure;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.N8n;
using IdentityGraph.Sources.Oaa;

namespace IdentityGraph.Tests.Sources.Records;

/// <summary>The same tricks against every source whose records stand in lists: clear words, nothing concluded, and nothing else lost.</summary>
public sealed class HostileElementsTests
{
    private static readonly string[] s_streams = ["applications", "users", "local_users", "systems", "workflows", "AZUser"];

    [Theory]
    [InlineData("oaa")]
    [InlineData("n8n")]
    [InlineData("azurehound")]
    public void A_member_twice_however_deep_and_spelt_leaves_its_element_out(string source)
    {
        foreach (var twice in (string[])["\"name\":\"x\",\"n\\u0061me\":\"y\"", "\"deep\":[{\"x\":1,\"x\":2}]"])
        {
            using var story = Read(source, File(source, Element(source, 1, twice), Element(source, 2, "\"more\":1")));

            Assert.Contains("[0]: a member stands twice", Assert.Single(story.Rejects));
            Assert.NotEmpty(story.All.OfType<Observation.SawNode>());
            Assert.Empty(story.Whole);
        }
    }

    [Theory]
    [InlineData("oaa")]
    [InlineData("n8n")]
    [InlineData("azurehound")]
    public void A_list_twice_is_told_and_both_are_read(string source)
    {
        var once = File(source, Element(source, 1, "\"more\":1"));
        var list = source == "oaa" ? "applications" : "data";
        using var story = Read(source, $"{once[..^1]},\"{list}\":[{Element(source, 2, "\"more\":1")}]}}");

        Assert.Contains($"{list}: it stands twice", Assert.Single(story.Rejects));
        Assert.NotEmpty(story.All.OfType<Observation.SawNode>());
        Assert.Empty(story.Whole);
    }

    [Theory]
    [InlineData("oaa")]
    [InlineData("n8n")]
    [InlineData("azurehound")]
    public void A_file_cut_anywhere_is_never_whole(string source)
    {
        var whole = File(source, Element(source, 1, "\"more\":1"), Element(source, 2, "\"more\":1"));
        for (var length = 0; length < whole.Length; length += 10)
        {
            try
            {
                using var story = Read(source, whole[..length]);
                Assert.NotNull(story.Runs.Single().Outcome.PartialReason);
                Assert.Empty(story.Whole);
            }
            catch (RefusedInputException refused)
            {
                Assert.NotEqual("", refused.Message);
            }
        }
    }

    [Theory]
    [InlineData("oaa")]
    [InlineData("n8n")]
    [InlineData("azurehound")]
    public void Any_number_of_members_whose_names_look_alike_is_read_and_one_twice_is_found(string source)
    {
        var members = new StringBuilder("\"m\":0");
        for (var number = 0; number < 100_000; number++)
        {
            members.Append(System.Globalization.CultureInfo.InvariantCulture, $",\"aaaaaaaa{number:D6}aaaaaaaa\":1");
        }

        using var apart = Read(source, File(source, Element(source, 1, members.ToString())));
        Assert.Empty(apart.Rejects);

        using var twice = Read(source, File(source, Element(source, 1, members + ",\"aaaaaaaa000077aaaaaaaa\":1"), Element(source, 2, "\"more\":1")));
        Assert.Contains("stands twice", Assert.Single(twice.Rejects));
    }

    [Theory]
    [InlineData("oaa")]
    [InlineData("n8n")]
    [InlineData("azurehound")]
    public void An_element_larger_than_may_be_is_left_out_and_those_around_it_are_read(string source)
    {
        string[] around = [Element(source, 1, "\"more\":1"), Element(source, 3, "\"more\":1")];
        using var without = Read(source, File(source, around));
        using var story = Read(source, File(source, around[0], Element(source, 2, $"\"more\":\"{new string('x', 200_000)}\""), around[1]), new UnpackLimits { OneObject = 128 << 10 });

        Assert.Contains("larger than", Assert.Single(story.Rejects));
        Assert.Equal(without.All.OfType<Observation.SawNode>().Select(node => node.Id), story.All.OfType<Observation.SawNode>().Select(node => node.Id));
        Assert.Empty(story.Whole);
    }

    [Theory]
    [InlineData("oaa")]
    [InlineData("n8n")]
    [InlineData("azurehound")]
    public void Whoever_cancels_in_the_middle_is_told_so(string source)
    {
        using var cancel = new CancellationTokenSource();
        using var story = new FileStory(Format(source, new UnpackLimits()));
        var request = new ImportRequest { Path = story.Write("x.json", File(source, [.. Enumerable.Range(0, 9_000).Select(number => Element(source, number, "\"more\":1"))])), CollectedAt = FileStory.Day };
        var seen = 0;
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var run in Format(source, new UnpackLimits()).Open(request, new ImportReport(), cancel.Token))
            {
                foreach (var _ in run.Observations)
                {
                    if (++seen == 100)
                    {
                        cancel.Cancel();
                    }
                }
            }
        });
        Assert.InRange(seen, 100, 9_000);
    }

    private static FileStory Read(string source, string text, UnpackLimits? limits = null)
    {
        var story = new FileStory(Format(source, limits ?? new UnpackLimits()));
        try
        {
            return story.Read(new ImportRequest { Path = story.Write("x.json", text), CollectedAt = FileStory.Day, Complete = s_streams, Tenant = source == "oaa" ? "crm" : null });
        }
        catch (RefusedInputException)
        {
            story.Dispose();
            throw;
        }
    }

    private static IFileFormat Format(string source, UnpackLimits limits) => source switch
    {
        "oaa" => new OaaFormat(limits),
        "n8n" => new N8nFormat(limits),
        _ => new AzureHoundFormat(limits),
    };

    private static string Element(string source, int number, string more) => source switch
    {
        "oaa" => $"{{\"application_type\":\"crm\",{(more.StartsWith("\"name\"", StringComparison.Ordinal) ? "" : $"\"name\":\"crm{number}\",")}\"local_users\":[{{\"name\":\"bob\"}}],{more}}}",
        "n8n" => $"{{\"id\":\"{number}\",\"active\":true,\"nodes\":[{{\"id\":\"a1\",\"name\":\"Hook\",\"type\":\"n8n-nodes-base.webhook\",\"parameters\":{{}}}}],\"connections\":{{}},{more}}}",
        _ => $"{{\"kind\":\"AZUser\",\"data\":{{\"id\":\"6b29fc40-ca47-1067-b31d-00dd0{number:D7}\",\"accountEnabled\":true,\"tenantId\":\"7c9e6679-7425-40de-944b-e07fc1f90ae7\",{more}}}}}",
    };

    private static string File(string source, params string[] elements) => source switch
    {
        "oaa" => $"{{\"name\":\"crm\",\"applications\":[{string.Join(',', elements)}]}}",
        "n8n" => $"{{\"data\":[{string.Join(',', elements)}]}}",
        _ => $"{{\"data\":[{string.Join(',', elements)}],\"meta\":{{\"type\":\"azure\",\"version\":5,\"count\":2}}}}",
    };
}
