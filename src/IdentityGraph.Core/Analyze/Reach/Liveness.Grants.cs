using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

public sealed partial class Liveness
{
    /// <summary>A token with a grant behind it lives only while one of its grants does.</summary>
    private Truth BackingOk(Node credential)
    {
        var (sure, all) = ((Truth?)null, (Truth?)null);
        foreach (var edge in credential.Out(EdgeKinds.BackedBy))
        {
            if (edge.Holds == Truth.False)
            {
                continue;
            }

            var live = Of(edge.To);
            all = live.Or(all ?? Truth.False);
            sure = edge.Holds == Truth.True ? live.Or(sure ?? Truth.False) : sure;
        }

        var (certain, possible) = (sure ?? Truth.True, all ?? Truth.True);
        return certain == possible ? certain : Truth.Unknown;
    }

    private Truth JudgeGrant(Node grant)
    {
        var survives = grant[Properties.SurvivesAuthoriserDisable].Is(Truth.Unknown);
        return Exists(grant)
            .And(StateOf(grant, Truth.Unknown))
            .And(AuthoriserOk(grant, survives))
            .And(ActsForTheLiving(grant, survives));
    }

    /// <summary>
    /// The authoriser is who consented, else for whom it acts; a grant whose every authoriser is gone lives only if it survives that.
    /// </summary>
    private Truth AuthoriserOk(Node grant, Truth survives)
    {
        var consenters = Gone(grant.Out(EdgeKinds.ConsentedBy));
        var outcomes = Outcomes(consenters, survives);
        if (consenters.CanBeNone)
        {
            outcomes.UnionWith(Outcomes(Gone(grant.Out(EdgeKinds.OnBehalfOf)), survives));
            if (Gone(grant.Out(EdgeKinds.OnBehalfOf)).CanBeNone)
            {
                outcomes.Add(Truth.True);
            }
        }

        return outcomes.Count == 1 ? outcomes.Single() : Truth.Unknown;
    }

    private static HashSet<Truth> Outcomes(Authorisers authorisers, Truth survives)
    {
        HashSet<Truth> outcomes = [];
        if (authorisers.CanBeThere)
        {
            outcomes.Add(Truth.True);
        }

        if (authorisers.CanBeAllGone)
        {
            outcomes.Add(survives);
        }

        return outcomes;
    }

    private Authorisers Gone(EdgeList edges)
    {
        var (sureThere, sureGone, maybeThere, maybeGone) = (false, false, false, false);
        foreach (var edge in edges)
        {
            if (edge.Holds == Truth.False)
            {
                continue;
            }

            var gone = IsGone(edge.To);
            var sure = edge.Holds == Truth.True;
            sureThere |= sure && !gone;
            sureGone |= sure && gone;
            maybeThere |= !sure && !gone;
            maybeGone |= !sure && gone;
        }

        return new Authorisers(
            CanBeThere: sureThere || maybeThere,
            CanBeAllGone: !sureThere && (sureGone || maybeGone),
            CanBeNone: !sureThere && !sureGone);
    }

    /// <summary>Gone is certainly not live, or the account of a certain leaver; a locked account may be unlocked any time.</summary>
    private bool IsGone(Node account)
    {
        if (IsDead(account))
        {
            return true;
        }

        if (account.IsPlaceholder)
        {
            return false;
        }

        if (account.Present == Truth.False)
        {
            return true;
        }

        if (Of(account) == Truth.False && account[Properties.State].Text != "Locked")
        {
            return true;
        }

        foreach (var edge in account.Out(EdgeKinds.BelongsTo))
        {
            if (Belongs(edge) == Truth.True && Leaver(edge.To) == Truth.True)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A delegated grant also needs the account it acts for, unless it survives without.</summary>
    private Truth ActsForTheLiving(Node grant, Truth survives)
    {
        var delegated = grant[Properties.GrantType].IsWord("delegated");
        if (delegated == Truth.False || survives == Truth.True)
        {
            return Truth.True;
        }

        var (sure, all) = ((Truth?)null, (Truth?)null);
        foreach (var edge in grant.Out(EdgeKinds.OnBehalfOf))
        {
            if (edge.Holds == Truth.False)
            {
                continue;
            }

            all = Of(edge.To).Or(all ?? Truth.False);
            sure = edge.Holds == Truth.True ? Of(edge.To).Or(sure ?? Truth.False) : sure;
        }

        var (certain, possible) = (sure ?? Truth.True, all ?? Truth.True);
        return delegated.Not().Or(survives).Or(certain == possible ? certain : Truth.Unknown);
    }

    /// <summary>What is known of a set of authorisers, some of whom may not be in it.</summary>
    private readonly record struct Authorisers(bool CanBeThere, bool CanBeAllGone, bool CanBeNone);
}
