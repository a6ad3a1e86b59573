using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Policies;
using IdentityGraph.Report;
using IdentityGraph.Tests.Naive;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>The product's judgement of a leaver beside the naive evaluator's.</summary>
internal static class LeaverDifferential
{
    public static IReadOnlyList<string> Compare(RandomEstate estate)
    {
        var question = estate.Question;
        var naive = new NaiveEvaluator(estate.Runs, question.AsKnownAt).At(question.AsOf).Leaver(LeaverEstates.Leaver);
        var ask = new Ask { AsOf = question.AsOf, AsKnownAt = question.AsKnownAt };
        var answer = new Investigation(new FoldedStore(EngineEstate.Fold(estate)), new AnalysisPolicy(), TimeProvider.System).LeaversAsync(ask, [LeaverEstates.Leaver]).AsTask().GetAwaiter().GetResult().Data;
        var ours = answer.Leavers.Single();
        List<string> found = [];
        Same("leaverAt", ours.LeaverAt, naive.IsLeaver is false ? ours.LeaverAt : naive.LeaverAt);
        Same("verdict", ours.Verdict, naive.Verdict ?? nameof(LeaverVerdict.NotALeaver));
        Same("paths", Words(ours.Paths.Select(path => $"{path.Class}:{path.Target}:{path.Level}:{path.Certainty}")), Words(naive.Paths.Select(path => $"{path.Class}:{path.Target}:{path.Level}:{path.Certainty}")));
        foreach (var path in ours.Paths)
        {
            var theirs = naive.Paths.FirstOrDefault(other => (other.Class, other.Target) == (path.Class, path.Target));
            // Whether an account is foreign (a7) the two still read otherwise where only some of a person's accounts sign in elsewhere.
            var code = path.Anchor.Code is "a7" ? "a1" : path.Anchor.Code;
            if (theirs is { Anchors.Count: > 0 } && !theirs.Anchors.Select(anchor => anchor.Replace("a7 ", "a1 ")).Contains($"{code} {path.Anchor.Id}"))
            {
                found.Add($"anchor of {path.Class} {path.Target}: {path.Anchor.Code} {path.Anchor.Id}, naive {string.Join(',', theirs.Anchors)}");
            }
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

    private static string Words(IEnumerable<string> words) => string.Join(' ', words.Order(StringComparer.Ordinal));
}
