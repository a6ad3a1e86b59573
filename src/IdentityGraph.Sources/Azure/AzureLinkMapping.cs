using IdentityGraph.Graph;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.Records;
using static IdentityGraph.Sources.Azure.AzureIds;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Azure;

/// <summary>One relationship as fact edges, by the table of <see cref="AzureEdgeKinds"/>. Remembers the few helper nodes it made.</summary>
internal sealed class AzureLinkMapping(FactList facts)
{
    private static readonly KeyValuePair<string, PropertyValue> s_active = new(P.State.Name, PropertyValue.Of("Active"));
    private static readonly KeyValuePair<string, PropertyValue> s_standsForRight = new(P.StandsFor.Name, PropertyValue.Of("directoryRight"));
    private static readonly KeyValuePair<string, PropertyValue> s_noLimit = new(P.MaxLevel.Name, PropertyValue.None);
    private static readonly KeyValuePair<string, PropertyValue>[] s_onlyNoLimit = [s_noLimit];
    private readonly IdSet _made = new();
    private readonly KnownIds _objects = new(AzureIds.Object);
    private readonly KnownIds _administrations = new(AzureIds.Administration);
    private readonly Dictionary<(string Power, string Tenant), string> _powers = [];
    private (string? Kind, AzureKind End, AzureEdgeRow? Row) _row;
    private (string? Power, string? Tenant, string Id) _power = (null, null, "");

    /// <summary><see cref="AzureIds.Object"/>, made once for a string that recurs.</summary>
    public string Object(string identifier) => _objects.Of(identifier);

    /// <summary>The row of the relationship; looked up once for those of one kind in a row.</summary>
    public AzureEdgeRow? RowOf(AzureLink link)
    {
        if (!ReferenceEquals(link.Kind, _row.Kind) || link.EndKind != _row.End)
        {
            _row = (link.Kind, link.EndKind, AzureEdgeKinds.Find(link.Kind, link.EndKind));
        }

        return _row.Row;
    }

    /// <summary>Adds the facts.</summary>
    /// <returns>Null; or why there is none.</returns>
    public string? Map(AzureLink link)
    {
        var row = RowOf(link);
        var (of, to) = (Object(link.Start), Object(link.End));
        switch (row?.Effect)
        {
            case AzureEffect.Nothing:
                return $"understood, and gives no access: {row.Why}";
            case AzureEffect.Member:
                facts.Edge(EdgeKinds.MemberOf, of, to);
                break;
            case AzureEffect.HasRole:
                facts.Edge(EdgeKinds.HasRole, of, to);
                break;
            case AzureEffect.Eligible:
                Eligible(link.Start, link.End, null, null);
                break;
            case AzureEffect.RunsAs:
                facts.Edge(EdgeKinds.RunsAs, link.StartKind == AzureKind.Device ? Host(link.Start) : of, to);
                break;
            case AzureEffect.Authenticate:
                facts.Edge(EdgeKinds.AuthenticatesAs, of, to);
                break;
            case AzureEffect.AssumeUnread:
                facts.Edge(EdgeKinds.CanAssume, Synced(link.Start, link.StartKind), Synced(link.End, link.EndKind), link.Kind, new KeyValuePair<string, PropertyValue>(P.Conditions.Name, PropertyValue.Of("unread")));
                break;
            case AzureEffect.Contain:
                Contain(link);
                break;
            case AzureEffect.Control:
                Control(link);
                break;
            case AzureEffect.Permission:
                Permission(link);
                break;
            case AzureEffect.IssueForAll:
                IssueForAll(link);
                break;
            case AzureEffect.GrantAccess:
                facts.Edge(EdgeKinds.Entitles, of, AccessOf(link.End), link.Kind, FactList.Rights("U", link.Kind));
                break;
            default:
                return Entitle(link, row?.Effect == AzureEffect.Entitle ? row.Letters : null);
        }

        return null;
    }

    /// <summary>
    /// A sort of administration over all objects of a kind, made when first needed: an application, because only principals and
    /// applications issue credentials and grant.
    /// </summary>
    public string Power(string power, string tenant)
    {
        if (!ReferenceEquals(power, _power.Power) || !ReferenceEquals(tenant, _power.Tenant))
        {
            if (!_powers.TryGetValue((power, tenant), out var id))
            {
                id = AzureIds.Power(power, tenant);
                _powers.Add((power, tenant), id);
                Application(id, power);
            }

            _power = (power, tenant, id);
        }

        return _power.Id;
    }

    /// <summary>Whoever has the use of the power or administration can take the object over.</summary>
    /// <param name="administration">Node id of the application that can.</param>
    /// <param name="kind">What the object is.</param>
    /// <param name="identifier">The object.</param>
    /// <param name="key">Tells parallel edges apart; null: none.</param>
    /// <param name="gates">What it hangs on that was not read, as a word no profile satisfies; null: nothing.</param>
    public void TakesOver(string administration, AzureKind kind, string identifier, string? key = null, string? gates = null)
    {
        KeyValuePair<string, PropertyValue>[] unread = gates is null ? [] : [new(P.Gates.Name, PropertyValue.Of([gates]))];
        if (kind is AzureKind.Group or AzureKind.Role or AzureKind.Tenant)
        {
            facts.Edge(EdgeKinds.CanGrant, administration, Object(identifier), key, unread.Length == 0 ? s_onlyNoLimit : [s_noLimit, .. unread]);
        }
        else
        {
            facts.Edge(EdgeKinds.CanIssueCredential, administration, Object(identifier), key, unread);
        }
    }

    /// <summary>States that somebody may activate a role.</summary>
    /// <param name="principal">Object identifier.</param>
    /// <param name="role">Role identifier, `role@tenant`.</param>
    /// <param name="since">When it began (UTC); null: not said.</param>
    /// <param name="gates">What activating it demands; null or none: nobody said, which leaves it unknown.</param>
    public void Eligible(string principal, string role, DateTimeOffset? since, IReadOnlyList<string>? gates = null)
    {
        var assignment = Eligibility(principal, role);
        List<KeyValuePair<string, PropertyValue>> properties = [s_active, new(P.AssignmentKind.Name, PropertyValue.Of("eligible")), new(P.Gates.Name, PropertyValue.Of(gates ?? []))];
        if (since is { } start)
        {
            properties.Add(new(P.StartAt.Name, PropertyValue.Of(start)));
        }

        facts.Node(assignment, NodeKinds.Assignment, properties);
        facts.Edge(EdgeKinds.Holds, Object(principal), assignment);
        facts.Edge(EdgeKinds.Assigns, assignment, Object(role));
    }

    /// <summary>An application that gives a role which owns the resource.</summary>
    public string AccessOf(string resource)
    {
        var administration = Administration(resource);
        if (Application(administration, "access to " + resource))
        {
            var owner = ScopedRole("owner", resource);
            facts.Node(owner, NodeKinds.Role, [new(P.Name.Name, PropertyValue.Of("owner of " + resource))]);
            facts.Edge(EdgeKinds.Entitles, owner, Object(resource), "AZOwner", FactList.Rights(Level.L5, "AZOwner"));
            facts.Edge(EdgeKinds.CanGrant, administration, owner, null, s_noLimit);
        }

        return administration;
    }

    /// <summary>States that a power gives every right on a system to anybody.</summary>
    public void GivesSystem(string power, string system)
    {
        if (_made.Add(power + " " + system))
        {
            facts.Edge(EdgeKinds.CanGrant, power, system, null, s_noLimit);
        }
    }

    private bool Application(string id, string name)
    {
        if (!_made.Add(id))
        {
            return false;
        }

        facts.Node(id, NodeKinds.Application, [new(P.Name.Name, PropertyValue.Of(name)), s_active, s_standsForRight]);
        return true;
    }

    private void Control(AzureLink link)
    {
        if (link.StartKind is AzureKind.User or AzureKind.ServicePrincipal or AzureKind.App or AzureKind.Device)
        {
            TakesOver(Object(link.Start), link.EndKind, link.End, link.Kind);
        }
        else
        {
            facts.Edge(EdgeKinds.Entitles, Object(link.Start), Administered(link.EndKind, link.End), link.Kind, FactList.Rights("U", link.Kind));
        }
    }

    private string Administered(AzureKind kind, string identifier)
    {
        var administration = _administrations.Of(identifier);
        if (!_made.Contains(administration))
        {
            Application(administration, "administration of " + identifier);
            TakesOver(administration, kind, identifier);
        }

        return administration;
    }

    /// <summary>ENTITLES on what rights can be held on; null letters: the level is unknown.</summary>
    private string? Entitle(AzureLink link, string? letters)
    {
        if (link.StartKind is AzureKind.Tenant or AzureKind.App or AzureKind.FederatedIdentityCredential || link.StartKind.IsResource())
        {
            return $"no kind of edge says `{link.Kind}` of AZ{link.StartKind} and AZ{link.EndKind}";
        }

        var target = link.EndKind switch
        {
            AzureKind.Device => Host(link.End),
            AzureKind.User or AzureKind.Group or AzureKind.App or AzureKind.ServicePrincipal or AzureKind.Role => Administered(link.EndKind, link.End),
            _ => Object(link.End),
        };
        facts.Edge(EdgeKinds.Entitles, Object(link.Start), target, link.Kind, FactList.Rights(letters, link.Kind));
        return null;
    }

    private void Contain(AzureLink link)
    {
        if (link.StartKind == AzureKind.Tenant)
        {
            facts.Edge(EdgeKinds.InSystem, Object(link.End), link.EndKind.IsResource() ? Cloud(link.Start) : Object(link.Start));
            return;
        }

        facts.Edge(EdgeKinds.Contains, Object(link.Start), Object(link.End));
    }

    private void IssueForAll(AzureLink link)
    {
        var entitlement = Entitlement(link.End, link.Kind);
        if (_made.Add(entitlement))
        {
            facts.Node(entitlement, NodeKinds.Entitlement, [new(P.Name.Name, PropertyValue.Of(link.Kind))]);
            facts.Edge(EdgeKinds.Confers, entitlement, Object(link.End), null, new KeyValuePair<string, PropertyValue>(P.Capability.Name, PropertyValue.Of("issueCredential")));
        }

        facts.Edge(EdgeKinds.HasEntitlement, Object(link.Start), entitlement, link.Kind);
    }

    private void Permission(AzureLink link) =>
        new AzurePermissions(facts, _made).Application(link.Start, link.End, AzureEdgeKinds.PermissionOf(link.Kind), link.EndKind == AzureKind.Tenant ? link.End : link.Tenant);

    private string Synced(string identifier, AzureKind kind) =>
        kind == AzureKind.Base && identifier.StartsWith("S-1-", StringComparison.OrdinalIgnoreCase) ? DirectoryIds.Object(JsonReading.Upper(identifier)) : Object(identifier);
}
