using System.Text.Json;
using IdentityGraph.Graph;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>
/// A Condition block: every operator and key must hold, one value of a key is enough, of a negated operator none may match
/// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html).
/// A key of which the request does not say anything may hold or not.
/// </summary>
internal static class NaiveIamCondition
{
    public static Truth Holds(JsonElement statement, IReadOnlyDictionary<string, string> context)
    {
        var all = Truth.True;
        if (statement.TryGetProperty("Condition", out var condition))
        {
            foreach (var test in condition.EnumerateObject())
            {
                foreach (var key in test.Value.EnumerateObject())
                {
                    all = all.And(Holds(test.Name, NaiveIam.Texts(key.Value), context.GetValueOrDefault(key.Name.ToLowerInvariant())));
                }
            }
        }

        return all;
    }

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
            _ => Truth.Unknown,
        };

        Truth Some(Func<string, bool> matches) => TruthLogic.Of(values.Any(matches));
    }
}
