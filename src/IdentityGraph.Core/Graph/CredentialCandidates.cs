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
            foreach (ref readonly var row in columns.NodeStatements.Of(node))
            {
                if (row.Property == kind && columns.Values[row.Value].AsText() is "mfaFactor" or "deviceKey")
                {
                    var source = (columns.Streams[row.Stream].Source, columns.Streams[row.Stream].Tenant);
                    (factors.TryGetValue(source, out var stated) ? stated : factors[source] = []).Add((columns.Times[row.From], node));
                }
                else if (row.Property == fingerprint && columns.Values[row.Value] is { IsNone: false } value && value.ToString() is { } print)
                {
                    (prints.TryGetValue(print, out var same) ? same : prints[print] = []).Add(node);
                }
            }
        }

        Factors = [.. factors.Select(source => (source.Key, (int[])[.. source.Value.Order().Select(stated => stated.Node).Distinct()]))];
        ByFingerprint = prints.ToDictionary(print => print.Key, print => (int[])[.. print.Value], StringComparer.Ordinal);
    }

    /// <summary>By source, those it ever called a factor, dense indexes, the earliest first.</summary>
    public IReadOnlyList<((string Source, string Tenant) Source, int[] Credentials)> Factors { get; }

    /// <summary>Dense indexes, ascending.</summary>
    public IReadOnlyDictionary<string, int[]> ByFingerprint { get; }
}
