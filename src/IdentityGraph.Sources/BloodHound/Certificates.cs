using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Records;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>
/// Whom certificates could let one become. A template or authority by which a certificate could be had that signs in as anybody has an
/// application of its own that may grant in the domain, its level unknown: mappings, approvals and what the controllers enforce are not
/// read, so what is reached by it is possible, never certain. What the template says of itself can rule it out.
/// </summary>
internal sealed class Certificates(FactList facts, ImportMemory memory, ImportReport report)
{
    private const int Listed = 20;

    private readonly SortedDictionary<string, Issuer> _issuers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _published = new(StringComparer.Ordinal);
    private readonly HashSet<string> _byRequest = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _unreadRequests = new(StringComparer.Ordinal);
    private bool _isAnyByRequest;
    private bool _isAnyListRead;
    private bool _isListMissing;

    private sealed record Issuer(DirectoryKind Kind, string Domain, IssuerSettings Settings, string Stream, string Where, HashSet<(string Start, string Right)> Holders);

    /// <summary>Whether certificates are issued by such an object, or believed because of it.</summary>
    public static bool IsIssuer(DirectoryKind kind) => kind is DirectoryKind.CertTemplate or DirectoryKind.EnterpriseCA or DirectoryKind.RootCA or DirectoryKind.NTAuthStore;

    /// <summary>Remembers an object of the public key services; others are passed over.</summary>
    public void Meet(string id, DirectoryKind kind, JsonValue json, IReadOnlyList<DirectoryLink> said)
    {
        if (!IsIssuer(kind))
        {
            return;
        }

        var domain = JsonReading.Identifier(json["Properties"u8], "domainsid") is { Length: > 0 } own ? own : JsonReading.Identifier(json, "DomainSID");
        Meet(id, kind, domain, IssuerSettings.Of(json));
        foreach (var link in said)
        {
            if (link.End == id)
            {
                Meet(link);
            }
        }

        if (kind == DirectoryKind.EnterpriseCA)
        {
            Publish(id, json);
        }
    }

    /// <summary>Remembers a template or authority.</summary>
    /// <param name="id">Its identifier.</param>
    /// <param name="kind">Which of them it is.</param>
    /// <param name="domain">The identifier of its domain; "": not said.</param>
    /// <param name="settings">What it says of the certificates.</param>
    public void Meet(string id, DirectoryKind kind, string domain, IssuerSettings settings) =>
        _issuers[id] = _issuers.TryGetValue(id, out var before)
            ? before with { Domain = before.Domain.Length > 0 ? before.Domain : domain, Settings = before.Settings.And(settings) }
            : new(kind, domain, settings, facts.Stream, facts.Where, []);

    /// <summary>Remembers who holds which right on a template or authority that was met; other links are passed over.</summary>
    public void Meet(in DirectoryLink link)
    {
        if (link.Start != link.End && link.Start.Length > 0 && link.Kind.Length > 0 && link.Kind is not ("Contains" or "PublishedTo")
            && link.StartKind is DirectoryKind.User or DirectoryKind.Computer or DirectoryKind.Group or DirectoryKind.LocalGroup or DirectoryKind.Base
            && _issuers.TryGetValue(link.End, out var issuer))
        {
            issuer.Holders.Add((link.Start, link.Kind));
        }
    }

    /// <summary>Remembers whether requests to an authority say whose name a certificate bears, where nothing lists what it issues by: then it may be any template.</summary>
    /// <param name="authority">Its identifier.</param>
    /// <param name="namesSubject">Null: not read.</param>
    public void MeetRequests(string authority, bool? namesSubject)
    {
        _isAnyByRequest |= namesSubject == true;
        if (namesSubject is null)
        {
            _unreadRequests.Add(authority);
        }
    }

    /// <summary>States what was met, a few facts at a time.</summary>
    /// <param name="areAuthoritiesWhole">Whether every file and object of authorities could be read: then a template none of them lists is issued by none.</param>
    public IEnumerable<bool> Conclude(bool areAuthoritiesWhole)
    {
        var isListKnown = areAuthoritiesWhole && _isAnyListRead && !_isListMissing;
        foreach (var (id, issuer) in _issuers)
        {
            if (issuer.Domain.Length > 0 && (issuer.Kind != DirectoryKind.CertTemplate || !isListKnown || _published.Contains(id)) && DirectoryIds.Fits(DirectoryIds.Certificates(id)) && DirectoryIds.Fits(DirectoryIds.Object(issuer.Domain)))
            {
                State(id, issuer);
                yield return true;
            }
        }

        var nowhere = _issuers.Where(issuer => issuer.Value.Domain.Length == 0).Select(issuer => $"`{issuer.Key}`").ToArray();
        if (nowhere.Length > 0)
        {
            report.Warn($"of which domain {string.Join(", ", nowhere.Take(Listed))} {(nowhere.Length > Listed ? $"and {nowhere.Length - Listed} more " : "")}issue certificates is not stated (`domainsid`): whom these let one become is not followed");
        }

        if (_unreadRequests.Count > 0)
        {
            report.Warn($"whether requests may say whose name a certificate bears was not read of {string.Join(", ", _unreadRequests.Take(Listed).Select(id => $"`{memory.NameOf(id) ?? id}`"))}{(_unreadRequests.Count > Listed ? $" and {_unreadRequests.Count - Listed} more" : "")}: templates that take the name from the directory are taken to give certificates for oneself only; collect with the right to read the authority's registry");
        }
    }

    private void State(string id, Issuer issuer)
    {
        (facts.Stream, facts.Where) = (issuer.Stream, issuer.Where);
        var application = DirectoryIds.Certificates(id);
        facts.Node(application, NodeKinds.Application, [new(P.Name.Name, PropertyValue.Of("certificates of " + (memory.NameOf(id) ?? id))), new(P.State.Name, PropertyValue.Of("Active")), new(P.StandsFor.Name, PropertyValue.Of("directoryRight"))]);

        // Who administers it by what contains it (a container, the authority's host) rewrites it too.
        facts.Edge(EdgeKinds.DefinedIn, application, facts.Object(id), null, new KeyValuePair<string, PropertyValue>(P.Protected.Name, PropertyValue.Of(true)));
        facts.Edge(EdgeKinds.CanGrant, application, facts.Object(issuer.Domain), "Certificate");
        foreach (var (start, right) in issuer.Holders)
        {
            if (Gives(id, issuer, right) && DirectoryIds.Fits(DirectoryIds.Object(start)))
            {
                facts.Edge(EdgeKinds.Entitles, facts.Object(start), application, right, FactList.Rights(null, right));
            }
        }
    }

    private bool Gives(string id, Issuer issuer, string right) =>
        issuer.Kind == DirectoryKind.CertTemplate
            ? issuer.Settings.Allows(UseOf(right), _isAnyByRequest || _byRequest.Contains(id))
            : UseOf(right) != TemplateUse.Enrol;

    /// <summary>A right nobody knows may be any.</summary>
    private static TemplateUse UseOf(string right) => right switch
    {
        "Enroll" or "AutoEnroll" or "AllExtendedRights" => TemplateUse.Enrol,
        "WritePKINameFlag" or "WritePKIEnrollmentFlag" => TemplateUse.Rename,
        _ => TemplateUse.Rewrite,
    };

    /// <summary>Which templates an authority issues by.</summary>
    private void Publish(string id, JsonValue json)
    {
        var list = json["EnabledCertTemplates"u8];
        _isAnyListRead = true;
        _isListMissing |= list.ValueKind != JsonValueKind.Array;
        var requests = json["CARegistryData"u8]["IsUserSpecifiesSanEnabled"u8];
        var isRead = JsonReading.Flag(requests, "Collected") != false;
        var namesSubject = isRead ? JsonReading.Flag(requests, "Value") ?? JsonReading.Flag(json["Properties"u8], "isuserspecifiessanenabled") : null;
        if (namesSubject is null)
        {
            _unreadRequests.Add(id);
        }

        foreach (var template in list.EnumerateArray())
        {
            var published = JsonReading.Identifier(template);
            _isListMissing |= published.Length == 0;
            _published.Add(published);
            if (namesSubject == true)
            {
                _byRequest.Add(published);
            }
        }
    }
}
