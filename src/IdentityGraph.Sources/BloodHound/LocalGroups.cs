using IdentityGraph.Sources.Records;
using static IdentityGraph.Sources.BloodHound.JsonReading;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>
/// Whose a local group is. Only domain controllers share the built-in groups of their domain;
/// every other computer has groups of its own, also where the collector wrote the domain's identifier for one.
/// </summary>
internal static class LocalGroups
{
    private const string BuiltIn = "S-1-5-32-";

    /// <summary>The computer, where it surely is no domain controller and the group's identifier is none of its own; else null.</summary>
    /// <param name="computer">Its identifier.</param>
    /// <param name="json">The computer.</param>
    /// <param name="properties">Its properties.</param>
    /// <param name="domain">Identifier of its domain; "": not stated.</param>
    /// <param name="group">Identifier of the group, upper case.</param>
    public static string? HostOf(string computer, JsonValue json, JsonValue properties, string domain, string group) =>
        NamesDomain(group, domain) && IsController(json, properties) == false ? computer : null;

    /// <summary>The identifier that SharpHound gives to the host's own group of that number: the computer's, then the number.</summary>
    public static string OfHost(string computer, string group) => computer + group[group.LastIndexOf('-')..];

    /// <summary>Null where nothing says. A read-only controller is not flagged as one, and shares the domain's groups all the same: its primary group tells.</summary>
    private static bool? IsController(JsonValue json, JsonValue properties)
    {
        var primary = Member(json, "PrimaryGroupSID").GetString();
        if (primary?.EndsWith("-516", StringComparison.Ordinal) == true || primary?.EndsWith("-521", StringComparison.Ordinal) == true)
        {
            return true;
        }

        return Flag(json, "IsDC") ?? Flag(properties, "isdc") ?? (primary is { Length: > 0 } ? false : null);
    }

    private static bool NamesDomain(string group, string domain) =>
        group.StartsWith(BuiltIn, StringComparison.Ordinal) || group.Contains("-" + BuiltIn, StringComparison.Ordinal)
        || (domain.Length > 0 && group.LastIndexOf('-') == domain.Length && group.StartsWith(domain, StringComparison.Ordinal));
}
