using System.Buffers;
using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>The nodes of an import: what each is, kept by id, and its facts.</summary>
internal sealed class PayloadNodes(FactList facts, PropertyNames names, ValidationReport validation, ImportRequest request, ImportReport report, int mostIds) : IDisposable
{
    /// <summary>Beside the kind of an entry of the index: a node of the import is it, not only an end.</summary>
    private const int Described = 1 << 30;

    /// <summary>It was stated as an end that no node is.</summary>
    private const int Stated = 1 << 29;

    /// <summary>It was stated as an end that may be a node that could not be read, in the first <see cref="IdSystem"/>; the others follow.</summary>
    private const int Doubted = 1 << 26;

    private const int KindBits = Doubted - 1;

    /// <summary>What numbers are written with.</summary>
    private static readonly SearchValues<byte> s_digits = SearchValues.Create("0123456789+-.E"u8);

    private readonly NodeMapping _mapping = new(facts, names);
    private readonly ObjectKinds _kinds = new();
    private readonly NodeIndex _index = new(mostIds);

    private readonly NodesByText _alike = new();
    private int _room = int.MaxValue;
    private ImportMemory? _directory;
    private DirectoryRest? _rest;
    private (ObjectEnd One, ObjectEnd Other)? _apart;

    public ObjectKinds Kinds => _kinds;

    /// <summary>Whether something that may have been a node could not be read or was refused: an end that no node is may mean it.</summary>
    public bool HasUnread { get; set; }

    /// <summary>What the directory's objects are called, for what is made beside them.</summary>
    public ImportMemory Directory => _directory ??= new(links: false, _index.Ids);

    /// <summary>What is concluded of the directory from all of the import.</summary>
    public DirectoryRest Rest => _rest ??= new(facts, names, Directory, report);

    /// <summary>Adds the facts of a node.</summary>
    /// <returns>Whether it was taken; where not, the report says why.</returns>
    public bool Take(NodeRecord node, string file)
    {
        var kind = _kinds.Of(node.Kinds);
        var end = End(node.Id.Bytes, kind);
        var entry = -1;
        var breaches = node.Breaches | (node.Id.Length > 0 && !DirectoryIds.SurelyFit(end.Identifier, "") && !DirectoryIds.Fits(end.Beside("administration")) ? Breach.IdTooLong : Breach.None) | (SecretLooking.Find(node.Id.Said) is null ? Breach.None : Breach.IdSecret);
        if (breaches == Breach.None || (breaches & BreachWords.Fatal) == 0)
        {
            end = Remember(node, end, ref breaches, out entry);
        }

        if (validation.Refuses(breaches, file, facts.Where))
        {
            See(node, end);
            Trace(node, end, "refused", "see the report");
            return false;
        }

        if (kind.IsGeneric)
        {
            var label = NodeMapping.LabelOf(kind.Label);
            report.CountUnrecognised($"kind {label}");
            if (request.Strict)
            {
                report.Refuse(new Reject(file, 0, ValidationReport.PlaceOf(file, facts.Where), $"no row says what a `{label}` is (--strict); leave --strict out to keep it"));
                See(node, end);
                Trace(node, end, "refused", "no row says what it is");
                return false;
            }
        }

        if (kind.Directory is { } directory)
        {
            var name = _mapping.NameOf(node);
            Directory.Meet(entry, end.Identifier, name, out _);
            Rest.Meet(end.Identifier, directory, name, node.Properties);
        }

        _mapping.Describe(end, node);
        if (request.Trace)
        {
            Trace(node, end, (breaches & Breach.NodeRepeated) != 0 ? "merged" : "imported", $"{(kind.IsGeneric ? "generic" : kind.Ours.Name)} {end.Node}");
        }

        return true;
    }

    /// <summary>Number of the id; −1: nothing is known of it, not even that it was refused.</summary>
    public int NumberOf(NodeRecord node) => node.Id.Length == 0 ? -1 : _index.Find(node.Id.Bytes);

    /// <summary>Number of the id, and whether a node of the import is it.</summary>
    public bool Find(ReadOnlySpan<byte> id, out int entry)
    {
        entry = _index.Find(id);
        return entry >= 0 && IsDescribed(entry);
    }

    /// <summary>Whether a node of the import is it, not only an end or one that was refused.</summary>
    public bool IsDescribed(int entry) => (_index[entry] & Described) != 0;

    /// <summary>The nodes whose ids are like this one, which is none of theirs.</summary>
    public IReadOnlyList<int> AlikeTo(ObjectId id)
    {
        if (_alike.IsEmpty && IsPlain(id.Bytes))
        {
            return [];
        }

        var said = id.ToString();
        var loose = LooseText.Of(said);
        var alike = _alike.Find(loose)?.Entries ?? [];
        var bytes = Encoding.UTF8.GetBytes(loose);
        if (loose == said || !Find(bytes, out var entry))
        {
            return alike;
        }

        _index.KeepText(entry, bytes);
        return [entry, .. alike];
    }

    /// <summary>The same of many at once; −1 where no node of the import is it.</summary>
    public void Find(ReadOnlySpan<ObjectId> ids, Span<int> entries)
    {
        _index.Find(ids, entries);
        foreach (ref var entry in entries)
        {
            entry = entry >= 0 && IsDescribed(entry) ? entry : -1;
        }
    }

    public ObjectKind KindAt(int entry) => _kinds[_index[entry] & KindBits];

    /// <summary>Whether its kind says what it is, so that no other node of the same id says more.</summary>
    public bool SaysWhatItIs(int entry) => KindAt(entry) is { IsGeneric: false } kind && kind.Ours != NodeKinds.Unknown;

    /// <summary>A node of the import as an end; made once where it recurs, as long as no other takes its place.</summary>
    public ObjectEnd EndAt(int entry, ObjectId id)
    {
        if (_index.EndOf(entry) is { } known)
        {
            return known;
        }

        var end = End(id.Bytes, KindAt(entry));
        _index.Keep(entry, end);
        return end;
    }

    /// <summary>The same of a node whose id was kept as a text.</summary>
    public ObjectEnd EndAt(int entry) => _index.EndOf(entry) ?? End(_index.IdAt(entry), KindAt(entry));

    /// <summary>Keeps the id of a node, for <see cref="EndAt(int)"/>.</summary>
    public void Keep(int entry, NodeRecord node) => _index.KeepText(entry, node.Id.Bytes);

    /// <summary>Number of an id that no node of the import is; whether it is met for the first time.</summary>
    public int Mention(ReadOnlySpan<byte> id, ObjectKind kind, out bool isNew) => _index.Add(id, kind.Number, out isNew);

    /// <summary>Takes over the first kind that is said of an end which none was said of before.</summary>
    public bool Learns(int entry, ObjectKind kind)
    {
        if (kind == _kinds.None || KindAt(entry) != _kinds.None)
        {
            return false;
        }

        _index[entry] = kind.Number;
        return true;
    }

    /// <summary>Whether an end that no node of the import is was not stated yet; it is then.</summary>
    public bool IsUnstated(int entry) => _index.Mark(entry, Stated);

    /// <summary>The same of an end of unknown kind that may be a node that could not be read, in each system.</summary>
    public bool IsUndoubted(int entry, IdSystem system) => _index.Mark(entry, Doubted << (int)system);

    /// <summary>A node that stands under two ids here, because one of its kinds is of Active Directory or Azure and another is not; since it was last asked for.</summary>
    public (ObjectEnd One, ObjectEnd Other)? TakeApart()
    {
        var apart = _apart;
        _apart = null;
        return apart;
    }

    public void Dispose()
    {
        _index.Dispose();
        _directory?.Dispose();
        _rest?.Dispose();
    }

    /// <summary>Adds an end that no node of the import is, with the kind said of it.</summary>
    public void DescribeMentioned(ObjectEnd end)
    {
        _mapping.DescribeMentioned(end);
        Trace("mention", end.Identifier, end, "imported", $"{(end.Kind.IsGeneric ? "generic" : end.Kind.Ours.Name)} {end.Node}");
    }

    private static ObjectEnd End(ReadOnlySpan<byte> id, ObjectKind kind) => End(Encoding.UTF8.GetString(id), kind);

    private static ObjectEnd End(string identifier, ObjectKind kind) => new(identifier, ObjectIds.SystemOf(identifier, kind), kind);

    /// <summary>
    /// Says that a node that is left out is there, under every id that could be read of it: what leads through it is unknown, not cut. What it
    /// is counts for nothing.
    /// </summary>
    private void See(NodeRecord node, ObjectEnd end)
    {
        HasUnread = true;
        facts.Stream = end.Kind.Stream;
        foreach (var id in (ReadOnlySpan<ObjectId>)[node.Id, node.Other])
        {
            var one = id.Length == 0 ? null : End(id.Bytes, end.Kind);
            if (one is not null && SecretLooking.Find(id.Said) is null && DirectoryIds.Fits(one.Beside("administration")))
            {
                facts.Seen(one.Node, "it was left out, see the report");
                _index.Add(id.Bytes, _kinds.None.Number, out _);
            }
        }
    }

    /// <summary>
    /// Numbers the node. Of one that stands more than once the first kind holds that says what it is; the others are what ends may call it too.
    /// </summary>
    /// <returns>The node as this record describes it.</returns>
    private ObjectEnd Remember(NodeRecord node, ObjectEnd end, ref Breach breaches, out int entry)
    {
        entry = _index.Add(node.Id.Bytes, end.Kind.Number | Described, out var isNew);
        if (isNew || !IsDescribed(entry))
        {
            _index[entry] = end.Kind.Number | Described;
            _index.KeepWhereFree(entry, end);
            NoteSpelling(node.Id, end.Identifier, entry);
            return end;
        }

        breaches |= Breach.NodeRepeated;
        var before = KindAt(entry);
        var first = new ObjectEnd(end.Identifier, ObjectIds.SystemOf(end.Identifier, before), before);
        var isApart = first.System != end.System && !end.Kind.IsGeneric;
        var saysMore = before.Ours == NodeKinds.Unknown || (before.IsGeneric && isApart);
        Name(entry, saysMore ? _kinds.Also(end.Kind, before.Said) : _kinds.Also(before, node.Kinds));
        if (isApart)
        {
            _apart = (first, end);
            return end;
        }

        // A node has one kind in the graph, and the first was stated: what only the other could have is possible for it all the same.
        return first.System == end.System && (saysMore || end.Kind.Ours == before.Ours) ? end : first;
    }

    private void Name(int entry, ObjectKind kind)
    {
        if (KindAt(entry) != kind)
        {
            _index[entry] = kind.Number | Described;
        }
    }

    /// <summary>Whether it is no other spelling of anything: ASCII, which stands in capitals, without blanks around it, and no number.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> id) => id is [> (byte)' ', .., > (byte)' '] && Ascii.IsValid(id) && id.ContainsAnyExcept(s_digits);

    /// <summary>Remembers an id that may be spelt otherwise: beyond ASCII, or a number in a spelling of its own.</summary>
    private void NoteSpelling(ObjectId id, string identifier, int entry)
    {
        if (Ascii.IsValid(id.Bytes) && id.Bytes.ContainsAnyExcept(s_digits))
        {
            return;
        }

        var loose = LooseText.Of(identifier);
        if (loose != identifier)
        {
            _alike.Add(_alike.Want(loose), entry, ref _room);
            _index.KeepText(entry, id.Bytes);
        }
    }

    private void Trace(NodeRecord node, ObjectEnd end, string became, string what) => Trace("node", node.Id.Said, end, became, what);

    private void Trace(string sort, string said, ObjectEnd end, string became, string what)
    {
        if (request.Trace)
        {
            report.OnTrace?.Invoke(new TraceLine
            {
                What = sort,
                Start = ShownText.Of(said),
                End = null,
                Kind = ShownText.Of(end.Kind.Label),
                Where = facts.Where,
                Became = became,
                As = what,
            });
        }
    }
}
