namespace IdentityGraph.Tests.PropertyTests;

/// <summary>
/// The product and the naive evaluator judge a leaver alike: verdict, moment, paths with their classes and levels, the anchor each
/// hangs on, and the anchors and state of every system.
/// </summary>
public sealed class LeaverDifferentialTests
{
    public static TheoryData<string> Cases => [.. Kept.Select(file => Path.GetFileName(file)!)];

    private static string[] Kept => [.. Directory.GetFiles(Path.Combine(Repository.Root, "tests/IdentityGraph.Tests/PropertyTests/Cases/Leavers"), "*.ndjson").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Leavers_who_once_told_them_apart_no_longer_do(string file)
    {
        var estate = RandomEstate.Parse(File.ReadAllText(Kept.Single(path => Path.GetFileName(path) == file)));
        Assert.Equal("", string.Join('\n', LeaverDifferential.Compare(estate).Concat(LeaverDifferential.WrongProofs(estate))));
    }

    [Fact]
    public void They_judge_random_leavers_alike() => Judge(0, 150);

    [Fact]
    [Trait("Category", "Slow")]
    public void They_judge_many_random_leavers_alike() => Judge(150, 1500);

    [Fact]
    public void Their_proofs_follow_by_the_rules_from_what_ties_the_leaver_and_nothing_can_be_left_out() => Hold(0, 100, LeaverDifferential.WrongProofs);

    [Fact]
    [Trait("Category", "Slow")]
    public void Many_proofs_follow_so() => Hold(100, 500, LeaverDifferential.WrongProofs);

    [Fact]
    public void A_proof_made_wrong_on_purpose_where_it_begins_is_found_out()
    {
        var tried = LeaverProofMutations.All.ToDictionary(mutation => mutation.Name, _ => 0);
        var (ties, passed) = (new SortedDictionary<string, int>(StringComparer.Ordinal), new List<string>());
        for (var number = 0; number < 200; number++)
        {
            if (LeaverEstates.Generate(number) is not { } estate)
            {
                continue;
            }

            var checker = LeaverDifferential.CheckerOf(estate);

            foreach (var proof in LeaverDifferential.Proofs(estate).Where(proof => proof.Steps.Any(LeaverProofMutations.IsTie)).DistinctBy(proof => proof.Steps.First(LeaverProofMutations.IsTie).Node))
            {
                var code = proof.Steps.First(LeaverProofMutations.IsTie).Rule;
                ties[code] = ties.GetValueOrDefault(code) + 1;
                foreach (var (name, mutate) in LeaverProofMutations.All)
                {
                    foreach (var wrong in mutate(proof.Steps))
                    {
                        tried[name]++;
                        if (checker.Check(proof.Class, proof.Claim, wrong).Count == 0)
                        {
                            passed.Add($"{name}, in estate {number}: {proof.Claim}\n{ProofText.Of(proof.Steps)}\nbecame\n{ProofText.Of(wrong)}");
                        }
                    }
                }
            }
        }

        Assert.True(passed.Count == 0, string.Join('\n', passed.Take(3)));
        Assert.All(tried, mutation => Assert.True(mutation.Value >= 20, $"{mutation.Key} was tried only {mutation.Value} times"));
        Assert.Empty(new[] { "a1", "a3", "a5", "a6", "a7", "a8", "a10" }.Except(ties.Keys));
    }

    private static void Judge(int from, int count) => Hold(from, count, LeaverDifferential.Compare);

    private static void Hold(int from, int count, Func<RandomEstate, IReadOnlyList<string>> broken)
    {
        List<string> found = [];
        var judged = 0;
        foreach (var number in Soak.Numbers(from, count))
        {
            if (LeaverEstates.Generate(number) is not { } estate)
            {
                continue;
            }

            judged++;
            if (broken(estate) is { Count: > 0 } differences)
            {
                found.Add($"{number}: {string.Join("; ", differences)}\n{estate}");
                Soak.Say(found[^1]);
            }
        }

        Soak.Say($"{judged} leavers judged, {found.Count} differences");
        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}
