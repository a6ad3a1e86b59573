using System.Text;
using IdentityGraph.Graph;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>
/// Node ids of Active Directory objects: `activedirectory:namespace/identifier`. The identifier is the SID or GUID (well-known SIDs with
/// the domain in front, as BloodHound forms them), percent-encoded, so every collection and every other source that knows it agrees.
/// </summary>
internal static class DirectoryIds
{
    /// <summary>The object itself, whatever its kind.</summary>
    public static string Object(string identifier) => In("object", identifier);

    /// <summary>The machine behind a computer account.</summary>
    public static string Host(string computer) => In("host", computer);

    /// <summary>The trust boundary of a domain.</summary>
    public static string Tenant(string domain) => In("tenant", domain);

    /// <summary>The administration of an object: who has the use of it can take the object over.</summary>
    public static string Administration(string identifier) => In("administration", identifier);

    /// <summary>Whom certificates of a template or authority could let one become.</summary>
    public static string Certificates(string identifier) => In("certificates", identifier);

    /// <summary>What a group policy object can do where it is linked.</summary>
    public static string PolicyScope(string policy) => In("policy-scope", policy);

    /// <summary>Whoever edits a group policy object.</summary>
    public static string PolicyEditor(string policy) => In("policy-editor", policy);

    /// <summary>The attribute that holds the managed password of a service account.</summary>
    public static string ManagedPasswordStore(string account) => In("managed-password-store", account);

    public static string ManagedPassword(string account) => In("managed-password", account);

    /// <summary>The protection of the memory of a host: only its system account opens it.</summary>
    public static string HostKey(string computer) => In("host-key", computer);

    public static string Session(string computer, string user) => In("session", computer + "/" + user);

    /// <summary>A service account's password as a host keeps it.</summary>
    public static string KeptPassword(string computer, string account) => In("kept-password", computer + "/" + account);

    /// <summary>The keys by which other domains believe a domain.</summary>
    public static string TrustKeys(string domain) => In("trust-keys", domain);

    /// <summary>Administration of one domain by the administrators of another.</summary>
    public static string AdministrationAcross(string from, string to) => In("administration-across", from + "/" + to);

    /// <summary>The key that signs the tickets of a domain: what is known of it is kept with the account krbtgt.</summary>
    public static string TicketKey(string account) => In("ticket-key", account);

    /// <summary>
    /// The domain whose tickets the account's key signs (krbtgt, number 502); null: it signs none. The account is always disabled, and its
    /// key is honoured all the same: who has it signs a ticket for anybody.
    /// </summary>
    public static string? DomainOfTickets(string account) =>
        account.StartsWith("S-1-5-21-", StringComparison.Ordinal) && account.EndsWith("-502", StringComparison.Ordinal) ? account[..^"-502".Length] : null;

    private static string In(string space, string identifier) => "activedirectory:" + space + "/" + Uri.EscapeDataString(identifier);

    /// <summary>Whether an id may enter the graph: at most 512 characters (control characters are encoded).</summary>
    public static bool Fits(string id) => id.Length <= 512;

    /// <summary>Whether every id made of the two surely fits, told without making one: a character takes at most three when it is ASCII.</summary>
    public static bool SurelyFit(string one, string other) => (3 * (one.Length + other.Length)) + 64 <= 512 && Ascii.IsValid(one) && Ascii.IsValid(other);

    /// <summary>The kind of node an object of that kind is.</summary>
    public static NodeKind KindOf(DirectoryKind kind) => kind switch
    {
        DirectoryKind.User => NodeKinds.Account,
        DirectoryKind.Computer => NodeKinds.ServiceIdentity,
        DirectoryKind.Group or DirectoryKind.LocalGroup => NodeKinds.Group,
        DirectoryKind.Domain => NodeKinds.System,
        DirectoryKind.GPO => NodeKinds.Policy,
        DirectoryKind.Base => NodeKinds.Unknown,
        _ => NodeKinds.Resource,
    };
}
