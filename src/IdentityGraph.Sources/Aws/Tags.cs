using System.Text.Json;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.Aws;

/// <summary>Tags of a user or role, as one text while they are kept.</summary>
internal static class Tags
{
    private const char Between = '\u0001';

    /// <summary>Keys and values in turn, each with a mark behind it; null where the list cannot be read, or names a key twice: then nobody knows.</summary>
    public static string? Read(JsonValue list)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var text = "";
        HashSet<string> keys = new(StringComparer.OrdinalIgnoreCase);
        foreach (var tag in list.EnumerateArray())
        {
            if (tag["Key"u8].GetString() is not { } key || tag["Value"u8].GetString() is not { } value || !keys.Add(key) || (key + value).Contains(Between, StringComparison.Ordinal) || value.Contains(RequestKeys.Absent, StringComparison.Ordinal))
            {
                return null;
            }

            text += key + Between + value + Between;
        }

        return text;
    }

    /// <summary>What is stated, and that what the request is about has these tags and no other.</summary>
    public static Dictionary<string, string> OfResource(IReadOnlyDictionary<string, string> stated, string tags) =>
        With(With(stated, RequestKeys.ResourceTag, tags), RequestKeys.IamResourceTag, tags);

    /// <summary>What is stated, and that those with the beginning have these tags and no other.</summary>
    /// <param name="stated">By key in lower case.</param>
    /// <param name="beginning">`aws:principaltag/`.</param>
    /// <param name="tags">As <see cref="Read"/> gives them.</param>
    public static Dictionary<string, string> With(IReadOnlyDictionary<string, string> stated, string beginning, string tags)
    {
        var parts = tags.Split(Between);
        var keys = new Dictionary<string, string>(stated, StringComparer.Ordinal) { [beginning] = RequestKeys.Absent };
        for (var at = 0; at + 1 < parts.Length; at += 2)
        {
            keys[beginning + parts[at].ToLowerInvariant()] = parts[at + 1];
        }

        return keys;
    }
}
