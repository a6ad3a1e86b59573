using System.Collections.Frozen;
using IdentityGraph.Graph.Columns;

namespace IdentityGraph.Graph.Fold;

/// <summary>Gathers the edges of kinds nobody here knows, with their sightings, so that it can be told that they exist.</summary>
internal sealed class UnreadTable
{
    private readonly Interner<(string Kind, int Of, int To, string Key)> _edges = new();

    public SightingRows Sightings { get; } = new(beginningsCount: true);

    public void Add(string kind, int of, int to, string key, Sighting sighting, List<StreamReads> streams, Interner<long> times) =>
        Sightings.Add(_edges.Add((kind, of, to, key)), sighting, streams, times);

    /// <param name="presence">Turns sightings into spans.</param>
    /// <param name="dense">Dense index by node number.</param>
    /// <param name="ids">Ids by dense index.</param>
    /// <param name="spans">Takes their spans, times still numbers of the collector's instants; the result has none yet.</param>
    public UnreadEdges Lay(Presence presence, int[] dense, string[] ids, Grown<Span> spans)
    {
        if (_edges.Values.Count == 0)
        {
            return UnreadEdges.None;
        }

        var edges = _edges.Values.Select((edge, number) => (edge.Kind, Of: dense[edge.Of], To: dense[edge.To], edge.Key, Number: number))
            .OrderBy(edge => ids[edge.Of], StringComparer.Ordinal)
            .ThenBy(edge => edge.Kind, StringComparer.Ordinal)
            .ThenBy(edge => ids[edge.To], StringComparer.Ordinal)
            .ThenBy(edge => edge.Key, StringComparer.Ordinal)
            .ToArray();
        var starts = new int[edges.Length + 1];
        var byNode = new Dictionary<int, List<int>>();
        for (var i = 0; i < edges.Length; i++)
        {
            presence.OfUnread(Sightings, edges[i].Number, spans);
            starts[i + 1] = spans.Count;
            foreach (var end in edges[i].Of == edges[i].To ? [edges[i].Of] : new[] { edges[i].Of, edges[i].To })
            {
                if (!byNode.TryGetValue(end, out var there))
                {
                    byNode[end] = there = [];
                }

                there.Add(i);
            }
        }

        return new UnreadEdges
        {
            Of = [.. edges.Select(edge => edge.Of)],
            To = [.. edges.Select(edge => edge.To)],
            Kind = [.. edges.Select(edge => edge.Kind)],
            Key = [.. edges.Select(edge => edge.Key)],
            SpanStarts = starts,
            Spans = [],
            ByNode = byNode.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray()),
        };
    }
}
