using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Tests.Sources.BloodHound;

/// <summary>What stands twice in a file of SharpHound's takes nothing away unseen: nobody knows which was meant.</summary>
public sealed class RepeatedMemberTests : IDisposable
{
    private const string Aces = "\"Aces\":[{\"PrincipalSID\":\"S-1-5-21-1-2-3-3000\",\"PrincipalType\":\"User\",\"RightName\":\"GenericAll\",\"IsInherited\":false}]";
    private const string Members = "\"Members\":[{\"ObjectIdentifier\":\"S-1-5-21-1-2-3-1105\",\"ObjectType\":\"User\"}]";
    private const string Meta = "\"meta\":{\"methods\":0,\"type\":\"groups\",\"count\":2,\"version\":6}";
    private readonly FileStory _story = new(new BloodHoundFormat());

    public void Dispose() => _story.Dispose();

    [Theory]
    [InlineData(",\"Aces\":[]")]
    [InlineData(",\"Ac\\u0065s\":[]")]
    [InlineData(",\"Members\":[]")]
    [InlineData(",\"Members\":null")]
    [InlineData(",\"Properties\":{}")]
    [InlineData(",\"Other\":{\"deep\":[{\"x\":1,\"x\":2}]}")]
    public void An_object_with_a_member_twice_is_rejected_and_its_stream_is_not_whole(string again)
    {
        Read("{\"data\":[" + Group("1120", again) + "," + Group("1121", "") + "]," + Meta + "}");

        Assert.Equal(["data[0]: a member stands twice in one object, and nobody knows which was meant; the object was left out"], _story.Rejects);
        Assert.Contains(_story.Edges("MEMBER_OF"), edge => edge.Contains("-1121", StringComparison.Ordinal));
        Assert.DoesNotContain(_story.Edges("MEMBER_OF"), edge => edge.Contains("-1120", StringComparison.Ordinal));
        Assert.Empty(_story.Whole);
    }

    [Fact]
    public void The_same_objects_without_it_are_whole()
    {
        Read("{\"data\":[" + Group("1120", "") + "," + Group("1121", ",\"Other\":[{\"x\":1},{\"x\":2}]") + "]," + Meta + "}");

        Assert.Empty(_story.Rejects);
        Assert.Equal(["groups"], _story.Whole);
    }

    [Theory]
    [InlineData("{\"data\":[#]," + Meta + ",\"data\":[]}", "data: it stands twice")]
    [InlineData("{\"data\":[],\"data\":[#]," + Meta + "}", "data: it stands twice")]
    [InlineData("{" + Meta + ",\"data\":[#],\"meta\":{\"type\":\"users\",\"version\":6}}", "meta: it stands twice")]
    [InlineData("{\"data\":[#],\"meta\":{\"type\":\"users\",\"type\":\"groups\",\"version\":6}}", "meta: a member stands twice")]
    [InlineData("{\"data\":[#],\"Data\":[]," + Meta + "}", "Data: it is called `data`")]
    [InlineData("{\"data\":[#],\"\\ud800\":[]," + Meta + "}", "?: its name is not UTF-8")]
    public void What_is_wrong_with_the_file_is_told_and_what_it_holds_is_read(string file, string said)
    {
        Read(file.Replace("#", Group("1120", ""), StringComparison.Ordinal));

        var reject = Assert.Single(_story.Rejects);
        Assert.Contains(said[(said[0] == '?' ? 1 : 0)..], reject);
        Assert.Contains(_story.Edges("MEMBER_OF"), edge => edge.Contains("-1120", StringComparison.Ordinal));
        Assert.Empty(_story.Whole);
    }

    [Theory]
    [InlineData("{\"junk\":{not json at all,,,},\"data\":[#]," + Meta + "}", "no JSON (at byte 9)")]
    [InlineData("{\"data\":[#],\"junk\":[1,]," + Meta + "}", "no JSON")]
    public void What_nobody_reads_must_be_json_all_the_same(string file, string said)
    {
        Read(file.Replace("#", Group("1120", ""), StringComparison.Ordinal));

        Assert.Contains(said, Assert.Single(_story.Rejects));
        Assert.NotNull(_story.Runs.Single().Outcome.PartialReason);
        Assert.Empty(_story.Whole);
    }

    [Fact]
    public void A_file_without_data_has_not_said_that_there_is_none()
    {
        Read("{" + Meta + "}");
        Assert.Contains("data: it is missing", Assert.Single(_story.Rejects));
        Assert.Empty(_story.Whole);

        using var empty = new FileStory(new BloodHoundFormat());
        empty.Read("20240305110018_groups.json", "{\"data\":[]," + Meta + "}", "groups");
        Assert.Equal(["groups"], empty.Whole);
    }

    private static string Group(string id, string more) =>
        $"{{\"ObjectIdentifier\":\"S-1-5-21-1-2-3-{id}\",\"Properties\":{{\"name\":\"G{id}@LAB.TEST\",\"domain\":\"LAB.TEST\",\"domainsid\":\"S-1-5-21-1-2-3\"}},{Members},{Aces}{more}}}";

    private void Read(string text) => _story.Read("20240305110018_groups.json", text, "groups");
}
