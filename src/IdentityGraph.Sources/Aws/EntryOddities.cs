using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// What keeps an entry of a list from being read as it was meant: a member that stands twice, a list that is none, an element that says
/// nothing. What it gives beyond what was read is not known then, and never nothing.
/// </summary>
internal static class EntryOddities
{
    /// <summary>Lists of an entry, and the member that each of their elements must have; null: the element is a text itself.</summary>
    private static readonly (string List, string? Member)[] s_lists =
    [
        ("UserPolicyList", ""), ("GroupPolicyList", ""), ("RolePolicyList", ""), ("PolicyVersionList", ""),
        ("AttachedManagedPolicies", "PolicyArn"), ("InstanceProfileList", "InstanceProfileName"), ("GroupList", null),
    ];

    private static readonly HashSet<string> s_gives = new([.. s_lists.Select(list => list.List), "PermissionsBoundary", "AssumeRolePolicyDocument", "DefaultVersionId"], StringComparer.OrdinalIgnoreCase);

    /// <summary>What is odd about the entry; null: nothing.</summary>
    public static string? Of(JsonElement entry)
    {
        if (Twice(entry) is { } twice)
        {
            return twice;
        }

        if (Misspelt(entry) is { } name)
        {
            return $"a member is called `{name}` in other letters";
        }

        foreach (var (list, member) in s_lists)
        {
            if (!entry.TryGetProperty(list, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            if (value.ValueKind != JsonValueKind.Array)
            {
                return $"`{list}` is no list";
            }

            if (member != "" && value.EnumerateArray().Any(element => !Says(element, member)))
            {
                return $"`{list}` holds an element that names nothing";
            }
        }

        return null;
    }

    /// <summary>Stands for all that an entry gives: equal where two entries differ at most in when they were used, their tags and the like.</summary>
    public static string Gives(JsonElement entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var member in s_lists.Select(list => list.List).Concat(["PermissionsBoundary", "AssumeRolePolicyDocument", "DefaultVersionId"]))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(member));
            if (BloodHound.JsonReading.Member(entry, member) is { ValueKind: not JsonValueKind.Undefined } value)
            {
                hash.AppendData(JsonMarshal.GetRawUtf8Value(value));
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>Whether a member stands twice, or has a name that is no text; null: neither.</summary>
    public static string? Twice(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            return json.EnumerateObject().All(member => seen.Add(member.Name)) ? null : "a member stands there twice";
        }
        catch (InvalidOperationException)
        {
            return "the name of a member is no valid text";
        }
    }

    /// <summary>A member that gives something, as it should be written; null: none is written otherwise.</summary>
    private static string? Misspelt(JsonElement entry)
    {
        foreach (var member in entry.EnumerateObject())
        {
            if (s_gives.TryGetValue(member.Name, out var name) && name != member.Name)
            {
                return name;
            }
        }

        return null;
    }

    private static bool Says(JsonElement element, string? member) =>
        (member is null ? BloodHound.JsonReading.Plain(element) : BloodHound.JsonReading.Text(element, member)) is { Length: > 0 };
}
