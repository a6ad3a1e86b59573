namespace IdentityGraph.Sources.BloodHound;

/// <summary>One relationship as the files state it, in BloodHound's own words and direction.</summary>
/// <param name="Start">Object identifier of its start, upper case.</param>
/// <param name="StartKind">As the file states it, else as the link implies.</param>
/// <param name="Kind">BloodHound's name of it, as its ingest gives it (`OwnsRaw`, `MemberOf`…).</param>
/// <param name="End">Object identifier of its end, upper case.</param>
/// <param name="EndKind">As <paramref name="StartKind"/>.</param>
/// <param name="Name">What the file calls the end that it does not describe (a trusted domain's name); null: nothing.</param>
internal readonly record struct DirectoryLink(string Start, DirectoryKind StartKind, string Kind, string End, DirectoryKind EndKind, string? Name = null);
