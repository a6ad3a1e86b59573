using System.Text.Json;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Cli;

/// <summary>Before and after an overlay, side by side: what differs, and nothing else.</summary>
internal static class WhatIfText
{
    private static readonly HashSet<string> s_apart = new(StringComparer.Ordinal) { "id", "proof", "proofs", "hops", "evidence", "since", "fingerprint", "name" };

    public static Sheet Table(WhatIfAnswer whatIf)
    {
        var changes = whatIf.Changes;
        return Sheet.Of(
            $"What if: {changes.Facts} facts added or changed, {changes.RemovedNodes} nodes and {changes.RemovedEdges} edges removed. {Title(whatIf)}",
            ["what", "id", "before", "after"],
            [
                .. whatIf.Figures.Select(figure => new[] { "figure", figure.Name, Text(figure.Before), Text(figure.After) }),
                .. whatIf.Moved.Select(Row),
            ]);
    }

    private static string Title(WhatIfAnswer whatIf) => whatIf switch
    {
        { Before: null } => "Without it the question cannot be asked",
        { Moved.Count: 0, Figures.Count: 0 } => "Nothing moves",
        _ => $"{Count(whatIf, moved => moved.Before is null)} appear, {Count(whatIf, moved => moved.After is null)} disappear, {Count(whatIf, moved => moved.IsChanged)} change",
    };

    private static int Count(WhatIfAnswer whatIf, Func<MovedElement, bool> counts) => whatIf.Moved.Count(counts);

    private static string?[] Row(MovedElement moved)
    {
        var only = moved is { Before: { ValueKind: JsonValueKind.Object } before, After: { ValueKind: JsonValueKind.Object } after }
            ? after.EnumerateObject().Where(member => !before.TryGetProperty(member.Name, out var was) || was.GetRawText() != member.Value.GetRawText()).Select(member => member.Name).ToHashSet(StringComparer.Ordinal)
            : null;
        return [moved.List, moved.Id, Text(moved.Before, only), Text(moved.After, only)];
    }

    private static string? Text(JsonElement? element, HashSet<string>? only = null) => element is not { } value ? null : value.ValueKind switch
    {
        JsonValueKind.Object when value.TryGetProperty("direct", out var direct) && value.TryGetProperty("amplified", out var amplified) =>
            BlastRadiusCommand.Cell(new RightsCell(direct.ToString(), amplified.ToString())) is { Length: > 0 } cell ? cell : "none",
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Where(member => only?.Contains(member.Name) ?? IsPlain(member)).Where(member => !s_apart.Contains(member.Name)).Select(member => $"{member.Name} {Text(member.Value)}")),
        JsonValueKind.Array when value.GetArrayLength() == 0 => "none",
        JsonValueKind.Array => $"{value.GetArrayLength()} {(IsProof(value) ? "steps" : "listed")}",
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null => "none",
        _ => value.GetRawText(),
    };

    private static bool IsProof(JsonElement list) => list[0] is { ValueKind: JsonValueKind.Object } first && first.TryGetProperty("rule", out _);

    private static bool IsPlain(JsonProperty member) => member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Object;
}
