using IdentityGraph.Graph;

namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>Whether a statement is about a request, its conditions and principals apart.</summary>
internal static class StatementMatch
{
    public static bool IsAboutAction(this PolicyStatement statement, string action) => statement.About.IsAbout(action);

    /// <summary>Unknown where a policy variable decides, or the statement names no resource though it should.</summary>
    /// <param name="statement">Whose resources are asked.</param>
    /// <param name="request">Whose resource it is; a pattern that is only partly met is unknown, or passed over by the Deny where only some resource is looked for.</param>
    /// <param name="username">What `${aws:username}` stands for; null: the principal has none, and what names it matches nothing.</param>
    public static Truth IsAboutResource(this PolicyStatement statement, IamRequest request, string? username)
    {
        var partly = request.Scope switch
        {
            ResourceScope.One => Truth.False,
            ResourceScope.Some when statement.Denies => TruthLogic.Of(statement.ResourcesExcluded),
            _ => Truth.Unknown,
        };
        if (statement.Resources is not { } patterns)
        {
            return Truth.Unknown;
        }

        var found = Truth.False;
        foreach (var pattern in patterns)
        {
            found = found.Or(Matches(pattern, request, username, partly, statement.Denies == statement.ResourcesExcluded));
            if (found == Truth.True)
            {
                break;
            }
        }

        return statement.ResourcesExcluded ? found.Not() : found;
    }

    /// <param name="written">As it stands in the policy.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="username">Of who asks.</param>
    /// <param name="partly">What a pattern is that is partly met.</param>
    /// <param name="lets">Whether what it matches is let pass: whoever may take another name keeps its own for that, and takes another to escape.</param>
    private static Truth Matches(ResourcePattern written, IamRequest request, string? username, Truth partly, bool lets)
    {
        var pattern = written.HasVariable && request.HasKeys ? PolicyReading.Resource(written.Text, variables: true, request.Context) : written;
        if (pattern.HasUsername && username is null)
        {
            if (PolicyVariables.WithoutName(pattern, request.Context) is not { } nameless)
            {
                return Truth.False;
            }

            pattern = nameless;
        }

        var text = pattern.Pattern;
        if (pattern.HasUsername)
        {
            text = text.Replace(PolicyReading.UsernameMark.ToString(), username, StringComparison.Ordinal);
            if (PolicyVariables.IsForRenamed(pattern.Pattern) && request.Context.ContainsKey(RequestKeys.Renamed))
            {
                var renamed = lets ? Glob.MayMeet(PolicyVariables.ForAnyName(pattern.Pattern), request.Resource) : Glob.MayMeet(text, request.Resource);
                return lets && Glob.IsMatch(text, request.Resource) && !pattern.HasVariable && Glob.StaysInSegments(text, request.Resource) ? Truth.True : renamed ? Truth.Unknown : Truth.False;
            }
        }

        if (Glob.IsMatch(text, request.Resource))
        {
            return pattern.HasVariable || (pattern.HasUsername && username == PolicySet.SomeMember) || !Glob.StaysInSegments(text, request.Resource) ? Truth.Unknown : Truth.True;
        }

        return request.Scope != ResourceScope.One && Glob.MayMeet(text, request.Resource) ? partly : Truth.False;
    }

    /// <summary>How the statement comes to apply: all its conditions hold.</summary>
    public static Outcome Applies(this PolicyStatement statement, IamRequest request) => statement.Conditions.Count == 0 ? Outcome.Allowed : statement.Applies(request.Stated);

    /// <summary>How it comes not to apply: one of its conditions does not hold; never, where it has none.</summary>
    public static Outcome AppliesNot(this PolicyStatement statement, IamRequest request) => statement.Conditions.Count == 0 ? Outcome.Denied : statement.AppliesNot(request.Stated);

    /// <summary>The same under what is stated.</summary>
    public static Outcome Applies(this PolicyStatement statement, IReadOnlyDictionary<string, string> stated) =>
        statement.Conditions.Aggregate(Outcome.Allowed, (outcome, condition) => outcome.And(ConditionReading.Holds(condition, stated)));

    /// <summary>The same under what is stated.</summary>
    public static Outcome AppliesNot(this PolicyStatement statement, IReadOnlyDictionary<string, string> stated) =>
        statement.Conditions.Aggregate(Outcome.Denied, (outcome, condition) => outcome.Or(ConditionReading.HoldsNot(condition, stated)));
}
