namespace IdentityGraph.Tests.PropertyTests;

/// <summary>Every question about reach gets one answer from the product and from the naive evaluator.</summary>
public sealed class ModesDifferentialTests
{
    [Theory]
    [MemberData(nameof(DifferentialTests.Cases), MemberType = typeof(DifferentialTests))]
    public void Questions_about_estates_that_were_kept_are_answered_alike(string file)
    {
        var differences = Everything(DifferentialTests.Case(file));
        Assert.Empty(differences);
    }

    internal static IReadOnlyList<string> Everything(RandomEstate estate) =>
    [
        .. CutsDifferential.Compare(estate), .. QuestionsDifferential.Exposure(estate), .. QuestionsDifferential.Proofs(estate), .. QuestionsDifferential.WhyNot(estate), .. OverlayDifferential.Compare(estate),
    ];

    [Fact]
    public void Cuts_are_those_that_trying_every_set_finds() => Sample.Check(220, 71, CutsDifferential.Compare, largest: 12);

    [Fact]
    public void Whoever_attains_a_target_is_found() => Sample.Check(120, 72, QuestionsDifferential.Exposure, largest: 20);

    [Fact]
    public void Every_minimal_proof_is_found_the_nearest_first() => Sample.Check(200, 73, QuestionsDifferential.Proofs, largest: 12);

    [Fact]
    public void What_ifs_change_the_same() => Sample.Check(300, 75, OverlayDifferential.Compare, largest: 20);

    [Fact]
    public void What_alone_stands_in_the_way_is_named() => Sample.Check(120, 74, QuestionsDifferential.WhyNot, largest: 16);
}
