using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>The nodes of an import: what each is, kept by id, and its facts.</summary>
internal sealed class PayloadNodes(FactList facts, PropertyNames names, ValidationReport validation, ImportRequest request, ImportReport report)
{
    /// <summary>Beside the kind of an entry of the index: a node of the import is it, not only an end.</summary>
    private const int Described = 1 << 30;

    private readonly NodeMapping _mapping = new(facts, names);
    private readonly ObjectKinds _kinds = new();
    private readonly NodeIndex _index = new();

    public ObjectKinds Kinds => _kinds;

    /// <summary>What the directory's objects are called, for what is made beside them.</summary>
    public ImportMemory Directory { get; } = new(links: false);

    /// <summary>Adds the facts of a node.</summary>
    /// <returns>Whether it was taken; where not, the report says why.</returns>
    public bool Take(NodeRecord node, string file)
    {
        var kind = _kinds.Of(node.Kinds);
        var end = End(node.Id.Bytes, kind);
        var breaches = node.Breaches | (node.Id.Length > 0 && !DirectoryIds.SurelyFit(end.Identifier, "") && !DirectoryIds.Fits(end.Beside("administration")) ? Breach.IdTooLong : Breach.None) | (SecretLooking.Find(node.Id.Said) is null ? Breach.None : Breach.IdSecret);
        if (breaches == Breach.None || (breaches & BreachWords.Fatal) == 0)
        {
            end = Remember(node, end, ref breaches);
        }

        if (validation.Refuses(breaches, file, facts.Where))
        {
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
                Trace(node, end, "refused", "no row says what it is");
                return false;
            }
        }

        if (kind.Directory is not null)
        {
            Directory.Meet(end.Identifier, _mapping.NameOf(node), out _);
        }

        _mapping.Describe(end, node);
        if (request.Trace)
        {
            Trace(node, end, (breaches & Breach.NodeRepeated) != 0 ? "merged" : "imported", $"{(kind.IsGeneric ? "generic" : kind.Ours.Name)} {end.Node}");
        }

        return true;
    }

    /// <summary>What the node is; where it was described before, the kind that says more.</summary>
    public ObjectKind KindOf(NodeRecord node) => Find(node.Id.Bytes, out var entry) ? _kinds[_index[entry] & ~Described] : _kinds.Of(node.Kinds);

    /// <summary>Number of the id, and whether a node of the import is it.</summary>
    public bool Find(ReadOnlySpan<byte> id, out int entry)
    {
        entry = _index.Find(id);
        return entry >= 0 && (_index[entry] & Described) != 0;
    }

    /// <summary>The same of many at once; −1 where no node of the import is it.</summary>
    public void Find(ReadOnlySpan<ObjectId> ids, Span<int> entries)
    {
        _index.Find(ids, entries);
        foreach (ref var entry in entries)
        {
            entry = entry >= 0 && (_index[entry] & Described) != 0 ? entry : -1;
        }
    }

    public ObjectKind KindAt(int entry) => _kinds[_index[entry] & ~Described];

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

    /// <summary>Adds an end that no node of the import is, with the kind said of it.</summary>
    public void DescribeMentioned(ObjectEnd end)
    {
        _mapping.DescribeMentioned(end);
        Trace("mention", end.Identifier, end, "imported", $"{(end.Kind.IsGeneric ? "generic" : end.Kind.Ours.Name)} {end.Node}");
    }

    private static ObjectEnd End(ReadOnlySpan<byte> id, ObjectKind kind)
    {
        var identifier = Encoding.UTF8.GetString(id);
        return new(identifier, ObjectIds.SystemOf(identifier, kind), kind);
    }

    private ObjectEnd Remember(NodeRecord node, ObjectEnd end, ref Breach breaches)
    {
        var entry = _index.Add(node.Id.Bytes, end.Kind.Number | Described, out var isNew);
        if (!isNew && (_index[entry] & Described) == 0)
        {
            (_index[entry], isNew) = (end.Kind.Number | Described, true);
        }

        if (isNew)
        {
            _index.Keep(entry, end);
            return end;
        }

        breaches |= Breach.NodeRepeated;
        var before = KindAt(entry);
        if (before.IsGeneric && !end.Kind.IsGeneric)
        {
            _index[entry] = end.Kind.Number | Described;
        }

        return new(end.Identifier, ObjectIds.SystemOf(end.Identifier, before.IsGeneric ? end.Kind : before), end.Kind);
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
