using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>
/// Reads the files of an import into observations. Relationships whose ends are known are read where they stand; the others (an end that
/// comes later, is named by name or property, or is nowhere) when every node is known, by reading their file again.
/// </summary>
internal sealed class PayloadImport : IDisposable
{
    /// <summary>Names that are read of every node, and those that a row of a table reads; never added to.</summary>
    private static readonly PropertyNames s_names = new(NodeMapping.Common.Concat(DirectoryRest.Names).Concat(ExtensionTables.All.SelectMany(table => table.Nodes).SelectMany(row => row.Properties).SelectMany(property => property.From)));

    private readonly IReadOnlyList<PayloadFile> _files;
    private readonly ImportRequest _request;
    private readonly ImportReport _report;
    private readonly UnpackLimits _limits;
    private readonly FactList _facts = new();
    private readonly PropertyNames _names;
    private readonly ValidationReport _validation;
    private readonly PayloadNodes _nodes;
    private readonly PayloadEdges _edges;
    private Breach _open;
    private string? _stream;
    private bool _anyLists;
    private bool _isCut;
    private readonly SortedDictionary<string, string?> _streams = new(StringComparer.Ordinal);

    public PayloadImport(IReadOnlyList<PayloadFile> files, ExtensionSchema schema, ImportRequest request, ImportReport report, UnpackLimits limits)
    {
        (_files, _request, _report, _limits) = (files, request, report, limits);
        _names = new(s_names);
        _validation = new(report, request.Strict);
        _nodes = new(_facts, _names, _validation, request, report, limits.Ids);
        _edges = new(_facts, _names, _nodes, schema, _validation, request, report);
    }

    /// <summary>How the run ends; set before the observations are enumerated.</summary>
    public RunOutcomeState Outcome { get; set; } = new();

    private enum Pass
    {
        First,
        Nodes,
        Edges,
    }

    public IEnumerable<Observation> Observations(CancellationToken cancellationToken)
    {
        foreach (var pass in new[] { Pass.First, Pass.Nodes, Pass.Edges })
        {
            foreach (var file in _files.Where(file => IsRead(file, pass)))
            {
                // Facts are handed on from here, not through an iterator of each file: there are many of them.
                _isCut = false;
                using var reader = new PayloadReader(file.Entry.Open(), _limits, _names, definitions: false, cancellationToken)
                {
                    OnEdges = _edges.Meet,
                    Wants = pass switch
                    {
                        Pass.First => null,
                        Pass.Nodes => static (part, _) => part == PayloadPart.Node,
                        _ => (part, index) => part == PayloadPart.Edge && file.Waits(index),
                    },
                };
                var (nodes, edges) = ($"{file.Entry.Name}#graph.nodes[", $"{file.Entry.Name}#graph.edges[");
                while (Take(reader, file, pass, nodes, edges))
                {
                    for (var number = 0; number < _facts.Facts.Count; number++)
                    {
                        yield return Taken(_facts.Facts[number]);
                    }
                }
            }

            _nodes.HasUnread |= Outcome.PartialReason is not null || _open != Breach.None;
        }

        if (!_anyLists && _files.All(file => !file.HasDefinition))
        {
            throw new RefusedInputException($"`{_files[0].Entry.Name}` holds no OpenGraph payload: neither `nodes` nor `edges` stands in its `graph`; nothing was imported");
        }

        _facts.Clear();
        foreach (var _ in _edges.Gather().Append(true))
        {
            foreach (var fact in _facts.Facts)
            {
                yield return Taken(fact);
            }

            _facts.Clear();
        }

        _edges.Tell();
        _validation.Tell();
        foreach (var end in Ends())
        {
            yield return end;
        }
    }

    public void Dispose()
    {
        _nodes.Dispose();
        _edges.Dispose();
    }

    private bool IsRead(PayloadFile file, Pass pass) => pass switch
    {
        Pass.First => file.HasGraph,
        Pass.Nodes => file.HasGraph && !_edges.Lookup.IsEmpty,
        _ => file.Waiting.Count > 0,
    };

    /// <summary>Goes to the next part, and adds its facts; false at the end.</summary>
    private bool Take(PayloadReader reader, PayloadFile file, Pass pass, string nodes, string edges)
    {
        var part = Advance(reader, file, pass);
        _facts.Clear();
        switch (part)
        {
            case PayloadPart.End:
                Close(reader, file, pass);
                return false;
            case PayloadPart.Node when pass == Pass.First:
                Outcome.Read++;
                _facts.Where = FactList.Place(nodes, reader.Index);
                Outcome.Rejected += _nodes.Take(reader.Node, file.Entry.Name) ? 0 : 1;
                if (_nodes.TakeApart() is var (one, other))
                {
                    _edges.Join(one, other);
                }

                break;
            case PayloadPart.Node when pass == Pass.Nodes:
                // Nodes are only shown to the ends that look for them.
                if (_nodes.NumberOf(reader.Node) is >= 0 and var node && _edges.Lookup.Offer(reader.Node, node))
                {
                    _nodes.Keep(node, reader.Node);
                }

                break;
            case PayloadPart.Edge when pass == Pass.First && !_edges.IsReady(reader.Edge, ReferenceEquals(file, _files[^1])):
                file.Wait(reader.Index);
                break;
            case PayloadPart.Edge:
                Outcome.Read++;
                _facts.Where = FactList.Place(edges, reader.Index);
                Outcome.Rejected += _edges.Take(reader.Edge, file.Entry.Name) ? 0 : 1;
                break;
            case PayloadPart.Unread when pass == Pass.First:
                Outcome.Read++;
                Outcome.Rejected++;
                _nodes.HasUnread |= reader.MemberName == "nodes";
                _report.Refuse(new Reject(file.Entry.Name, 0, $"graph.{reader.MemberName}[{reader.Index}]", $"{reader.Problem}; it was left out"));
                break;
        }

        if (_facts.LeftOut is { } leftOut)
        {
            _report.Refuse(new Reject(_facts.Where, 0, "", $"{leftOut}; that property was left out, the rest is imported"));
            Outcome.Rejected++;
        }

        return true;
    }

    /// <summary>A file among others that has neither of the lists, whatever else it has, is none of the payload's.</summary>
    private void Close(PayloadReader reader, PayloadFile file, Pass pass)
    {
        if (pass != Pass.First)
        {
            return;
        }

        _anyLists |= reader.HasLists || _isCut;
        if (!reader.HasLists && !file.HasDefinition && !_isCut)
        {
            Outcome.Rejected++;
            Outcome.PartialReason ??= $"what `{file.Entry.Name}` holds is not known";
            _report.Refuse(new Reject(file.Entry.Name, 0, "", "it holds neither `nodes` nor `edges`, and no extension definition; the file was not read"));
        }
    }

    /// <summary>The next part; the end where the file cannot be read on, which is said once.</summary>
    private PayloadPart Advance(PayloadReader reader, PayloadFile file, Pass pass)
    {
        try
        {
            var part = reader.Next();
            if (pass == Pass.First)
            {
                _open |= part switch { PayloadPart.Node => reader.Node.Breaches, PayloadPart.Edge => reader.Edge.Breaches, _ => Breach.None } & BreachWords.Open;
                var breaches = Taken(reader);
                _nodes.HasUnread |= (breaches & (Breach.NotAList | Breach.UnknownPart)) != 0;
                Outcome.Rejected += breaches != Breach.None && _validation.Refuses(breaches, file.Entry.Name, $"{file.Entry.Name}#{ShownText.Of(reader.MemberName)}") ? 1 : 0;
            }

            return part;
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or IOException)
        {
            if (pass == Pass.First)
            {
                var why = exception is JsonException ? exception.Message : "the entry is damaged: " + exception.Message;
                var place = $"{ShownText.Of(reader.MemberName)}[{reader.Index + 1}]";
                _isCut = true;
                Outcome.PartialReason ??= $"`{file.Entry.Name}` could be read up to {place} only";
                _report.Refuse(new Reject(file.Entry.Name, 0, place, $"{why}. What came before it is imported; collect this file again"));
            }

            return PayloadPart.End;
        }
    }

    private Breach Taken(PayloadReader reader)
    {
        var breaches = reader.TakeBreaches();
        _open |= breaches & BreachWords.Open;
        return breaches;
    }

    private Observation Taken(Observation fact)
    {
        if (!ReferenceEquals(fact.Stream, _stream))
        {
            _stream = fact.Stream;
            _streams.TryAdd(fact.Stream!, null);
        }

        return fact;
    }

    /// <summary>A collector does not say whether it read everything: only the user can vouch for it.</summary>
    private IEnumerable<Observation> Ends()
    {
        foreach (var unknown in _request.Complete.Where(word => !_streams.Keys.Contains(word, StringComparer.OrdinalIgnoreCase)))
        {
            _report.Warn($"--complete `{unknown}` names no stream of this import; it has {string.Join(", ", _streams.Keys)}");
        }

        var open = _streams.Keys.Where(stream => !_request.Complete.Contains(stream, StringComparer.OrdinalIgnoreCase)).ToArray();
        if (open.Length > 0)
        {
            _report.Warn($"an OpenGraph payload does not say whether everything was read, so nothing is concluded from what is absent in {string.Join(", ", open)}; name those you know to be whole with --complete");
        }

        var cut = Outcome.PartialReason ?? (Outcome.Rejected > 0 ? "some of it was refused" : null) ?? (_open == Breach.None ? null : "some of it does not say what it holds");
        foreach (var stream in _streams.Keys)
        {
            var vouched = !open.Contains(stream);
            yield return new Observation.EndOf
            {
                Stream = stream,
                Complete = vouched && cut is null,
                Reason = vouched ? cut : "a payload does not say whether everything was read",
            };
        }
    }
}
