using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Records;
using static IdentityGraph.Sources.BloodHound.JsonReading;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Scim;

/// <summary>Reads the resources or operations of one file. Streams are `Users` and `Groups`.</summary>
internal sealed class ScimReader
{
    private readonly Ahead _records;
    private readonly JsonElements _file;
    private readonly RecordBook _book;
    private readonly string _system;
    private readonly ScimWriting _writing;
    private long _listed;
    private long? _total;

    public ScimReader(Ahead records, JsonElements file, string system, RecordBook book)
    {
        (_records, _file, _system, _book) = (records, file, system, book);
        _writing = new ScimWriting(new ScimIds(system), book);
        IsRequest = records.FirstList == "Operations" || (!records.Any && ScimShapes.IsMessage(file.Rest, "PatchOp"));
    }

    /// <summary>Whether the file asks for changes rather than listing what is.</summary>
    public bool IsRequest { get; }

    public IEnumerable<Observation> Read(DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        var operations = new ScimOperations(_writing, startedAt);
        if (!IsRequest)
        {
            _book.Expect("Users");
            _book.Expect("Groups");
        }

        foreach (var observation in Begin())
        {
            yield return observation;
        }

        var number = 0L;
        while (_records.Next() is { } item)
        {
            cancellationToken.ThrowIfCancellationRequested();
            number = item.Number + 1;
            var where = item.Where;
            _writing.Begin(where);
            if (!item.IsReadable)
            {
                _book.LeaveOut(item, "the record");
            }
            else if (item.List == "Operations")
            {
                operations.Take(item.Json, where);
            }
            else
            {
                Take(item.Json, where);
            }

            for (var fact = 0; fact < _writing.Facts.Count; fact++)
            {
                yield return _writing.Facts[fact];
            }
        }

        if (_records.Fault is { } fault)
        {
            _book.Cut($"Resources[{number}]", fault is JsonException ? fault.Message : "the file is damaged: " + fault.Message);
        }
        else
        {
            foreach (var fact in Beside(operations, number))
            {
                yield return fact;
            }
        }

        CheckTotal();
        foreach (var end in _book.Ends())
        {
            yield return end;
        }
    }

    private Observation[] Begin()
    {
        _writing.Begin("system");
        _writing.Node("Users", _writing.Ids.System, NodeKinds.System, [new(P.Name.Name, PropertyValue.Of(_system))]);
        return [.. _writing.Facts];
    }

    /// <summary>What stood beside the lists: how many there are, or the one resource the file holds.</summary>
    private IEnumerable<Observation> Beside(ScimOperations operations, long read)
    {
        _writing.Begin("");
        var rest = _file.Rest;
        if (ScimShapes.IsMessage(rest, "ListResponse") || ScimShapes.Of(rest, "totalResults").ValueKind != JsonValueKind.Undefined)
        {
            AddTotal(rest, isFirst: true);
        }
        else if (read == 0 && ScimShapes.TypeOf(rest) is not null)
        {
            Take(rest, "resource");
        }
        else
        {
            operations.Finish(rest);
        }

        return _writing.Facts;
    }

    private void Take(JsonValue json, string where)
    {
        var type = ScimShapes.TypeOf(json);
        if (type is null && (ScimShapes.IsMessage(json, "ListResponse") || Member(json, "Resources").ValueKind != JsonValueKind.Undefined))
        {
            Page(json, where);
            return;
        }

        _listed++;
        if (type is null && ScimShapes.ShapeOf(json) is { } shape)
        {
            _book.Report.Warn("scim-shape", $"{where} says by no schema that is known what it is; it has what a {shape} has, and is taken for one");
            type = shape;
        }

        if (type is null && !ScimShapes.SaysWhatItIs(json))
        {
            _book.Outcome.Read++;
            _book.Refuse(where, "schemas", "neither `schemas` nor `meta.resourceType` says what it is; it was left out", "");
            return;
        }

        if (type is null)
        {
            var named = RecordBook.Shown(Text(Member(json, "meta"), "resourceType") ?? "resource without a known schema");
            _book.Read("Other");
            _book.Report.CountUnrecognised("resource " + named);
            _book.Trace("node", Text(json, "id") ?? "", null, named, where, "refused", "neither a user nor a group");
            return;
        }

        _writing.Resource(type, json, where, EvidenceGrade.SystemState);
    }

    /// <summary>A page among other pages.</summary>
    private void Page(JsonValue json, string where)
    {
        AddTotal(json, isFirst: _listed == 0);
        if (Misspelt(json) is { } name)
        {
            _book.Outcome.Read++;
            _book.Refuse(where, name, "it is called `Resources`, in these letters; what it holds was left out", "");
        }

        if (Member(json, "Resources") is { ValueKind: not (JsonValueKind.Array or JsonValueKind.Undefined) } odd)
        {
            _book.LeaveOut(new JsonItem($"{where}.Resources", -1, default, odd.ValueKind == JsonValueKind.Null ? "it is null and no list" : "it is no list") { IsNull = odd.ValueKind == JsonValueKind.Null }, "the record");
            return;
        }

        foreach (var (resource, index) in Elements(json, "Resources").Select((resource, index) => (resource, index)))
        {
            Take(resource, $"{where}.Resources[{index}]");
        }
    }

    private static string? Misspelt(JsonValue page) =>
        page.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => name != "Resources" && name.Equals("Resources", StringComparison.OrdinalIgnoreCase));

    /// <summary>Pages say the same total each; the largest counts.</summary>
    private void AddTotal(JsonValue list, bool isFirst)
    {
        var stated = ScimShapes.Of(list, "totalResults");
        if (stated.ValueKind == JsonValueKind.Undefined)
        {
            _book.Report.Warn("a list response does not say how many there are (`totalResults`, a whole number); whether it is whole is not known");
        }
        else if (Whole(stated, "totalResults") is { } total)
        {
            _total = Math.Max(_total ?? 0, total);
        }

        if (ScimShapes.Of(list, "startIndex") is { ValueKind: not JsonValueKind.Undefined } start && Whole(start, "startIndex") is > 1 and var index && isFirst)
        {
            _book.SpoilAll($"the list begins with the {index}th");
        }
    }

    /// <summary>The number; null where it is none: then nobody knows whether the list is whole, whatever anybody vouches.</summary>
    private long? Whole(JsonValue stated, string member)
    {
        var number = ScimShapes.WholeNumber(stated);
        if (number is null)
        {
            _book.SpoilAll($"`{member}` is no whole number");
            _book.Report.Warn($"`{member}` of a list response is no whole number: whether the list is whole is not known, and nothing is concluded from what is absent");
        }

        return number;
    }

    private void CheckTotal()
    {
        if (_total > _listed)
        {
            _book.SpoilAll($"the list holds {_listed} of {_total}");
            _book.Report.Warn($"the list holds {_listed} of {_total} resources: it is one page, and nothing is concluded from what is absent. Import all pages as one list of them");
        }
    }
}
