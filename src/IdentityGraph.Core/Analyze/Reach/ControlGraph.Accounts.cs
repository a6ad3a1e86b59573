using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>D13, D18, D19: ways into accounts that are not a credential of their own.</summary>
public sealed partial class ControlGraph
{
    /// <summary>D13: the accounts whose sign-in goes through this one, while it is live.</summary>
    private void WriteSignedIn(Node account)
    {
        var live = Truth.False;
        var tested = false;
        foreach (var edge in account.In(EdgeKinds.AuthenticatedVia))
        {
            live = tested ? live : Liveness.Of(account);
            tested = true;
            Gated? gated = null;
            _gates.Demand(ref gated, edge[Properties.Gates], account);
            Derive(ControlRules.SingleSignOn, edge.Of, RightsRange.Use, edge.Holds.And(live), gated, default, edge, Fact.Of(account, LiveFact));
        }
    }

    /// <summary>D18: the accounts that can be reset through the channel, past the factor they demand.</summary>
    private void WriteRecovery(Node channel)
    {
        foreach (var edge in channel.Out(EdgeKinds.RecoveryFor))
        {
            Gated? gated = null;
            _gates.Demand(ref gated, edge[Properties.Gates], edge.To);
            _gates.DemandFactor(ref gated, edge.To);
            Derive(ControlRules.Recover, edge.To, RightsRange.Use, edge.Holds, gated, default, edge);
        }
    }

    /// <summary>D19: a person's own accounts: by key, by local login past the factor, or through a live account of theirs elsewhere.</summary>
    private void WriteOwnAccounts(Node person)
    {
        foreach (var edge in person.In(EdgeKinds.BelongsTo))
        {
            var account = edge.Of;
            var belongs = Liveness.Belongs(edge);
            if (belongs == Truth.False)
            {
                continue;
            }

            var methods = Fact.Of(account, Properties.AuthMethods.Name);
            var key = TakesMethod(account, "key");
            Derive(ControlRules.OwnAccount, account, RightsRange.Use, belongs.And(key), null, default, edge, methods);
            if (key != Truth.True && TakesMethod(account, "local") == Truth.True)
            {
                Gated? gated = null;
                _gates.DemandFactor(ref gated, account);
                Derive(ControlRules.OwnAccount, account, RightsRange.Use, belongs, gated, default, edge, methods);
            }

            foreach (var via in account.Out(EdgeKinds.AuthenticatedVia))
            {
                Gated? gated = null;
                _gates.Demand(ref gated, via[Properties.Gates], account);
                if (BelongsTo(via.To, person) is { } theirs)
                {
                    var truth = belongs.And(via.Holds).And(Liveness.Of(via.To)).And(Liveness.Belongs(theirs));
                    Derive(ControlRules.OwnAccount, account, RightsRange.Use, truth, gated, default, edge, via, theirs, Fact.Of(via.To, LiveFact));
                }
            }
        }
    }

    /// <summary>The surest link of the account to the person; null: none.</summary>
    private Edge? BelongsTo(Node account, Node person)
    {
        Edge? surest = null;
        foreach (var edge in account.Out(EdgeKinds.BelongsTo))
        {
            if (edge.To == person && (surest is not { } known || Liveness.Belongs(edge) > Liveness.Belongs(known)))
            {
                surest = edge;
            }
        }

        return surest;
    }
}
