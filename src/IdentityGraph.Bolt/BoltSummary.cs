using IdentityGraph.Bolt.Protocol;

namespace IdentityGraph.Bolt;

/// <summary>What the server said when a statement was through.</summary>
public sealed record BoltSummary
{
    /// <summary>What kind of statement it was: <c>r</c>, <c>rw</c>, <c>w</c>, <c>s</c> (schema); null where the server did not say.</summary>
    public string? StatementType { get; private init; }

    /// <summary>What was changed, by the server's names (<c>nodes-created</c>, <c>properties-set</c>…); a counter that is not there is zero.</summary>
    public IReadOnlyDictionary<string, long> Counters { get; private init; } = new Dictionary<string, long>();

    /// <summary>How it went, and what the server wants to be noticed, most important first; in GQL's spelling whatever the version.</summary>
    public IReadOnlyList<GqlStatus> Statuses { get; private init; } = [];

    /// <summary>Those of <see cref="Statuses"/> that are notifications of Neo4j: warnings, hints, deprecations.</summary>
    public IEnumerable<GqlStatus> Notifications => Statuses.Where(status => status.Code is not null);

    /// <summary>The database that was asked; null where the server did not say.</summary>
    public string? Database { get; private init; }

    /// <summary>Time until the first record was ready, by the server's clock; null where it did not say.</summary>
    public TimeSpan? AvailableAfter { get; private init; }

    /// <summary>Time until the last record was sent, by the server's clock; null where it did not say.</summary>
    public TimeSpan? ConsumedAfter { get; private init; }

    /// <summary>The plan, as the server tells it, for a statement with EXPLAIN or PROFILE (then with figures); else null.</summary>
    public IReadOnlyDictionary<string, object?>? Plan { get; private init; }

    /// <summary>The server's name and version: <c>Neo4j/5.26.0</c>.</summary>
    public required string Server { get; init; }

    /// <summary>The version of the protocol it came by.</summary>
    public required BoltVersion Version { get; init; }

    internal static BoltSummary From(BoltConnection connection, Response run, IReadOnlyDictionary<string, object?> last, bool hadFields, bool hadRecords) => new()
    {
        Server = connection.Server,
        Version = connection.Version,
        StatementType = last.GetValueOrDefault("type") as string,
        Counters = CountersOf(last),
        Statuses = GqlStatus.Read(last, hadFields, hadRecords),
        Database = (last.GetValueOrDefault("db") ?? run.Metadata.GetValueOrDefault("db")) as string,
        AvailableAfter = Milliseconds(run.Metadata, "t_first"),
        ConsumedAfter = Milliseconds(last, "t_last"),
        Plan = (last.GetValueOrDefault("profile") ?? last.GetValueOrDefault("plan")) as IReadOnlyDictionary<string, object?>,
    };

    private static Dictionary<string, long> CountersOf(IReadOnlyDictionary<string, object?> last) =>
        last.GetValueOrDefault("stats") is IReadOnlyDictionary<string, object?> stats
            ? stats.Where(pair => pair.Value is long).ToDictionary(pair => pair.Key, pair => (long)pair.Value!, StringComparer.Ordinal)
            : [];

    private static TimeSpan? Milliseconds(IReadOnlyDictionary<string, object?> map, string name) =>
        map.GetValueOrDefault(name) is long and >= 0 and < int.MaxValue and var number ? TimeSpan.FromMilliseconds((long)number) : null;
}
