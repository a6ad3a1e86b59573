using IdentityGraph.Graph;

namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>
/// Whether a principal may assume a role: the trust policy must allow. Where it names a principal of the role's own account, that is
/// enough; where it names the account, or from another account, the principal's own policies must allow too.
/// </summary>
internal static class TrustDecision
{
    public static Outcome Decide(PolicySet policies, PolicyDocument trust, IamRequest request)
    {
        var caller = Arn.Parse(request.Principal);
        var undenied = NotDenied(trust, request, caller, policies.Boundary is not null);
        if (undenied.IsDenied)
        {
            return undenied;
        }

        undenied = undenied.And(policies.NotDenied(request)).And(policies.Organization(request));
        if (undenied.IsDenied)
        {
            return undenied;
        }

        var named = Outcome.Denied;
        var namedAsRole = Outcome.Denied;
        var asAnybody = Outcome.Denied;
        var throughAccount = Outcome.Denied;
        foreach (var statement in trust.Statements)
        {
            if (statement.Problem is not null)
            {
                named = named.Or(Outcome.Unknown);
                continue;
            }

            if (!statement.Denies && statement.IsAboutAction(request.Action))
            {
                var (directly, asRole, anybody, byAccount) = Names(statement, caller);
                var applies = statement.Applies(request).And(OnResource(statement, request));
                named = named.Or(OutcomeOf(directly).And(applies));
                namedAsRole = namedAsRole.Or(OutcomeOf(asRole).And(applies));
                asAnybody = asAnybody.Or(OutcomeOf(anybody).And(applies));
                throughAccount = throughAccount.Or(OutcomeOf(byAccount).And(applies));
            }
        }

        var boundary = policies.BoundaryAllows(request);
        var own = policies.IdentityAllows(request).And(boundary);
        if (caller?.Account != Arn.Parse(request.Resource)?.Account)
        {
            return undenied.And(named.Or(namedAsRole).Or(asAnybody).Or(throughAccount)).And(own);
        }

        // A boundary cuts what a resource gives to a role, not what it gives to a user or a session by name; of what it gives to anybody nothing is published.
        return undenied.And(named.Or(namedAsRole.And(boundary)).Or(asAnybody.And(boundary.Or(Outcome.Unknown))).Or(throughAccount.And(own)));
    }

    /// <summary>Whether the statement names the caller: itself, as a role, as anybody, and through its account.</summary>
    private static (Truth Directly, Truth AsRole, Truth AsAnybody, Truth ByAccount) Names(PolicyStatement statement, Arn? caller)
    {
        if (statement.Principals is not { } principals)
        {
            return (Truth.Unknown, Truth.False, Truth.False, Truth.False);
        }

        var (directly, asRole, byAccount) = (Truth.False, Truth.False, Truth.False);
        foreach (var text in principals.Aws)
        {
            var itself = PrincipalMatch.IsItself(text, caller);
            if (Arn.Parse(text) is { Service: "iam", Type: "role" })
            {
                asRole = asRole.Or(itself);
            }
            else
            {
                directly = directly.Or(itself);
            }

            byAccount = byAccount.Or(TruthLogic.Of(PrincipalMatch.IsAccountOf(text, caller)));
        }

        if (!principals.Excluded)
        {
            return (directly, asRole, TruthLogic.Of(principals.Everyone), byAccount);
        }

        // An Allow for everyone but some: who is not listed is named; who is listed through the account only cannot be told.
        var listed = directly.Or(asRole).Or(TruthLogic.Of(principals.Everyone));
        return (Truth.False, Truth.False, listed == Truth.False && byAccount == Truth.True ? Truth.Unknown : listed.Not(), Truth.False);
    }

    private static Outcome NotDenied(PolicyDocument trust, IamRequest request, Arn? caller, bool bounded)
    {
        var outcome = Outcome.Allowed;
        foreach (var statement in trust.Statements)
        {
            if (statement.Problem is not null)
            {
                outcome = outcome.And(Outcome.Unknown);
            }
            else if (statement.Denies && statement.IsAboutAction(request.Action))
            {
                var escapes = OutcomeOf(IsDenied(statement, caller, bounded).Not()).Or(statement.AppliesNot(request));
                outcome = outcome.And(OnResource(statement, request).IsAllowed ? escapes : escapes.Or(Outcome.Unknown));
            }
        }

        return outcome;
    }

    /// <summary>A Deny for an account is one for everyone in it. NotPrincipal spares who is listed together with its account, and nobody who has a boundary.</summary>
    /// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html</remarks>
    private static Truth IsDenied(PolicyStatement statement, Arn? caller, bool bounded)
    {
        if (statement.Principals is not { } principals)
        {
            return Truth.Unknown;
        }

        var (itself, account) = (TruthLogic.Of(principals.Everyone), TruthLogic.Of(principals.Everyone));
        foreach (var text in principals.Aws)
        {
            itself = itself.Or(PrincipalMatch.IsItself(text, caller));
            account = account.Or(TruthLogic.Of(PrincipalMatch.IsAccountOf(text, caller)));
        }

        if (!principals.Excluded)
        {
            return itself.Or(account);
        }

        return (itself, account) switch
        {
            _ when bounded => Truth.True,
            (Truth.True, Truth.True) => Truth.False,
            (Truth.False, Truth.False) => Truth.True,
            _ => Truth.Unknown,
        };
    }

    /// <summary>A trust policy names no resource; one that does, against the grammar, is believed as far as it can be matched.</summary>
    private static Outcome OnResource(PolicyStatement statement, IamRequest request) =>
        statement.Resources is null ? Outcome.Allowed : OutcomeOf(statement.IsAboutResource(request, PolicySet.UsernameOf(request)));

    private static Outcome OutcomeOf(Truth truth) => truth switch
    {
        Truth.True => Outcome.Allowed,
        Truth.False => Outcome.Denied,
        _ => Outcome.Unknown,
    };
}
