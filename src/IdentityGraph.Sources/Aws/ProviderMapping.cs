using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// Who can replace the metadata of a SAML provider, and with it the key that tells its tokens: it signs in as any role that trusts the
/// provider, with whatever the token must say.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html</remarks>
internal sealed class ProviderMapping
{
    public const string Action = "iam:UpdateSAMLProvider";

    private static readonly ActionSet s_action = AskedActions.Of(Action);
    private readonly Standing _standing;
    private readonly Abilities _abilities;
    private readonly Candidates _providers;
    private readonly Dictionary<string, TargetGroup[]> _roles;
    private readonly Dictionary<string, Reason> _reasons = new(StringComparer.Ordinal);

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

        var table = new ArnTable($"arn:{standing.Account.Ids.Partition}:iam::{standing.Account.Ids.Account}:");
        foreach (var provider in found.Keys)
        {
            table.Add(provider, out _);
        }

        _providers = new Candidates("saml-provider", new ArnChoice(table));
        _roles = found.ToDictionary(each => each.Key, each => each.Value.Values.Select(ways => new TargetGroup(ways.Outcome, new ArnChoice(standing.Account.Roles, [.. ways.Roles]))).ToArray(), StringComparer.Ordinal);
    }

    public void Map(Holder holder)
    {
        if (_roles.Count == 0 || !_standing.Index.Of(holder).May(s_action))
        {
            return;
        }

        foreach (var group in _standing.Among(holder, Action, _providers))
        {
            foreach (var provider in group.Arns)
            {
                foreach (var roles in _roles[provider])
                {
                    _abilities.Add(new Ability(EdgeKinds.CanIssueCredential, Action, _standing.Targets.Also(roles, group.Outcome)), holder, Because(provider));
                }
            }
        }
    }

    /// <summary>The providers of its own account that a trust names, and what else it asks for than what their tokens say.</summary>
    private IEnumerable<(string Provider, Outcome Outcome)> By(PolicyDocument trust) =>
        from statement in trust.Statements
        where statement is { Denies: false, Problem: null, Principals: { Excluded: false, Federated.Count: > 0 } }
        from provider in statement.Principals!.Federated
        where FederatedTrust.IsSaml(provider) && Arn.Parse(provider)?.Account == _standing.Account.Ids.Account && statement.IsAboutAction(FederatedTrust.ActionOf(provider))
        group FederatedTrust.By(trust, statement, provider, _standing.Account.Known, IsOfToken) by provider into ways
        let outcome = ways.Aggregate(Outcome.Denied, (so, one) => so.Or(one))
        where !outcome.IsDenied
        select (ways.Key, outcome);

    private static bool IsOfToken(PolicyCondition condition) => condition.Key.StartsWith("saml:", StringComparison.OrdinalIgnoreCase);

    private Reason Because(string provider)
    {
        if (!_reasons.TryGetValue(provider, out var reason))
        {
            _reasons.Add(provider, reason = Reason.On(provider, Action));
        }

        return reason;
    }
}
