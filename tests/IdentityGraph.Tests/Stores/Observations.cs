using FsCheck;
using FsCheck.Fluent;
using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Tests.Stores;

/// <summary>Observations of every shape with every member there or not, for the laws that hold for all of them.</summary>
internal static class Observations
{
    /// <summary>Short words that meet again, long texts, every plane of Unicode, and half surrogate pairs.</summary>
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Elements("", "users", "Account", "OWNED_BY", "okta:user/00u1", "name", "{\"a\":[1,null]}", "Zoë", "日本語", "🗝", "\ud83d", "\udd11x", "a\0b"),
        Gen.Choose(0, 300).Select(length => new string('x', length)),
        Gen.Choose(0, char.MaxValue).ArrayOf().Select(units => new string([.. units.Select(unit => (char)unit)])));

    private static readonly Gen<DateTimeOffset> Instants = Gen.OneOf(
        Gen.Elements(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, new DateTimeOffset(2025, 6, 2, 8, 0, 0, TimeSpan.Zero)),
        Gen.Choose(0, int.MaxValue).Select(seconds => DateTimeOffset.UnixEpoch.AddSeconds(seconds).AddTicks(seconds % 7)));

    private static readonly Gen<PropertyValue> Values = Gen.OneOf(
        Gen.Constant(PropertyValue.None),
        Texts.Select(PropertyValue.Of),
        Texts.Select(PropertyValue.OfJson),
        Texts.ArrayOf().Select(texts => PropertyValue.Of(texts)),
        Gen.Elements(true, false).Select(PropertyValue.Of),
        Gen.Elements(0, -0.0, 1, -2.5, 1e308, double.Epsilon, 9007199254740993).Select(PropertyValue.Of));

    private static readonly Gen<EvidenceRef> References =
        from reference in Texts
        from hash in Perhaps(Texts)
        from note in Perhaps(Texts)
        select new EvidenceRef(reference, hash, note);

    private static readonly Gen<KeyValuePair<string, string>[]> Members =
        (from name in Texts from json in Texts select KeyValuePair.Create(name, json)).ArrayOf();

    private static readonly Gen<(DateTimeOffset? From, DateTimeOffset? Until, DateTimeOffset? At, Precision Precision, string? Tz)> Times =
        from start in PerhapsValue(Instants)
        from until in PerhapsValue(Instants)
        from at in PerhapsValue(Instants)
        from precision in Gen.Elements(Enum.GetValues<Precision>())
        from tz in Perhaps(Texts)
        select (start, until, at, precision, tz);

    private static readonly Gen<(KeyValuePair<string, PropertyValue>[] Properties, EvidenceGrade Grade, EvidenceRef[] Evidence, KeyValuePair<string, string>[] Unrecognised)> Contents =
        from properties in (from name in Texts from value in Values select KeyValuePair.Create(name, value)).ArrayOf()
        from grade in Gen.Elements(Enum.GetValues<EvidenceGrade>())
        from evidence in References.ArrayOf()
        from unrecognised in Members
        select (properties, grade, evidence, unrecognised);

    private static readonly Gen<Observation> Nodes =
        from stream in Perhaps(Texts)
        from id in Texts
        from kind in Perhaps(Texts)
        from times in Times
        from contents in Contents
        select (Observation)new Observation.SawNode
        {
            Stream = stream,
            Id = id,
            Kind = kind,
            From = times.From,
            Until = times.Until,
            At = times.At,
            Precision = times.Precision,
            Tz = times.Tz,
            Properties = contents.Properties,
            Grade = contents.Grade,
            Evidence = contents.Evidence,
            Unrecognised = contents.Unrecognised,
        };

    private static readonly Gen<Observation> Edges =
        from stream in Perhaps(Texts)
        from kind in Texts
        from start in Texts
        from end in Texts
        from key in Perhaps(Texts)
        from times in Times
        from contents in Contents
        select (Observation)new Observation.SawEdge
        {
            Stream = stream,
            Kind = kind,
            Of = start,
            To = end,
            Key = key,
            From = times.From,
            Until = times.Until,
            At = times.At,
            Precision = times.Precision,
            Tz = times.Tz,
            Properties = contents.Properties,
            Grade = contents.Grade,
            Evidence = contents.Evidence,
            Unrecognised = contents.Unrecognised,
        };

    private static readonly Gen<Observation> Seen =
        from stream in Perhaps(Texts)
        from id in Perhaps(Texts)
        from kind in Perhaps(Texts)
        from start in Perhaps(Texts)
        from end in Perhaps(Texts)
        from key in Perhaps(Texts)
        from reason in Perhaps(Texts)
        from unrecognised in Members
        select (Observation)new Observation.SeenUnreadable { Stream = stream, Id = id, EdgeKind = kind, Of = start, To = end, Key = key, Reason = reason, Unrecognised = unrecognised };

    private static readonly Gen<Observation> Ends =
        from stream in Perhaps(Texts)
        from complete in Gen.Elements(true, false)
        from count in PerhapsValue(Gen.Elements(0L, 1, long.MaxValue))
        from reason in Perhaps(Texts)
        from hold in Gen.Elements(Enum.GetValues<Hold>())
        from unrecognised in Members
        select (Observation)new Observation.EndOf { Hold = hold, Stream = stream, Complete = complete, Count = count, Reason = reason, Unrecognised = unrecognised };

    public static Arbitrary<Observation[]> Batches { get; } = Gen.OneOf(Nodes, Edges, Seen, Ends).ArrayOf().ToArbitrary();

    private static Gen<T?> Perhaps<T>(Gen<T> there)
        where T : class => Gen.OneOf(Gen.Constant<T?>(null), there.Select(value => (T?)value));

    private static Gen<T?> PerhapsValue<T>(Gen<T> there)
        where T : struct => Gen.OneOf(Gen.Constant<T?>(null), there.Select(value => (T?)value));
}
