namespace IdentityGraph.Sources.BloodHound;

/// <summary>One relationship as the files state it, in BloodHound's own words and direction.</summary>
/// <param name="Start">Object identifier of its start, upper case.</param>
/// <param name="StartKind">As the file states it, else as the link implies.</param>
/// <param name="Kind">BloodHound's name of it, as its ingest gives it (`OwnsRaw`, `MemberOf`…).</param>
/// <param name="End">Object identifier of its end, upper case.</param>
/// <param name="EndKind">As <paramref name="StartKind"/>.</param>
/// <param name="Name">What the file calls the end that it does not describe (a trusted domain's name); null: nothing.</param>
/// <param name="Host">The computer whose own group its local group is, though the group's identifier names the domain; null: the identifier is right.</param>
internal readonly record struct DirectoryLink(string Start, DirectoryKind StartKind, string Kind, string End, DirectoryKind EndKind, string? Name = null, string? Host = null)
{
    /// <summary>The link as it is meant: of the host's own group.</summary>
    public DirectoryLink Meant => Host is null ? this
        : Kind == "LocalToComputer" ? this with { Start = LocalGroups.OfHost(Host, Start) }
        : this with { End = LocalGroups.OfHost(Host, End) };
}
