using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws;

/// <summary>One way to have an identity provider vouch for whom one likes: a line of data.</summary>
/// <param name="IsSaml">Whether the provider is one of SAML; else one of OpenID Connect.</param>
/// <param name="Actions">One, or two that are both needed on one and the same provider.</param>
/// <param name="Certain">Whether that is all it takes.</param>
internal sealed record ProviderRow(bool IsSaml, string[] Actions, bool Certain)
{
    public string Key { get; } = string.Join(" + ", Actions);

    /// <summary>It lets in tokens that the issuer made for others: only roles that do not say for whom a token must be made count.</summary>
    public bool ForOthers { get; init; }
}

/// <summary>
/// Who can replace the metadata of a SAML provider, and with it the key that tells its tokens: it signs in as any role that trusts the
/// provider, with whatever the token must say. Who can delete a provider and make it anew, which roles trust by its name, possibly does. Who
/// can have it take tokens that its issuer makes for another application possibly has such a token.
/// </summary>
/// <remarks>
/// https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html. Another thumbprint
/// (iam:UpdateOpenIDConnectProviderThumbprint) is no row: it says which certificate of the issuer's host is taken, and the keys that tell
/// tokens still come from that host. Whoever answers there needs no thumbprint, and whoever does not gains nothing by it.
/// </remarks>
internal sealed class ProviderMapping
{
    public static IReadOnlyList<ProviderRow> Rows { get; } =
    [
        new(true, ["iam:UpdateSAMLProvider"], true),
        new(true, ["iam:DeleteSAMLProvider", "iam:CreateSAMLProvider"], false),
        new(false, ["iam:DeleteOpenIDConnectProvider", "iam:CreateOpenIDConnectProvider"], false),
        new(false, ["iam:AddClientIDToOpenIDConnectProvider"], false) { ForOthers = true },
    ];

    private readonly Standing _standing;
    private readonly Abilities _abilities;
    private readonly (ProviderRow Row, ActionSet Actions)[] _rows = [.. Rows.Select(row => (row, row.Actions.Aggregate(default(ActionSet), (all, action) => all | AskedActions.Of(action))))];
    private readonly Candidates[] _providers;
    private readonly Dictionary<string, TargetGroup[]> _roles;

    /// <summary>Those of them that trust whomever its tokens are made for.</summary>
    private readonly Dictionary<string, TargetGroup[]> _forOthers;
    private readonly Dictionary<(string Provider, string Action), Reason> _reasons = [];

    public ProviderMapping(Standing standing, Abilities abilities)
    {
        (_standing, _abilities) = (standing, abilities);
        _roles = Trusting(static (_, _) => true);
        _forOthers = Trusting(static (statement, provider) => !FederatedTrust.IsSaml(provider) && !SaysForWhom(statement, provider));
        _providers = [Those(_roles.Keys, isSaml: false), Those(_roles.Keys, isSaml: true)];
    }

    public void Map(Holder holder)
    {
        foreach (var (row, actions) in _roles.Count == 0 ? [] : _rows)
        {
            foreach (var (provider, outcome) in _standing.Index.Of(holder).May(actions) ? On(holder, row) : [])
            {
                foreach (var roles in (row.ForOthers ? _forOthers : _roles).GetValueOrDefault(provider) ?? [])
                {
                    _abilities.Add(new Ability(EdgeKinds.CanIssueCredential, row.Key, _standing.Targets.Also(roles, row.Certain ? outcome : outcome.And(Outcome.Unknown))), holder, Because(provider, row.Actions[0]));
                }
            }
        }
    }

    /// <summary>The roles that trust each provider, by statements that count.</summary>
    private Dictionary<string, TargetGroup[]> Trusting(Func<PolicyStatement, string, bool> counts)
    {
        Dictionary<string, Dictionary<string, (Outcome Outcome, List<int> Roles)>> found = new(StringComparer.Ordinal);
        Dictionary<PolicyDocument, (string Provider, Outcome Outcome)[]> trusts = new(ReferenceEqualityComparer.Instance);
        foreach (var (role, holdings) in _standing.Account.Roles.Holdings.Index())
        {
            if (!trusts.TryGetValue(holdings.Trust, out var trusted))
            {
                trusted = [.. By(holdings.Trust, counts)];
                if (holdings.Trust.IsShared)
                {
                    trusts.Add(holdings.Trust, trusted);
                }
            }

            foreach (var (provider, outcome) in trusted)
            {
                if (!found.TryGetValue(provider, out var ways))
                {
                    found.Add(provider, ways = new(StringComparer.Ordinal));
                }

                var text = TargetGroup.WaysOf(outcome);
                if (!ways.TryGetValue(text, out var roles))
                {
                    ways.Add(text, roles = (outcome, []));
                }

                roles.Roles.Add(role);
            }
        }

        return found.ToDictionary(each => each.Key, each => each.Value.Values.Select(ways => new TargetGroup(ways.Outcome, new ArnChoice(_standing.Account.Roles, [.. ways.Roles]))).ToArray(), StringComparer.Ordinal);
    }

    /// <summary>The providers on which all actions of the row are allowed, and how.</summary>
    private IEnumerable<(string Provider, Outcome Outcome)> On(Holder holder, ProviderRow row)
    {
        var providers = _providers[row.IsSaml ? 1 : 0];
        foreach (var group in _standing.Among(holder, row.Actions[0], providers))
        {
            foreach (var provider in group.Arns)
            {
                var outcome = row.Actions.Skip(1).Aggregate(group.Outcome, (so, action) =>
                    so.And(_standing.Among(holder, action, providers).FirstOrDefault(other => other.Contains(provider))?.Outcome ?? Outcome.Denied));
                if (!outcome.IsDenied)
                {
                    yield return (provider, outcome);
                }
            }
        }
    }

    private Candidates Those(IEnumerable<string> providers, bool isSaml)
    {
        var table = new ArnTable($"arn:{_standing.Account.Ids.Partition}:iam::{_standing.Account.Ids.Account}:");
        foreach (var provider in providers.Where(provider => FederatedTrust.IsSaml(provider) == isSaml))
        {
            table.Add(provider, out _);
        }

        return new Candidates(isSaml ? "saml-provider" : "oidc-provider", new ArnChoice(table));
    }

    /// <summary>The providers of its own account that a trust names, and what else it asks for than what their tokens say.</summary>
    private IEnumerable<(string Provider, Outcome Outcome)> By(PolicyDocument trust, Func<PolicyStatement, string, bool> counts) =>
        from statement in trust.Statements
        where statement is { Denies: false, Problem: null, Principals: { Excluded: false, Federated.Count: > 0 } }
        from provider in statement.Principals!.Federated
        where Arn.Parse(provider)?.Account == _standing.Account.Ids.Account && statement.IsAboutAction(FederatedTrust.ActionOf(provider)) && counts(statement, provider)
        group FederatedTrust.By(trust, statement, provider, _standing.Account.Known, condition => IsOfToken(condition, provider)) by provider into ways
        let outcome = ways.Aggregate(Outcome.Denied, (so, one) => so.Or(one))
        where !outcome.IsDenied
        select (ways.Key, outcome);

    /// <summary>Keys of SAML begin so whatever the provider; those of OpenID Connect with its host.</summary>
    private static bool IsOfToken(PolicyCondition condition, string provider) => FederatedTrust.IsSaml(provider)
        ? condition.Key.StartsWith("saml:", StringComparison.OrdinalIgnoreCase)
        : condition.Key.StartsWith(FederatedTrust.NameOf(provider) + ":", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the statement asks for tokens that are made for one application: a client that is added is another.</summary>
    private static bool SaysForWhom(PolicyStatement statement, string provider) => statement.Conditions.Any(condition =>
        condition.Key.Equals(FederatedTrust.NameOf(provider) + ":aud", StringComparison.OrdinalIgnoreCase)
        && condition.Operator.ToLowerInvariant() is "stringequals" or "stringequalsignorecase" or "stringlike" or "foranyvalue:stringequals"
        && !condition.Values.Any(static value => Glob.HasWildcard(value)));

    private Reason Because(string provider, string action)
    {
        if (!_reasons.TryGetValue((provider, action), out var reason))
        {
            _reasons.Add((provider, action), reason = Reason.On(provider, action));
        }

        return reason;
    }
}
