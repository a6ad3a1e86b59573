using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IdentityGraph.Analyze;
using IdentityGraph.Report;
using YamlDotNet.RepresentationModel;

namespace IdentityGraph.Cli.Scenarios;

/// <summary>
/// Whether an entry of `absent` could have been there at all. A mistyped member or id is absent from every answer: a guard that watches
/// for it watches for nothing.
/// </summary>
internal static class Absence
{
    private static readonly string[] s_ids = ["id", "person", "node", "target", "subject", "system"];

    /// <summary>Lists of words that are no ids.</summary>
    private static readonly string[] s_words = ["missingRoles", "severityWhy", "gates", "unknown", "kinds"];

    /// <summary>Members by any name: what a finding's rule names, what a node's source said.</summary>
    private static readonly string[] s_free = ["details", "frameworks", "properties"];

    /// <summary>Why it can never be there; null: it could.</summary>
    /// <param name="entry">Of `absent`.</param>
    /// <param name="elements">Of the list.</param>
    /// <param name="at">The list's place in the answer.</param>
    /// <param name="isKnown">Whether a fact names the id.</param>
    public static string? WhyNever(YamlNode entry, IReadOnlyList<JsonElement> elements, string at, Func<string, bool> isKnown) => entry switch
    {
        YamlMappingNode mapping => OfMembers(mapping, elements, isKnown) is { } why ? $"{at} cannot have it: {why}" : null,
        YamlScalarNode { Value: { } text } when !s_words.Contains(at.Split('.')[^1]) && !IsTextAmongWords(elements, isKnown) && WhyNobody(text, isKnown) is { } why => $"{at} cannot have it: {why}",
        _ => null,
    };

    private static string? OfMembers(YamlMappingNode mapping, IReadOnlyList<JsonElement> elements, Func<string, bool> isKnown)
    {
        foreach (var (key, value) in mapping.Children)
        {
            var name = key.ToString();
            List<JsonElement> members = [.. elements.Where(static one => one.ValueKind == JsonValueKind.Object).Select(one => one.TryGetProperty(name, out var member) ? member : default).Where(static one => one.ValueKind != JsonValueKind.Undefined)];
            var why = members.Count == 0 && !(elements.Count == 0 && AnswerMembers.All.Contains(name)) ? $"{(elements.Count == 0 ? "no answer has elements" : "no element is there")} with a member `{name}`"
                : s_free.Contains(name) ? null
                : value is YamlMappingNode inner && !Expectation.IsOnValue(inner) && members.TrueForAll(static one => one.ValueKind is JsonValueKind.Object or JsonValueKind.Null) ? OfMembers(inner, [.. members.Where(static one => one.ValueKind == JsonValueKind.Object)], isKnown)
                : value is YamlScalarNode { Value: { } text } scalar && !Expectation.IsNull(scalar) && (s_ids.Contains(name) || name == "rule") ? WhyNobody(text, isKnown)
                : null;
            if (why is not null)
            {
                return why;
            }
        }

        return null;
    }

    private static string? WhyNobody(string text, Func<string, bool> isKnown) =>
        text.StartsWith("IG-", StringComparison.Ordinal) ? Analyzers.Find(text) is null ? $"there is no rule `{text}`" : null
        : IsStep(text) || text.StartsWith("new(", StringComparison.Ordinal) || isKnown(text) ? null
        : $"no fact names `{text}`";

    /// <summary>The rule of a proof's step: `seed`, or a control rule such as `D5s`.</summary>
    private static bool IsStep(string text) => text == "seed" || text is ['D', >= '0' and <= '9', ..] && Analyze.Reach.ControlRules.All.Any(rule => rule.Id == text);

    /// <summary>A list of texts none of which names a fact is a list of words, such as reasons.</summary>
    private static bool IsTextAmongWords(IReadOnlyList<JsonElement> elements, Func<string, bool> isKnown) =>
        elements.Count > 0 && elements.All(one => one.ValueKind == JsonValueKind.String && !isKnown(one.GetString()!));
}

/// <summary>Names of every member that an answer can have, for lists that are empty and so show none.</summary>
internal static class AnswerMembers
{
    private static readonly JsonTypeInfo[] s_answers =
    [
        AnswerJson.Default.AnswerBlastRadiusAnswer, AnswerJson.Default.AnswerBlastRadiiAnswer, AnswerJson.Default.AnswerExposureAnswer, AnswerJson.Default.AnswerResidueAnswer,
        AnswerJson.Default.AnswerInfluenceAnswer, AnswerJson.Default.AnswerSpawnedAnswer, AnswerJson.Default.AnswerDormantAnswer, AnswerJson.Default.AnswerPathAnswer,
        AnswerJson.Default.AnswerWhyNotAnswer, AnswerJson.Default.AnswerCutsAnswer, AnswerJson.Default.AnswerChokePointsAnswer, AnswerJson.Default.AnswerAssertAnswer, AnswerJson.Default.AnswerLeaversAnswer,
        AnswerJson.Default.AnswerOrphansAnswer, AnswerJson.Default.AnswerHandoffListAnswer, AnswerJson.Default.AnswerHandoffsAnswer, AnswerJson.Default.AnswerIdentityFindAnswer,
        AnswerJson.Default.AnswerIdentityAnswer, AnswerJson.Default.AnswerIdentityChainAnswer, AnswerJson.Default.AnswerFindingsAnswer, AnswerJson.Default.AnswerRulesAnswer,
    ];

    public static IReadOnlySet<string> All { get; } = Walk();

    private static HashSet<string> Walk()
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        HashSet<Type> seen = [];
        Stack<JsonTypeInfo> open = new(s_answers);
        while (open.TryPop(out var type))
        {
            if (!seen.Add(type.Type))
            {
                continue;
            }

            names.UnionWith(type.Properties.Select(static member => member.Name));
            foreach (var next in type.Properties.Select(static member => member.PropertyType).Append(type.ElementType).OfType<Type>())
            {
                if (AnswerJson.Default.GetTypeInfo(next) is { } known)
                {
                    open.Push(known);
                }
            }
        }

        return names;
    }
}
