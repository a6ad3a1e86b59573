using IdentityGraph.Collect;
using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>The relationships of an import: their ends found, their meaning looked up, their facts.</summary>
internal sealed class PayloadEdges : IDisposable
{
    private readonly FactList _facts;
    private readonly PayloadNodes _nodes;
    private readonly ValidationReport _validation;
    private readonly ImportRequest _request;
    private readonly ImportReport _report;
    private readonly RelationMeaning _meaning;
    private readonly EndFinder _ends;
    private readonly SeenRelations _seen = new();
    private readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal);
    private readonly EndRecord[] _metEnds = new EndRecord[2 * PayloadReader.Together];
    private readonly ObjectId[] _metIds = new ObjectId[2 * PayloadReader.Together];
    private readonly FoundEnd[] _start = new FoundEnd[1];
    private readonly FoundEnd[] _end = new FoundEnd[1];
    private (string? Kind, string Label) _label = (null, "");

    public PayloadEdges(FactList facts, PropertyNames names, PayloadNodes nodes, ExtensionSchema schema, ValidationReport validation, ImportRequest request, ImportReport report)
    {
        (_facts, _nodes, _validation, _request, _report) = (facts, nodes, validation, request, report);
        _meaning = new(facts, names, nodes, schema, request, report);
        _ends = new(nodes, validation, new EndLookup(names));
    }

    /// <summary>Ends named by name or property.</summary>
    public EndLookup Lookup => _ends.Lookup;

    /// <summary>Looks up the ends of several relationships at once, before each is taken: the nodes they mean lie all over memory.</summary>
    public void Meet(ReadOnlySpan<EdgeRecord> edges)
    {
        var count = 0;
        foreach (var edge in edges)
        {
            foreach (var end in (ReadOnlySpan<EndRecord>)[edge.Start, edge.End])
            {
                if (end.By == MatchBy.Id && end.Id.Length > 0)
                {
                    (_metEnds[count], _metIds[count]) = (end, end.Id);
                    count++;
                }
            }
        }

        Span<int> entries = stackalloc int[count];
        _nodes.Find(_metIds.AsSpan(0, count), entries);
        for (var i = 0; i < count; i++)
        {
            _metEnds[i].Found(entries[i]);
        }

        foreach (var edge in edges)
        {
            if (edge.Start.Entry >= 0 && edge.End.Entry >= 0)
            {
                _seen.Look(edge.Start.Entry, edge.End.Entry, LabelOf(edge.Kind));
            }
        }
    }

    /// <summary>Whether both ends are known already; what they are named by is noted where they are not.</summary>
    /// <param name="edge">The relationship.</param>
    /// <param name="isLast">Whether no other file follows, by which a node that no row knows could still become one that a row knows.</param>
    public bool IsReady(EdgeRecord edge, bool isLast)
    {
        if ((edge.Breaches & BreachWords.Fatal) != 0)
        {
            return true;
        }

        Lookup.Want(edge.Start);
        Lookup.Want(edge.End);
        return Stands(edge.Start) && Stands(edge.End);

        bool Stands(EndRecord end) => end.By == MatchBy.Id && end.Find(_nodes) >= 0 && (isLast || _nodes.SaysWhatItIs(end.Entry));
    }

    /// <summary>Adds the facts of a relationship.</summary>
    /// <returns>Whether it was taken; where not, the report says why.</returns>
    public bool Take(EdgeRecord edge, string file)
    {
        var breaches = edge.Breaches;
        var kind = LabelOf(edge.Kind);
        FoundEnd[] starts = [], ends = [];
        if ((breaches & BreachWords.Fatal) == 0)
        {
            starts = _ends.Find(edge.Start, isStart: true, kind, _facts.Where, _start, ref breaches);
            ends = _ends.Find(edge.End, isStart: false, kind, _facts.Where, _end, ref breaches);
            breaches |= IsRepeated(starts, ends, kind) ? Breach.RelationshipRepeated : Breach.None;
        }

        if (breaches != Breach.None && _validation.Refuses(breaches, file, _facts.Where))
        {
            Trace(edge, kind, "refused", "see the report");
            return false;
        }

        var from = _facts.Facts.Count;
        var unsure = (breaches & EndFinder.Unsure) != 0;
        foreach (var start in starts)
        {
            foreach (var end in ends)
            {
                if (!IsOne(start, end) && _meaning.Map(edge, kind, start.End, end.End, unsure) is { } why)
                {
                    _report.Refuse(new Reject(file, 0, ValidationReport.PlaceOf(file, _facts.Where), why));
                    Trace(edge, kind, "refused", why);
                    return false;
                }
            }
        }

        if (_request.Trace)
        {
            Trace(edge, kind, (breaches & Breach.RelationshipRepeated) != 0 ? "merged" : "imported", Became(from));
        }

        var stream = _facts.Stream;
        Mention(starts, stream);
        Mention(ends, stream);
        return true;
    }

    /// <summary>States that each of two nodes may be the other.</summary>
    public void Join(ObjectEnd one, ObjectEnd other)
    {
        _meaning.LeadsOn("SameId", one, other);
        _meaning.LeadsOn("SameId", other, one);
    }

    /// <summary>States, a few facts at a time, what follows from many relationships, and who is in the crowds that ends mean: each is possible.</summary>
    public IEnumerable<bool> Gather()
    {
        foreach (var _ in _meaning.Conclude())
        {
            yield return true;
        }

        foreach (var crowd in _ends.Crowds)
        {
            _facts.Where = crowd.Where;
            _nodes.DescribeMentioned(crowd.End);
            foreach (var entry in crowd.Entries)
            {
                var one = _nodes.EndAt(entry);
                _meaning.LeadsOn("AnyOf", crowd.IsStart ? one : crowd.End, crowd.IsStart ? crowd.End : one);
                yield return true;
            }
        }
    }

    /// <summary>What was not counted to the end.</summary>
    public void Tell()
    {
        if (_seen.Forgets)
        {
            _report.Warn($"repeats were counted among the first {SeenRelations.Most:N0} relationships only");
        }
    }

    public void Dispose() => _meaning.Dispose();

    /// <summary>Whether both ends are the same node, which states nothing. Of two that the index has their texts need not be looked at.</summary>
    private static bool IsOne(in FoundEnd start, in FoundEnd end) =>
        start.Entry >= 0 && end.Entry >= 0 ? start.Entry == end.Entry && start.End.Node == end.End.Node
        : start.End.Identifier == end.End.Identifier && start.End.Node == end.End.Node;

    private string LabelOf(string kind)
    {
        const int most = 10_000;
        if (ReferenceEquals(kind, _label.Kind))
        {
            return _label.Label;
        }

        if (!_labels.TryGetValue(kind, out var label))
        {
            label = Made(kind);
            if (_labels.Count < most)
            {
                _labels.Add(kind, label);
            }
        }

        _label = (kind, label);
        return label;
    }

    private static string Made(string kind)
    {
        const int longest = 100;
        var label = SecretLooking.Find(kind) is null ? string.Concat(kind.Take(longest).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_' ? letter : '?')) : "";
        return label.Length == 0 ? "?" : label;
    }

    private bool IsRepeated(FoundEnd[] starts, FoundEnd[] ends, string kind) =>
        starts is [{ Entry: >= 0 and var start }] && ends is [{ Entry: >= 0 and var end }] && !_seen.Add(start, end, kind);

    /// <summary>States ends that no node of the import is, once each: every node is known when such an end is come to.</summary>
    private void Mention(FoundEnd[] ends, string stream)
    {
        foreach (var (end, entry, isDescribed) in ends)
        {
            if (isDescribed || entry < 0)
            {
                continue;
            }

            if (end.Kind != _nodes.Kinds.None)
            {
                if (_nodes.IsUnstated(entry))
                {
                    _nodes.DescribeMentioned(end);
                }
            }
            else if (_nodes.HasUnread && _nodes.IsUndoubted(entry, end.System))
            {
                _facts.Stream = stream;
                _facts.Seen(end.Node, "no node of the import is it, and it may be one of those that could not be read");
            }
        }
    }

    private string Became(int from) => !_request.Trace ? ""
        : string.Join("; ", _facts.Facts.Skip(from).OfType<Observation.SawEdge>().Select(edge => $"{edge.Kind} of {edge.Of} to {edge.To}")) is { Length: > 0 } edges ? edges
        : "no control";

    private void Trace(EdgeRecord edge, string kind, string became, string what)
    {
        if (_request.Trace)
        {
            _report.OnTrace?.Invoke(new TraceLine
            {
                What = "edge",
                Start = ShownText.Of(Called(edge.Start)),
                End = ShownText.Of(Called(edge.End)),
                Kind = kind,
                Where = _facts.Where,
                Became = became,
                As = what,
            });
        }

        static string Called(EndRecord end) => end.By == MatchBy.Id ? end.Id.Said : EndLookup.Shown(end);
    }
}
