using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Tests.Stores;

namespace IdentityGraph.Tests.Sources.BloodHound;

/// <summary>A file's kind is told by its end, where that is surely the file's own.</summary>
public sealed class SharpHoundMetaTests : IDisposable
{
    private const string Mara = """{"ObjectIdentifier":"S-1-5-21-1-2-3-1105","Properties":{"name":"MARA@LAB.TEST","domain":"LAB.TEST"},"Aces":[]}""";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"data":[],"meta":{"methods":0,"type":"users","count":0,"version":6}}""")]
    [InlineData("""   ],"meta" : {"type":"Users","version":6,"more":{"x":"}"}} } """)]
    [InlineData("""[{"x":"\",\"meta\":{}}"}],"meta":{"version":6,"type":"users"}}""")]
    public void It_is_the_member_that_only_the_last_brace_stands_behind(string end)
    {
        Assert.Equal(new SharpHoundMeta("users", 6, null), SharpHoundMeta.AtEnd(Encoding.UTF8.GetBytes(end.Replace(' ', '\n')), 32));
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"data":[],"meta":""")]
    [InlineData("""{"data":[],"meta":{"type":"users","version":6}""")]
    [InlineData("""{"data":[],"meta":{"type":"users","version":6}}}""")]
    [InlineData("""{"data":[],"meta":{"type":"users","version":6},"more":1}""")]
    [InlineData("""{"data":[],"meta":{"type":"users",}}""")]
    [InlineData("""{"data":[],"meta":{"type":"users","version":6,"more":{"meta":"}"}}}""")]
    [InlineData("""{"data":[],"meta":"users"}""")]
    [InlineData("""{"data":[],"x":"meta"}""")]
    [InlineData("""{"data":[],"x":"a,\"meta":{"type":"users","version":6}}""")]
    [InlineData("""{"data":[],"type":"users","version":6}""")]
    public void Anything_else_is_left_to_going_through_the_file(string end)
    {
        Assert.Null(SharpHoundMeta.AtEnd(Encoding.UTF8.GetBytes(end), 32));
    }

    [Theory]
    [InlineData("20240305110018_users.json", ""","meta":{"type":"users","version":6}}""", "Account")]
    [InlineData("20240305110018_computers.json", ""","meta":{"type":"users","version":6}}""", "Account")]
    [InlineData("20240305110018_users.json", ""","meta":{"type":"computers","version":6},"more":{}}""", "ServiceIdentity")]
    [InlineData("20240305110018_users.json", """,{"meta":{"type":"users","version":6}}""", "Account")]
    public void What_a_large_file_says_of_itself_counts_wherever_it_stands(string name, string end, string kind)
    {
        // Larger than what is kept in memory, and than the end that is looked at.
        var path = Path.Combine(Directory.CreateDirectory(_folder.Sub()).FullName, name);
        File.WriteAllText(path, "{\"data\":[" + Mara + "]" + new string(' ', 5 << 20) + end);
        var report = new ImportReport();
        var run = Assert.Single(new BloodHoundFormat().Open(new ImportRequest { Path = path }, report, TestContext.Current.CancellationToken).Select(run => (run.Outcome, Facts: run.Observations.ToList())));

        Assert.Equal(kind, Assert.Single(run.Facts.OfType<Observation.SawNode>(), node => node.Id == "activedirectory:object/S-1-5-21-1-2-3-1105").Kind);
        Assert.Equal(end[1] == '{', run.Outcome.PartialReason is not null);
    }

    [Fact]
    public void A_file_whose_end_is_looked_at_alone_counts_whole_against_what_may_be_unpacked()
    {
        var path = Path.Combine(Directory.CreateDirectory(_folder.Sub()).FullName, "20240305110018_users.json");
        File.WriteAllText(path, "{\"data\":[" + Mara + "]" + new string(' ', 5 << 20) + ",\"meta\":{\"type\":\"users\",\"version\":6}}");

        var refused = Assert.Throws<RefusedInputException>(() => new BloodHoundFormat(new UnpackLimits { Total = 5 << 20 }).Open(new ImportRequest { Path = path }, new ImportReport(), TestContext.Current.CancellationToken).First());
        Assert.Contains("unpacks to more than 5 MB", refused.Message);
    }
}
