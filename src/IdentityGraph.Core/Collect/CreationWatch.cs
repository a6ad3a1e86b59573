using System.Globalization;
using IdentityGraph.Graph;

namespace IdentityGraph.Collect;

/// <summary>
/// Notices what a system shows as having begun after it was read: then the time of collection is wrong, and everything that is concluded
/// from it too. What may be planned (employments, assignments, what people attest) may begin later.
/// </summary>
internal sealed class CreationWatch(DateTimeOffset startedAt)
{
    private static readonly HashSet<string> s_made = new(
        new[]
        {
            NodeKinds.Account, NodeKinds.ServiceIdentity, NodeKinds.Agent, NodeKinds.Group, NodeKinds.Role, NodeKinds.Credential, NodeKinds.OAuthGrant, NodeKinds.Application, NodeKinds.Connector,
            NodeKinds.Workflow, NodeKinds.System, NodeKinds.Resource, NodeKinds.Tenant,
        }.Select(kind => kind.Name),
        StringComparer.Ordinal);

    private long _count;
    private (string Id, DateTimeOffset Began, DateTimeOffset ReadAt)? _last;

    public void See(Observation observation)
    {
        if (observation is not Observation.SawNode { Kind: { } kind, Grade: EvidenceGrade.SystemState } node || !s_made.Contains(kind))
        {
            return;
        }

        var readAt = node.At ?? startedAt;
        if (LatestOf(node) is { } began && began > readAt)
        {
            _count++;
            _last = _last is { } other && other.Began >= began ? other : (node.Id, began, readAt);
        }
    }

    /// <summary>One sentence, naming what began last; null: nothing did.</summary>
    public string? Warning() => _last is not { } last ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"{_count} thing(s) are stated to have begun after they were read, the last `{last.Id}` at {Instants.ToText(last.Began)}, read at {Instants.ToText(last.ReadAt)}: the time of collection is too early, and the graph is wrong about what holds since; give the right one (--collected-at)");

    /// <summary>The last instant at which it is said to have been made or used.</summary>
    private static DateTimeOffset? LatestOf(Observation.SawNode node)
    {
        var latest = node.From;
        foreach (var (name, value) in node.Properties)
        {
            if (name is "issuedAt" or "rotatedAt" or "lastUsedAt" && value.AsInstant() is { } at && !(latest >= at))
            {
                latest = at;
            }
        }

        return latest;
    }
}
