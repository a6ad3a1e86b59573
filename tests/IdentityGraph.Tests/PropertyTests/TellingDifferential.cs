using IdentityGraph.Graph;
using IdentityGraph.Tests.Naive;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>What holds at every moment at which anything may change: presence, edges, and what is said of them.</summary>
internal static class TellingDifferential
{
    private static readonly Property[] s_ofNodes = [Properties.State, Properties.Mfa, Properties.Name];

    /// <summary>What the fold and the naive evaluator disagree on, moment by moment. Empty: they agree.</summary>
    public static IReadOnlyList<string> Compare(RandomEstate estate)
    {
        var naive = new NaiveFacts(estate.Runs, estate.Question.AsKnownAt);
        var moments = MomentsOf(naive).ToList();
        var theirs = moments.SelectMany(moment => Naive(new NaiveView(naive, moment))).ToList();
        return Told(estate, moments).Zip(theirs).Where(pair => pair.First != pair.Second).Select(pair => $"fold {pair.First}, naive {pair.Second}").ToList();
    }

    /// <summary>The moments at which the estate may change, those left out at which nobody is fresh any more.</summary>
    public static IEnumerable<DateTimeOffset> MomentsOf(NaiveFacts facts) => facts.Moments.Where(moment => moment < facts.Runs.Max(run => run.StartedAt).AddDays(30));

    /// <summary>The fold's words.</summary>
    public static IReadOnlyList<string> Told(RandomEstate estate, IReadOnlyList<DateTimeOffset> moments)
    {
        var snapshot = EngineEstate.Fold(estate);
        return [.. moments.SelectMany(moment => Fold(snapshot.At(moment)))];
    }

    private static IEnumerable<string> Fold(GraphView view)
    {
        if (view.Find("kim") is { } kim)
        {
            yield return $"{view.AsOf:O} kim {kim.Present}";
            foreach (var property in kim.IsPlaceholder ? [] : s_ofNodes)
            {
                yield return $"{view.AsOf:O} {property.Name} {Said(kim[property])}";
            }
        }

        foreach (var edge in view.Edges(EdgeKinds.MemberOf))
        {
            yield return $"{view.AsOf:O} membership {edge.Holds} {(edge.Holds == Truth.False ? "" : Said(edge[Properties.Gates]))}";
        }
    }

    private static IEnumerable<string> Naive(NaiveView view)
    {
        if (view.Facts.NodeIds.Contains("kim"))
        {
            yield return $"{view.AsOf:O} kim {NaiveWords.Word(view.Exists("kim"))}";
            foreach (var property in view.Facts.IsPlaceholder("kim") ? [] : s_ofNodes)
            {
                yield return $"{view.AsOf:O} {property.Name} {Said(view.Of("kim", property.Name))}";
            }
        }

        foreach (var edge in view.Facts.EdgeIds)
        {
            var truth = view.Truth(edge);
            yield return $"{view.AsOf:O} membership {NaiveWords.Word(truth)} {(truth is false ? "" : Said(view.Of(edge, "gates")))}";
        }
    }

    private static string Said(Reading reading) => reading.Known == Known.Value ? string.Join(',', reading.Value.AsTexts() is { Count: > 0 } list ? list : [reading.Value.ToString()]) : $"({reading.Known})";

    private static string Said(NaiveValue value) => value.Said switch
    {
        NaiveSaid.Stated => string.Join(',', value.Words),
        NaiveSaid.None => $"({Known.None})",
        NaiveSaid.Unknown => $"({Known.Disputed})",
        _ => $"({Known.NotReported})",
    };
}
