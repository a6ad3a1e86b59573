using IdentityGraph.Bolt.PackStream;

namespace IdentityGraph.Bolt.Protocol;

/// <summary>What goes with a transaction's beginning, or with a statement that is a transaction of its own.</summary>
internal sealed record RequestContext : IPackable
{
    public required BoltVersion Version { get; init; }

    public IReadOnlyCollection<string> Bookmarks { get; init; } = [];

    public TimeSpan? Timeout { get; init; }

    public IReadOnlyDictionary<string, object?>? Metadata { get; init; }

    public AccessMode Mode { get; init; }

    public string? Database { get; init; }

    public string? ImpersonatedUser { get; init; }

    public NotificationFilter? Notifications { get; init; }

    public void Pack(PackWriter writer)
    {
        var filter = Notifications?.EntriesFor(Version) ?? [];
        var entries = filter.Count + (Bookmarks.Count > 0 ? 1 : 0) + (Timeout is null ? 0 : 1) + (Metadata is null ? 0 : 1) + (Mode is AccessMode.Read ? 1 : 0) + (Database is null ? 0 : 1) + (ImpersonatedUser is null ? 0 : 1);
        writer.BeginMap(entries);
        if (Bookmarks.Count > 0)
        {
            writer.WriteUtf8("bookmarks"u8);
            writer.WriteValue(Bookmarks);
        }

        if (Timeout is { } timeout)
        {
            writer.WriteUtf8("tx_timeout"u8);
            writer.Write((long)Math.Ceiling(timeout.TotalMilliseconds));
        }

        if (Metadata is not null)
        {
            writer.WriteUtf8("tx_metadata"u8);
            writer.WriteValue(Metadata);
        }

        if (Mode is AccessMode.Read)
        {
            writer.WriteUtf8("mode"u8);
            writer.WriteUtf8("r"u8);
        }

        if (Database is not null)
        {
            writer.WriteUtf8("db"u8);
            writer.Write(Database);
        }

        if (ImpersonatedUser is not null)
        {
            writer.WriteUtf8("imp_user"u8);
            writer.Write(ImpersonatedUser);
        }

        foreach (var (name, value) in filter)
        {
            writer.Write(name);
            writer.WriteValue(value);
        }
    }
}
