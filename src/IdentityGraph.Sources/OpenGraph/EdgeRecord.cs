using System.Buffers;
using System.Text.Json;
using IdentityGraph.Sources.Records;

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

    /// <inheritdoc cref="NodeRecord.Read"/>
    public void Read(JsonValue json)
    {
        Start.Clear();
        End.Clear();
        _properties.Clear();
        Kind = "";
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
            _breaches |= member == 0 ? Breach.UnknownMember : (said & member) == 0 ? Breach.None : member == 8 ? Breach.MemberTwice : Breach.PartTwice;
            switch ((said & member & 7) != 0 ? 0 : member)
            {
                case 1:
                    Start.Read(part.Value);
                    break;
                case 2:
                    End.Read(part.Value);
                    break;
                case 4 when part.Value.ValueKind == JsonValueKind.String:
                    Kind = texts.Word(part.Value) ?? "";
                    break;
                case 8:
                    _properties.Read(part.Value, ofNode: false);
                    break;
            }

            said |= member;
        }

        Complete();
    }

    /// <summary>`start_id` and `end_id` are how DAWGS writes its ends.</summary>
    private static int MemberOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        3 when name.SequenceEqual("end"u8) => 2,
        4 when name.SequenceEqual("kind"u8) => 4,
        5 when name.SequenceEqual("start"u8) => 1,
        6 when name.SequenceEqual("end_id"u8) => 2,
        8 when name.SequenceEqual("start_id"u8) => 1,
        10 when name.SequenceEqual("properties"u8) => 8,
        _ => 0,
    };

    private void Complete()
    {
        _breaches |= IsMissing(Start) || IsMissing(End) ? Breach.EndMissing : Breach.None;
        _breaches |= Kind.Length == 0 || Kind.AsSpan().ContainsAnyExcept(s_plain) ? Breach.KindName : Breach.None;
    }

    private static bool IsMissing(EndRecord end) => end.By == MatchBy.Id && end.Id.Length == 0;
}
