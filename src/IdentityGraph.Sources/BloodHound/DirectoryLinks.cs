using System.Text.Json;
using static IdentityGraph.Sources.BloodHound.DirectoryKind;
using static IdentityGraph.Sources.BloodHound.JsonReading;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>
/// The relationships an object of a SharpHound file states, named and directed as BloodHound's ingest does. A member that is absent or
/// was not collected states nothing.
/// </summary>
internal static class DirectoryLinks
{
    private static readonly (string Member, string Right, string LocalGroup)[] s_localRights =
    [
        ("LocalAdmins", "AdminTo", "-544"),
        ("RemoteDesktopUsers", "CanRDP", "-555"),
        ("DcomUsers", "ExecuteDCOM", "-562"),
        ("PSRemoteUsers", "CanPSRemote", "-580"),
    ];

    public static IEnumerable<DirectoryLink> Of(string id, DirectoryKind kind, JsonElement json)
    {
        var properties = Member(json, "Properties");
        var links = Rights(id, kind, Elements(json, "Aces"))
            .Concat(Containment(id, kind, json))
            .Concat(Elements(json, "Links").Select(link => new DirectoryLink(Identifier(link, "GUID"), GPO, "GPLink", id, kind)))
            .Concat(Elements(json, "Members").Select(member => new DirectoryLink(Identifier(member), Kind(member), "MemberOf", id, kind)))
            .Concat(Elements(json, "HasSIDHistory").Select(other => new DirectoryLink(id, kind, "HasSIDHistory", Identifier(other), Kind(other))))
            .Concat(Elements(json, "AllowedToDelegate").Select(other => new DirectoryLink(id, kind, "AllowedToDelegate", Identifier(other), Kind(other))))
            .Concat(Elements(json, "AllowedToAct").Select(other => new DirectoryLink(Identifier(other), Kind(other), "AllowedToAct", id, kind)));

        if (Text(json, "PrimaryGroupSID") is { Length: > 0 } primary)
        {
            links = links.Append(new(id, kind, "MemberOf", Upper(primary), Group));
        }

        return kind switch
        {
            User => links.Concat(OfUser(id, json, properties)),
            Computer => links.Concat(OfComputer(id, json, properties)),
            Domain => links.Concat(Elements(json, "Trusts").SelectMany(trust => OfTrust(id, trust))).Concat(PolicyChanges(json)),
            OU => links.Concat(PolicyChanges(json)),
            EnterpriseCA => links.Concat(OfAuthority(id, json)),
            RootCA => links.Concat(OfDomainStore(id, kind, "RootCAFor", json)),
            NTAuthStore => links.Concat(OfDomainStore(id, kind, "NTAuthStoreFor", json)),
            IssuancePolicy when Member(json, "GroupLink") is { ValueKind: JsonValueKind.Object } group && Identifier(group).Length > 0 =>
                links.Append(new(id, kind, "OIDGroupLink", Identifier(group), Group)),
            _ => links,
        };
    }

    /// <summary>One row of a `sessions` file.</summary>
    public static DirectoryLink OfSession(JsonElement json) => new(Identifier(json, "ComputerSID"), Computer, "HasSession", Identifier(json, "UserSID"), User);

    private static IEnumerable<DirectoryLink> Rights(string id, DirectoryKind kind, IEnumerable<JsonElement> entries) =>
        from entry in entries
        let right = Text(entry, "RightName") switch { "Owns" => "OwnsRaw", "WriteOwner" => "WriteOwnerRaw", var other => other ?? "" }
        select new DirectoryLink(Identifier(entry, "PrincipalSID"), DirectoryKinds.OfWord(Text(entry, "PrincipalType")), right, id, kind);

    private static IEnumerable<DirectoryLink> Containment(string id, DirectoryKind kind, JsonElement json)
    {
        foreach (var child in Elements(json, "ChildObjects"))
        {
            yield return new(id, kind, "Contains", Identifier(child), Kind(child));
        }

        if (Member(json, "ContainedBy") is { ValueKind: JsonValueKind.Object } parent && Identifier(parent).Length > 0)
        {
            yield return new(Identifier(parent), Kind(parent), "Contains", id, kind);
        }
    }

    private static IEnumerable<DirectoryLink> OfUser(string id, JsonElement json, JsonElement properties)
    {
        foreach (var member in new[] { "SPNTargets", "SpnTargets" })
        {
            foreach (var target in Elements(json, member))
            {
                yield return new(id, User, Text(target, "Service") ?? "", Identifier(target, "ComputerSID"), Computer);
            }
        }

        if (Delegates(json, properties) && DomainOf(json, properties) is { Length: > 0 } domain)
        {
            yield return new(id, User, "CoerceToTGT", domain, Domain);
        }
    }

    private static IEnumerable<DirectoryLink> OfComputer(string id, JsonElement json, JsonElement properties)
    {
        var domain = DomainOf(json, properties);
        if (domain.Length > 0)
        {
            if (Flag(json, "IsDC") == true)
            {
                yield return new(id, Computer, "DCFor", domain, Domain);
            }
            else if (Delegates(json, properties))
            {
                yield return new(id, Computer, "CoerceToTGT", domain, Domain);
            }
        }

        foreach (var sessions in new[] { "Sessions", "PrivilegedSessions", "RegistrySessions" })
        {
            foreach (var session in Collected(Member(json, sessions)))
            {
                var host = Identifier(session, "ComputerSID");
                yield return new(host.Length > 0 ? host : id, Computer, "HasSession", Identifier(session, "UserSID"), User);
            }
        }

        foreach (var group in Elements(json, "LocalGroups").Where(group => Flag(group, "Collected") != false))
        {
            var groupId = Identifier(group);
            yield return new(groupId, LocalGroup, "LocalToComputer", id, Computer, Text(group, "Name"));
            foreach (var member in Elements(group, "Results"))
            {
                yield return new(Identifier(member), Kind(member), "MemberOfLocalGroup", groupId, LocalGroup);
            }
        }

        foreach (var right in Elements(json, "UserRights"))
        {
            var privilege = Text(right, "Privilege") ?? "";
            foreach (var holder in Collected(right))
            {
                yield return new(Identifier(holder), Kind(holder), privilege == "SeRemoteInteractiveLogonRight" ? "RemoteInteractiveLogonRight" : privilege, id, Computer);
            }
        }

        foreach (var (member, right, _) in s_localRights)
        {
            foreach (var holder in Collected(Member(json, member)))
            {
                yield return new(Identifier(holder), Kind(holder), right, id, Computer);
            }
        }

        foreach (var account in Elements(json, "DumpSMSAPassword"))
        {
            yield return new(id, Computer, "DumpSMSAPassword", Identifier(account), Kind(account));
        }
    }

    /// <summary>What policy objects put into the local groups of the computers they apply to.</summary>
    private static IEnumerable<DirectoryLink> PolicyChanges(JsonElement json)
    {
        var changes = Member(json, "GPOChanges");
        foreach (var computer in Elements(changes, "AffectedComputers"))
        {
            foreach (var (member, _, localGroup) in s_localRights)
            {
                foreach (var added in Elements(changes, member))
                {
                    yield return new(Identifier(added), Kind(added), "MemberOfLocalGroup", Identifier(computer) + localGroup, LocalGroup);
                }
            }
        }
    }

    private static IEnumerable<DirectoryLink> OfTrust(string id, JsonElement trust)
    {
        var other = Identifier(trust, "TargetDomainSid");
        var name = Text(trust, "TargetDomainName");
        var forest = Text(trust, "TrustType") is "ParentChild" or "TreeRoot" or "CrossLink";
        var kind = forest ? "SameForestTrust" : "CrossForestTrust";
        var direction = Text(trust, "TrustDirection");
        var outward = direction is "Outbound" or "Bidirectional";
        var inward = direction is "Inbound" or "Bidirectional";
        if (outward)
        {
            yield return new(id, Domain, kind, other, Domain, name);
        }

        if (inward)
        {
            yield return new(other, Domain, kind, id, Domain, name);
        }

        if (outward && !forest && Flag(trust, "SidFilteringEnabled") == false)
        {
            yield return new(other, Domain, "SpoofSIDHistory", id, Domain, name);
        }

        if (inward && !forest && Flag(trust, "TGTDelegationEnabled") == true)
        {
            yield return new(other, Domain, "AbuseTGTDelegation", id, Domain, name);
        }
    }

    private static IEnumerable<DirectoryLink> OfAuthority(string id, JsonElement json)
    {
        if (Identifier(json, "HostingComputer") is { Length: > 0 } host)
        {
            yield return new(host, Computer, "HostsCAService", id, EnterpriseCA);
        }

        foreach (var template in Elements(json, "EnabledCertTemplates"))
        {
            yield return new(Identifier(template), CertTemplate, "PublishedTo", id, EnterpriseCA);
        }

        var security = Member(Member(json, "CARegistryData"), "CASecurity");
        if (Flag(security, "Collected") != false)
        {
            foreach (var right in Rights(id, EnterpriseCA, Elements(security, "Data")))
            {
                yield return right;
            }
        }
    }

    private static IEnumerable<DirectoryLink> OfDomainStore(string id, DirectoryKind kind, string word, JsonElement json)
    {
        if (Identifier(json, "DomainSID") is { Length: > 0 } domain)
        {
            yield return new(id, kind, word, domain, Domain);
        }
    }

    private static bool Delegates(JsonElement json, JsonElement properties) =>
        (Flag(json, "UnconstrainedDelegation") ?? Flag(properties, "unconstraineddelegation")) == true;

    private static string DomainOf(JsonElement json, JsonElement properties) =>
        Identifier(json, "DomainSID") is { Length: > 0 } own ? own : Identifier(properties, "domainsid");

    private static IEnumerable<JsonElement> Collected(JsonElement result) =>
        Flag(result, "Collected") == false ? [] : Elements(result, "Results");

    private static DirectoryKind Kind(JsonElement link) => DirectoryKinds.OfWord(Text(link, "ObjectType"));
}
