using System.Buffers;
using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>Whose ids an object's id is one of.</summary>
internal enum IdSystem : byte
{
    OpenGraph = 0,
    Directory,
    Azure,
}

/// <summary>
/// Node ids: `opengraph:object/identifier`; objects of Active Directory and of Azure have the ids that their own formats give them, so
/// that what several files say of one object comes together.
/// </summary>
internal static class ObjectIds
{
    private static readonly SearchValues<char> s_plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~");

    private static readonly SearchValues<char> s_numbers = SearchValues.Create("0123456789-");

    /// <summary>The object itself.</summary>
    /// <param name="system">Whose id it is.</param>
    /// <param name="identifier">As the file says it, upper case.</param>
    public static string Object(IdSystem system, string identifier) => Of(system, "object", identifier);

    /// <summary>Something made beside the object: its `administration`, its `acting`…</summary>
    public static string Of(IdSystem system, string space, string identifier) => system switch
    {
        IdSystem.Directory => "activedirectory:" + space + "/" + Escaped(identifier),
        IdSystem.Azure => "azure:" + space + "/" + Escaped(identifier.ToLowerInvariant()),
        _ => "opengraph:" + space + "/" + Escaped(identifier),
    };

    /// <summary>Whose id it is: a SID is the directory's whoever says it, else what the kind of its node or the relationship tells.</summary>
    public static IdSystem SystemOf(string identifier, ObjectKind kind, string? relationship = null) =>
        kind.Directory is not null || IsSid(identifier) ? IdSystem.Directory
        : kind.IsAzure || (kind.All.Count == 0 && relationship is not null && IsAzure(relationship)) ? IdSystem.Azure
        : kind.All.Count == 0 && relationship is not null && BloodHoundRights.Knows(relationship) ? IdSystem.Directory
        : IdSystem.OpenGraph;

    /// <summary>A kind of BloodHound's Azure schema.</summary>
    public static bool IsAzure(string kind) => kind.Length > 2 && kind.StartsWith("AZ", StringComparison.Ordinal) && char.IsAsciiLetterUpper(kind[2]);

    /// <summary>`S-1-…`, with the name of a domain in front where it is well known.</summary>
    public static bool IsSid(string identifier)
    {
        var at = identifier.AsSpan().IndexOf("S-1-");
        return at >= 0 && (at == 0 || identifier[at - 1] == '-') && !identifier.AsSpan(at + 4).ContainsAnyExcept(s_numbers) && identifier.Length > at + 4;
    }

    private static string Escaped(string identifier) => identifier.AsSpan().ContainsAnyExcept(s_plain) ? Uri.EscapeDataString(identifier) : identifier;
}
