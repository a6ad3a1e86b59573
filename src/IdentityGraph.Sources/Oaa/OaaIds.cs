using IdentityGraph.Collect;

namespace IdentityGraph.Sources.Oaa;

/// <summary>Node ids of one application or provider: `oaa-name:namespace/identifier`. OAA tells identifiers apart without regard to case, so they are put in lower case.</summary>
internal sealed class OaaIds(string system)
{
    private readonly string _prefix = $"oaa-{Uri.EscapeDataString(system.Trim().ToLowerInvariant())}:";

    public string System => _prefix + "system/system";

    /// <summary>The application's own settings, apart from what it holds.</summary>
    public string Settings => _prefix + "resource/";

    public string User(string id) => In("user", id);

    public string Group(string id) => In("group", id);

    public string Role(string id) => In("role", id);

    public string Credential(string id) => In("credential", id);

    /// <summary>What a credential acts as that is given rights of its own.</summary>
    public string Bearer(string credential) => In("bearer", credential);

    /// <summary>Somebody of another identity provider, by name or address.</summary>
    public string Outside(string identity) => In("idp", identity);

    public string Resource(string path) => In("resource", path);

    /// <summary>A permission or role as it holds on one target.</summary>
    public string On(string kind, string name, string target) => In(kind, name + "@" + target);

    public string Person(string id) => In("person", id);

    public string Employment(string id) => In("employment", id);

    public string Team(string id) => In("team", id);

    /// <summary>Why a text can be no identifier; null: it can.</summary>
    public static string? WhyNot(string id) =>
        id.Trim().Length == 0 ? "it has no identifier"
        : SecretLooking.Find(id) is { } sort ? $"its identifier looks like {sort}"
        : Uri.EscapeDataString(id).Length > 150 ? "its identifier is too long (150 characters, percent-encoded)"
        : null;

    private string In(string space, string id) => _prefix + space + "/" + Uri.EscapeDataString(id.Trim().ToLowerInvariant());
}
