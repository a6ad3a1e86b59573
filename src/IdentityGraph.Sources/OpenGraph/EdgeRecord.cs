using System.Buffers;
using System.Text.Json;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>One entry of `graph.edges`, reused from entry to entry.</summary>
internal sealed class EdgeRecord(PropertyNames names, RecordText texts)
{
    private static readonly SearchValues<char> s_plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    private readonly RecordProperties _properties = new(names);
    private Breach _breaches;

    public EndRecord Start { get; } = new(texts);

    public EndRecord End { get; } = new(texts);

    /// <summary>As said; "" where it is not.</summary>
    public string Kind { get; private set; } = "";

    public PropertyBag Properties => _properties.Values;

    public Breach Breaches => _breaches | _properties.Breaches | Start.Breaches | End.Breaches;

    /// <inheritdoc cref="NodeRecord.TryRead"/>
    public bool TryRead(ref Utf8JsonReader reader)
    {
        Start.Clear();
        End.Clear();
        _properties.Clear();
        Kind = "";
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

            var member = Member(ref reader);
            _breaches |= member == 0 ? Breach.UnknownMember : (said & member) == 0 ? Breach.None : member == 8 ? Breach.MemberTwice : Breach.PartTwice;
            if (!reader.Read() || !TryMember(ref reader, (said & member & 7) != 0 ? 0 : member))
            {
                return false;
            }

            said |= member;
        }

        Complete();
        return true;
    }

    /// <summary>`start_id` and `end_id` are how DAWGS writes its ends.</summary>
    private static int Member(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("start"u8) || reader.ValueTextEquals("start_id"u8) ? 1
        : reader.ValueTextEquals("end"u8) || reader.ValueTextEquals("end_id"u8) ? 2
        : reader.ValueTextEquals("kind"u8) ? 4
        : reader.ValueTextEquals("properties"u8) ? 8
        : 0;

    private bool TryMember(ref Utf8JsonReader reader, int member)
    {
        switch (member)
        {
            case 1:
                return Start.TryRead(ref reader);
            case 2:
                return End.TryRead(ref reader);
            case 4 when reader.TokenType == JsonTokenType.String:
                Kind = texts.Word(ref reader) ?? "";
                return true;
            case 8:
                return _properties.TryRead(ref reader, ofNode: false);
            default:
                return reader.TrySkip();
        }
    }

    private void Complete()
    {
        _breaches |= IsMissing(Start) || IsMissing(End) ? Breach.EndMissing : Breach.None;
        _breaches |= Kind.Length == 0 || Kind.AsSpan().ContainsAnyExcept(s_plain) ? Breach.KindName : Breach.None;
    }

    private static bool IsMissing(EndRecord end) => end.By == MatchBy.Id && end.Id.Length == 0;
}
