using IdentityGraph.Graph.Columns;

namespace IdentityGraph.Graph;

/// <summary>
/// Credentials that some statement, at whatever time, calls a factor or gives a fingerprint: where to look at any one moment, so that
/// nobody goes through all of them.
/// </summary>
internal sealed class CredentialCandidates
{
    public CredentialCandidates(SnapshotColumns columns)
    {
        var factors = new SortedDictionary<(string, string), List<(long From, int Node)>>();
        var prints = new Dictionary<string, SortedSet<int>>(StringComparer.Ordinal);
        var kind = columns.PropertyNumbers.TryGetValue(Properties.CredentialKind.Name, out var number) ? number : ushort.MaxValue;
        var fingerprint = columns.PropertyNumbers.TryGetValue(Properties.Fingerprint.Name, out number) ? number : ushort.MaxValue;
        for (var node = columns.KindStarts[NodeKinds.Credential.Index]; node < columns.KindStarts[NodeKinds.Credential.Index + 1]; node++)
        {
            var factorFrom = Instants.Latest;
            foreach (ref readonly var row in columns.NodeStatements.Of(node))
            {
                if (row.Property == kind && columns.Values[row.Value].AsText() is "mfaFactor" or "deviceKey")
                {
                    factorFrom = Math.Min(factorFrom, columns.Times[row.From]);
                }
                else if (row.Property == fingerprint && columns.Values[row.Value] is { IsNone: false } value && value.ToString() is { } print)
                {
                    (prints.TryGetValue(print, out var same) ? same : prints[print] = []).Add(node);
                }
            }

            if (factorFrom < Instants.Latest)
            {
                foreach (ref readonly var span in columns.NodeSpans.AsSpan(columns.NodeSpanStarts[node]..columns.NodeSpanStarts[node + 1]))
                {
                    var source = (columns.Streams[span.Stream].Source, columns.Streams[span.Stream].Tenant);
                    (factors.TryGetValue(source, out var stated) ? stated : factors[source] = []).Add((factorFrom, node));
                }
            }
        }

        Factors = [.. factors.Select(source => (source.Key, (int[])[.. source.Value.Distinct().Order().Select(stated => stated.Node)]))];
        ByFingerprint = prints.ToDictionary(print => print.Key, print => (int[])[.. print.Value], StringComparer.Ordinal);
    }

    /// <summary>By source, those it described, dense indexes, the earliest factor first.</summary>
    public IReadOnlyList<((string Source, string Tenant) Source, int[] Credentials)> Factors { get; }

    /// <summary>Dense indexes, ascending.</summary>
    public IReadOnlyDictionary<string, int[]> ByFingerprint { get; }
}
