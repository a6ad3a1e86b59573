using System.Text.Json;

namespace IdentityGraph.Report;

/// <summary>What names the elements of lists that have no id: a cut by its members, what is done by what it is done to, a fact by its ends.</summary>
internal static class WhatIfWords
{
    /// <summary>Null: it says nothing of the kind.</summary>
    public static string? Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Object when element.TryGetProperty("members", out var members) && members.ValueKind == JsonValueKind.Array =>
            members.GetArrayLength() == 0 ? null : Joined(" & ", members.EnumerateArray().Select(Of)),
        JsonValueKind.Object when element.TryGetProperty("action", out _) && element.TryGetProperty("on", out var on) =>
            Of(on) is { } what ? Joined(" ", [Text(element, "action"), Text(element, "gate") ?? "", "on", what]) : null,
        JsonValueKind.Object when element.TryGetProperty("fact", out var fact) && element.TryGetProperty("reason", out _) =>
            Of(fact) is { } what ? Joined(" ", [$"{what}:", Text(element, "reason"), Text(element, "gate") ?? ""]) : null,
        JsonValueKind.Object when Text(element, "edge") is { } edge =>
            Joined(" ", [Text(element, "of"), edge, Text(element, "to"), Text(element, "key") is { Length: > 0 } key ? $"({key})" : ""]),
        JsonValueKind.Object when Text(element, "node") is { } node => Joined(" ", [node, Text(element, "property") ?? ""]),
        JsonValueKind.Object => Text(element, "rule"),
        _ => null,
    };

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Null where a part is not known; empty parts are left out.</summary>
    private static string? Joined(string by, IEnumerable<string?> parts)
    {
        List<string?> all = [.. parts];
        return all.Contains(null) ? null : string.Join(by, all.Where(static part => part!.Length > 0));
    }
}
