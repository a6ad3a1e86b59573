using System.Text.Json;
using IdentityGraph.Sources.Records;
using static IdentityGraph.Sources.BloodHound.DirectoryKind;
using static IdentityGraph.Sources.BloodHound.JsonReading;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>
/// The relationships an object of a SharpHound file states, named and directed as BloodHound's ingest does. A member that is absent or
/// was not collected states nothing.
/// </summary>
internal sealed class DirectoryLinks(SeenWords words)
{
    private static readonly (string Member, string Right, string LocalGroup)[] s_localRights =
    [
        ("LocalAdmins", "AdminTo", "-544"),
        ("RemoteDesktopUsers", "CanRDP", "-555"),
        ("DcomUsers", "ExecuteDCOM", "-562"),
        ("PSRemoteUsers", "CanPSRemote", "-580"),
    ];

    private static readonly string[] s_targets = ["SPNTargets", "SpnTargets"];

    private const int RightName = 0, PrincipalSid = 1, PrincipalType = 2;

    private readonly JsonMembers _right = new("RightName", "PrincipalSID", "PrincipalType");
    private readonly List<DirectoryLink> _of = [];
    private string? _odd;

    /// <summary>A member that should be a list and is none, since it was last asked for; null: there was none.</summary>
    public string? TakeOdd()
    {
        var odd = _odd;
        _odd = null;
        return odd;
    }

    /// <summary>The identifier of an object; "" where it has none.</summary>
    public string IdentifierOf(JsonValue json) => Identifier(json);

    /// <summary>Everything one object states; stands until the next is asked for.</summary>
    public IReadOnlyList<DirectoryLink> Of(string id, DirectoryKind kind, JsonValue json)
    {
        var properties = Member(json, "Properties");
        var links = _of;
        links.Clear();
        AddRights(links, id, kind, Member(json, "Aces"));
        AddContainment(links, id, kind, json);
        foreach (var link in Listed(json, "Links"))
        {
            links.Add(new(Identifier(link, "GUID"), GPO, "GPLink", id, kind));
        }

        foreach (var member in Listed(json, "Members"))
        {
            links.Add(new(Identifier(member), Kind(member), "MemberOf", id, kind));
        }

        foreach (var other in Listed(json, "HasSIDHistory"))
        {
            links.Add(new(id, kind, "HasSIDHistory", Identifier(other), Kind(other)));
        }

        foreach (var other in Listed(json, "AllowedToDelegate"))
        {
            links.Add(new(id, kind, "AllowedToDelegate", Identifier(other), Kind(other)));
        }

        foreach (var other in Listed(json, "AllowedToAct"))
        {
            links.Add(new(Identifier(other), Kind(other), "AllowedToAct", id, kind));
        }

        if (Identifier(json, "PrimaryGroupSID") is { Length: > 0 } primary)
        {
            links.Add(new(id, kind, "MemberOf", primary, Group));
        }

        if (kind == User)
        {
            AddOfUser(links, id, json, properties);
        }
        else
        {
            links.AddRange(OfKind(id, kind, json, properties));
        }

        return links;
    }

    private IEnumerable<DirectoryLink> OfKind(string id, DirectoryKind kind, JsonValue json, JsonValue properties)
    {
        return kind switch
        {
            Computer => OfComputer(id, json, properties),
            Domain => Listed(json, "Trusts").SelectMany(trust => OfTrust(id, trust)).Concat(PolicyChanges(json)),
            OU => PolicyChanges(json),
            EnterpriseCA => OfAuthority(id, json),
            RootCA => OfDomainStore(id, kind, "RootCAFor", json),
            NTAuthStore => OfDomainStore(id, kind, "NTAuthStoreFor", json),
            IssuancePolicy when Member(json, "GroupLink") is { ValueKind: JsonValueKind.Object } group && Identifier(group).Length > 0 =>
                [new(id, kind, "OIDGroupLink", Identifier(group), Group)],
            _ => [],
        };
    }

    /// <summary>One row of a `sessions` file.</summary>
    public DirectoryLink OfSession(JsonValue json) => new(Identifier(json, "ComputerSID"), Computer, "HasSession", Identifier(json, "UserSID"), User);

    private void AddRights(List<DirectoryLink> links, string id, DirectoryKind kind, JsonValue entries)
    {
        if (entries.ValueKind != JsonValueKind.Array)
        {
            Listed("Aces", entries);
            return;
        }

        links.EnsureCapacity(links.Count + entries.GetArrayLength() + 2);
        foreach (var entry in entries.EnumerateArray())
        {
            _right.Read(entry);
            var right = words.Text(_right[RightName]) switch { "Owns" => "OwnsRaw", "WriteOwner" => "WriteOwnerRaw", var other => other ?? "" };
            links.Add(new(words.Upper(_right[PrincipalSid]), DirectoryKinds.OfWord(words.Text(_right[PrincipalType])), right, id, kind));
        }
    }

    private void AddContainment(List<DirectoryLink> links, string id, DirectoryKind kind, JsonValue json)
    {
        foreach (var child in Listed(json, "ChildObjects"))
        {
            links.Add(new(id, kind, "Contains", Identifier(child), Kind(child)));
        }

        if (Member(json, "ContainedBy") is { ValueKind: JsonValueKind.Object } parent && Identifier(parent).Length > 0)
        {
            links.Add(new(Identifier(parent), Kind(parent), "Contains", id, kind));
        }
    }

    private void AddOfUser(List<DirectoryLink> links, string id, JsonValue json, JsonValue properties)
    {
        foreach (var member in s_targets)
        {
            foreach (var target in Listed(json, member))
            {
                links.Add(new(id, User, Text(target, "Service") ?? "", Identifier(target, "ComputerSID"), Computer));
            }
        }

        if (Delegates(json, properties) && DomainOf(json, properties) is { Length: > 0 } domain)
        {
            links.Add(new(id, User, "CoerceToTGT", domain, Domain));
        }
    }

    private IEnumerable<DirectoryLink> OfComputer(string id, JsonValue json, JsonValue properties)
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
            foreach (var session in Collected(json, sessions))
            {
                var host = Identifier(session, "ComputerSID");
                yield return new(host.Length > 0 ? host : id, Computer, "HasSession", Identifier(session, "UserSID"), User);
            }
        }

        foreach (var group in Listed(json, "LocalGroups").Where(group => Flag(group, "Collected") != false))
        {
            var groupId = Identifier(group);
            var host = LocalGroups.HostOf(id, json, properties, domain, groupId);
            yield return new(groupId, LocalGroup, "LocalToComputer", id, Computer, host is null ? Text(group, "Name") : null, host);
            foreach (var member in Listed(group, "Results"))
            {
                yield return new(Identifier(member), Kind(member), "MemberOfLocalGroup", groupId, LocalGroup, null, host);
            }
        }

        foreach (var right in Listed(json, "UserRights"))
        {
            var privilege = Text(right, "Privilege") ?? "";
            foreach (var holder in Results(right))
            {
                yield return new(Identifier(holder), Kind(holder), privilege == "SeRemoteInteractiveLogonRight" ? "RemoteInteractiveLogonRight" : privilege, id, Computer);
            }
        }

        foreach (var (member, right, _) in s_localRights)
        {
            foreach (var holder in Collected(json, member))
            {
                yield return new(Identifier(holder), Kind(holder), right, id, Computer);
            }
        }

        foreach (var account in Listed(json, "DumpSMSAPassword"))
        {
            yield return new(id, Computer, "DumpSMSAPassword", Identifier(account), Kind(account));
        }
    }

    /// <summary>What policy objects put into the local groups of the computers they apply to.</summary>
    private IEnumerable<DirectoryLink> PolicyChanges(JsonValue json)
    {
        var changes = Member(json, "GPOChanges");
        foreach (var computer in Listed(changes, "AffectedComputers"))
        {
            foreach (var (member, _, localGroup) in s_localRights)
            {
                foreach (var added in Listed(changes, member))
                {
                    yield return new(Identifier(added), Kind(added), "MemberOfLocalGroup", Identifier(computer) + localGroup, LocalGroup);
                }
            }
        }
    }

    private IEnumerable<DirectoryLink> OfTrust(string id, JsonValue trust)
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

    private IEnumerable<DirectoryLink> OfAuthority(string id, JsonValue json)
    {
        if (Identifier(json, "HostingComputer") is { Length: > 0 } host)
        {
            yield return new(host, Computer, "HostsCAService", id, EnterpriseCA);
        }

        foreach (var template in Listed(json, "EnabledCertTemplates"))
        {
            yield return new(Identifier(template), CertTemplate, "PublishedTo", id, EnterpriseCA);
        }

        var security = Member(Member(json, "CARegistryData"), "CASecurity");
        if (Flag(security, "Collected") != false)
        {
            List<DirectoryLink> rights = [];
            AddRights(rights, id, EnterpriseCA, Member(security, "Data"));
            foreach (var right in rights)
            {
                yield return right;
            }
        }
    }

    private IEnumerable<DirectoryLink> OfDomainStore(string id, DirectoryKind kind, string word, JsonValue json)
    {
        if (Identifier(json, "DomainSID") is { Length: > 0 } domain)
        {
            yield return new(id, kind, word, domain, Domain);
        }
    }

    private static bool Delegates(JsonValue json, JsonValue properties) =>
        (Flag(json, "UnconstrainedDelegation") ?? Flag(properties, "unconstraineddelegation")) == true;

    private string DomainOf(JsonValue json, JsonValue properties) =>
        Identifier(json, "DomainSID") is { Length: > 0 } own ? own : Identifier(properties, "domainsid");

    private JsonElementList Collected(JsonValue json, string name)
    {
        var result = Member(json, name);
        _odd ??= result.ValueKind is JsonValueKind.Object or JsonValueKind.Undefined or JsonValueKind.Null ? null : name;
        return Results(result);
    }

    private JsonElementList Results(JsonValue result) => Flag(result, "Collected") == false ? default : Listed(result, "Results");

    private DirectoryKind Kind(JsonValue link) => DirectoryKinds.OfWord(Word(link, "ObjectType"));

    private string? Word(JsonValue json, string name) => words.Text(Member(json, name));

    private string Identifier(JsonValue json, string name = "ObjectIdentifier") => words.Upper(Member(json, name));

    private JsonElementList Listed(JsonValue json, string name) => Listed(name, Member(json, name));

    private JsonElementList Listed(string name, JsonValue list)
    {
        if (list.ValueKind == JsonValueKind.Array)
        {
            return list.EnumerateArray();
        }

        _odd ??= list.ValueKind == JsonValueKind.Undefined ? null : name;
        return default;
    }
}
