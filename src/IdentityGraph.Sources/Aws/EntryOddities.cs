using System.Text.Json;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// What keeps an entry of a list from being read as it was meant: a member that stands twice, a list that is none, an element that says
/// nothing. What it gives beyond what was read is not known then, and never nothing.
/// </summary>
internal static class EntryOddities
{
    private static readonly EntryMember[] s_lists =
    [
        EntryMember.UserPolicyList, EntryMember.GroupPolicyList, EntryMember.RolePolicyList, EntryMember.PolicyVersionList,
        EntryMember.AttachedManagedPolicies, EntryMember.InstanceProfileList, EntryMember.GroupList,
    ];

    /// <summary>What is odd about the entry; null: nothing. Policies of a list are looked at where they are read.</summary>
    public static string? Of(EntryMembers entry, DocumentPool lists)
    {
        if (entry.Odd is not null)
        {
            return entry.Odd;
        }

        foreach (var member in s_lists)
        {
            var list = entry[member];
            if (list.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            {
                continue;
            }

            if (list.ValueKind != JsonValueKind.Array)
            {
                return $"`{member}` is no list";
            }

            if (list.IsFilledList && !SaysAll(member, list, lists))
            {
                return $"`{member}` holds an element that names nothing";
            }
        }

        return null;
    }

    /// <summary>Whether a member is spelt as a known one but for upper and lower case; null: none is. AWS always writes them alike.</summary>
    public static string? OtherCase(JsonValue json)
    {
        foreach (var member in json.EnumerateObject())
        {
            if (member.Name is { Length: > 0 } name && Enum.TryParse<EntryMember>(name, ignoreCase: true, out var known) && !char.IsAsciiDigit(name[0]) && !known.ToString().Equals(name, StringComparison.Ordinal))
            {
                return $"a member is called `{known}` in other letters";
            }
        }

        return null;
    }

    /// <summary>Whether a member stands twice, or has a name that is no text; null: neither.</summary>
    public static string? Twice(JsonValue json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            if (member.Name is not { } name)
            {
                return "the name of a member is no valid text";
            }

            if (!seen.Add(name))
            {
                return "a member stands there twice";
            }
        }

        return null;
    }

    private static bool SaysAll(EntryMember member, JsonValue list, DocumentPool lists)
    {
        var isKnown = true;
        return member switch
        {
            EntryMember.AttachedManagedPolicies => lists.Attached(list, ref isKnown).SaysAll,
            EntryMember.InstanceProfileList => lists.Profiles(list, ref isKnown).SaysAll,
            EntryMember.GroupList => lists.Names(list, ref isKnown).SaysAll,
            _ => true,
        };
    }
}
