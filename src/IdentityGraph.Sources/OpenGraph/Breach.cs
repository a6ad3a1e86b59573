namespace IdentityGraph.Sources.OpenGraph;

/// <summary>What a payload can do against the format's schemas, and how it is read all the same. A bit each: a record counts once a rule.</summary>
[Flags]
internal enum Breach : uint
{
    None = 0,
    ByteOrderMark = 1 << 0,
    UnknownMember = 1 << 1,
    MemberTwice = 1 << 2,
    NoGraph = 1 << 3,
    NotAnObject = 1 << 4,
    IdMissing = 1 << 5,
    IdNotText = 1 << 6,
    IdTooLong = 1 << 7,
    KindsMissing = 1 << 8,
    KindsNotAList = 1 << 9,
    TooManyKinds = 1 << 10,
    KindName = 1 << 11,
    ObjectId = 1 << 12,
    Nested = 1 << 13,
    MixedList = 1 << 14,
    Packed = 1 << 15,
    InvalidText = 1 << 16,
    ControlCharacter = 1 << 17,
    NodeRepeated = 1 << 18,
    EndMissing = 1 << 19,
    MatchBy = 1 << 20,
    EndNotDescribed = 1 << 21,
    EndAmbiguous = 1 << 22,
    EndKind = 1 << 23,
    RelationshipRepeated = 1 << 24,
    PlainEnd = 1 << 25,
    IdSecret = 1 << 26,
    PartTwice = 1 << 27,
    NotAList = 1 << 28,
    NullList = 1 << 29,
    EndAlike = 1 << 30,
    UnknownPart = 1u << 31,
}

/// <summary>The rules of <see cref="Breach"/> in words.</summary>
internal static class BreachWords
{
    /// <summary>Breaches after which nothing of the record can be kept.</summary>
    public const Breach Fatal = Breach.NotAnObject | Breach.IdMissing | Breach.IdTooLong | Breach.IdSecret | Breach.EndMissing | Breach.PartTwice | Breach.NotAList | Breach.UnknownPart;

    /// <summary>Breaches after which nobody knows what else was meant to be there.</summary>
    public const Breach Open = Breach.NullList | Breach.KindsNotAList;

    /// <summary>Every rule: its name, what it says, and what is done with a record that breaks it.</summary>
    public static IReadOnlyList<(Breach Rule, string Name, string Says, string Done)> All { get; } =
    [
        (Breach.ByteOrderMark, "byte-order-mark", "the file begins with a byte-order mark", "passed over"),
        (Breach.UnknownMember, "unknown-member", "a member that the format does not have", "not read"),
        (Breach.UnknownPart, "unknown-part", "a list or object in `graph`, or beside it, under a name that the format does not have", "refused: nobody knows what it was to hold"),
        (Breach.MemberTwice, "member-twice", "a member or property is said twice", "what the two say differently is not read"),
        (Breach.PartTwice, "part-twice", "the id of a node, or the start, end or kind of a relationship, is said twice", "refused"),
        (Breach.NotAList, "not-a-list", "`graph` is no object, or `nodes` or `edges` no list", "refused"),
        (Breach.NullList, "null-list", "`graph`, `nodes` or `edges` is null", "nothing is concluded from what is absent"),
        (Breach.NoGraph, "no-graph", "`nodes` or `edges` stand outside `graph`", "read all the same"),
        (Breach.NotAnObject, "not-an-object", "a node or relationship is no JSON object", "refused"),
        (Breach.IdMissing, "id-missing", "a node without an id", "refused"),
        (Breach.IdNotText, "id-not-text", "an id that is a number, or stands in another member", "read as text"),
        (Breach.IdTooLong, "id-too-long", "an id that does not fit into 512 characters with its prefix", "refused"),
        (Breach.IdSecret, "id-secret", "an id, or what an end is found by, that looks like the value of a secret", "refused, and never quoted"),
        (Breach.KindsMissing, "kinds-missing", "a node without kinds", "kept without a kind"),
        (Breach.KindsNotAList, "kinds-not-a-list", "kinds that are no list of texts", "one text is read as a list of one"),
        (Breach.TooManyKinds, "too-many-kinds", "more than three kinds", "all of them are read"),
        (Breach.KindName, "kind-name", "the name of a relationship holds more than letters, digits and underscores, or is missing", "kept with `?` in their place"),
        (Breach.ObjectId, "objectid", "`objectid` among the properties of a node", "not read; where it differs from the id, that is the id's matter"),
        (Breach.Nested, "nested-property", "a property that is an object, or a list with objects or lists in it", "not read"),
        (Breach.MixedList, "mixed-list", "a list of more than one type", "not read"),
        (Breach.Packed, "packed-json", "JSON packed in a text", "properties so packed are unpacked, others kept as text"),
        (Breach.InvalidText, "invalid-text", "a text that is no valid UTF-8 or half of a UTF-16 pair", "not read"),
        (Breach.ControlCharacter, "control-character", "a control character in an id or kind", "encoded in ids, `?` in kinds"),
        (Breach.NodeRepeated, "node-repeated", "a node stands more than once", "merged property by property"),
        (Breach.EndMissing, "end-missing", "a relationship without a start or an end, or with one that nothing finds: no way to find it is named, or more than 64 sets of properties are, or it fits more nodes than are kept", "refused"),
        (Breach.MatchBy, "match-by", "an unknown `match_by` or operator", "read as `id` where a value stands, else refused"),
        (Breach.EndNotDescribed, "end-not-described", "an end that no node of the import is", "a placeholder, of the kind said at the end where one is said"),
        (Breach.EndAmbiguous, "end-ambiguous", "an end that more than one node fits", "kept as possible for each"),
        (Breach.EndKind, "end-kind", "the kind said at an end is none of its node's", "an id: the node's own kinds are taken; a name or property: kept as possible for each node that fits but for its kind"),
        (Breach.RelationshipRepeated, "relationship-repeated", "the same start, end and kind stand more than once", "merged"),
        (Breach.EndAlike, "end-alike", "no node fits an end to the letter, but some do whose letters are composed otherwise in Unicode, or that differ in case or in how a number is written", "kept as possible for each"),
        (Breach.PlainEnd, "plain-end", "an end that is a text or number instead of an object", "read as an id"),
    ];

    public static (Breach Rule, string Name, string Says, string Done) Of(Breach one) => All.First(row => row.Rule == one);
}
