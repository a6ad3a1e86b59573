using System.Globalization;
using System.Net;
using System.Text.Json;
using IdentityGraph.Graph;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>
/// A Condition block: every operator and key must hold, one value of a key is enough, of a negated operator none may match
/// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html).
/// A key of which the request does not say anything may hold or not; one that it surely lacks (null) matches nothing, so that what must not
/// match holds, and so does IfExists and ForAllValues, but not ForAnyValue.
/// </summary>
internal static class NaiveIamCondition
{
    public static Truth Holds(JsonElement statement, IReadOnlyDictionary<string, string?> context)
    {
        var all = Truth.True;
        if (statement.TryGetProperty("Condition", out var condition))
        {
            foreach (var test in condition.EnumerateObject())
            {
                foreach (var key in test.Value.EnumerateObject())
                {
                    var name = key.Name.ToLowerInvariant();
                    all = all.And(
                        context.TryGetValue(name, out var value) && value is null ? Lacks(test.Name, NaiveIam.Texts(key.Value))
                        : Holds(test.Name, NaiveIam.Texts(key.Value), value));
                }
            }
        }

        return all;
    }

    private static Truth Lacks(string test, IReadOnlyList<string> values) => TruthLogic.Of(
        test == "Null" ? values.Contains("true")
        : test.EndsWith("IfExists", StringComparison.Ordinal) || test.StartsWith("ForAllValues:", StringComparison.Ordinal)
        || (test.Contains("Not", StringComparison.Ordinal) && !test.StartsWith("ForAnyValue:", StringComparison.Ordinal)));

    private static Truth Holds(string test, IReadOnlyList<string> values, string? stated)
    {
        if (stated is null)
        {
            return Truth.Unknown;
        }

        var name = test.Replace("IfExists", "", StringComparison.Ordinal).Replace("ForAnyValue:", "", StringComparison.Ordinal).Replace("ForAllValues:", "", StringComparison.Ordinal);
        return name switch
        {
            "StringEquals" => Some(value => value == stated),
            "StringNotEquals" => Some(value => value == stated).Not(),
            "StringEqualsIgnoreCase" or "Bool" => Some(value => value.Equals(stated, StringComparison.OrdinalIgnoreCase)),
            "StringNotEqualsIgnoreCase" => Some(value => value.Equals(stated, StringComparison.OrdinalIgnoreCase)).Not(),
            "StringLike" => Some(value => NaiveIamPattern.IsLike(value, stated)),
            "StringNotLike" => Some(value => NaiveIamPattern.IsLike(value, stated)).Not(),
            "ArnEquals" or "ArnLike" => Some(value => NaiveIamPattern.IsArnLike(value, stated)),
            "ArnNotEquals" or "ArnNotLike" => Some(value => NaiveIamPattern.IsArnLike(value, stated)).Not(),
            "Null" => Some(value => value == "false"),
            "NumericEquals" => Compared(Number, order => order == 0),
            "NumericNotEquals" => Compared(Number, order => order == 0).Not(),
            "NumericLessThan" => Compared(Number, order => order < 0),
            "NumericLessThanEquals" => Compared(Number, order => order <= 0),
            "NumericGreaterThan" => Compared(Number, order => order > 0),
            "NumericGreaterThanEquals" => Compared(Number, order => order >= 0),
            "DateEquals" => Compared(Date, order => order == 0),
            "DateNotEquals" => Compared(Date, order => order == 0).Not(),
            "DateLessThan" => Compared(Date, order => order < 0),
            "DateLessThanEquals" => Compared(Date, order => order <= 0),
            "DateGreaterThan" => Compared(Date, order => order > 0),
            "DateGreaterThanEquals" => Compared(Date, order => order >= 0),
            "IpAddress" => Some(value => IsWithin(value, stated)),
            "NotIpAddress" => Some(value => IsWithin(value, stated)).Not(),
            _ => Truth.Unknown,
        };

        Truth Some(Func<string, bool> matches) => TruthLogic.Of(values.Any(matches));

        Truth Compared(Func<string, decimal> read, Func<int, bool> holds) => Some(value => holds(read(stated).CompareTo(read(value))));
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Seconds since 1970; written so, or as a W3C ISO 8601 date, whose missing parts are the first of their kind.</summary>
    private static decimal Date(string text) => text.Contains('-', StringComparison.Ordinal)
        ? (DateTimeOffset.Parse(text.Length == 7 ? text + "-01" : text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) - DateTimeOffset.UnixEpoch).Ticks / (decimal)TimeSpan.TicksPerSecond
        : Number(text);

    /// <summary>Bit by bit; an address alone is a range of one.</summary>
    private static bool IsWithin(string range, string address)
    {
        var (start, length) = range.Split('/') is [var network, var bits] ? (network, int.Parse(bits, CultureInfo.InvariantCulture)) : (range, int.MaxValue);
        var (left, right) = (Bits(start), Bits(address));
        return left.Length == right.Length && left[..Math.Min(length, left.Length)] == right[..Math.Min(length, right.Length)];

        static string Bits(string text) => string.Concat(IPAddress.Parse(text).GetAddressBytes().Select(part => Convert.ToString(part, 2).PadLeft(8, '0')));
    }
}
