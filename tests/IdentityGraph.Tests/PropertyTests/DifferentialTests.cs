namespace IdentityGraph.Tests.PropertyTests;

/// <summary>The product and the naive evaluator, written apart from one text, give one answer on any estate.</summary>
public sealed class DifferentialTests
{
    public static TheoryData<string> Cases => [.. Kept.Select(file => Path.GetFileName(file)!)];

    private static string[] Kept => [.. Directory.GetFiles(Path.Combine(Repository.Root, "tests/IdentityGraph.Tests/PropertyTests/Cases"), "*.ndjson").Order(StringComparer.Ordinal)];

    internal static RandomEstate Case(string file) => RandomEstate.Parse(File.ReadAllText(Kept.Single(path => Path.GetFileName(path) == file)));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Estates_that_once_told_them_apart_no_longer_do(string file) => Assert.Empty(Differential.Compare(Case(file)));

    [Fact]
    public void They_agree_on_random_estates() => Sample.Check(120, 1, Differential.Compare);

    [Fact]
    public void They_agree_on_who_reaches_what() => Sample.Check(2000, 3, Differential.CompareReach);

    [Fact]
    [Trait("Category", "Slow")]
    public void They_agree_on_many_random_estates() => Sample.Check(400, 2, Differential.Compare);
}
