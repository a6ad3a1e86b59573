using IdentityGraph.Collect;
using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>The relationships of an import: their ends found, their meaning looked up, their facts.</summary>
internal sealed class PayloadEdges
{
    private readonly FactList _facts;
    private readonly PayloadNodes _nodes;
    private readonly ExtensionSchema _schema;
    private readonly ValidationReport _validation;
    private readonly ImportRequest _request;
    private readonly ImportReport _report;
    private readonly RelationMapping _relations;
    private readonly DirectoryRelations _directory;
    private readonly AzureRelated _azure;
    private readonly EndFinder _ends;
    private readonly int _traversable;
    private readonly SeenRelations _seen = new();
    private readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal);
    private readonly Dictionary<int, (ObjectEnd End, string Where)> _mentioned = [];
    private readonly EndRecord[] _metEnds = new EndRecord[2 * PayloadReader.Together];
    private readonly ObjectId[] _metIds = new ObjectId[2 * PayloadReader.Together];
    private readonly FoundEnd[] _start = new FoundEnd[1];
    private readonly FoundEnd[] _end = new FoundEnd[1];
    private (string? Kind, string Label) _label = (null, "");
    private (string? Kind, bool? Traversable, string Counted) _counted = (null, null, "");

    public PayloadEdges(FactList facts, PropertyNames names, PayloadNodes nodes, ExtensionSchema schema, ValidationReport validation, ImportRequest request, ImportReport report)
    {
        (_facts, _nodes, _schema, _validation, _request, _report) = (facts, nodes, schema, validation, request, report);
        _relations = new(facts);
        _directory = new(facts, nodes.Directory);
        _azure = new(facts);
        _traversable = names.Find("traversable");
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
    public bool IsReady(EdgeRecord edge)
    {
        if ((edge.Breaches & BreachWords.Fatal) != 0)
        {
            return true;
        }

        Lookup.Want(edge.Start);
        Lookup.Want(edge.End);
        return Stands(edge.Start) && Stands(edge.End);

        bool Stands(EndRecord end) => end.By == MatchBy.Id && end.Find(_nodes) >= 0;
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
            starts = _ends.Find(edge.Start, kind, _facts.Where, _start, ref breaches);
            ends = _ends.Find(edge.End, kind, _facts.Where, _end, ref breaches);
            breaches |= IsRepeated(starts, ends, kind) ? Breach.RelationshipRepeated : Breach.None;
        }

        if (breaches != Breach.None && _validation.Refuses(breaches, file, _facts.Where))
        {
            Trace(edge, kind, "refused", "see the report");
            return false;
        }

        var from = _facts.Facts.Count;
        var unsure = starts.Length * ends.Length > 1;
        foreach (var start in starts)
        {
            foreach (var end in ends)
            {
                if (!IsOne(start, end) && Map(edge, kind, start.End, end.End, unsure) is { } why)
                {
                    _report.Refuse(new Reject(file, 0, ValidationReport.PlaceOf(file, _facts.Where), why));
                    Trace(edge, kind, "refused", why);
                    return false;
                }
            }
        }

        Mention(starts);
        Mention(ends);
        if (_request.Trace)
        {
            Trace(edge, kind, (breaches & Breach.RelationshipRepeated) != 0 ? "merged" : "imported", Became(from));
        }

        return true;
    }

    /// <summary>Ends that only relationships name, and what two relationships of the directory give only together.</summary>
    public void Finish()
    {
        foreach (var (end, where) in _mentioned.Values)
        {
            _facts.Where = where;
            _nodes.DescribeMentioned(end);
        }

        _directory.Finish();
    }

    /// <summary>What was not counted to the end.</summary>
    public void Tell()
    {
        if (_seen.Forgets)
        {
            _report.Warn($"repeats were counted among the first {SeenRelations.Most:N0} relationships only");
        }
    }

    /// <summary>Whether both ends are the same node, which states nothing. Of two that the index has their texts need not be looked at.</summary>
    private static bool IsOne(in FoundEnd start, in FoundEnd end) =>
        start.Entry >= 0 && end.Entry >= 0 ? start.Entry == end.Entry && start.End.Node == end.End.Node
        : start.End.Identifier == end.End.Identifier && start.End.Node == end.End.Node;

    private string? Map(EdgeRecord edge, string kind, ObjectEnd start, ObjectEnd end, bool unsure)
    {
        _facts.Stream = ObjectKinds.GenericStream;
        if (unsure)
        {
            return _relations.Possible(kind, start, end);
        }

        if (ExtensionTables.FindEdge(kind, start.Kind.All, end.Kind.All) is { } row)
        {
            _facts.Stream = ExtensionTables.FindEdge(kind)!.Name;
            return Keep(_relations.Map(row, kind, start, end), kind, start, end);
        }

        // Where the definition and the relationship differ, the one that holds it to give control is believed.
        var said = edge.Properties.Flag(_traversable);
        var traversable = said == true ? said : _schema.IsTraversable(kind) ?? said;
        if (DirectoryRelations.IsOf(start, end) && (DirectoryRelations.IsKnown(kind, end) || traversable != false))
        {
            _facts.Stream = ObjectKinds.DirectoryStream;
            if (!DirectoryRelations.IsKnown(kind, end))
            {
                _report.CountUnrecognised($"right {kind} on {end.Kind.Label}");
                if (_request.Strict)
                {
                    return NoRow(kind);
                }
            }

            return Keep(_directory.Map(kind, start, end), kind, start, end);
        }

        if (AzureRelated.IsOf(start, end) && (AzureRelated.IsKnown(kind, end) || traversable != false))
        {
            _facts.Stream = ObjectKinds.AzureStream;
            if (!AzureRelated.IsKnown(kind, end))
            {
                _report.CountUnrecognised($"right {kind} on {end.Kind.Label}");
                if (_request.Strict)
                {
                    return NoRow(kind);
                }
            }

            return AzureRelated.GivesNothing(kind, end) ? null : Keep(_azure.Map(kind, start, end), kind, start, end);
        }

        if (!ReferenceEquals(_counted.Kind, kind) || _counted.Traversable != traversable)
        {
            _counted = (kind, traversable, $"relationship {kind} ({(traversable == false ? "not control" : traversable == true ? "possible control" : "possible control: nothing says whether it gives any")})");
        }

        _report.CountUnrecognised(_counted.Counted);
        if (_request.Strict)
        {
            return NoRow(kind);
        }

        if (traversable == false)
        {
            _facts.Edge(AsSaid(kind), start.Node, end.Node, null);
            return null;
        }

        return Keep(_relations.Possible(kind, start, end), kind, start, end);
    }

    /// <summary>
    /// What no kind of edge can say is counted and kept under its own name: no rule follows it, and answers that it touches say so. It is
    /// no fault of the file.
    /// </summary>
    private string? Keep(string? unsaid, string kind, ObjectEnd start, ObjectEnd end)
    {
        if (unsaid is not null)
        {
            _report.CountUnrecognised(unsaid);
            _facts.Edge(AsSaid(kind), start.Node, end.Node, null);
        }

        return null;
    }

    private static string NoRow(string kind) => $"no row says what `{kind}` means (--strict); leave --strict out to keep it";

    /// <summary>A relationship of nobody's here keeps its name, unless that is a kind of edge of ours and so would claim to be one.</summary>
    private static string AsSaid(string kind) => Graph.EdgeKind.Find(kind) is null ? kind : "OPENGRAPH_" + kind;

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

    private void Mention(FoundEnd[] ends)
    {
        foreach (var (end, entry, isDescribed) in ends)
        {
            if (!isDescribed && entry >= 0 && end.Kind != _nodes.Kinds.None)
            {
                _mentioned.TryAdd(entry, (end, _facts.Where));
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
