using System.Text.Json;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>One entry of `graph.nodes`, reused from entry to entry.</summary>
internal sealed class NodeRecord(PropertyNames names, RecordText texts)
{
    private readonly RecordProperties _properties = new(names);
    private readonly List<string> _kinds = [];
    private Breach _breaches;

    public ObjectId Id { get; } = new();

    /// <summary>As said, in their order.</summary>
    public IReadOnlyList<string> Kinds => _kinds;

    public PropertyBag Properties => _properties.Values;

    public Breach Breaches => _breaches | _properties.Breaches;

    /// <summary>Reads the entry.</summary>
    /// <param name="reader">At its first token; left at its last.</param>
    /// <returns>False where the bytes at hand end before it does; it is to be read again from its start then.</returns>
    public bool TryRead(ref Utf8JsonReader reader)
    {
        Id.Clear();
        _kinds.Clear();
        _properties.Clear();
        _breaches = Breach.None;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            _breaches = Breach.NotAnObject;
            return reader.TrySkip();
        }

        var said = 0;
        while (true)
        {
            if (!reader.Read())
            {
                return false;
            }

            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                break;
            }

            var member = reader.ValueTextEquals("id"u8) ? 1 : reader.ValueTextEquals("kinds"u8) ? 2 : reader.ValueTextEquals("properties"u8) ? 4 : 0;
            _breaches |= member == 0 ? Breach.UnknownMember : (said & member) == 0 ? Breach.None : member == 1 ? Breach.PartTwice : Breach.MemberTwice;
            if (!reader.Read() || !TryMember(ref reader, member, (said & member) != 0))
            {
                return false;
            }

            said |= member;
        }

        Complete(said);
        return true;
    }

    private bool TryMember(ref Utf8JsonReader reader, int member, bool again)
    {
        switch (member)
        {
            case 1 when !again:
                _breaches |= Id.Read(ref reader);
                return reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray) || reader.TrySkip();
            case 2:
                return TryKinds(ref reader);
            case 4:
                return _properties.TryRead(ref reader, ofNode: true);
            default:
                return reader.TrySkip();
        }
    }

    private bool TryKinds(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            _breaches |= Breach.KindsNotAList;
            if (reader.TokenType == JsonTokenType.String)
            {
                Kind(ref reader);
            }

            return reader.TrySkip();
        }

        while (true)
        {
            if (!reader.Read())
            {
                return false;
            }

            switch (reader.TokenType)
            {
                case JsonTokenType.EndArray:
                    _breaches |= _kinds.Count > 3 ? Breach.TooManyKinds : Breach.None;
                    return true;
                case JsonTokenType.String:
                    Kind(ref reader);
                    break;
                default:
                    _breaches |= Breach.KindsNotAList;
                    if (!reader.TrySkip())
                    {
                        return false;
                    }

                    break;
            }
        }
    }

    private void Kind(ref Utf8JsonReader reader)
    {
        const int most = 64;
        if (texts.Word(ref reader) is not { } kind)
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
