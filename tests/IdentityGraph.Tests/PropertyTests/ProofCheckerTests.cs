using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Naive;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>Every proof given on random estates proves what it claims by the rules as they are written, and nothing in it can be left out.</summary>
public sealed class ProofCheckerTests
{
    [Theory]
    [MemberData(nameof(DifferentialTests.Cases), MemberType = typeof(DifferentialTests))]
    public void Proofs_on_estates_that_were_kept_are_right(string file) => Assert.Empty(OfReach(DifferentialTests.Case(file)));

    [Fact]
    public void Every_right_of_every_cell_is_proved_by_its_rules_and_nothing_can_be_left_out() => Sample.Check(2000, 21, OfReach);

    [Fact]
    public void Every_proof_of_a_blast_radius_proves_the_row_it_stands_for() => Sample.Check(80, 22, OfBlastRadius);

    [Fact]
    public void Every_path_proves_the_highest_right_at_its_end() => Sample.Check(60, 23, OfPaths);

    [Fact]
    public void A_proof_made_wrong_on_purpose_is_found_out()
    {
        var tried = ProofMutations.All.ToDictionary(mutation => mutation.Name, _ => 0);
        var passed = new List<string>();
        for (var number = 0; number < 240; number++)
        {
            var estate = EstateGenerator.Generate(number);
            var checker = CheckerOf(estate, out var world);

            // Gates are rare: for theirs more estates are looked through.
            foreach (var (claim, steps) in ProofsOf(estate)
                .Where(proof => proof.Claim.Amplified && proof.Steps.Count > 1 && (number < 40 || proof.Steps.Any(step => step.Gates.Count > 0)))
                .DistinctBy(proof => proof.Claim.Node))
            {
                foreach (var (name, mutate) in ProofMutations.All)
                {
                    foreach (var wrong in mutate(steps, world.View))
                    {
                        tried[name]++;
                        if (checker.Check(claim, wrong).Count == 0)
                        {
                            passed.Add($"{name}, in estate {number}: {claim}\n{ProofText.Of(steps)}\nbecame\n{ProofText.Of(wrong)}");
                        }
                    }
                }
            }
        }

        Assert.True(passed.Count == 0, string.Join('\n', passed.Take(3)));
        Assert.All(tried, mutation => Assert.True(mutation.Value >= 20, $"{mutation.Key} was tried only {mutation.Value} times"));
    }

    internal static IReadOnlyList<string> OfReach(RandomEstate estate)
    {
        var checker = CheckerOf(estate, out var world);
        return !Differential.IsSettled(world.View) ? [] : [.. from proof in ProofsOf(estate) from wrong in checker.Check(proof.Claim, proof.Steps) select $"{proof.Claim}: {wrong}\n{ProofText.Of(proof.Steps)}"];
    }

    private static IReadOnlyList<string> OfBlastRadius(RandomEstate estate)
    {
        var asked = new AskedEstate(estate);
        if (!asked.IsSettled)
        {
            return [];
        }

        var checker = new ProofChecker(asked.World, [.. asked.Seeds.Select(seed => new NaiveSeed(seed))]);
        var answer = asked.Answer(investigation => investigation.BlastRadiusAsync(asked.Ask, asked.Seeds));
        return
        [
            .. from row in answer.Reached
               let cell = row.Certain.Amplified.Length > 0 ? row.Certain : row.Possible
               let claim = new ProofClaim(row.Id, NaiveRights.Highest(cell.Amplified)!.Value, cell == row.Possible, true, row.Hops ?? -1)
               from wrong in checker.Check(claim, answer.Proofs[row.Proof!])
               select $"{claim}: {wrong}\n{ProofText.Of(answer.Proofs[row.Proof!])}",
        ];
    }

    private static IReadOnlyList<string> OfPaths(RandomEstate estate)
    {
        var asked = new AskedEstate(estate);
        List<string> found = [];
        foreach (var seed in asked.Seeds.Take(asked.IsSettled ? 1 : 0))
        {
            var (checker, reach) = (new ProofChecker(asked.World, [new NaiveSeed(seed)]), new NaiveReach(asked.World, [new NaiveSeed(seed)]));
            foreach (var row in reach.Reached)
            {
                var path = asked.Answer(investigation => investigation.PathAsync(asked.Ask, seed, row.Id)).Paths;
                var rights = row.CertainAmplified.Length > 0 ? row.CertainAmplified : row.PossibleAmplified;
                var claim = new ProofClaim(row.Id, NaiveRights.Highest(rights)!.Value, row.CertainAmplified.Length == 0, true, row.Hops);
                found.AddRange(path.Count == 0 ? [$"no path to {row.Id}"] : checker.Check(claim, path[0]).Select(wrong => $"{claim}: {wrong}\n{ProofText.Of(path[0])}"));
            }
        }

        return found;
    }

    private static IEnumerable<(ProofClaim Claim, IReadOnlyList<ProofStep> Steps)> ProofsOf(RandomEstate estate)
    {
        var reach = EngineEstate.Reach(EngineEstate.Fold(estate).At(estate.Question.AsOf), estate.Question);
        return
            from node in reach.Attained
            from cell in Enum.GetValues<Cell>()
            from letter in reach[node].Of(cell).ToLetters()
            let right = RightOf(letter)
            let claim = new ProofClaim(node.Id, letter, cell is Cell.PossibleDirect or Cell.PossibleAmplified, cell is Cell.CertainAmplified or Cell.PossibleAmplified, reach.Hops(node, right, cell))
            select (claim, ProofSteps.Of(reach.Proof(node, right, cell)!));
    }

    private static Rights RightOf(char letter) => RightsLogic.TryParseLetters([letter], out var right) ? right : default;

    private static ProofChecker CheckerOf(RandomEstate estate, out NaiveWorld world)
    {
        var naive = new NaiveEvaluator(estate.Runs, estate.Question.AsKnownAt).At(estate.Question.AsOf);
        world = new NaiveWorld(naive.View, Differential.ProfileOf(estate.Question.Profile));
        return new ProofChecker(world, [.. estate.Question.Seeds.Where(naive.View.Facts.NodeIds.Contains).Select(seed => new NaiveSeed(seed))]);
    }
}
