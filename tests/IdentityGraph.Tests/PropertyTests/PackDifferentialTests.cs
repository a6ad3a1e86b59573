namespace IdentityGraph.Tests.PropertyTests;

/// <summary>The estates of the scenario pack are read alike by the product and the naive evaluator, in every mode.</summary>
public sealed class PackDifferentialTests
{
    [Theory]
    [MemberData(nameof(PackEstates.Names), MemberType = typeof(PackEstates))]
    public void Every_question_has_one_answer(string name)
    {
        var estate = PackEstates.Of(name);
        IReadOnlyList<string> differences = [.. Differential.Compare(estate), .. ModesDifferentialTests.Everything(estate)];
        Assert.Empty(differences);
    }
}
