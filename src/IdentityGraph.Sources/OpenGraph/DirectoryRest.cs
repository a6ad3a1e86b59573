using IdentityGraph.Collect;
using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>
/// What is concluded of Active Directory from all that an import says of it, as it is from SharpHound's own files: members of Everyone and
/// Authenticated Users, whom certificates let one become, and the keys of tickets. Grows with the rights on templates and authorities; the ids of
/// accounts go to a <see cref="Records.TextShelf"/>.
/// </summary>
internal sealed class DirectoryRest(FactList facts, PropertyNames names, ImportMemory memory, ImportReport report) : IDisposable
{
    private readonly Everybody _everybody = new(facts, memory, report);
    private readonly Certificates _certificates = new(facts, memory, report);
    private readonly SortedSet<string> _ticketAccounts = new(StringComparer.Ordinal);
    private readonly int _domainSid = names.Find("domainsid");
    private string? _domain;

    /// <summary>Names of properties that are read for it.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["domain", "schannelauthenticationenabled", "authenticationenabled", "effectiveekus", "ekus", "enrolleesuppliessubject", "nosecurityextension", "isuserspecifiessanenabled"];

    /// <summary>Remembers an object of the directory.</summary>
    public void Meet(string id, DirectoryKind kind, string? name, PropertyBag bag)
    {
        facts.Stream = ObjectKinds.DirectoryStream;
        var domain = bag.Text(_domainSid);
        if (domain is not null && domain != _domain)
        {
            _domain = domain;
            _everybody.MeetDomain(bag.Text(names.Find("domain")), domain);
        }

        if (kind == DirectoryKind.Domain)
        {
            _everybody.MeetDomain(name, id);
        }
        else if (kind is DirectoryKind.User or DirectoryKind.Computer)
        {
            _everybody.MeetStray(id);
            if (kind == DirectoryKind.User && DirectoryIds.DomainOfTickets(id) is not null)
            {
                _ticketAccounts.Add(id);
            }
        }
        else if (Certificates.IsIssuer(kind))
        {
            _certificates.Meet(id, kind, JsonReading.Upper(domain ?? ""), IssuerSettings.Of(flag => bag.Flag(names.Find(flag)), list => bag.List(names.Find(list))));
            if (kind == DirectoryKind.EnterpriseCA)
            {
                _certificates.MeetRequests(id, bag.Flag(names.Find("isuserspecifiessanenabled")));
            }
        }
    }

    /// <summary>Remembers a relationship that starts or ends at an object of the directory.</summary>
    public void Meet(in DirectoryLink link)
    {
        facts.Stream = ObjectKinds.DirectoryStream;
        _everybody.Meet(link);
        _certificates.Meet(link);
        if (link.Kind == "MemberOf" && Everybody.IsOfAccounts(link.End))
        {
            memory.Group(link.Start);
        }
    }

    /// <summary>States it, a few facts at a time. A payload does not say whether it is whole, so a template that no authority is said to issue by counts too.</summary>
    /// <param name="links">What states the keys of tickets.</param>
    public IEnumerable<bool> Conclude(LinkMapping links)
    {
        facts.Stream = ObjectKinds.DirectoryStream;
        foreach (var account in _ticketAccounts)
        {
            links.Tickets(account);
        }

        foreach (var _ in _certificates.Conclude(areAuthoritiesWhole: false).Concat(_everybody.Conclude()))
        {
            yield return true;
        }
    }

    public void Dispose() => _everybody.Dispose();
}
