using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

public sealed partial class Liveness
{
    /// <summary>A token with a grant behind it lives only while one of its grants does.</summary>
    private Truth BackingOk(Node credential) => OneLives(credential.Out(EdgeKinds.BackedBy));

    /// <summary>
    /// Whether one of those it needs is live, as far as it needs any. An edge that only may hold asks for nothing surely and helps with
    /// nothing surely: which of several holds nobody knows, and it may be any one alone.
    /// </summary>
    private Truth OneLives(EdgeList edges)
    {
        var (sure, any, every) = ((Truth?)null, Truth.False, Truth.True);
        foreach (var edge in edges)
        {
            if (edge.Holds == Truth.False)
            {
                continue;
            }

            var live = Of(edge.To);
            (any, every) = (any.Or(live), every.And(live));
            sure = edge.Holds == Truth.True ? live.Or(sure ?? Truth.False) : sure;
        }

        return sure switch
        {
            null => every == Truth.True ? Truth.True : Truth.Unknown,
            Truth.True => Truth.True,
            _ => any == Truth.False ? Truth.False : Truth.Unknown,
        };
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

        return delegated.Not().Or(survives).Or(OneLives(grant.Out(EdgeKinds.OnBehalfOf)));
    }

    /// <summary>What is known of a set of authorisers, some of whom may not be in it.</summary>
    private readonly record struct Authorisers(bool CanBeThere, bool CanBeAllGone, bool CanBeNone);
}
