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
}

/// <summary>
/// Who can replace the metadata of a SAML provider, and with it the key that tells its tokens: it signs in as any role that trusts the
/// provider, with whatever the token must say. Who can delete a provider and make it anew, which roles trust by its name, possibly does.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html</remarks>
internal sealed class ProviderMapping
{
    public static IReadOnlyList<ProviderRow> Rows { get; } =
    [
        new(true, ["iam:UpdateSAMLProvider"], true),
        new(true, ["iam:DeleteSAMLProvider", "iam:CreateSAMLProvider"], false),
        new(false, ["iam:DeleteOpenIDConnectProvider", "iam:CreateOpenIDConnectProvider"], false),
    ];

    private readonly Standing _standing;
    private readonly Abilities _abilities;
    private readonly (ProviderRow Row, ActionSet Actions)[] _rows = [.. Rows.Select(row => (row, row.Actions.Aggregate(default(ActionSet), (all, action) => all | AskedActions.Of(action))))];
    private readonly Candidates[] _providers;
    private readonly Dictionary<string, TargetGroup[]> _roles;
    private readonly Dictionary<(string Provider, string Action), Reason> _reasons = [];

    public ProviderMapping(Standing standing, Abilities abilities)
    {
        (_standing, _abilities) = (standing, abilities);
        Dictionary<string, Dictionary<string, (Outcome Outcome, List<int> Roles)>> found = new(StringComparer.Ordinal);
        Dictionary<PolicyDocument, (string Provider, Outcome Outcome)[]> trusts = new(ReferenceEqualityComparer.Instance);
        foreach (var (role, holdings) in standing.Account.Roles.Holdings.Index())
        {
            if (!trusts.TryGetValue(holdings.Trust, out var trusted))
            {
                trusted = [.. By(holdings.Trust)];
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

        _providers = [Those(found.Keys, isSaml: false), Those(found.Keys, isSaml: true)];
        _roles = found.ToDictionary(each => each.Key, each => each.Value.Values.Select(ways => new TargetGroup(ways.Outcome, new ArnChoice(standing.Account.Roles, [.. ways.Roles]))).ToArray(), StringComparer.Ordinal);
    }

    public void Map(Holder holder)
    {
        foreach (var (row, actions) in _roles.Count == 0 ? [] : _rows)
        {
            foreach (var (provider, outcome) in _standing.Index.Of(holder).May(actions) ? On(holder, row) : [])
            {
                foreach (var roles in _roles[provider])
                {
                    _abilities.Add(new Ability(EdgeKinds.CanIssueCredential, row.Key, _standing.Targets.Also(roles, row.Certain ? outcome : outcome.And(Outcome.Unknown))), holder, Because(provider, row.Actions[0]));
                }
            }
        }
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
    private IEnumerable<(string Provider, Outcome Outcome)> By(PolicyDocument trust) =>
        from statement in trust.Statements
        where statement is { Denies: false, Problem: null, Principals: { Excluded: false, Federated.Count: > 0 } }
        from provider in statement.Principals!.Federated
        where Arn.Parse(provider)?.Account == _standing.Account.Ids.Account && statement.IsAboutAction(FederatedTrust.ActionOf(provider))
        group FederatedTrust.By(trust, statement, provider, _standing.Account.Known, condition => IsOfToken(condition, provider)) by provider into ways
        let outcome = ways.Aggregate(Outcome.Denied, (so, one) => so.Or(one))
        where !outcome.IsDenied
        select (ways.Key, outcome);

    /// <summary>Keys of SAML begin so whatever the provider; those of OpenID Connect with its host.</summary>
    private static bool IsOfToken(PolicyCondition condition, string provider) => FederatedTrust.IsSaml(provider)
        ? condition.Key.StartsWith("saml:", StringComparison.OrdinalIgnoreCase)
        : condition.Key.StartsWith(FederatedTrust.NameOf(provider) + ":", StringComparison.OrdinalIgnoreCase);

    private Reason Because(string provider, string action)
    {
        if (!_reasons.TryGetValue((provider, action), out var reason))
        {
            _reasons.Add((provider, action), reason = Reason.On(provider, action));
        }

        return reason;
    }
}
