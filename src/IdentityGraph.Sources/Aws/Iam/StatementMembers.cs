using System.Text.Json;

namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>The members of one statement; each may stand there once.</summary>
internal sealed class StatementMembers
{
    private static readonly string[] s_known = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition"];

    /// <summary>Longest resource name that AWS takes; nothing longer can be matched, and a pattern of that length would take long to.</summary>
    private const int LongestText = 2_048;

    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);

    /// <exception cref="FormatException">It is no object, or a member stands there twice or is not known.</exception>
    public StatementMembers(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("it is no object");
        }

        foreach (var member in json.EnumerateObject())
        {
            if (!s_known.Contains(member.Name))
            {
                throw new FormatException("it has a member that policies do not have");
            }

            if (!_members.TryAdd(member.Name, member.Value))
            {
                throw new FormatException($"`{member.Name}` stands there twice");
            }
        }
    }

    /// <exception cref="FormatException">A member is missing or has another shape.</exception>
    public PolicyStatement ToStatement(int index, bool variables, ref string? sid)
    {
        sid = _members.TryGetValue("Sid", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
        var (actions, excludesActions) = OneOf("Action", "NotAction") ?? throw new FormatException("it has neither `Action` nor `NotAction`");
        var resources = OneOf("Resource", "NotResource");
        return new PolicyStatement
        {
            Sid = sid,
            Index = index,
            Denies = Text("Effect") switch
            {
                "Allow" => false,
                "Deny" => true,
                _ => throw new FormatException("its `Effect` is neither Allow nor Deny"),
            },
            Actions = Texts(actions),
            ActionsExcluded = excludesActions,
            Resources = resources is { } value ? [.. Texts(value.Value).Select(text => PolicyReading.Resource(text, variables))] : null,
            ResourcesExcluded = resources?.Excluded ?? false,
            Principals = OneOf("Principal", "NotPrincipal") is { } principals ? Principals(principals.Value, principals.Excluded) : null,
            Conditions = _members.TryGetValue("Condition", out var conditions) ? [.. Conditions(conditions)] : [],
        };
    }

    private (JsonElement Value, bool Excluded)? OneOf(string name, string not)
    {
        var stated = _members.TryGetValue(name, out var value);
        var excluded = _members.TryGetValue(not, out var others);
        return (stated, excluded) switch
        {
            (true, true) => throw new FormatException($"it has both `{name}` and `{not}`"),
            (true, _) => (value, false),
            (_, true) => (others, true),
            _ => null,
        };
    }

    private string? Text(string name) => _members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static PolicyPrincipals Principals(JsonElement json, bool excluded)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            return json.ValueEquals("*") ? new(excluded, true, [], [], [], []) : throw new FormatException("its `Principal` is a text other than `*`");
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("its `Principal` is neither `*` nor an object");
        }

        List<string> aws = [], services = [], federated = [], other = [];
        foreach (var member in json.EnumerateObject())
        {
            (member.Name switch { "AWS" => aws, "Service" => services, "Federated" => federated, _ => other }).AddRange(Texts(member.Value));
        }

        return new(excluded, aws.Remove("*"), aws, services, federated, other);
    }

    private static IEnumerable<PolicyCondition> Conditions(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("its `Condition` is no object");
        }

        foreach (var operation in json.EnumerateObject())
        {
            if (operation.Value.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("an operator of its `Condition` is no object");
            }

            foreach (var key in operation.Value.EnumerateObject())
            {
                yield return new PolicyCondition(operation.Name, key.Name, Values(key.Value));
            }
        }
    }

    private static string[] Texts(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => [Bounded(json.GetString()!)],
        JsonValueKind.Array => [.. json.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? Bounded(item.GetString()!) : throw new FormatException("a list holds something other than text"))],
        _ => throw new FormatException("a member is neither text nor a list of texts"),
    };

    private static string Bounded(string text) =>
        text.Length <= LongestText ? text : throw new FormatException($"an action, resource or principal is longer than the {LongestText} characters that a resource name may have");

    private static string[] Values(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => [.. json.EnumerateArray().SelectMany(Values)],
        JsonValueKind.String => [json.GetString()!],
        JsonValueKind.True => ["true"],
        JsonValueKind.False => ["false"],
        JsonValueKind.Number => [json.GetRawText()],
        _ => throw new FormatException("a value of its `Condition` is neither text, number nor flag"),
    };
}
