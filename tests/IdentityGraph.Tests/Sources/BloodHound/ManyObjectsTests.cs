using IdentityGraph.Collect;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Tests.Stores;

namespace IdentityGraph.Tests.Sources.BloodHound;

/// <summary>Objects are known by fingerprints of their ids, whatever file names or describes them first.</summary>
public sealed class ManyObjectsTests
{
    private const string Meta = "\"meta\":{\"methods\":0,\"type\":\"TYPE\",\"count\":1,\"version\":6}";

    [Fact]
    public void Members_that_a_later_file_describes_are_theirs_and_only_the_others_are_stated_by_the_group()
    {
        var members = string.Join(",", Enumerable.Range(1101, 300).Select(number => $$"""{"ObjectIdentifier":"{{Id(number)}}","ObjectType":"User"}"""));
        var read = Import(
            ("groups", $$"""{"ObjectIdentifier":"{{Id(513)}}","Properties":{"name":"ALL@LAB.TEST"},"Aces":[],"Members":[{{members}},{{members}}]}"""),
            ("users", string.Join(",", Enumerable.Range(1101, 299).Select(User))));

        Assert.Equal(300, read.Edges.Count(edge => edge.Kind == "MEMBER_OF" && edge.To == Node(513) && edge.Evidence[0].Ref.Contains("groups", StringComparison.Ordinal)) / 2);
        var mentioned = read.Nodes.Where(node => node.Evidence[0].Ref.Contains("groups", StringComparison.Ordinal) && node.Id != Node(513));
        Assert.Equal([(Node(1400), "Account", 0)], mentioned.Select(node => (node.Id, node.Kind!, node.Properties.Count(property => property.Key == "name"))));
    }

    [Fact]
    public void An_object_under_two_names_is_told_with_both_wherever_it_is_met_again()
    {
        var read = Import(("users", $"{User(1101)},{User(1102)},{User(1101).Replace("USER1101", "OTHER", StringComparison.Ordinal)},{User(1102)}"));

        Assert.Single(read.Report.Warnings, warning => warning.StartsWith($"`{Id(1101)}` stands under two names, `USER1101@LAB.TEST` and `OTHER@LAB.TEST`", StringComparison.Ordinal));
        Assert.DoesNotContain(read.Report.Warnings, warning => warning.Contains(Id(1102), StringComparison.Ordinal));
    }

    [Fact]
    public void As_many_objects_as_there_may_be_are_read_and_one_more_is_refused()
    {
        var users = string.Join(",", Enumerable.Range(1101, 40).Select(User));

        // Each user's primary group is one more.
        Assert.Equal(41, Import(new UnpackLimits { Ids = 41 }, ("users", users)).Nodes.Select(node => node.Id).Distinct().Count());
        var refused = Assert.Throws<RefusedInputException>(() => Import(new UnpackLimits { Ids = 40 }, ("users", users)));
        Assert.StartsWith("there are more than 40 different objects", refused.Message, StringComparison.Ordinal);
    }

    private static string Id(int number) => $"S-1-5-21-1-2-3-{number}";

    private static string Node(int number) => "activedirectory:object/" + Id(number);

    private static string User(int number) =>
        $$$"""{"ObjectIdentifier":"{{{Id(number)}}}","Properties":{"name":"USER{{{number}}}@LAB.TEST"},"Aces":[],"PrimaryGroupSID":"{{{Id(513)}}}"}""";

    private static Imported Import(params (string Type, string Objects)[] files) => Import(new UnpackLimits(), files);

    private static Imported Import(UnpackLimits limits, params (string Type, string Objects)[] files)
    {
        using var folder = new TemporaryFolder();
        var collection = Directory.CreateDirectory(folder.Sub()).FullName;
        foreach (var (type, objects) in files)
        {
            File.WriteAllText(Path.Combine(collection, $"20250102030405_{type}.json"), $"{{\"data\":[{objects}],{Meta.Replace("TYPE", type, StringComparison.Ordinal)}}}");
        }

        return Imported.From(collection, limits: limits);
    }
}
