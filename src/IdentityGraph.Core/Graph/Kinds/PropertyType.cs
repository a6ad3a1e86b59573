namespace IdentityGraph.Graph;

/// <summary>How a property's value is spelt in observations.</summary>
public enum PropertyType
{
    Text,
    TextList,

    /// <summary>One of the words of its line; any other word is unknown, kept as said and counted.</summary>
    Word,
    WordList,
    Flag,

    /// <summary>RFC 3339, UTC.</summary>
    Instant,

    /// <summary>ISO 8601.</summary>
    Duration,

    /// <summary>"L0" to "L6".</summary>
    Level,

    /// <summary>Letters out of DRWUAC.</summary>
    Rights,
    Number,
    Integer,
}
