namespace IdentityGraph.Collect.Exchange;

/// <summary>The members a line may have.</summary>
[Flags]
internal enum Members
{
    None = 0,
    Node = 1 << 0,
    Edge = 1 << 1,
    Seen = 1 << 2,
    End = 1 << 3,

    /// <summary>What a line is about: exactly one of them.</summary>
    Sorts = Node | Edge | Seen | End,
    Of = 1 << 4,
    To = 1 << 5,
    Key = 1 << 6,
    Kind = 1 << 7,
    From = 1 << 8,
    Until = 1 << 9,
    Precision = 1 << 10,
    Tz = 1 << 11,
    At = 1 << 12,
    Props = 1 << 13,
    Grade = 1 << 14,
    Evidence = 1 << 15,
    Stream = 1 << 16,
    Complete = 1 << 17,
    Count = 1 << 18,
    Reason = 1 << 19,

    /// <summary>`idgraph`: the line begins a run.</summary>
    Header = 1 << 20,

    /// <summary>Of an end: what became of a mass disappearance.</summary>
    Hold = 1 << 21,

    /// <summary>What lines on nodes and on edges share.</summary>
    OfFacts = From | Until | Precision | Tz | At | Props | Grade | Evidence | Stream,
}
