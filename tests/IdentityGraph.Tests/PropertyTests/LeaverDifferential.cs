using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Policies;
using IdentityGraph.Report;
using IdentityGraph.Tests.Naive;
using ProofStep = IdentityGraph.Report.Answers.ProofStep;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>The product's judgement of a leaver beside the naive evaluator's.</summary>
internal static class LeaverDifferential
{
    public static IReadOnlyList<string> Compare(RandomEstate estate)
    {
        var naive = Naive(estate);
        var ours = Ours(estate);
        List<string> found = [];
        Same("leaverAt", ours.LeaverAt, naive.IsLeaver is false ? ours.LeaverAt : naive.LeaverAt);
        Same("verdict", ours.Verdict.ToString(), naive.Verdict ?? nameof(LeaverVerdict.NotALeaver));
        Same("class", ours.Class?.ToString(), naive.Class);
        Same("pendingUntil", ours.PendingUntil, naive.PendingUntil);
        if (ours.Verdict == LeaverVerdict.Unverified && ours.Unknown.Count == 0)
        {
            found.Add("unverified, and nothing is said to be unknown");
        }

        Same("paths", Words(ours.Paths.Select(Word)), Words(naive.Paths.Select(path => $"{path.Class}:{path.Target}:{path.Level}:{path.Certainty}")));
        foreach (var path in ours.Paths)
        {
            var theirs = naive.Paths.FirstOrDefault(other => (other.Class, other.Target) == (path.Class.ToString(), path.Target.Id));
            if (theirs is not null)
            {
                Same($"pending {path.Class} {path.Target.Id}", PendingWord(ours, path), theirs.PendingUntil?.ToString("O") ?? "");
            }

            if (theirs is { Anchors.Count: > 0 } && !theirs.Anchors.Contains($"{path.Anchor.Word} {path.Anchor.Node.Id}"))
            {
                found.Add($"anchor of {path.Class} {path.Target.Id}: {path.Anchor.Word} {path.Anchor.Node.Id}, naive {string.Join(',', theirs.Anchors)}");
            }
        }

        Same("systems", Words(ours.Systems.Select(Word)), Words(naive.Systems.Select(Word)));
        foreach (var system in ours.Systems)
        {
            var there = naive.Systems.FirstOrDefault(other => other.System == (system.System?.Id ?? "?"));
            Same($"anchors on {system.System?.Id}", Words(system.Anchors.Select(anchor => $"{anchor.Word} {anchor.Node.Id}")), Words(there?.Anchors ?? []));
        }

        return found;

        void Same(string what, object? one, object? other)
        {
            if (!Equals(one, other))
            {
                found.Add($"{what}: {one}, naive {other}");
            }
        }
    }

    /// <summary>What is wrong with the proofs of the product's paths, each read by the naive rules from what the naive evaluator gives a leaver to begin with.</summary>
    public static IReadOnlyList<string> WrongProofs(RandomEstate estate)
    {
        var checker = CheckerOf(estate);
        return
        [
            .. from proof in Proofs(estate)
               from wrong in checker.Check(proof.Class, proof.Claim, proof.Steps)
               select $"{proof.Class} {proof.Claim}: {wrong}\n{ProofText.Of(proof.Steps)}",
        ];
    }

    public static LeaverProofChecker CheckerOf(RandomEstate estate) =>
        new(new NaiveLeavers(new NaiveEvaluator(estate.Runs, estate.Question.AsKnownAt).At(estate.Question.AsOf).View, LeaverEstates.Leaver), LeaverEstates.Leaver);

    /// <summary>The proofs of the product's paths as answers tell them, and what each says it proves.</summary>
    public static IReadOnlyList<(string Class, ProofClaim Claim, IReadOnlyList<ProofStep> Steps)> Proofs(RandomEstate estate)
    {
        var ours = Ours(estate);
        return
        [
            .. from path in ours.Paths
               let claim = new ProofClaim(path.Target.Id, NaiveRights.Highest(path.Proof.Right.ToLetters())!.Value, path.Proof.Cell == Cell.PossibleAmplified, Amplified: true, Hops: null)
               select (path.Class.ToString(), claim, LeaverProofs.Of(ours, path)),
        ];
    }

    public static NaiveLeaver Naive(RandomEstate estate) =>
        new NaiveEvaluator(estate.Runs, estate.Question.AsKnownAt).At(estate.Question.AsOf).Leaver(LeaverEstates.Leaver);

    private static LeaverJudgement Ours(RandomEstate estate)
    {
        var view = EngineEstate.Fold(estate).At(estate.Question.AsOf);
        return new Leavers(view, new AnalysisPolicy()).Of([view.Find(LeaverEstates.Leaver)!.Value]).Single();
    }

    private static string PendingWord(LeaverJudgement ours, LeaverPath path) => ours.LeaverAt + path.Grace is { } until && until > ours.Person.View.AsOf ? until.ToString("O") : "";

    private static string Word(LeaverPath path) => $"{path.Class}:{path.Target.Id}:{path.Level}:{(path.IsCertain ? "Certain" : "Possible")}";

    private static string Word(FootprintSystem system) => $"{system.System?.Id ?? "?"}:{system.Removal.State}:{(system.IsProved ? "proved" : "open")}";

    private static string Word(NaiveLeaverSystem system) => $"{system.System}:{system.State}:{(system.Verified ? "proved" : "open")}";

    private static string Words(IEnumerable<string> words) => string.Join(", ", words.Order(StringComparer.Ordinal));
}
