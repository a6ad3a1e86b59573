using IdentityGraph.Collect;

namespace IdentityGraph.Sources.Aws;

/// <summary>What a document gives whoever has it.</summary>
/// <param name="Edges">Rights on what it names.</param>
/// <param name="Wide">Those on patterns that may take in others; null: none are.</param>
internal sealed record GivenByDocument(RightsEdge[] Edges, WideRights? Wide)
{
    /// <summary>A policy by itself: each of its Allow statements gives what it names.</summary>
    /// <param name="stream">Where it stands.</param>
    /// <param name="entitlement">Whose rights.</param>
    /// <param name="where">File and place of the policy.</param>
    /// <param name="name">Of the policy.</param>
    /// <param name="readAt">When the account was read; null: not known.</param>
    /// <param name="to">Takes it.</param>
    public void State(string stream, string entitlement, string where, string name, DateTimeOffset? readAt, List<Observation> to)
    {
        IReadOnlyList<string>? last = null;
        IReadOnlyList<EvidenceRef> evidence = [];
        foreach (var edge in Edges)
        {
            if (last is null || !ReferenceEquals(last, edge.Because))
            {
                evidence = last is not null && last.SequenceEqual(edge.Because) ? evidence : Because(where, name, edge.Because);
                last = edge.Because;
            }

            edge.State(stream, entitlement, evidence, readAt, to);
        }
    }

    /// <summary>Place, policy and statement each.</summary>
    public static EvidenceRef[] Because(string where, string name, IReadOnlyList<string> statements)
    {
        var evidence = new EvidenceRef[statements.Count];
        for (var at = 0; at < evidence.Length; at++)
        {
            evidence[at] = new EvidenceRef($"{where}: policy {name}, {statements[at]}");
        }

        return evidence;
    }
}
