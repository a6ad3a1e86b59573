namespace IdentityGraph.Stores.Embedded;

/// <summary>What a record is, in its first byte.</summary>
internal enum RecordKind : byte
{
    Node = 1,
    Edge = 2,
    Seen = 3,
    End = 4,
}

/// <summary>Which members of a record are there, in the order in which they follow.</summary>
[Flags]
internal enum RecordMembers
{
    None = 0,
    Stream = 1 << 0,

    /// <summary>A node's label; an edge's kind always is; of a seen edge its kind.</summary>
    Kind = 1 << 1,

    /// <summary>Of a seen record.</summary>
    Id = 1 << 2,

    /// <summary>Of a seen edge.</summary>
    Of = 1 << 3,

    /// <summary>Of a seen edge.</summary>
    To = 1 << 4,
    Key = 1 << 5,
    Reason = 1 << 6,
    Count = 1 << 7,
    From = 1 << 8,
    Until = 1 << 9,
    At = 1 << 10,
    Tz = 1 << 11,
    Properties = 1 << 12,
    Evidence = 1 << 13,
    Unrecognised = 1 << 14,

    /// <summary>Of the end of a stream: it was read whole.</summary>
    Complete = 1 << 15,

    /// <summary>Of the end of a stream: a mass disappearance.</summary>
    Hold = 1 << 16,
}
