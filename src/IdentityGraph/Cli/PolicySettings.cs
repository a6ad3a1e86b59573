using System.Globalization;
using System.Xml;
using IdentityGraph.Policies;

namespace IdentityGraph.Cli;

/// <summary>The policy values a settings file may override, one line each. Durations are ISO 8601.</summary>
internal static class PolicySettings
{
    private static readonly Dictionary<string, Func<AnalysisPolicy, string, AnalysisPolicy>> s_settings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["leaverTier0"] = (policy, text) => policy with { LeaverTier0 = Duration(text) },
        ["leaverPrivileged"] = (policy, text) => policy with { LeaverPrivileged = Duration(text) },
        ["leaverStandard"] = (policy, text) => policy with { LeaverStandard = Duration(text) },
        ["mover"] = (policy, text) => policy with { Mover = Duration(text) },
        ["workflowEnded"] = (policy, text) => policy with { WorkflowEnded = Duration(text) },
        ["workflowEndedPrivileged"] = (policy, text) => policy with { WorkflowEndedPrivileged = Duration(text) },
        ["rotation"] = (policy, text) => policy with { Rotation = Duration(text) },
        ["longLivedCredential"] = (policy, text) => policy with { LongLivedCredential = Duration(text) },
        ["dormant"] = (policy, text) => policy with { Dormant = Duration(text) },
        ["quietThenUsed"] = (policy, text) => policy with { QuietThenUsed = Duration(text) },
        ["ownerWarning"] = (policy, text) => policy with { OwnerWarning = Duration(text) },
        ["delegationDepth"] = (policy, text) => policy with { DelegationDepth = int.Parse(text, CultureInfo.InvariantCulture) },
        ["amplificationAlert"] = (policy, text) => policy with { AmplificationAlert = double.Parse(text, CultureInfo.InvariantCulture) },
        ["shareAlert"] = (policy, text) => policy with { ShareAlert = double.Parse(text, CultureInfo.InvariantCulture) },
        ["stepTokenTtl"] = (policy, text) => policy with { StepTokenTtl = Duration(text) },
        ["fileFreshness"] = (policy, text) => policy with { FileFreshness = Duration(text) },
        ["correlationConfidence"] = (policy, text) => policy with { CorrelationConfidence = double.Parse(text, CultureInfo.InvariantCulture) },
        ["manyReaders"] = (policy, text) => policy with { ManyReaders = int.Parse(text, CultureInfo.InvariantCulture) },
        ["anchorWindow"] = (policy, text) => policy with { AnchorWindow = Duration(text) },
        ["vanishShare"] = (policy, text) => policy with { VanishShare = double.Parse(text, CultureInfo.InvariantCulture) },
        ["vanishCount"] = (policy, text) => policy with { VanishCount = int.Parse(text, CultureInfo.InvariantCulture) },
        ["timeZone"] = (policy, text) => policy with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById(text).Id },
        ["name"] = (policy, text) => policy with { Name = text },
    };

    /// <summary>For messages.</summary>
    public static string Keys => string.Join(", ", s_settings.Keys.Select(key => $"`policy:{key}`"));

    public static bool Knows(string key) => key.StartsWith("policy:", StringComparison.OrdinalIgnoreCase) && s_settings.ContainsKey(key["policy:".Length..]);

    public static AnalysisPolicy Apply(AnalysisPolicy policy, string key, string text, string origin)
    {
        try
        {
            return s_settings[key](policy, text);
        }
        catch (Exception unreadable) when (unreadable is FormatException or OverflowException or TimeZoneNotFoundException)
        {
            throw new ConfigurationException($"{origin}: `policy:{key}` cannot be `{text}`; durations are written as ISO 8601 (PT24H, P30D), numbers with a point");
        }
    }

    private static TimeSpan Duration(string text) => XmlConvert.ToTimeSpan(text);
}
