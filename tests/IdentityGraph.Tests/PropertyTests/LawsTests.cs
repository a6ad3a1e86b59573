using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>The laws over random estates and over the estates of the scenario pack.</summary>
public sealed class LawsTests
{
    private static readonly Dictionary<string, Func<RandomEstate, IReadOnlyList<string>>> s_laws = new(StringComparer.Ordinal)
    {
        ["the order of lines changes nothing"] = Laws.OrderOfLines,
        ["use changes no liveness, reach or ownership"] = Laws.Use,
        ["an unrelated component changes no reach, liveness or known owner"] = Laws.Elsewhere,
        ["what was known then does not change by later runs"] = Laws.KnownThen,
        ["certain is possible, direct is amplified, and more seeds or a stronger profile never shrink"] = Laws.MoreNeverShrinks,
        ["one more enabling edge never shrinks a reach"] = Laws.OneMoreEdge,
        ["what is cut is not attained"] = Laws.CutsApplied,
    };

    [Fact]
    public void The_order_of_lines_changes_nothing() => Sample.Check(60, 11, Laws.OrderOfLines);

    [Fact]
    public void Use_changes_no_liveness_reach_or_ownership() => Sample.Check(60, 12, Laws.Use);

    [Fact]
    public void An_unrelated_component_changes_no_reach_liveness_or_known_owner() => Sample.Check(60, 13, Laws.Elsewhere);

    [Fact]
    public void What_was_known_then_does_not_change_by_later_runs() => Sample.Check(60, 14, Laws.KnownThen);

    [Fact]
    public void Certain_is_possible_direct_is_amplified_and_more_seeds_or_a_stronger_profile_never_shrink() => Sample.Check(60, 15, Laws.MoreNeverShrinks);

    [Fact]
    public void One_more_enabling_edge_never_shrinks_a_reach() => Sample.Check(30, 16, Laws.OneMoreEdge);

    [Fact]
    public void What_is_cut_is_not_attained() => Sample.Check(120, 17, Laws.CutsApplied, largest: 20);

    [Theory]
    [MemberData(nameof(PackEstates.Names), MemberType = typeof(PackEstates))]
    public void Every_law_holds_for_the_facts_of_the_scenario_pack(string name) =>
        Assert.Empty(s_laws.SelectMany(law => law.Value(PackEstates.Of(name)), (law, broken) => $"{law.Key}: {broken}"));

    [Fact]
    public void Without_proofs_the_same_is_attained_in_as_many_hops() => Sample.Check(200, 24, estate =>
    {
        var view = EngineEstate.Fold(estate).At(estate.Question.AsOf);
        var graph = EngineEstate.Control(view, estate.Question);
        var seeds = estate.Question.Seeds.Select(seed => view.Find(seed)).OfType<Node>().SelectMany(seed => Seeding.Of(seed, graph.Liveness)).ToList();
        var (with, without) = (Told(graph.Reach(seeds)), Told(graph.Reach(seeds, new ReachOptions { WithoutProofs = true })));
        return [.. with.Except(without).Select(line => "with proofs: " + line), .. without.Except(with).Select(line => "without: " + line)];

        static IReadOnlyList<string> Told(ReachResult reach) =>
        [
            .. from node in reach.Attained
               from cell in Enum.GetValues<Cell>()
               from right in Enum.GetValues<Rights>().Where(right => System.Numerics.BitOperations.PopCount((uint)right) == 1)
               select $"{node} {cell} {right} {reach.Hops(node, right, cell)} {reach.IsDurable(node)}",
        ];
    });
}
