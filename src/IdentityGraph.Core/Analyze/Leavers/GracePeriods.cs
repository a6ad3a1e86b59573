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

    /// <summary>Of a grant that goes on without whoever authorised it: by where the two lie, and by what the scopes of the grant are stated to confer.</summary>
    public TimeSpan Of(Node grant, Node authoriser)
    {
        var shortest = IsPrivileged(authoriser) ? Shorter(policy.LeaverStandard, policy.LeaverPrivileged) : policy.LeaverStandard;
        shortest = Containment.SystemsOf(grant).Concat(Containment.SystemsOf(authoriser)).Any(IsTierZero) ? Shorter(shortest, policy.LeaverTier0) : shortest;
        foreach (var scope in grant.Out(EdgeKinds.IncludesScope))
        {
            foreach (var confers in scope.To.Out(EdgeKinds.Confers))
            {
                if (scope.Holds.And(confers.Holds) != Truth.False)
                {
                    shortest = IsOfAdministrator(confers) ? Shorter(shortest, policy.LeaverPrivileged) : shortest;
                    shortest = Containment.SystemsOf(confers.To).Any(IsTierZero) ? Shorter(shortest, policy.LeaverTier0) : shortest;
                }
            }
        }

        return shortest;
    }

    private static bool IsOfAdministrator(Edge confers) =>
        confers[Properties.RightLetters].Text is { } letters ? RightsLogic.TryParseLetters(letters, out var rights) && rights >= Rights.Admin
        : confers[Properties.Level].Text is { } level && RightsLogic.TryParseLevel(level, out var named) && RightsLogic.Of(named) >= Rights.Admin;

    private static bool IsTierZero(Node system) => system[Properties.Tier].Number == 0;

    private static bool IsPrivileged(Node node) => node.Kind == NodeKinds.Account && node[Properties.Privileged].Flag == Truth.True;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
