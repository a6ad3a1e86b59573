using IdentityGraph.Graph;
using IdentityGraph.Sources.Records;
using static IdentityGraph.Sources.BloodHound.DirectoryIds;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>One relationship as fact edges, by the table of <see cref="BloodHoundRights"/>.</summary>
internal sealed class LinkMapping(FactList facts, ImportMemory memory)
{
    private static readonly KeyValuePair<string, PropertyValue> s_right = new(P.StandsFor.Name, PropertyValue.Of("directoryRight"));
    private static readonly KeyValuePair<string, PropertyValue> s_active = new(P.State.Name, PropertyValue.Of("Active"));
    private static readonly KeyValuePair<string, PropertyValue>[] s_noLimit = [new(P.MaxLevel.Name, PropertyValue.None)];
    private readonly IdSet _made = new();
    private readonly KnownIds _hosts = new(DirectoryIds.Host);
    private readonly KnownIds _administrations = new(DirectoryIds.Administration);

    /// <summary>Adds the facts.</summary>
    /// <returns>Null; or why no kind of edge can say it.</returns>
    public string? Map(DirectoryLink link) => Map(link, BloodHoundRights.Find(link.Kind, link.EndKind));

    /// <summary>The same where the row is known.</summary>
    /// <param name="link">The link.</param>
    /// <param name="row">Its row; null: none says what it means.</param>
    public string? Map(in DirectoryLink link, RightRow? row)
    {
        switch (row?.Effect)
        {
            case Effect.Control:
                Control(link, row);
                break;
            case Effect.Entitle:
                Entitle(link, row.Rights);
                break;
            case Effect.Assume or Effect.AssumeUnread when link.StartKind.IsPrincipal():
                facts.Edge(EdgeKinds.CanAssume, facts.Object(link.Start), facts.Object(link.End), link.Kind, new KeyValuePair<string, PropertyValue>(P.Conditions.Name, PropertyValue.Of(row.Effect == Effect.Assume ? "none" : "unread")));
                break;
            case Effect.Member:
                facts.Edge(EdgeKinds.MemberOf, facts.Object(link.Start), facts.Object(link.End), link.Kind == "MemberOf" ? null : link.Kind);
                break;
            case Effect.ReadSecret:
                ReadSecret(link);
                break;
            case Effect.KeepsSecret:
                KeepsSecret(link);
                break;
            case Effect.Contain:
                return Contain(link);
            case Effect.Offered:
                facts.Edge(EdgeKinds.Contains, facts.Object(link.End), facts.Object(link.Start), link.Kind, new KeyValuePair<string, PropertyValue>(P.Inherits.Name, PropertyValue.Of(false)));
                break;
            case Effect.Apply:
                facts.Edge(EdgeKinds.Entitles, PolicyScope(link.Start), facts.Object(link.End), link.Kind, FactList.Rights(link.EndKind == DirectoryKind.Domain ? Level.L6 : Level.L5, link.Kind));
                break;
            case Effect.Trust or Effect.TrustInForest:
                facts.Edge(EdgeKinds.Trusts, Tenant(link.Start), Tenant(link.End), link.Kind, new KeyValuePair<string, PropertyValue>(P.Mapping.Name, PropertyValue.None));
                if (row.Effect == Effect.TrustInForest)
                {
                    AdministerAcross(link.End, link.Start, link.Kind, s_noLimit);
                }

                break;
            case Effect.AbuseTrust:
                AdministerAcross(link.Start, link.End, link.Kind);
                break;
            case Effect.LocalGroup:
                facts.Edge(EdgeKinds.Entitles, facts.Object(link.Start), _hosts.Of(link.End), link.Kind, FactList.Rights(BloodHoundRights.OfLocalGroup(NumberOf(link.Start)), link.Kind));
                break;
            default:
                if (link.StartKind is not (DirectoryKind.User or DirectoryKind.Computer or DirectoryKind.Group or DirectoryKind.LocalGroup or DirectoryKind.Base))
                {
                    return $"no kind of edge says `{link.Kind}` of {link.StartKind} and {link.EndKind}";
                }

                Entitle(link, FactList.Rights(null, link.Kind));
                break;
        }

        return null;
    }

    /// <summary>The key of the account that signs the tickets of a domain: whoever has it administers the domain. Nothing for other accounts.</summary>
    public void Tickets(string account)
    {
        var key = TicketKey(account);
        if (DomainOfTickets(account) is { } domain && _made.Add(key))
        {
            facts.Node(key, NodeKinds.Credential, [new(P.Name.Name, PropertyValue.Of("key of " + (memory.NameOf(account) ?? account))), new(P.CredentialKind.Name, PropertyValue.Of("privateKey")), new(P.Extractable.Name, PropertyValue.Of(true)), s_active, s_right]);
            facts.Edge(EdgeKinds.AuthenticatesAs, key, facts.Object(account));
            facts.Edge(EdgeKinds.AuthenticatesAs, key, Administered(domain, DirectoryKind.Domain));
        }
    }

    private void Control(in DirectoryLink link, RightRow row)
    {
        var (of, to) = (facts.Object(link.Start), facts.Object(link.End));
        if (link.EndKind == DirectoryKind.GPO && link.StartKind is DirectoryKind.Group or DirectoryKind.LocalGroup)
        {
            facts.Edge(EdgeKinds.HasEntitlement, of, PolicyScope(link.End), link.Kind);
        }
        else if (link.EndKind == DirectoryKind.GPO && link.StartKind.IsPrincipal())
        {
            facts.Edge(EdgeKinds.CanModify, of, to, link.Kind);
        }
        else if (link.StartKind.IsPrincipal())
        {
            Power(link.EndKind, of, link.End, link.Kind);
        }
        else
        {
            facts.Edge(EdgeKinds.Entitles, of, Administered(link.End, link.EndKind), link.Kind, row.Use);
        }
    }

    /// <summary>The edge by which a principal or application takes the object over.</summary>
    private void Power(DirectoryKind kind, string of, string id, string? key)
    {
        switch (kind)
        {
            case DirectoryKind.User or DirectoryKind.Computer:
                facts.Edge(EdgeKinds.CanIssueCredential, of, facts.Object(id), key);
                if (DomainOfTickets(id) is { } domain)
                {
                    facts.Edge(EdgeKinds.CanGrant, of, facts.Object(domain), key, s_noLimit);
                }

                break;
            case DirectoryKind.GPO:
                facts.Edge(EdgeKinds.CanGrant, of, PolicyEditor(id), key, s_noLimit);
                break;
            default:
                facts.Edge(EdgeKinds.CanGrant, of, facts.Object(id), key, s_noLimit);
                break;
        }
    }

    /// <summary>
    /// The administration of an object, made when first needed: an application that can do to it what control of it allows. Groups have
    /// the use of it, because the rules let only principals and applications issue credentials and grant.
    /// </summary>
    private string Administered(string id, DirectoryKind kind)
    {
        var administration = _administrations.Of(id);
        if (_made.Add(administration))
        {
            facts.Node(administration, NodeKinds.Application, [new(P.Name.Name, PropertyValue.Of("administration of " + (memory.NameOf(id) ?? id))), s_active, s_right]);
            Power(kind, administration, id, null);
        }

        return administration;
    }

    /// <summary>ENTITLES on what rights can be held on.</summary>
    private void Entitle(in DirectoryLink link, KeyValuePair<string, PropertyValue>[] rights)
    {
        var target = link.EndKind switch
        {
            DirectoryKind.Computer => _hosts.Of(link.End),
            DirectoryKind.User or DirectoryKind.Group or DirectoryKind.LocalGroup or DirectoryKind.GPO => Administered(link.End, link.EndKind),
            _ => facts.Object(link.End),
        };
        facts.Edge(EdgeKinds.Entitles, facts.Object(link.Start), target, link.Kind, rights);
    }

    /// <summary>
    /// Who administers one domain holds its trust keys; who holds them administers the other. A trust maps nobody to anybody, so it is not
    /// for every subject of the one domain.
    /// </summary>
    /// <param name="from">The domain whose administrators can do it.</param>
    /// <param name="to">The domain they reach.</param>
    /// <param name="kind">By what.</param>
    /// <param name="limit">How far; nothing: unknown.</param>
    private void AdministerAcross(string from, string to, string kind, params KeyValuePair<string, PropertyValue>[] limit)
    {
        var keys = TrustKeys(from);
        var across = AdministrationAcross(from, to);
        if (_made.Add(across))
        {
            facts.Node(keys, NodeKinds.Resource, [new(P.Kind.Name, PropertyValue.Of("trustKeys"))]);
            facts.Edge(EdgeKinds.InSystem, keys, facts.Object(from));
            facts.Node(across, NodeKinds.Application, [new(P.Name.Name, PropertyValue.Of($"administration of {memory.NameOf(to) ?? to} from {memory.NameOf(from) ?? from}")), s_active, s_right]);
            facts.Edge(EdgeKinds.DefinedIn, across, keys, null, new KeyValuePair<string, PropertyValue>(P.Protected.Name, PropertyValue.Of(true)));
        }

        facts.Edge(EdgeKinds.CanGrant, across, facts.Object(to), kind, limit);
    }

    private void ReadSecret(in DirectoryLink link)
    {
        var store = ManagedPasswordStore(link.End);
        var password = ManagedPassword(link.End);
        if (_made.Add(store))
        {
            facts.Node(store, NodeKinds.Resource, [new(P.Kind.Name, PropertyValue.Of("managedPassword"))]);
            Secret(password, "password", link.End);
            facts.Edge(EdgeKinds.StoredIn, password, store, null, new KeyValuePair<string, PropertyValue>(P.Sanctioned.Name, PropertyValue.Of(true)));
        }

        facts.Edge(EdgeKinds.Entitles, facts.Object(link.Start), store, link.Kind, FactList.Rights(Level.L2, link.Kind));
    }

    private void KeepsSecret(in DirectoryLink link)
    {
        var session = link.Kind == "HasSession";
        var secret = session ? Session(link.Start, link.End) : KeptPassword(link.Start, link.End);
        var key = HostKey(link.Start);
        if (_made.Add(key))
        {
            facts.Node(key, NodeKinds.Credential, [new(P.CredentialKind.Name, PropertyValue.Of("encryptionKey")), new(P.Extractable.Name, PropertyValue.Of(true)), new(P.StandsFor.Name, PropertyValue.Of("memoryProtection")), s_active]);
            facts.Edge(EdgeKinds.HeldBy, key, facts.Object(link.Start));
        }

        Secret(secret, session ? "sessionCookie" : "password", link.End);
        facts.Edge(EdgeKinds.StoredIn, secret, _hosts.Of(link.Start));
        facts.Edge(EdgeKinds.EncryptedWith, secret, key);
    }

    private void Secret(string id, string kind, string subject)
    {
        if (_made.Add(id))
        {
            facts.Node(id, NodeKinds.Credential, [new(P.CredentialKind.Name, PropertyValue.Of(kind)), new(P.Extractable.Name, PropertyValue.Of(true)), s_active]);
            facts.Edge(EdgeKinds.AuthenticatesAs, id, facts.Object(subject));
        }
    }

    private string? Contain(in DirectoryLink link)
    {
        var container = link.StartKind == DirectoryKind.Computer ? _hosts.Of(link.Start) : facts.Object(link.Start);
        switch (link.EndKind)
        {
            case DirectoryKind.Group or DirectoryKind.GPO when link.StartKind == DirectoryKind.Domain:
                facts.Edge(EdgeKinds.InSystem, facts.Object(link.End), container);
                break;
            case DirectoryKind.Group or DirectoryKind.GPO:
                // Who may administer the container reaches what it contains; who may only write to it does not.
                facts.Edge(EdgeKinds.DefinedIn, Administered(link.End, link.EndKind), container, null, new KeyValuePair<string, PropertyValue>(P.Protected.Name, PropertyValue.Of(true)));
                break;
            case DirectoryKind.Domain:
                return $"no kind of edge says that {link.StartKind} contains a domain";
            case DirectoryKind.Computer:
                facts.Edge(EdgeKinds.Contains, container, facts.Object(link.End));
                facts.Edge(EdgeKinds.Contains, container, _hosts.Of(link.End));
                break;
            default:
                facts.Edge(EdgeKinds.Contains, container, facts.Object(link.End));
                break;
        }

        return null;
    }

    private static ReadOnlySpan<char> NumberOf(string group) => group.AsSpan(group.LastIndexOf('-') + 1);
}
