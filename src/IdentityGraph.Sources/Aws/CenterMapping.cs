using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// Who manages IAM Identity Center: whoever may do more there than read takes the roles of its permission sets, Unknown, as the listing says
/// neither whether it is run from this account nor who is assigned what. Who writes a permission set writes what those roles may do.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html</remarks>
internal sealed class CenterMapping
{
    private readonly Standing _standing;
    private readonly Abilities _abilities;
    private readonly OtherServices _services;
    private readonly (PassedService Part, Ability Gives, Reason Because)[] _parts;

    public CenterMapping(Standing standing, Abilities abilities, OtherServices services)
    {
        (_standing, _abilities, _services) = (standing, abilities, services);
        _parts = Roles(standing.Account) is { Length: > 0 } roles
            ?
            [
                Part(PassedService.Center, EdgeKinds.CanIssueCredential, new ArnChoice(standing.Account.Roles, roles)),
                Part(PassedService.PermissionSets, EdgeKinds.CanGrant, new ArnChoice(standing.Whole)),
            ]
            : [];
    }

    /// <summary>Users, roles and groups of which something is to be found out here: nobody, where no role is one of a permission set.</summary>
    public IEnumerable<Holder> Holders => _parts.Length == 0 ? [] : _standing.Holders;

    public void Map(Holder holder)
    {
        foreach (var (part, gives, because) in _parts)
        {
            if (_services.Found(holder, part) is not null)
            {
                _abilities.Add(gives, holder, because);
            }
        }
    }

    private (PassedService Part, Ability Gives, Reason Because) Part(PassedService part, EdgeKind kind, ArnChoice targets) =>
        (part, new Ability(kind, part.Row.Key, new TargetGroup(Outcome.Unknown, targets)), new Reason("", null, 0, []) { Said = holder => _services.Because(holder, part) });

    /// <summary>Positions of the roles that trust tokens of Identity Center.</summary>
    private static int[] Roles(AccountModel account)
    {
        Dictionary<PolicyDocument, bool> trusts = new(ReferenceEqualityComparer.Instance);
        List<int> roles = [];
        foreach (var (role, holdings) in account.Roles.Holdings.Index().Where(each => each.Item.Kind == IdentityKind.Role))
        {
            if (!trusts.TryGetValue(holdings.Trust, out var trusted))
            {
                trusted = !TokenTrust.By(holdings.Trust, TokenTrust.IdentityCenter, account.Known).IsDenied;
                if (holdings.Trust.IsShared)
                {
                    trusts.Add(holdings.Trust, trusted);
                }
            }

            if (trusted)
            {
                roles.Add(role);
            }
        }

        return [.. roles];
    }
}
