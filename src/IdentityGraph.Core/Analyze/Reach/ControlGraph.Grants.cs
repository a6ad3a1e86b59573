using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>D5: OAuth grants, from their client or a token, and what their scopes confer.</summary>
public sealed partial class ControlGraph
{
    private readonly Dictionary<int, List<(Node Inner, Truth Truth, IReadOnlyList<Edge> Way)>> _inside = [];

    /// <summary>D5: the client uses its live grants.</summary>
    private void WriteGranted(Node client)
    {
        foreach (var edge in client.In(EdgeKinds.GrantedTo))
        {
            Derive(ControlRules.Granted, edge.Of, RightsRange.Use, edge.Holds, null, default, edge);
        }
    }

    /// <summary>D5t: a live token uses the grant behind it; the scopes it names itself count beside the grant's.</summary>
    private void WriteBacked(Node token, Truth live)
    {
        foreach (var edge in token.Out(EdgeKinds.BackedBy))
        {
            var truth = edge.Holds.And(live);
            if (truth == Truth.False)
            {
                continue;
            }

            Gated? gated = null;
            var subjects = SubjectsOf(token);
            _gates.Demand(ref gated, edge[Properties.Gates], subjects);
            _gates.DemandUse(ref gated, token, subjects);
            Derive(ControlRules.Granted, edge.To, RightsRange.Use, truth, gated, default, edge, Fact.Of(token, LiveFact));
            WriteTokenScopes(token, edge, truth, gated);
        }
    }

    private void WriteTokenScopes(Node token, Edge backedBy, Truth truth, Gated? use)
    {
        var scopes = token[Properties.ScopeIds];
        foreach (var id in scopes.Texts)
        {
            if (View.Find(id) is not { } scope)
            {
                continue;
            }

            var gated = new Gated();
            gated.Weaken(use?.Truth ?? Truth.True);
            gated.Groups.AddRange(use?.Groups ?? []);
            gated.Words.AddRange(use?.Words ?? []);
            gated.Demand(new PremiseGroup(0, [new Alternative(backedBy.To.Index, Rights.Use, (byte)CellBits.AllCells, -1)]));
            foreach (var confers in scope.Out(EdgeKinds.Confers))
            {
                WriteConferred(ControlRules.Granted, backedBy.To, confers, truth.And(confers.Holds).AsFarAsFresh(scopes), gated, backedBy, Fact.Of(token, Properties.ScopeIds.Name), Fact.Of(token, LiveFact), confers);
            }
        }
    }

    /// <summary>D5s and what the grant is able to do.</summary>
    private void WriteGrant(Node grant)
    {
        WriteAmplifying(grant);
        foreach (var included in grant.Out(EdgeKinds.IncludesScope))
        {
            foreach (var confers in included.To.Out(EdgeKinds.Confers))
            {
                var truth = included.Holds.And(confers.Holds);
                if (truth == Truth.False)
                {
                    continue;
                }

                WriteConferred(ControlRules.Granted, grant, confers, truth, null, included, confers);
                WriteAbility(confers, truth, null, [included, confers]);
            }
        }
    }

    /// <summary>A delegated grant gives what its scope confers as far as the user's own rights go; any other gives all of it.</summary>
    private void WriteConferred(ControlRule rule, Node grant, Edge confers, Truth truth, Gated? gated, params ReadOnlySpan<Fact> facts)
    {
        var target = confers.To;
        if (target.Kind != NodeKinds.System && target.Kind != NodeKinds.Resource)
        {
            return;
        }

        var rights = _unknownLevels.Of(confers);
        var type = grant[Properties.GrantType];
        var delegated = type.IsWord("delegated");
        if (rights.IsNone || truth == Truth.False)
        {
            return;
        }

        if (delegated != Truth.True)
        {
            // Not known to be delegated: unbound in possible.
            Derive(rule, target, delegated == Truth.False ? rights : RightsRange.AtMost(rights.Possible), truth, gated, default, facts);
        }

        if (delegated == Truth.False)
        {
            return;
        }

        // What it gives in possible if it is not delegated is given above.
        RightsRange Told(RightsRange bound) => delegated == Truth.True ? bound : RightsRange.Exactly(bound.Certain);

        var onTarget = Told(rights & UserBound(grant, target));
        foreach (var way in UserWays(grant, target, onTarget, truth))
        {
            Derive(rule, target, way.Rights, truth, Both(gated, Passed(way.Words)), default, [.. facts, .. Walked(way.Edges)]);
        }

        if (target.Kind == NodeKinds.System && rights.Possible.Has(Rights.Read))
        {
            foreach (var (inner, within, there) in InsideWhole(target))
            {
                var bound = Told(UserRights.Inherited(rights).Under(within) & UserBound(grant, inner));
                foreach (var way in UserWays(grant, inner, bound, truth.And(within)))
                {
                    Derive(rule, inner, way.Rights, truth, Both(gated, Passed(way.Words)), default, [.. facts, .. Walked([.. way.Edges.Union(there)])]);
                }
            }
        }
    }

    /// <summary>The rights of whom the grant acts for; of everybody in the target's tenant, possibly, where it names nobody.</summary>
    private RightsRange UserBound(Node grant, Node target)
    {
        var (bound, sure) = (RightsRange.None, false);
        foreach (var edge in grant.Out(EdgeKinds.OnBehalfOf))
        {
            if (edge.Holds != Truth.False)
            {
                sure |= edge.Holds == Truth.True;
                bound |= _userRights.On(edge.To, target).Under(edge.Holds);
            }
        }

        if (sure)
        {
            return bound;
        }

        if (_userRights.AccountsAround(target) is not { } accounts)
        {
            return RightsRange.AtMost(Rights.All);
        }

        foreach (var account in accounts)
        {
            bound |= RightsRange.AtMost(_userRights.On(account, target).Possible);
        }

        return RightsRange.AtMost(bound.Possible);
    }

    /// <summary>Everything the system contains, however deep, with the truth and the edges of a way there.</summary>
    private List<(Node Inner, Truth Truth, IReadOnlyList<Edge> Way)> InsideWhole(Node system)
    {
        if (_inside.TryGetValue(system.Index, out var known))
        {
            return known;
        }

        Dictionary<int, (Node Inner, Truth Truth, IReadOnlyList<Edge> Way)> found = [];
        var open = new Queue<(Node Node, Truth Truth, IReadOnlyList<Edge> Way)>([(system, Liveness.Exists(system), [])]);
        while (open.TryDequeue(out var at))
        {
            foreach (var (inner, edge, truth) in Containment.Inside(at.Node))
            {
                var there = at.Truth.And(truth).And(Liveness.Exists(inner));
                if (there != Truth.False && (!found.TryGetValue(inner.Index, out var before) || before.Truth < there))
                {
                    IReadOnlyList<Edge> way = [.. at.Way, edge];
                    found[inner.Index] = (inner, there, way);
                    open.Enqueue((inner, there, way));
                }
            }
        }

        return _inside[system.Index] = [.. found.Values];
    }
}
