using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Tests.Stores;
using Property = IdentityGraph.Graph.Property;

namespace IdentityGraph.Tests.Collect.Exchange;

public sealed class RoundTripTests
{
    private static readonly Gen<string> s_text = Gen.Elements(
        "pat@acme.example", "Zoë", "日本語", "a\"b\\c", "tab\there", "\u2028", "😀", " ", "</script>", "=HYPERLINK(1)", "O'Brien; DROP", "\u0000", "é", "e\u0301");

    private static readonly Gen<string> s_id = Gen.Elements("okta:user/00u1", "aws:key/AKIA1234567890ABCDEF", "a", "ü:x/%2F", "😀", new string('x', 512));

    private static readonly Gen<DateTimeOffset?> s_instant =
        Gen.Frequency((2, Gen.Constant<DateTimeOffset?>(null)), (3, Gen.Choose(0, int.MaxValue).Select(ticks => (DateTimeOffset?)new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(ticks * 12_345L))));

    private static readonly Gen<PropertyValue> s_anyValue = Gen.OneOf(
        s_text.Select(PropertyValue.Of),
        Gen.Elements(true, false).Select(PropertyValue.Of),
        Gen.Elements(0d, -1, 3.5, 1e300, 0.1, 9007199254740993d).Select(PropertyValue.Of),
        s_text.ArrayOf(3).Select(texts => PropertyValue.Of(texts)),
        Gen.Constant(PropertyValue.None),
        Gen.Elements("""{"a":[1,null,{"b":"c"}]}""", "[1,2]", "[[]]", "123456789012345678901234567890").Select(PropertyValue.OfJson));

    private static readonly Gen<Observation> s_observation = Gen.OneOf(Node(), Edge(), Seen());

    [Fact]
    public void What_is_written_is_read_back_as_it_was() =>
        Prop.ForAll(s_observation.ListOf().ToArbitrary(), observations =>
        {
            var text = Lines.Write(new RunHeader { Source = "okta", StartedAt = DateTimeOffset.UnixEpoch }, observations);
            var read = Lines.ReadBytes(new ImportRequest { Path = "x" }, Encoding.UTF8.GetBytes(text));
            Assert.Empty(read.Rejects);
            Assert.Equal(observations.Select(Canonical.Of), read.Observations.Select(Canonical.Of));
            Assert.Equal(text, Lines.Write(read.Header, read.Observations));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_header_is_read_back_as_it_was()
    {
        var header = new RunHeader
        {
            Source = "okta",
            Tenant = "acme",
            StartedAt = new(2025, 6, 2, 8, 0, 0, TimeSpan.Zero),
            RecordedAt = new(2025, 6, 2, 8, 4, 10, 123, TimeSpan.Zero),
            Mode = RunMode.Delta,
            Interval = TimeSpan.FromHours(24),
            Collector = "idgraph-okta/1.0",
            Unrecognised = [new("region", "\"eu\"")],
        };

        var text = Lines.Write(header);

        Assert.Equal(
            """{"idgraph":1,"source":"okta","tenant":"acme","startedAt":"2025-06-02T08:00:00Z","recordedAt":"2025-06-02T08:04:10.123Z","mode":"delta","interval":"PT24H","collector":"idgraph-okta/1.0","region":"eu"}""" + "\n",
            text);
        var read = Lines.Read(text.TrimEnd('\n')).Header;
        Assert.Equal(header with { Unrecognised = [] }, read with { Unrecognised = header.Unrecognised } with { Unrecognised = [] });
        Assert.Equal(text, Lines.Write(read));
    }

    [Fact]
    public void Members_stand_in_the_order_of_the_format_and_only_what_is_said_is_written()
    {
        const string Everything =
            """{"edge":"ENTITLES","of":"a","to":"b","key":"k","from":"2025-01-01T00:00:00Z","until":"2025-02-01T00:00:00Z","precision":"day","tz":"Europe/Berlin","at":"2025-03-01T00:00:00Z","props":{"level":"L3","mystery":[]},"grade":"Attestation","evidence":["log 7",{"ref":"log 8","hash":"00ff","note":"n"}],"stream":"rights","colour":{"a":1}}""";

        Assert.Equal(Everything + "\n", Lines.Read(Lines.Header, Everything).Again);
        Assert.Equal("""{"node":"a"}""" + "\n", Lines.Read(Lines.Header, """{ "until" : null, "grade":"SystemState" ,"props":{}, "precision":"instant", "evidence":[], "node":"a" }""").Again);
    }

    [Fact]
    public void An_offset_is_converted_and_decimals_are_kept() =>
        Assert.Equal(
            """{"node":"a","from":"2025-06-02T06:00:00.1234567Z","at":"2016-12-31T23:59:59.5Z"}""" + "\n",
            Lines.Read(Lines.Header, """{"node":"a","from":"2025-06-02T08:00:00.12345678+02:00","at":"2016-12-31T23:59:59.50-00:00"}""").Again);

    private static Gen<Observation> Node() =>
        from id in s_id
        from kind in Gen.Elements<string?>("Account", "Credential", "AZFoo", null)
        from shared in Shared(kind is null ? null : NodeKind.Find(kind)?.Properties)
        select (Observation)new Observation.SawNode
        {
            Id = id,
            Kind = kind,
            Stream = shared.Stream,
            From = shared.From,
            Until = shared.Until,
            At = shared.At,
            Precision = shared.Precision,
            Tz = shared.Tz,
            Grade = shared.Grade,
            Properties = shared.Properties,
            Evidence = shared.Evidence,
            Unrecognised = shared.Unrecognised,
        };

    private static Gen<Observation> Edge() =>
        from of in s_id
        from to in s_id
        from kind in Gen.Elements("OWNED_BY", "ENTITLES", "CAN_ASSUME", "SMELLS_LIKE")
        from key in Gen.Elements<string?>(null, "", "k")
        from shared in Shared(EdgeKind.Find(kind)?.Properties)
        select (Observation)new Observation.SawEdge
        {
            Kind = kind,
            Of = of,
            To = to,
            Key = key,
            Stream = shared.Stream,
            From = shared.From,
            Until = shared.Until,
            At = shared.At,
            Precision = shared.Precision,
            Tz = shared.Tz,
            Grade = shared.Grade,
            Properties = shared.Properties,
            Evidence = shared.Evidence,
            Unrecognised = shared.Unrecognised,
        };

    private static Gen<Observation> Seen() =>
        from id in s_id
        from edge in Gen.Elements(true, false)
        from stream in Gen.Elements<string?>(null, "users")
        from reason in Gen.Elements<string?>(null, "unknown status")
        select (Observation)(edge
            ? new Observation.SeenUnreadable { EdgeKind = "OWNED_BY", Of = id, To = "b", Key = stream, Stream = stream, Reason = reason }
            : new Observation.SeenUnreadable { Id = id, Stream = stream, Reason = reason });

    private static Gen<Observation.SawNode> Shared(IReadOnlyList<Property>? known) =>
        from times in s_instant.ArrayOf(3)
        from precision in Gen.Elements(Precision.Instant, Precision.Day, Precision.Observed)
        from grade in Gen.Elements(Enum.GetValues<EvidenceGrade>())
        from stream in Gen.Elements<string?>(null, "users")
        from values in Values(known)
        from note in s_text
        from count in Gen.Choose(0, 2)
        select new Observation.SawNode
        {
            Id = "",
            Stream = stream,
            From = times[0],
            Until = times[1] < times[0] ? null : times[1],
            At = times[2],
            Precision = precision,
            Tz = precision == Precision.Day ? "Europe/Berlin" : null,
            Grade = grade,
            Properties = values,
            Evidence = [.. Enumerable.Range(0, count).Select(i => i == 0 ? new EvidenceRef(note) : new EvidenceRef("log 8", "00ff", note))],
            Unrecognised = count == 2 ? [new("colour", """{"a":[1,"b"]}""")] : [],
        };

    private static Gen<KeyValuePair<string, PropertyValue>[]> Values(IReadOnlyList<Property>? known) =>
        from some in Gen.Elements(true, false).ArrayOf(known?.Count ?? 0)
        from values in (known ?? []).Select(Value).Aggregate(Gen.Constant<PropertyValue[]>([]), (all, next) => from before in all from value in next select (PropertyValue[])[.. before, value])
        from others in s_anyValue.ArrayOf(3)
        from extra in Gen.Choose(0, 3)
        select (KeyValuePair<string, PropertyValue>[])
        [
            .. (known ?? []).Select((property, i) => (property, some: some[i], value: values[i])).Where(p => p.some).Select(p => new KeyValuePair<string, PropertyValue>(p.property.Name, p.value)),
            .. Enumerable.Range(0, extra).Select(i => new KeyValuePair<string, PropertyValue>($"mystery{i}", others[i])),
        ];

    private static Gen<PropertyValue> Value(Property property) => Gen.OneOf(Gen.Constant(PropertyValue.None), property.Type switch
    {
        PropertyType.Flag => Gen.Elements(true, false).Select(PropertyValue.Of),
        PropertyType.Instant => s_instant.Select(instant => instant is { } said ? PropertyValue.Of(said) : PropertyValue.None),
        PropertyType.Duration => Gen.Elements("PT24H", "P2W", "P1DT0.5S").Select(PropertyValue.Of),
        PropertyType.Level => Gen.Elements("L0", "L6").Select(PropertyValue.Of),
        PropertyType.Rights => Gen.Elements("", "DRWUAC", "R").Select(PropertyValue.Of),
        PropertyType.Number or PropertyType.Integer => Gen.Choose(-9, 9).Select(number => PropertyValue.Of((double)number)),
        PropertyType.TextList or PropertyType.WordList => s_text.ArrayOf(2).Select(texts => PropertyValue.Of(texts)),
        PropertyType.Word => Gen.Elements([.. property.Words, "Frozen"]).Select(PropertyValue.Of),
        _ => s_text.Select(PropertyValue.Of),
    });
}
