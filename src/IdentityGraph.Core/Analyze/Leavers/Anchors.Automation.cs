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
        foreach (var own in accounts)
        {
            foreach (var kind in (EdgeKind[])[EdgeKinds.InitiatedBy, EdgeKinds.ActsFor])
            {
                foreach (var edge in own.Account.In(kind))
                {
                    FindSpawned(edge.Of, own, [edge]);
                }
            }
        }
    }

    private void FindSpawned(Node maker, OwnAccount own, Edge[] facts)
    {
        foreach (var spawned in maker.Out(EdgeKinds.Spawned))
        {
            Hang(AnchorCode.A8, spawned.To, own, [.. facts, spawned]);
        }

        foreach (var to in maker.Out(EdgeKinds.HandoffTo))
        {
            foreach (var part in to.To.Out(EdgeKinds.StepOf))
            {
                foreach (var spawned in part.To.Out(EdgeKinds.Spawned))
                {
                    Hang(AnchorCode.A8, spawned.To, own, [.. facts, to, part, spawned]);
                }
            }
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
            _found.Add(new Anchor { Code = code, Node = node, Now = now, Ever = ever, Facts = facts, Account = own.Account, Cut = CutOff(code, own, facts) });
        }
    }

    /// <summary>What runs as an account that is gone, or as another by now, does not run as them.</summary>
    private Truth CutOff(AnchorCode code, OwnAccount own, Edge[] facts) => code switch
    {
        AnchorCode.A8 => Truth.False,
        AnchorCode.A6 => facts[0].Holds.And(Gone(own.Account).Not()).Not(),
        _ => facts.Aggregate(Truth.True, (all, fact) => all.And(fact.Holds)).Not(),
    };

    private Truth Gone(Node node) => node.IsPlaceholder ? Truth.Unknown : liveness.Of(node).Not();
}
