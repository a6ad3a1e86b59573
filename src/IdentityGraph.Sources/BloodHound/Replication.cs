using IdentityGraph.Collect;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>
/// Replicating a domain's secrets (DCSync) needs two rights. Who holds both itself is said outright; who holds one might have the other
/// through a group, which no rule joins: it is listed.
/// </summary>
internal static class Replication
{
    private const int Listed = 20;

    /// <summary>The links of those who hold both.</summary>
    public static IEnumerable<DirectoryLink> Of(string id, DirectoryKind kind, IEnumerable<DirectoryLink> links, ImportReport report)
    {
        if (kind != DirectoryKind.Domain)
        {
            return [];
        }

        var holders = links
            .Where(link => link.Kind is "GetChanges" or "GetChangesAll" && link.End == id && link.Start != id)
            .GroupBy(link => (link.Start, link.StartKind))
            .Select(group => (Holder: group.Key, Rights: group.Select(link => link.Kind).Distinct().ToArray()))
            .ToArray();
        var halves = holders.Where(holder => holder.Rights.Length == 1).Select(holder => $"`{holder.Holder.Start}` {holder.Rights[0]}").ToArray();
        if (halves.Length > 0)
        {
            report.Warn($"on domain `{id}` GetChanges and GetChangesAll replicate every secret only together, and the rules do not join two rights of different holders: {string.Join(", ", halves.Take(Listed))}{(halves.Length > Listed ? $" and {halves.Length - Listed} more" : "")}; what they reach through it is possible, never certain");
        }

        return holders.Where(holder => holder.Rights.Length == 2).Select(holder => new DirectoryLink(holder.Holder.Start, holder.Holder.StartKind, "DCSync", id, DirectoryKind.Domain));
    }
}
