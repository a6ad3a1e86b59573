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
        var undenied = NotDenied(trust, request, caller);
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
                var (directly, byAccount) = Names(statement, caller);
                var applies = statement.Applies(request.Context).And(OnResource(statement, request));
                named = named.Or(OutcomeOf(directly).And(applies));
                throughAccount = throughAccount.Or(OutcomeOf(byAccount).And(applies));
            }
        }

        var boundary = policies.BoundaryAllows(request);
        var own = policies.IdentityAllows(request).And(boundary);
        if (caller?.Account != Arn.Parse(request.Resource)?.Account)
        {
            return undenied.And(named.Or(throughAccount)).And(own);
        }

        // A boundary cuts what a resource gives to a role, not what it gives to a user or a session by name.
        var byName = caller is { Service: "iam", Type: "role" } ? named.And(boundary) : named;
        return undenied.And(byName.Or(throughAccount.And(own)));
    }

    /// <summary>Whether the statement names the caller: itself (or everyone), and through its account.</summary>
    private static (Truth Directly, Truth ByAccount) Names(PolicyStatement statement, Arn? caller)
    {
        if (statement.Principals is not { } principals)
        {
            return (Truth.Unknown, Truth.False);
        }

        var (directly, byAccount) = (TruthLogic.Of(principals.Everyone), Truth.False);
        foreach (var text in principals.Aws)
        {
            directly = directly.Or(PrincipalMatch.IsItself(text, caller));
            byAccount = byAccount.Or(TruthLogic.Of(PrincipalMatch.IsAccountOf(text, caller)));
        }

        // An Allow for everyone but some: who is not listed is named; who is listed through the account only cannot be told.
        return principals.Excluded ? (directly == Truth.False && byAccount == Truth.True ? Truth.Unknown : directly.Not(), Truth.False) : (directly, byAccount);
    }

    private static Outcome NotDenied(PolicyDocument trust, IamRequest request, Arn? caller)
    {
        var outcome = Outcome.Allowed;
        foreach (var statement in trust.Statements)
        {
            if (statement is { Denies: true, Problem: null } && statement.IsAboutAction(request.Action))
            {
                var escapes = OutcomeOf(IsDenied(statement, caller).Not()).Or(statement.AppliesNot(request.Context));
                outcome = outcome.And(OnResource(statement, request).IsAllowed ? escapes : escapes.Or(Outcome.Unknown));
            }
        }

        return outcome;
    }

    /// <summary>A Deny for an account is one for everyone in it. NotPrincipal spares who is listed together with its account.</summary>
    private static Truth IsDenied(PolicyStatement statement, Arn? caller)
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
            (Truth.True, Truth.True) => Truth.False,
            (Truth.False, Truth.False) => Truth.True,
            _ => Truth.Unknown,
        };
    }

    /// <summary>A trust policy names no resource; one that does, against the grammar, is believed as far as it can be matched.</summary>
    private static Outcome OnResource(PolicyStatement statement, IamRequest request) =>
        statement.Resources is null ? Outcome.Allowed : OutcomeOf(statement.IsAboutResource(request.Resource, PolicySet.UsernameOf(request)));

    private static Outcome OutcomeOf(Truth truth) => truth switch
    {
        Truth.True => Outcome.Allowed,
        Truth.False => Outcome.Denied,
        _ => Outcome.Unknown,
    };
}
