namespace IdentityGraph.Bolt;

/// <summary>What a session works on and as whom.</summary>
public sealed record SessionOptions
{
    /// <summary>Which database; null for the user's home database.</summary>
    public string? Database { get; init; }

    /// <summary>What statements and explicit transactions of the session mean to do.</summary>
    public AccessMode Mode { get; init; }

    /// <summary>What must be seen: the server waits until it has come that far. Bookmarks of several sessions may be put together.</summary>
    public IReadOnlyCollection<string> Bookmarks { get; init; } = [];

    /// <summary>Whose rights are used in place of one's own; null for one's own. The server must allow it.</summary>
    public string? ImpersonatedUser { get; init; }

    /// <summary>Who signs in for this session, in place of the client's; takes Bolt 5.1.</summary>
    public BoltAuthentication? Authentication { get; init; }

    /// <summary>How many records are asked for at once; null for the client's.</summary>
    public int? FetchSize { get; init; }

    /// <summary>Which notifications are not wanted, in place of the client's; takes Bolt 5.2.</summary>
    public NotificationFilter? Notifications { get; init; }
}
