using System.Text.Json;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>The members of one statement; each may stand there once.</summary>
internal struct StatementMembers
{
    /// <summary>Longest resource name that AWS takes; nothing longer can be matched, and a pattern of that length would take long to.</summary>
    private const int LongestText = 2_048;

    private static readonly ResourcePattern[] s_everything = [new("*", "*")];
    private static readonly string[] s_kinds = ["AWS", "Service", "Federated", "CanonicalUser"];

    private JsonValue _sid;
    private JsonValue _effect;
    private JsonValue _action;
    private JsonValue _notAction;
    private JsonValue _resource;
    private JsonValue _notResource;
    private JsonValue _principal;
    private JsonValue _notPrincipal;
    private JsonValue _condition;

    /// <exception cref="FormatException">It is no object, or a member stands there twice or is not known.</exception>
    public StatementMembers(JsonValue json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("it is no object");
        }

        foreach (var member in json.EnumerateObject())
        {
            ref var place = ref Place(ref this, member);
            if (place.ValueKind != JsonValueKind.Undefined)
            {
                throw new FormatException($"`{member.Name}` stands there twice");
            }

            place = member.Value;
        }
    }

    /// <exception cref="FormatException">A member is missing or has another shape.</exception>
    public readonly PolicyStatement ToStatement(int index, bool variables, PolicyWords words, ref string? sid)
    {
        sid = _sid.ValueKind == JsonValueKind.String ? words.Text(_sid) : null;
        var (actions, excludesActions) = OneOf(_action, _notAction, "Action", "NotAction") ?? throw new FormatException("it has neither `Action` nor `NotAction`");
        var resources = OneOf(_resource, _notResource, "Resource", "NotResource");
        return new PolicyStatement
        {
            Sid = sid,
            Index = index,
            Denies = _effect.ValueKind != JsonValueKind.String ? throw new FormatException("its `Effect` is neither Allow nor Deny")
                : _effect.ValueEquals("Deny"u8) || (!_effect.ValueEquals("Allow"u8) ? throw new FormatException("its `Effect` is neither Allow nor Deny") : false),
            About = words.Actions(actions, excludesActions),
            Resources = resources is { } value ? Resources(value.Value, variables) : null,
            ResourcesExcluded = resources?.Excluded ?? false,
            Principals = OneOf(_principal, _notPrincipal, "Principal", "NotPrincipal") is { } principals ? principals.Excluded ? Principals(principals.Value, true) : words.Principals(principals.Value) : null,
            Conditions = _condition.ValueKind != JsonValueKind.Undefined ? words.Conditions(_condition) : [],
        };
    }

    private static ref JsonValue Place(ref StatementMembers members, JsonMember member)
    {
        if (member.NameEquals("Effect"u8))
        {
            return ref members._effect;
        }

        if (member.NameEquals("Action"u8))
        {
            return ref members._action;
        }

        if (member.NameEquals("Resource"u8))
        {
            return ref members._resource;
        }

        if (member.NameEquals("Sid"u8))
        {
            return ref members._sid;
        }

        if (member.NameEquals("Condition"u8))
        {
            return ref members._condition;
        }

        if (member.NameEquals("Principal"u8))
        {
            return ref members._principal;
        }

        if (member.NameEquals("NotAction"u8))
        {
            return ref members._notAction;
        }

        if (member.NameEquals("NotResource"u8))
        {
            return ref members._notResource;
        }

        if (member.NameEquals("NotPrincipal"u8))
        {
            return ref members._notPrincipal;
        }

        throw new FormatException("it has a member that policies do not have");
    }

    private static (JsonValue Value, bool Excluded)? OneOf(JsonValue value, JsonValue others, string name, string not) => (value.ValueKind, others.ValueKind) switch
    {
        (JsonValueKind.Undefined, JsonValueKind.Undefined) => null,
        (_, JsonValueKind.Undefined) => (value, false),
        (JsonValueKind.Undefined, _) => (others, true),
        _ => throw new FormatException($"it has both `{name}` and `{not}`"),
    };

    private static ResourcePattern[] Resources(JsonValue json, bool variables)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            return json.ValueEquals("*"u8) ? s_everything : [PolicyReading.Resource(Bounded(Said(json.GetString())), variables)];
        }

        var texts = Texts(json);
        var patterns = new ResourcePattern[texts.Length];
        for (var at = 0; at < texts.Length; at++)
        {
            patterns[at] = PolicyReading.Resource(texts[at], variables);
        }

        return patterns;
    }

    public static PolicyPrincipals Principals(JsonValue json, bool excluded)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            return json.ValueEquals("*"u8) ? new(excluded, true, [], [], [], []) : throw new FormatException("its `Principal` is a text other than `*`");
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("its `Principal` is neither `*` nor an object");
        }

        List<string> aws = [], services = [], federated = [], other = [];
        foreach (var member in json.EnumerateObject())
        {
            // Read strictly, such a kind is none; what the service makes of it nobody says.
            if (member.Name is { } kind && Array.Find(s_kinds, known => known.Equals(kind, StringComparison.OrdinalIgnoreCase)) is { } meant && meant != kind)
            {
                throw new FormatException($"its principals are of a kind that is written `{meant}`, not so");
            }

            (Said(member.Name) switch { "AWS" => aws, "Service" => services, "Federated" => federated, _ => other }).AddRange(Texts(member.Value));
        }

        return new(excluded, aws.Remove("*"), aws, services, federated, other);
    }

    public static IEnumerable<PolicyCondition> Conditions(JsonValue json)
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
                yield return new PolicyCondition(Said(operation.Name), Said(key.Name), Values(key.Value));
            }
        }
    }

    public static string[] Texts(JsonValue json)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            return [Bounded(Said(json.GetString()))];
        }

        if (json.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("a member is neither text nor a list of texts");
        }

        var texts = new string[json.GetArrayLength()];
        var at = 0;
        foreach (var item in json.EnumerateArray())
        {
            texts[at++] = item.ValueKind == JsonValueKind.String ? Bounded(Said(item.GetString())) : throw new FormatException("a list holds something other than text");
        }

        return texts;
    }

    private static string Bounded(string text) =>
        text.Length <= LongestText ? text : throw new FormatException($"an action, resource or principal is longer than the {LongestText} characters that a resource name may have");

    /// <exception cref="FormatException">It is null: bytes that are no text stand there.</exception>
    public static string Said(string? text) => text ?? throw new FormatException("it holds invalid UTF-8");

    private static string[] Values(JsonValue json)
    {
        List<string> values = [];
        Add(json, values);
        return [.. values];
    }

    private static void Add(JsonValue json, List<string> values)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                {
                    Add(item, values);
                }

                break;
            case JsonValueKind.String:
                values.Add(Said(json.GetString()));
                break;
            case JsonValueKind.True or JsonValueKind.False:
                values.Add(json.ValueKind == JsonValueKind.True ? "true" : "false");
                break;
            case JsonValueKind.Number:
                values.Add(json.GetRawText());
                break;
            default:
                throw new FormatException("a value of its `Condition` is neither text, number nor flag");
        }
    }
}
