using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>
/// Everything that ties one leaver to something: accounts, credentials and secrets, what they controlled, what runs on their
/// authority and what names their accounts.
/// </summary>
/// <param name="person">The leaver, at the moment asked about.</param>
/// <param name="window">When things count.</param>
/// <param name="accounts">Their accounts, present and past.</param>
/// <param name="liveness">Judged at the same view.</param>
internal sealed partial class Anchors(Node person, AnchorWindow window, IReadOnlyList<OwnAccount> accounts, Liveness liveness)
{
    private readonly List<Anchor> _found = [];

    /// <summary>Every anchor that is one or was one in the window, by code, then id.</summary>
    public static IReadOnlyList<Anchor> Of(Node person, IReadOnlyList<OwnAccount> accounts, PastReach past, Liveness liveness)
    {
        var anchors = new Anchors(person, past.Window, accounts, liveness);
        anchors.FindAccounts();
        anchors.FindHeld();
        anchors.FindReached(past);
        anchors.FindControlled(past);
        anchors.FindGrants();
        anchors.FindRunning();
        anchors.FindSpawned();
        anchors.FindMapped();
        return [.. anchors._found
            .GroupBy(anchor => (anchor.Code, anchor.Node.Index))
            .Select(same => same.Aggregate((left, right) => left with
            {
                Way = right.Now > left.Now || (right.Now == left.Now && left.Way.Count == 0) ? right.Way : left.Way,
                Now = left.Now.Or(right.Now),
                Ever = left.Ever.Or(right.Ever),
                CutOff = Both(left.CutOff, right.CutOff),
                Accounts = [.. left.Accounts.Union(right.Accounts)],
                Facts = [.. left.Facts.Concat(right.Facts).Distinct()],
            }))
            .OrderBy(anchor => anchor.Code)
            .ThenBy(anchor => anchor.Node.Id, StringComparer.Ordinal)];
    }

    /// <summary>What ties them in two ways is cut off where both are.</summary>
    private static Removal? Both(Removal? left, Removal? right) =>
        left is { } one && right is { } other ? (one.IsFresh ? other : one) : null;

    /// <summary>a1, a7: a guest is a7, and so is an account in a tenant in which they have no account to sign in with.</summary>
    private void FindAccounts()
    {
        var homes = accounts.Where(own => IsIdentityProvider(own.Account)).SelectMany(own => TenantsOf(own.Account)).ToHashSet();
        foreach (var own in accounts)
        {
            var tenants = TenantsOf(own.Account);
            var guest = own.Account[Properties.Guest].Flag == Truth.True;
            Add(guest || (tenants.Count > 0 && !tenants.Overlaps(homes)) ? AnchorCode.A7 : AnchorCode.A1, own.Account, own.Now, own.Ever, own.Link);
        }
    }

    private void FindControlled(PastReach past)
    {
        foreach (var (index, truth) in past.Controlled)
        {
            Add(AnchorCode.A4, person.View[index], truth, truth);
        }
    }

    private void Add(AnchorCode code, Node node, Truth now, Truth ever, params Edge[] facts) =>
        _found.Add(new Anchor { Code = code, Node = node, Now = now, Ever = ever.Or(now), Facts = facts, Way = facts });

    /// <summary>Others sign in through it, or it lives in a directory.</summary>
    private bool IsIdentityProvider(Node account)
    {
        foreach (var edge in account.In(EdgeKinds.AuthenticatedVia))
        {
            if (window.Had(edge) != Truth.False)
            {
                return true;
            }
        }

        foreach (var edge in account.Out(EdgeKinds.InSystem))
        {
            if (window.Had(edge) != Truth.False && edge.To[Properties.Category].Text == "directory")
            {
                return true;
            }
        }

        return false;
    }

    private HashSet<int> TenantsOf(Node account)
    {
        HashSet<int> tenants = [];
        foreach (var inSystem in account.Out(EdgeKinds.InSystem))
        {
            foreach (var inTenant in inSystem.To.Out(EdgeKinds.InTenant))
            {
                if (window.Had(inSystem).And(window.Had(inTenant)) != Truth.False)
                {
                    tenants.Add(inTenant.To.Index);
                }
            }
        }

        return tenants;
    }
}
