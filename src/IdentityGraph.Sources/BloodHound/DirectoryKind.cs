using System.Collections.Frozen;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>What BloodHound calls an object of Active Directory. <see cref="Base"/>: the collector could not tell.</summary>
internal enum DirectoryKind : byte
{
    Base = 0,
    User,
    Computer,
    Group,
    LocalGroup,
    Domain,
    OU,
    Container,
    GPO,
    CertTemplate,
    EnterpriseCA,
    RootCA,
    AIACA,
    NTAuthStore,
    IssuancePolicy,
}

internal static class DirectoryKinds
{
    private static readonly FrozenDictionary<string, DirectoryKind> s_words = Enum.GetValues<DirectoryKind>().ToFrozenDictionary(kind => kind.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The kind of the objects in a file of that `meta.type`; `sessions` holds no objects and is <see cref="DirectoryKind.Base"/>; null: not a file of SharpHound's directory collection.</summary>
    public static DirectoryKind? OfFileType(string type) => type switch
    {
        "users" => DirectoryKind.User,
        "computers" => DirectoryKind.Computer,
        "groups" => DirectoryKind.Group,
        "domains" => DirectoryKind.Domain,
        "ous" => DirectoryKind.OU,
        "containers" => DirectoryKind.Container,
        "gpos" => DirectoryKind.GPO,
        "certtemplates" => DirectoryKind.CertTemplate,
        "enterprisecas" => DirectoryKind.EnterpriseCA,
        "rootcas" => DirectoryKind.RootCA,
        "aiacas" => DirectoryKind.AIACA,
        "ntauthstores" => DirectoryKind.NTAuthStore,
        "issuancepolicies" => DirectoryKind.IssuancePolicy,
        "sessions" => DirectoryKind.Base,
        _ => null,
    };

    /// <summary>Every `meta.type` that is read.</summary>
    public static IReadOnlyList<string> FileTypes { get; } =
    [
        "aiacas", "certtemplates", "computers", "containers", "domains", "enterprisecas", "gpos", "groups",
        "issuancepolicies", "ntauthstores", "ous", "rootcas", "sessions", "users",
    ];

    /// <summary>`ObjectType` or `PrincipalType` of a link; an unknown word is <see cref="DirectoryKind.Base"/>.</summary>
    public static DirectoryKind OfWord(string? word) =>
        word is null ? DirectoryKind.Base
        : s_words.TryGetValue(word, out var known) ? known
        : Enum.TryParse<DirectoryKind>(word, ignoreCase: true, out var kind) && Enum.IsDefined(kind) && !char.IsAsciiDigit(word[0]) ? kind
        : DirectoryKind.Base;

    /// <summary>Whether it acts by itself, not through members.</summary>
    public static bool IsPrincipal(this DirectoryKind kind) => kind is DirectoryKind.User or DirectoryKind.Computer;
}
