using System.Text.Json;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>One entry of `graph.nodes`, reused from entry to entry.</summary>
internal sealed class NodeRecord(PropertyNames names, RecordText texts)
{
    private readonly RecordProperties _properties = new(names);
    private readonly List<string> _kinds = [];
    private Breach _breaches;

    public ObjectId Id { get; } = new();

    /// <summary>A second id that differs, where it says two.</summary>
    public ObjectId Other { get; } = new();

    /// <summary>As said, in their order.</summary>
    public IReadOnlyList<string> Kinds => _kinds;

    public PropertyBag Properties => _properties.Values;

    public Breach Breaches => _breaches | _properties.Breaches;

    /// <summary>Reads the entry.</summary>
    public void Read(JsonValue json)
    {
        Id.Clear();
        Other.Clear();
        _kinds.Clear();
        _properties.Clear();
        _breaches = Breach.None;
        if (json.ValueKind != JsonValueKind.Object)
        {
            _breaches = Breach.NotAnObject;
            return;
        }

        var said = 0;
        foreach (var part in json.EnumerateObject())
        {
            var member = MemberOf(part.PlainName);
            _breaches |= member == 0 ? Breach.UnknownMember : (said & member) == 0 ? Breach.None : member == 1 ? Breach.PartTwice : Breach.MemberTwice;
            switch (member)
            {
                case 1 when (said & 1) == 0:
                    _breaches |= Id.Read(part.Value);
                    break;
                case 1:
                    _ = Other.Read(part.Value);
                    break;
                case 2:
                    ReadKinds(part.Value);
                    break;
                case 4:
                    _properties.Read(part.Value, ofNode: true);
                    break;
            }

            said |= member;
        }

        Complete(said);
    }

    private static int MemberOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when name.SequenceEqual("id"u8) => 1,
        5 when name.SequenceEqual("kinds"u8) => 2,
        10 when name.SequenceEqual("properties"u8) => 4,
        _ => 0,
    };

    private void ReadKinds(JsonValue json)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            _breaches |= Breach.KindsNotAList;
            if (json.ValueKind == JsonValueKind.String)
            {
                Kind(json);
            }

            return;
        }

        foreach (var kind in json.EnumerateArray())
        {
            if (kind.ValueKind == JsonValueKind.String)
            {
                Kind(kind);
            }
            else
            {
                _breaches |= Breach.KindsNotAList;
            }
        }

        _breaches |= _kinds.Count > 3 ? Breach.TooManyKinds : Breach.None;
    }

    private void Kind(JsonValue json)
    {
        const int most = 64;
        if (texts.Word(json) is not { } kind)
        {
            _breaches |= Breach.InvalidText;
        }
        else if (_kinds.Count < most && kind.Length > 0 && !_kinds.Contains(kind))
        {
            _kinds.Add(kind);
        }
    }

    private void Complete(int said)
    {
        if (Id.Length == 0 && Properties.Text(names.Find("objectid")) is { Length: > 0 } objectId)
        {
            _breaches |= Id.Read(objectId) | Breach.IdNotText;
        }

        _breaches |= Id.Length == 0 ? Breach.IdMissing : Breach.None;
        _breaches |= (said & 2) == 0 || _kinds.Count == 0 ? Breach.KindsMissing : Breach.None;
    }
}
