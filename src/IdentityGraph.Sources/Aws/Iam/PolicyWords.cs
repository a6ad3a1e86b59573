using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>
/// Parts of statements that policies repeat (names of statements, actions, conditions, principals), each kept once: memory grows with what
/// is said. Bounded; beyond it a part is read and kept anew.
/// </summary>
internal sealed class PolicyWords
{
    private const long MostBytes = 4 << 20;

    private readonly Utf8Pool<string> _texts = new(MostBytes);
    private readonly Utf8Pool<ActionPatterns> _actions = new(MostBytes);
    private readonly Utf8Pool<ActionPatterns> _otherActions = new(MostBytes);
    private readonly Utf8Pool<IReadOnlyList<PolicyCondition>> _conditions = new(MostBytes);
    private readonly Utf8Pool<PolicyPrincipals> _principals = new(MostBytes);

    /// <summary>For documents that are texts: read one after the other.</summary>
    public JsonTree Tree { get; } = new(PolicyReading.Depth, careful: false);

    public string Text(JsonValue json) => Of(_texts, json, static text => StatementMembers.Said(text.GetString()));

    public ActionPatterns Actions(JsonValue json, bool excluded) =>
        excluded ? Of(_otherActions, json, static actions => ActionPatterns.Of(StatementMembers.Texts(actions), true)) : Of(_actions, json, static actions => ActionPatterns.Of(StatementMembers.Texts(actions), false));

    public IReadOnlyList<PolicyCondition> Conditions(JsonValue json) => Of(_conditions, json, static conditions => (IReadOnlyList<PolicyCondition>)[.. StatementMembers.Conditions(conditions)]);

    /// <summary>Those of a Principal, not of a NotPrincipal.</summary>
    public PolicyPrincipals Principals(JsonValue json) => Of(_principals, json, static principals => StatementMembers.Principals(principals, excluded: false));

    private static T Of<T>(Utf8Pool<T> pool, JsonValue json, Func<JsonValue, T> read)
    {
        var bytes = json.Raw;
        if (!pool.TryGet(bytes, out var value))
        {
            pool.Keep(bytes, value = read(json));
        }

        return value;
    }
}
