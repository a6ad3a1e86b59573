using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>
/// Accounts that live, or may, and are linked to nobody. Nothing ties them to a leaver, and any of them may be theirs: of somebody
/// without a known account "nothing is left" is as sure as the links are.
/// </summary>
internal static class UnlinkedAccounts
{
    public static int Count(GraphView view, Liveness liveness)
    {
        var unlinked = 0;
        foreach (var account in view.Of(NodeKinds.Account))
        {
            unlinked += !account.IsPlaceholder && !IsLinked(account) && liveness.Of(account) != Truth.False ? 1 : 0;
        }

        return unlinked;
    }

    private static bool IsLinked(Node account)
    {
        foreach (var link in account.Out(EdgeKinds.BelongsTo))
        {
            if (link.Holds != Truth.False)
            {
                return true;
            }
        }

        return false;
    }
}
