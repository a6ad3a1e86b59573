using System.Text.Json;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// What keeps an entry of a list from being read as it was meant: a member that stands twice, a list that is none, an element that says
/// nothing. What it gives beyond what was read is not known then, and never nothing.
/// </summary>
internal static class EntryOddities
{
    /// <summary>Lists of an entry, and the member that each of their elements must have; null: the element is a text itself; `PolicyDocument`: looked at where it is read.</summary>
    private static readonly (EntryMember List, EntryMember? Member)[] s_lists =
    [
        (EntryMember.UserPolicyList, EntryMember.PolicyDocument), (EntryMember.GroupPolicyList, EntryMember.PolicyDocument), (EntryMember.RolePolicyList, EntryMember.PolicyDocument),
        (EntryMember.PolicyVersionList, EntryMember.PolicyDocument), (EntryMember.AttachedManagedPolicies, EntryMember.PolicyArn), (EntryMember.InstanceProfileList, EntryMember.InstanceProfileName), (EntryMember.GroupList, null),
    ];

    /// <summary>What is odd about the entry; null: nothing.</summary>
    public static string? Of(EntryMembers entry)
    {
        if (entry.Odd is not null)
        {
            return entry.Odd;
        }

        foreach (var (list, member) in s_lists)
        {
            var value = entry[list];
            if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            {
                continue;
            }

            if (value.ValueKind != JsonValueKind.Array)
            {
                return $"`{list}` is no list";
            }

            if (member != EntryMember.PolicyDocument)
            {
                foreach (var element in value.EnumerateArray())
                {
                    if (!Says(element, member))
                    {
                        return $"`{list}` holds an element that names nothing";
                    }
                }
            }
        }

        return null;
    }

    /// <summary>Whether a member is spelt as a known one but for upper and lower case; null: none is. AWS always writes them alike.</summary>
    public static string? OtherCase(JsonElement json)
    {
        foreach (var member in json.EnumerateObject())
        {
            if (NameOf(member) is { } name && Enum.TryParse<EntryMember>(name, ignoreCase: true, out var known) && !char.IsAsciiDigit(name[0]) && !known.ToString().Equals(name, StringComparison.Ordinal))
            {
                return $"a member is called `{known}` in other letters";
            }
        }

        return null;
    }

    /// <summary>Null where it is no valid text.</summary>
    public static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
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

    private static bool Says(JsonElement element, EntryMember? member) =>
        (member is { } name ? BloodHound.JsonReading.Text(element, name.ToString()) : BloodHound.JsonReading.Plain(element)) is { Length: > 0 };
}
