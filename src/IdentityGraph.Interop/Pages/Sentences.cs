using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Interop.Pages;

/// <summary>Rules, rights and facts in words.</summary>
internal static class Sentences
{
    private static readonly Dictionary<string, string> s_rules = ControlRules.All.ToDictionary(static rule => rule.Id, static rule => rule.Sentence, StringComparer.Ordinal);
    private static readonly Dictionary<string, string> s_anchors = Codes.Anchors.ToDictionary(static code => code.Name, static code => $"Ties the leaver to it: {code.Meaning}.", StringComparer.Ordinal);

    /// <summary>Why a step follows: the rule's own sentence.</summary>
    public static string OfRule(string rule) => rule == "seed" ? "Held at the start."
        : s_rules.TryGetValue(rule, out var sentence) || s_anchors.TryGetValue(rule, out sentence) ? sentence
        : "";

    /// <summary>What kind of rule makes new access.</summary>
    public static bool Amplifies(string rule) => ControlRules.All.Any(known => known.Id == rule && known.Amplifying);

    public static string OfRights(string letters) =>
        letters.Length == 0 ? "" : string.Join(", ", Words.Rights.Where(right => letters.Contains(right.Letter, StringComparison.Ordinal)).Select(static right => right.Word.Name));

    public static string Of(ProofFact fact) => fact.Edge is null
        ? $"{fact.Node} {fact.Property}".TrimEnd()
        : $"{fact.Of} {fact.Edge} {fact.To}{(string.IsNullOrEmpty(fact.Key) ? "" : $" ({fact.Key})")}";

    public static string Of(DateTimeOffset? instant, string none = "not stated") => instant is { } known ? Instants.ToText(known) : none;

    /// <summary>certain, or possible where a premise is not known.</summary>
    public static string OfTruth(string truth) => truth == nameof(Truth.True) ? "certain" : "possible";

    public static string Count(int count, string one, string many) => count == 1 ? $"1 {one}" : $"{count} {many}";

    /// <summary>The name with the id; the id alone where the name says no more.</summary>
    public static string Named(string id, string? name) => string.IsNullOrEmpty(name) || id.Contains(name, StringComparison.OrdinalIgnoreCase) ? id : $"{name} ({id})";

    /// <summary>`a, b and 3 more` where that is short, else nothing.</summary>
    public static string Briefly(IReadOnlyList<string> words)
    {
        const int Longest = 80;
        var some = Some(words, 3);
        return words.Count > 0 && some.Length <= Longest ? some : "";
    }

    /// <summary>`a, b and 3 more`.</summary>
    public static string Some(IReadOnlyList<string> words, int most = 5) =>
        words.Count == 0 ? "none" : string.Join(", ", words.Take(most)) + (words.Count > most ? $" and {words.Count - most} more" : "");
}
