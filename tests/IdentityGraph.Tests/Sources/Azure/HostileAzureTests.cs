using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Sources;
using IdentityGraph.Sources.Azure;
using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Tests.Sources.Azure;

/// <summary>Files made to harm, damaged or strange: clear words, and nothing else lost.</summary>
public sealed class HostileAzureTests : IDisposable
{
    private const string Mara = """{"kind":"AZUser","data":{"id":"6b29fc40-ca47-1067-b31d-00dd010662da","accountEnabled":true,"tenantId":"7c9e6679-7425-40de-944b-e07fc1f90ae7"}}""";
    private const string Meta = "],\"meta\":{\"type\":\"azure\",\"version\":5,\"count\":9000000000000000000000}}";

    private readonly FileStory _story = new(new AzureHoundFormat());

    public void Dispose() => _story.Dispose();

    [Fact]
    public void A_file_cut_in_the_middle_is_partial_with_what_came_before()
    {
        _story.Read("a.json", "{\"data\":[" + Mara + "," + Mara[..40], "AZUser");

        Assert.Equal(["azure:object/6b29fc40-ca47-1067-b31d-00dd010662da"], _story.Nodes("Account"));
        Assert.Contains("up to data[1] only", _story.Runs[0].Outcome.PartialReason);
        Assert.Empty(_story.Whole);
    }

    [Fact]
    public void A_member_that_stands_twice_makes_its_object_unreadable_and_no_other()
    {
        _story.Read("a.json", "{\"data\":[" + Mara.Replace("\"accountEnabled\":true", "\"accountEnabled\":true,\"accountEnabled\":false", StringComparison.Ordinal) + "," + Mara + Meta, "AZUser");

        Assert.Contains(_story.Rejects, reject => reject.StartsWith("data[0]: a member stands twice", StringComparison.Ordinal));
        Assert.Single(_story.Nodes("Account"));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused_with_their_object()
    {
        var bytes = Encoding.UTF8.GetBytes("{\"data\":[" + Mara.Replace("\"accountEnabled\"", "\"displayName\":\"#\",\"accountEnabled\"", StringComparison.Ordinal) + "," + Mara + Meta);
        bytes[Array.IndexOf(bytes, (byte)'#')] = 0xFF;
        _story.Read(new ImportRequest { Path = _story.Write("a.json", bytes), CollectedAt = FileStory.Day });

        Assert.Contains(_story.Rejects, reject => reject.Contains("not UTF-8", StringComparison.Ordinal));
        Assert.Single(_story.Trace);
    }

    [Fact]
    public void An_object_nested_too_deep_is_refused_and_what_comes_before_and_behind_stands()
    {
        _story.Read("a.json", "{\"data\":[{\"kind\":\"AZApp\",\"data\":" + new string('[', 10_000) + new string(']', 10_000) + "}," + Mara + Meta, "AZUser");

        Assert.Equal(["data[0]: it is nested deeper than 32; the object was left out"], _story.Rejects);
        Assert.Single(_story.Nodes("Account"));
        Assert.Empty(_story.Whole);
    }

    [Fact]
    public void An_object_larger_than_may_be_is_left_out_and_those_around_it_are_read()
    {
        using var story = new FileStory(new AzureHoundFormat(new UnpackLimits { OneObject = 128 << 10 }));
        story.Read("a.json", "{\"data\":[{\"kind\":\"AZApp\",\"data\":{\"x\":\"" + new string('x', 200_000) + "\"}}," + Mara + Meta, "AZUser");

        Assert.Equal(["data[0]: it is larger than 0 MB; the object was left out"], story.Rejects);
        Assert.Single(story.Nodes("Account"));
        Assert.Empty(story.Whole);
    }

    [Fact]
    public void An_identifier_that_is_a_secret_or_too_long_is_refused_unquoted()
    {
        var token = "ghp_" + new string('a', 36);
        _story.Read("a.json", "{\"data\":[" + Mara.Replace("6b29fc40-ca47-1067-b31d-00dd010662da", token, StringComparison.Ordinal) + "," + Mara.Replace("6b29fc40-ca47-1067-b31d-00dd010662da", new string('a', 600), StringComparison.Ordinal) + "," + Mara + Meta);

        Assert.Equal(2, _story.Report.Rejects.Count);
        Assert.DoesNotContain(token, _story.Everything());
    }

    [Theory]
    [InlineData("{\"data\":[],\"meta\":{\"type\":\"azure\"}}")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("nothing of the kind")]
    public void A_file_without_any_object_is_refused_as_a_whole(string text) =>
        Assert.Contains("holds no object of AzureHound", Assert.Throws<RefusedInputException>(() => _story.Read("a.json", text)).Message);

    [Fact]
    public void Text_behind_the_end_is_said()
    {
        _story.Read("a.json", "{\"data\":[" + Mara + Meta + "{}");

        Assert.NotNull(_story.Runs[0].Outcome.PartialReason);
    }

    [Fact]
    public void It_is_recognised_by_its_first_bytes_and_a_collection_of_active_directory_is_not()
    {
        Assert.Equal("azurehound", FileFormats.Detect(new ImportRequest { Path = _story.Write("export.json", "{\n\t\"data\": [\n\t\t" + Mara + "\n\t" + Meta) }).Format.Name);
        Assert.Equal("azurehound", FileFormats.Detect(new ImportRequest { Path = _story.Write("azure_users.json", "\uFEFF{\"meta\":{\"type\":\"azure\"},\"data\":[" + Mara + "]}") }).Format.Name);
        Assert.Equal("bloodhound", FileFormats.Detect(new ImportRequest { Path = _story.Write("20240305110018_users.json", "{\"data\":[{\"ObjectIdentifier\":\"S-1-5-21-1\",\"kind\":\"AZUser\"}],\"meta\":{\"methods\":0,\"type\":\"users\",\"version\":6}}") }).Format.Name);
    }
}
