namespace IdentityGraph.Collect.Exchange;

/// <summary>Members by name.</summary>
internal static class MemberNames
{
    public static IReadOnlyDictionary<string, Members> All { get; } = new Dictionary<string, Members>(StringComparer.Ordinal)
    {
        ["node"] = Members.Node,
        ["edge"] = Members.Edge,
        ["seen"] = Members.Seen,
        ["end"] = Members.End,
        ["of"] = Members.Of,
        ["to"] = Members.To,
        ["key"] = Members.Key,
        ["kind"] = Members.Kind,
        ["from"] = Members.From,
        ["until"] = Members.Until,
        ["precision"] = Members.Precision,
        ["tz"] = Members.Tz,
        ["at"] = Members.At,
        ["props"] = Members.Props,
        ["grade"] = Members.Grade,
        ["evidence"] = Members.Evidence,
        ["stream"] = Members.Stream,
        ["complete"] = Members.Complete,
        ["count"] = Members.Count,
        ["reason"] = Members.Reason,
        ["hold"] = Members.Hold,
        ["idgraph"] = Members.Header,
    };

    /// <summary>None for a member nobody knows.</summary>
    public static Members Find(string name) => All.GetValueOrDefault(name);
}
