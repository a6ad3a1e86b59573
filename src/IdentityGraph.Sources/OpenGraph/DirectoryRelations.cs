using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>Relationships between objects of Active Directory: by the same table as those that SharpHound's own files state.</summary>
internal sealed class DirectoryRelations(FactList facts, ImportMemory names, DirectoryRest rest)
{
    private readonly LinkMapping _links = new(facts, names);
    private readonly KnownRows _rows = new();
    private readonly SortedDictionary<(string Start, string End), (DirectoryKind Start, HashSet<string> Rights, string Where)> _replication = [];

    /// <summary>Whether both ends are the directory's, as far as anything says.</summary>
    public static bool IsOf(ObjectEnd start, ObjectEnd end) =>
        start.System == IdSystem.Directory && end.System == IdSystem.Directory && !start.Kind.IsForeign && !end.Kind.IsForeign;

    /// <summary>Whether a row says what it means.</summary>
    public bool IsKnown(string kind, ObjectEnd end) => _rows.Find(NameOf(kind), KindOf(end)) is not null;

    /// <summary>Remembers what the relationship tells of the directory's groups, templates and authorities, whatever it means and wherever its other end is.</summary>
    public void Meet(string kind, ObjectEnd start, ObjectEnd end)
    {
        if (start.System == IdSystem.Directory || end.System == IdSystem.Directory)
        {
            rest.Meet(new DirectoryLink(start.Identifier, KindOf(start), kind, end.Identifier, KindOf(end)));
        }
    }

    /// <summary>Adds the facts.</summary>
    /// <returns>Null; or why no kind of edge can say it.</returns>
    public string? Map(string kind, ObjectEnd start, ObjectEnd end)
    {
        if (kind is "GetChanges" or "GetChangesAll" && KindOf(end) == DirectoryKind.Domain)
        {
            var key = (start.Identifier, end.Identifier);
            if (!_replication.TryGetValue(key, out var held))
            {
                _replication[key] = held = (KindOf(start), [], facts.Where);
            }

            held.Rights.Add(kind);
        }

        if (KindOf(end) == DirectoryKind.User)
        {
            _links.Tickets(end.Identifier);
        }

        var right = NameOf(kind);
        return _links.Map(new DirectoryLink(start.Identifier, KindOf(start), right, end.Identifier, KindOf(end)), _rows.Find(right, KindOf(end)));
    }

    /// <summary>Who holds both rights that replicate a domain's secrets together, holds that; and what is concluded of all, a few facts at a time.</summary>
    public IEnumerable<bool> Conclude()
    {
        facts.Stream = ObjectKinds.DirectoryStream;
        foreach (var ((start, end), (kind, rights, where)) in _replication)
        {
            if (rights.Count == 2)
            {
                facts.Where = where;
                _links.Map(new DirectoryLink(start, kind, "DCSync", end, DirectoryKind.Domain));
                yield return true;
                facts.Stream = ObjectKinds.DirectoryStream;
            }
        }

        foreach (var _ in rest.Conclude(_links))
        {
            yield return true;
        }
    }

    private static DirectoryKind KindOf(ObjectEnd end) => end.Kind.Directory ?? DirectoryKind.Base;

    /// <summary>BloodHound's analysis replaces what its ingest calls raw, where no rule of the object limits owners.</summary>
    private static string NameOf(string kind) => kind switch
    {
        "Owns" => "OwnsRaw",
        "WriteOwner" => "WriteOwnerRaw",
        _ => kind,
    };
}
