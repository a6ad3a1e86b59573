using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Policies;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>How long after leaving something may stay open: the shortest of the classes it touches.</summary>
internal sealed class GracePeriods(AnalysisPolicy policy)
{
    /// <summary>Tier 0: a system of tier 0 is attained, or lies around a resource that is. Privileged: Admin or more, or a privileged account.</summary>
    public TimeSpan Of(Proof proof)
    {
        var shortest = policy.LeaverStandard;
        foreach (var line in proof.Steps)
        {
            if (line.Node.Kind == NodeKinds.System || line.Node.Kind == NodeKinds.Resource)
            {
                shortest = Containment.SystemsOf(line.Node).Any(IsTierZero) ? Shorter(shortest, policy.LeaverTier0) : shortest;
                shortest = line.Rights >= Rights.Admin ? Shorter(shortest, policy.LeaverPrivileged) : shortest;
            }

            shortest = IsPrivileged(line.Node) ? Shorter(shortest, policy.LeaverPrivileged) : shortest;
        }

        return shortest;
    }

    /// <summary>Of a system in which these are to be removed.</summary>
    public TimeSpan Of(Node? system, IEnumerable<Node> things)
    {
        var shortest = things.Any(IsPrivileged) ? Shorter(policy.LeaverStandard, policy.LeaverPrivileged) : policy.LeaverStandard;
        return system is { } node && IsTierZero(node) ? Shorter(shortest, policy.LeaverTier0) : shortest;
    }

    private static bool IsTierZero(Node system) => system[Properties.Tier].Number == 0;

    private static bool IsPrivileged(Node node) => node.Kind == NodeKinds.Account && node[Properties.Privileged].Flag == Truth.True;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
