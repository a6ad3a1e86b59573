using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Naive;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>Every proof of what is attained over time proves it, step by step from moment to moment, by the rules as they are written.</summary>
public sealed class TimeProofTests
{
    [Fact]
    public void Every_proof_through_time_proves_the_row_it_stands_for() => Sample.Check(60, 24, Wrong, largest: 30);

    [Theory]
    [MemberData(nameof(DifferentialTests.Cases), MemberType = typeof(DifferentialTests))]
    public void Proofs_through_time_on_estates_that_were_kept_are_right(string file) => Assert.Empty(Wrong(DifferentialTests.Case(file)));

    internal static IReadOnlyList<string> Wrong(RandomEstate estate) =>
    [
        .. from proof in ProofsOf(estate)
           from wrong in proof.Checker.Check(proof.Claim, proof.Steps)
           select $"{proof.Claim}: {wrong}\n{ProofText.Of(proof.Steps)}",
    ];

    private static IEnumerable<(ProofClaim Claim, IReadOnlyList<ProofStep> Steps, AskedEstate Asked, TimeProofChecker Checker)> ProofsOf(RandomEstate estate)
    {
        var asked = new AskedEstate(estate);
        var from = TimeDifferential.Beginning(estate);
        if (!asked.IsSettled || asked.Seeds.Count == 0)
        {
            yield break;
        }

        var answer = asked.Answer(investigation => investigation.BlastRadiusOverTimeAsync(asked.Ask, asked.Seeds, from, asked.View.AsOf));
        var checker = new Lazy<TimeProofChecker>(() => new TimeProofChecker(asked.Facts, asked.Profile, asked.Seeds, from, asked.View.AsOf));
        foreach (var row in answer.Reached.Where(row => row.Proof is not null))
        {
            var cell = row.Certain.Amplified.Length > 0 ? row.Certain : row.Possible;
            yield return (new ProofClaim(row.Id, NaiveRights.Highest(cell.Amplified)!.Value, cell == row.Possible, true, null), answer.Proofs[row.Proof!], asked, checker.Value);
        }
    }
}
