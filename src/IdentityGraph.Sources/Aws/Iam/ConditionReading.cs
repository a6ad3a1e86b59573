using System.Net;
using IdentityGraph.Collect;

namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>
/// What a Condition asks for, in gates. Only keys the model has a word for become one; a key whose value the request states is decided;
/// whatever else must hold is unread.
/// </summary>
/// <remarks>Keys: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html</remarks>
internal static class ConditionReading
{
    /// <summary>How the condition comes to hold.</summary>
    public static Outcome Holds(PolicyCondition condition, IReadOnlyDictionary<string, string> stated)
    {
        if (Decide(condition, stated) is { } known)
        {
            return known ? Outcome.Allowed : Outcome.Denied;
        }

        return Key(condition) switch
        {
            "aws:currenttime" or "aws:epochtime" when Moments(condition, stated) is var moments && moments.Count > 0 => Plain(condition.Operator) switch
            {
                "datelessthan" or "numericlessthan" => Ending(moments.Max(), isPast: false),
                "datelessthanequals" or "numericlessthanequals" => Ending(moments.Max(), isPast: true),
                _ => Outcome.Unknown,
            },
            "aws:multifactorauthpresent" when Is(condition, "Bool") && IsOnly(condition, "true") => Gate("mfaFactor"),
            "aws:multifactorauthage" when Is(condition, "NumericLessThan") || Is(condition, "NumericLessThanEquals") || (Is(condition, "Null") && IsOnly(condition, "false")) => Gate("mfaFactor"),
            "aws:sourceip" or "aws:vpcsourceip" when Is(condition, "IpAddress") => Network(condition),
            "aws:sourcevpc" or "aws:sourcevpce" when Is(condition, "StringEquals") => Network(condition),
            _ when ByChoice(condition, stated) is true => Outcome.Allowed,
            _ => Outcome.Unknown,
        };
    }

    /// <summary>How the condition of a Deny comes not to hold.</summary>
    public static Outcome HoldsNot(PolicyCondition condition, IReadOnlyDictionary<string, string> stated)
    {
        if (Decide(condition, stated) is { } known)
        {
            return known ? Outcome.Denied : Outcome.Allowed;
        }

        return Key(condition) switch
        {
            // What is to be denied from a moment on is not denied until then.
            "aws:currenttime" or "aws:epochtime" when Moments(condition, stated) is var moments && moments.Count > 0 => Plain(condition.Operator) switch
            {
                "dategreaterthan" or "numericgreaterthan" => Ending(moments.Min(), isPast: true),
                "dategreaterthanequals" or "numericgreaterthanequals" => Ending(moments.Min(), isPast: false),
                _ => Outcome.Unknown,
            },

            // Without IfExists the Deny passes over long-term keys, which have no such key: what is asked for depends on the credential.
            "aws:multifactorauthpresent" when Is(condition, "BoolIfExists") && IsOnly(condition, "false") => Gate("mfaFactor"),
            "aws:multifactorauthage" when Is(condition, "Null") && IsOnly(condition, "true") => Gate("mfaFactor"),
            "aws:sourceip" or "aws:vpcsourceip" when Is(condition, "NotIpAddress") || Is(condition, "NotIpAddressIfExists") => Network(condition),
            // What the console writes to revoke sessions: who signs in now is not meant.
            "aws:tokenissuetime" when Plain(condition.Operator) is "datelessthan" or "datelessthanequals" && HasPassed(condition, stated) => Outcome.Allowed,
            "aws:sourcevpc" or "aws:sourcevpce" when Is(condition, "StringNotEquals") || Is(condition, "StringNotEqualsIfExists") => Network(condition),
            _ when ByChoice(condition, stated) is false => Outcome.Allowed,
            _ => Outcome.Unknown,
        };
    }

    /// <summary>No condition key (those are in lower case here), but stated beside them: the request comes at this moment or at any later one.</summary>
    public const string NotBefore = "NotBefore";

    /// <summary>The year 9999.</summary>
    private const decimal MostSeconds = 253_000_000_000;

    private static bool? Decide(PolicyCondition condition, IReadOnlyDictionary<string, string> stated)
    {
        if (stated.Count > 0 && Key(condition) is "aws:currenttime" or "aws:epochtime" && !stated.ContainsKey(Key(condition)) && HasPassed(condition, stated))
        {
            return Plain(condition.Operator) switch
            {
                "dategreaterthan" or "dategreaterthanequals" or "numericgreaterthan" or "numericgreaterthanequals" or "datenotequals" or "numericnotequals" => true,
                "datelessthan" or "datelessthanequals" or "numericlessthan" or "numericlessthanequals" or "dateequals" or "numericequals" => false,
                _ => null,
            };
        }

        return stated.Count > 0 && RequestKeys.ValueOf(stated, Key(condition)) is { } value ? Decide(condition, value) : null;
    }

    /// <summary>
    /// Whether the condition holds as long as who sends the request chooses one and the same value of the key everywhere; null: it chooses
    /// none, or is not there to choose: only a request that is still to come has a sender.
    /// </summary>
    private static bool? ByChoice(PolicyCondition condition, IReadOnlyDictionary<string, string> stated) =>
        stated.ContainsKey(NotBefore) && RequestKeys.ChosenOf(Key(condition)) is { } value ? Decide(condition, value) : null;

    private static bool? Decide(PolicyCondition condition, string value)
    {
        if (condition.Values.Any(text => text.Contains("${", StringComparison.Ordinal)))
        {
            return null;
        }

        return value == RequestKeys.Absent ? WithoutKey(condition) : Plain(condition.Operator) switch
        {
            "stringequals" => condition.Values.Contains(value),
            "stringnotequals" => !condition.Values.Contains(value),
            "stringequalsignorecase" or "bool" => condition.Values.Contains(value, StringComparer.OrdinalIgnoreCase),
            "stringnotequalsignorecase" => !condition.Values.Contains(value, StringComparer.OrdinalIgnoreCase),
            "stringlike" => condition.Values.Any(pattern => Glob.IsMatch(pattern, value)),
            "stringnotlike" => !condition.Values.Any(pattern => Glob.IsMatch(pattern, value)),
            "arnequals" or "arnlike" => condition.Values.Any(pattern => IsArn(pattern, value)),
            "arnnotequals" or "arnnotlike" => !condition.Values.Any(pattern => IsArn(pattern, value)),
            "null" => condition.Values.Contains("false", StringComparer.OrdinalIgnoreCase),
            "numericequals" => ConditionValues.Numbers(condition.Values, value, static order => order == 0),
            "numericnotequals" => !ConditionValues.Numbers(condition.Values, value, static order => order == 0),
            "numericlessthan" => ConditionValues.Numbers(condition.Values, value, static order => order < 0),
            "numericlessthanequals" => ConditionValues.Numbers(condition.Values, value, static order => order <= 0),
            "numericgreaterthan" => ConditionValues.Numbers(condition.Values, value, static order => order > 0),
            "numericgreaterthanequals" => ConditionValues.Numbers(condition.Values, value, static order => order >= 0),
            "dateequals" => ConditionValues.Dates(condition.Values, value, static order => order == 0),
            "datenotequals" => !ConditionValues.Dates(condition.Values, value, static order => order == 0),
            "datelessthan" => ConditionValues.Dates(condition.Values, value, static order => order < 0),
            "datelessthanequals" => ConditionValues.Dates(condition.Values, value, static order => order <= 0),
            "dategreaterthan" => ConditionValues.Dates(condition.Values, value, static order => order > 0),
            "dategreaterthanequals" => ConditionValues.Dates(condition.Values, value, static order => order >= 0),
            "ipaddress" => ConditionValues.Networks(condition.Values, value),
            "notipaddress" => !ConditionValues.Networks(condition.Values, value),
            _ => null,
        };
    }

    /// <summary>Where the request has no such key: what must match does not, what must not match holds. Null: the operator is not known.</summary>
    private static bool? WithoutKey(PolicyCondition condition)
    {
        var name = condition.Operator.ToLowerInvariant();
        return Plain(condition.Operator) switch
        {
            "null" => condition.Values.Contains("true", StringComparer.OrdinalIgnoreCase),
            _ when name.EndsWith("ifexists", StringComparison.Ordinal) || name.StartsWith("forallvalues:", StringComparison.Ordinal) => true,
            _ when name.StartsWith("foranyvalue:", StringComparison.Ordinal) => false,
            "stringnotequals" or "stringnotequalsignorecase" or "stringnotlike" or "arnnotequals" or "arnnotlike" or "numericnotequals" or "datenotequals" or "notipaddress" => true,
            "stringequals" or "stringequalsignorecase" or "stringlike" or "arnequals" or "arnlike" or "bool" or "ipaddress" or "dateequals" or "numericequals" => false,
            "numericlessthan" or "numericlessthanequals" or "numericgreaterthan" or "numericgreaterthanequals" or "datelessthan" or "datelessthanequals" or "dategreaterthan" or "dategreaterthanequals" => false,
            _ => null,
        };
    }

    /// <summary>The moments it names, in seconds since 1970, where all of them are still to come when the request may first come; else none.</summary>
    private static List<decimal> Moments(PolicyCondition condition, IReadOnlyDictionary<string, string> stated)
    {
        if (!stated.TryGetValue(NotBefore, out var text) || ConditionValues.Date(text) is not { } first)
        {
            return [];
        }

        List<decimal> moments = [];
        foreach (var value in condition.Values)
        {
            if (ConditionValues.Date(value) is not { } moment || moment <= first || moment > MostSeconds)
            {
                return [];
            }

            moments.Add(moment);
        }

        return moments;
    }

    /// <param name="seconds">Since 1970.</param>
    /// <param name="isPast">Whether it still holds at that moment.</param>
    private static Outcome Ending(decimal seconds, bool isPast) =>
        Outcome.Of([new Way([], false) { Until = DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond) + (isPast ? 1 : 0)) }]);

    /// <summary>Whether every moment it names lies before the first at which the request may come: then it never changes again.</summary>
    private static bool HasPassed(PolicyCondition condition, IReadOnlyDictionary<string, string> stated) =>
        stated.TryGetValue(NotBefore, out var text) && ConditionValues.Date(text) is { } first && condition.Values.Count > 0
        && condition.Values.All(value => ConditionValues.Date(value) is { } moment && moment < first);

    /// <summary>The operator in lower case, without what makes no difference to a key with one stated value.</summary>
    private static string Plain(string operation)
    {
        var name = operation.ToLowerInvariant();
        name = name.StartsWith("foranyvalue:", StringComparison.Ordinal) || name.StartsWith("forallvalues:", StringComparison.Ordinal) ? name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..] : name;
        return name.EndsWith("ifexists", StringComparison.Ordinal) ? name[..^"ifexists".Length] : name;
    }

    /// <summary>Each of the six parts of an ARN is matched alone.</summary>
    private static bool IsArn(string pattern, string value)
    {
        var (patterns, parts) = (pattern.Split(':', 6), value.Split(':', 6));
        return patterns.Length == parts.Length && patterns.Zip(parts).All(static pair => Glob.IsMatch(pair.First, pair.Second));
    }

    private static Outcome Gate(string word) => Outcome.Of([Way.Gate(word)]);

    /// <summary>A network of the condition's own: an allow-list named by its values. One that is nearly everywhere asks for something nobody can judge.</summary>
    private static Outcome Network(PolicyCondition condition) =>
        condition.Values.Count == 0 || condition.Values.Any(value => value.Length > 100 || SecretLooking.Find(value) is not null || value.Contains("${", StringComparison.Ordinal) || IsWide(value))
            ? Outcome.Unknown
            : Gate($"allowListIp({string.Join(',', condition.Values.Order(StringComparer.Ordinal).Take(20))}{(condition.Values.Count > 20 ? ",…" : "")})");

    private static bool IsWide(string value)
    {
        var slash = value.IndexOf('/');
        return slash >= 0 && (!IPAddress.TryParse(value.AsSpan(0, slash), out _) || !int.TryParse(value.AsSpan(slash + 1), out var bits) || bits < 8);
    }

    private static string Key(PolicyCondition condition) => condition.Key.ToLowerInvariant();

    private static bool Is(PolicyCondition condition, string operation) => condition.Operator.Equals(operation, StringComparison.OrdinalIgnoreCase);

    private static bool IsOnly(PolicyCondition condition, string value) => condition.Values is [var only] && only.Equals(value, StringComparison.OrdinalIgnoreCase);
}
