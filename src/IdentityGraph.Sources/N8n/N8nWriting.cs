using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.Records;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.N8n;

/// <summary>What the workflows of one export share.</summary>
internal sealed class N8nWriting(FactList facts, N8nIds ids, RecordBook book)
{
    private readonly IdSet _made = new();

    public FactList Facts => facts;

    public N8nIds Ids => ids;

    public RecordBook Book => book;

    /// <summary>States a node the first time it is met.</summary>
    public void Once(string id, NodeKind kind, params KeyValuePair<string, PropertyValue>[] properties)
    {
        if (_made.Add(id))
        {
            facts.Node(id, kind, properties);
        }
    }

    public void StateSystem() => Once(ids.System, NodeKinds.System, new KeyValuePair<string, PropertyValue>(P.Name.Name, PropertyValue.Of("n8n")));

    /// <summary>Why a text can be no id; null: it can.</summary>
    public static string? WhyNot(string id) =>
        id.Length == 0 ? "it has no id"
        : SecretLooking.Find(id) is { } sort ? $"its id looks like {sort}"
        : Uri.EscapeDataString(id).Length > 200 ? "its id is too long (200 characters, percent-encoded)"
        : null;
}
