using System.Runtime.InteropServices;
using System.Text.Json;

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

    public string Text(JsonElement json) => Of(_texts, json, static text => text.GetString()!);

    public ActionPatterns Actions(JsonElement json, bool excluded) =>
        excluded ? Of(_otherActions, json, static actions => new ActionPatterns(StatementMembers.Texts(actions), true)) : Of(_actions, json, static actions => new ActionPatterns(StatementMembers.Texts(actions), false));

    public IReadOnlyList<PolicyCondition> Conditions(JsonElement json) => Of(_conditions, json, static conditions => (IReadOnlyList<PolicyCondition>)[.. StatementMembers.Conditions(conditions)]);

    /// <summary>Those of a Principal, not of a NotPrincipal.</summary>
    public PolicyPrincipals Principals(JsonElement json) => Of(_principals, json, static principals => StatementMembers.Principals(principals, excluded: false));

    private static T Of<T>(Utf8Pool<T> pool, JsonElement json, Func<JsonElement, T> read)
    {
        var bytes = JsonMarshal.GetRawUtf8Value(json);
        if (!pool.TryGet(bytes, out var value))
        {
            pool.Keep(bytes, value = read(json));
        }

        return value;
    }
}
