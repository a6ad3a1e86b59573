using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>a5, a6, a8, a10: what goes on working on their authority, and what it made.</summary>
internal sealed partial class Anchors
{
    private void FindGrants()
    {
        foreach (var own in accounts)
        {
            foreach (var consent in own.Account.In(EdgeKinds.ConsentedBy))
            {
                Hang(AnchorCode.A5, consent.Of, own, consent);
            }

            foreach (var behalf in own.Account.In(EdgeKinds.OnBehalfOf))
            {
                foreach (var client in behalf.Of.Out(EdgeKinds.GrantedTo))
                {
                    if (client.To.Kind == NodeKinds.Agent)
                    {
                        Hang(AnchorCode.A10, behalf.Of, own, behalf, client);
                    }
                }
            }
        }
    }

    private void FindRunning()
    {
        foreach (var own in accounts)
        {
            foreach (var runs in own.Account.In(EdgeKinds.RunsAs))
            {
                Hang(AnchorCode.A6, runs.Of, own, runs);
            }
        }
    }

    /// <summary>A handoff that they initiated, or that acted for them, belongs to the run it went to.</summary>
    private void FindSpawned()
    {
        FindSpawned(person, null);
        foreach (var own in accounts)
        {
            FindSpawned(own.Account, own);
        }
    }

    private void FindSpawned(Node actor, OwnAccount? own)
    {
        foreach (var kind in (EdgeKind[])[EdgeKinds.InitiatedBy, EdgeKinds.ActsFor])
        {
            foreach (var edge in actor.In(kind))
            {
                foreach (var spawned in edge.Of.Out(EdgeKinds.Spawned))
                {
                    Made(spawned.To, own, edge, spawned);
                }

                foreach (var to in edge.Of.Out(EdgeKinds.HandoffTo))
                {
                    foreach (var part in to.To.Out(EdgeKinds.StepOf))
                    {
                        foreach (var spawned in part.To.Out(EdgeKinds.Spawned))
                        {
                            Made(spawned.To, own, edge, to, part, spawned);
                        }
                    }
                }
            }
        }
    }

    /// <summary>What was made stays made, however long ago the run was and whether it is still listed or not.</summary>
    private void Made(Node node, OwnAccount? own, params Edge[] facts)
    {
        var made = facts.Aggregate(own?.Ever ?? Truth.True, (all, fact) => all.And(AnchorWindow.During(fact, Instants.Earliest, window.Now + 1)));
        if (made != Truth.False)
        {
            _found.Add(new Anchor
            {
                Code = AnchorCode.A8,
                Node = node,
                Now = made,
                Ever = made,
                Facts = facts,
                Way = own is { } theirs ? [theirs.Link, .. facts] : facts,
                Accounts = own is { } account ? [account.Account] : [],
            });
        }
    }

    /// <summary>An anchor that hangs on an account, as far as the facts hold and the account is theirs.</summary>
    private void Hang(AnchorCode code, Node node, OwnAccount own, params Edge[] facts)
    {
        var (now, ever) = (own.Ever, own.Ever);
        foreach (var fact in facts)
        {
            now = now.And(fact.Holds);
            ever = ever.And(window.Had(fact));
        }

        if (ever != Truth.False)
        {
            _found.Add(new Anchor { Code = code, Node = node, Now = now, Ever = ever, Facts = facts, Way = [own.Link, .. facts], Accounts = [own.Account], CutOff = CutOff(facts) });
        }
    }

    /// <summary>
    /// What shows that nothing ties it to them any more: the end of any of the facts. What runs as an account that is gone still runs.
    /// </summary>
    private static Removal? CutOff(Edge[] facts, params Node[] gone)
    {
        List<Removal> shown =
        [
            .. facts.Where(fact => fact.Holds == Truth.False).Select(fact => new Removal(RemovalState.Verified, Observed.Ended(fact), Observed.IsFresh(fact))),
            .. gone.Select(Removals.Gone).OfType<Removal>(),
        ];
        return shown.Count == 0 ? null : shown.OrderByDescending(way => way.IsFresh).ThenByDescending(way => way.Evidence?.At).First();
    }
}
