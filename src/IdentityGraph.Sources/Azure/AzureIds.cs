using System.Buffers;
using System.Text;

namespace IdentityGraph.Sources.Azure;

/// <summary>
/// Node ids of Entra and Azure objects: `azure:namespace/identifier`. The identifier (object id, application id, `role@tenant`, path of
/// Resource Manager) is put in lower case and percent-encoded, so that every file and source that knows the object agrees. Directory
/// objects and resources share the namespace `object`, because a relationship often does not say of which kind its ends are.
/// </summary>
internal static class AzureIds
{
    /// <summary>Characters that stand in an id as they are.</summary>
    private static readonly SearchValues<char> s_plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.~");

    /// <summary>The object itself, whatever its kind.</summary>
    public static string Object(string identifier) => In("object", identifier);

    /// <summary>A directory role of a tenant.</summary>
    public static string Role(string role, string tenant) => Object(RoleIdentifier(role, tenant));

    /// <summary>As BloodHound forms it.</summary>
    public static string RoleIdentifier(string role, string tenant) => role + "@" + tenant;

    /// <summary>The trust boundary of a tenant; the tenant's directory is the <see cref="Object"/>.</summary>
    public static string Boundary(string tenant) => In("tenant", tenant);

    /// <summary>The tenant's part of Azure Resource Manager.</summary>
    public static string Cloud(string tenant) => In("cloud", tenant);

    /// <summary>The machine behind a device.</summary>
    public static string Host(string device) => In("host", device);

    /// <summary>The administration of an object: who has the use of it can take the object over.</summary>
    public static string Administration(string identifier) => In("administration", identifier);

    /// <summary>A sort of administration over everything of a kind in a tenant.</summary>
    public static string Power(string power, string tenant) => In("power", power + "@" + tenant);

    /// <summary>Somebody's being eligible for a role.</summary>
    public static string Eligibility(string principal, string role) => In("eligibility", principal + "/" + role);

    /// <summary>A directory role as it holds on one object or administrative unit only.</summary>
    public static string ScopedRole(string role, string scope) => In("scoped-role", role + "@" + scope);

    public static string Credential(string key) => In("credential", key);

    public static string FederatedCredential(string identifier) => In("federated-credential", identifier);

    /// <summary>What an API lets its callers do; the API's own service principal is the <see cref="Object"/>.</summary>
    public static string Api(string servicePrincipal) => In("api", servicePrincipal);

    /// <summary>A permission of an API.</summary>
    public static string Scope(string api, string permission) => In("scope", api + "/" + permission);

    /// <summary>A part of a tenant that permissions are about, such as its mail.</summary>
    public static string Part(string tenant, string part) => In("part", tenant + "/" + part);

    public static string Grant(string identifier) => In("grant", identifier);

    /// <summary>The right to sign in to an application in one of its roles.</summary>
    public static string Entitlement(string api, string permission) => In("entitlement", api + "/" + permission);

    /// <summary>The legal party behind a foreign tenant.</summary>
    public static string Organization(string tenant) => In("organization", tenant);

    /// <summary>Whether an id may enter the graph: at most 512 characters (control characters are encoded).</summary>
    public static bool Fits(string id) => id.Length <= 512;

    /// <summary>Whether every id made of the identifier surely fits, told without making one: a character takes at most three when it is ASCII.</summary>
    public static bool SurelyFits(string identifier) => (3 * identifier.Length) + 64 <= 512 && Ascii.IsValid(identifier);

    private static string In(string space, string identifier) =>
        "azure:" + space + "/" + (identifier.AsSpan().ContainsAnyExcept(s_plain) ? Uri.EscapeDataString(identifier.Trim().ToLowerInvariant()) : identifier);
}
