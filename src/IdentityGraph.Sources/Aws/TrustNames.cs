using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>Whom the statements of a trust policy name for an action.</summary>
internal sealed class TrustNames
{
    private readonly IReadOnlyDictionary<string, string> _known;
    private readonly List<PolicyStatement> _statements;

    public TrustNames(PolicyDocument trust, string action, AccountModel model)
    {
        var account = model.Ids.Account;
        _known = model.Known;
        _statements = [.. trust.Statements.Where(statement => statement.Problem is not null || statement.IsAboutAction(action))];
        Unreadable = _statements.Exists(statement => statement.Problem is not null);
        IsSpecial = _statements.Exists(statement => statement.Denies || statement.Principals is { Excluded: true });
        var allows = _statements.Where(statement => statement is { Denies: false, Problem: null, Principals: not null }).ToArray();
        Everyone = allows.Any(statement => statement.Principals!.Everyone != statement.Principals.Excluded);
        var aws = allows.Where(statement => !statement.Principals!.Excluded).SelectMany(statement => statement.Principals!.Aws).Distinct(StringComparer.Ordinal).ToArray();
        Arns = [.. aws.Where(text => PrincipalMatch.AccountOf(text) is null)];
        Listed = [.. _statements.SelectMany(statement => statement.Principals?.Aws ?? []).Where(text => PrincipalMatch.AccountOf(text) is null).Distinct(StringComparer.Ordinal)];
        AsksResource = trust.AsksResource;
        AsksPrincipal = trust.AsksPrincipal;
        TellsRolesApart = AsksResource || _statements.Exists(statement => statement.Resources is not null);
        var accounts = aws.Select(PrincipalMatch.AccountOf).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        NamesNobody = trust.Statements.All(statement => statement is { Problem: null, Principals: { Excluded: false, Everyone: false, Aws.Count: 0, Federated.Count: 0 } });
        LeavesToAccount = accounts.Contains(account);
        ForeignAccounts = [.. accounts.Where(other => other != account)];
        AccountOutcome = OutcomeOf(account);
        var anybody = RequestKeys.Of(_known, null);
        EveryoneOutcome = allows.Where(statement => statement.Principals!.Everyone != statement.Principals.Excluded)
            .Aggregate(Outcome.Denied, (outcome, statement) => outcome.Or(statement.Applies(anybody)))
            .And(IsSpecial || Unreadable ? Outcome.Unknown : Outcome.Allowed);
    }

    /// <summary>Whether only services are trusted, or nobody: then nobody can assume the role by it.</summary>
    public bool NamesNobody { get; }

    /// <summary>ARNs of principals; an id of one that was deleted too.</summary>
    public IReadOnlyList<string> Arns { get; }

    public IReadOnlyList<string> ForeignAccounts { get; }

    public bool LeavesToAccount { get; }

    /// <summary>`*`, or everyone but some.</summary>
    public bool Everyone { get; }

    /// <summary>A Deny or a NotPrincipal: whom it means is decided one by one.</summary>
    public bool IsSpecial { get; }

    public bool Unreadable { get; }

    public Outcome AccountOutcome { get; }

    public Outcome EveryoneOutcome { get; }

    /// <summary>How the trust's own side allows a principal or account of the name; a Deny, or what may be one, makes it unknown.</summary>
    public Outcome OutcomeOf(string name) => _statements
        .Where(statement => statement is { Denies: false, Problem: null, Principals: { Excluded: false } principals } && principals.Aws.Any(text => text == name || PrincipalMatch.AccountOf(text) == name))
        .Aggregate(Outcome.Denied, (outcome, statement) => outcome.Or(statement.Conditions.Count == 0 ? Outcome.Allowed : statement.Applies(RequestKeys.Of(_known, name))))
        .And(IsSpecial || Unreadable ? Outcome.Unknown : Outcome.Allowed);

    /// <summary>ARNs that any of its statements names, a Deny and a NotPrincipal too: who is not among them is decided as all others of the account are.</summary>
    public IReadOnlyList<string> Listed { get; }

    /// <summary>Whether it is one of <see cref="Arns"/>.</summary>
    public bool Names(string arn) => (_arns ??= Arns.ToHashSet(StringComparer.Ordinal)).Contains(arn);

    private HashSet<string>? _arns;

    /// <summary>Whether a condition is about tags of the role.</summary>
    public bool AsksResource { get; }

    /// <summary>Whether a condition is about the principal: then everybody is decided by itself.</summary>
    public bool AsksPrincipal { get; }

    /// <summary>Whether roles with the same trust may be decided otherwise: by their tags, or where a statement names resources against the grammar.</summary>
    public bool TellsRolesApart { get; }
}
