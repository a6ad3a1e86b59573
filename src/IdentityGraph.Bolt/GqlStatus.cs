namespace IdentityGraph.Bolt;

/// <summary>
/// One status of a statement that went through, as the GQL standard (ISO/IEC 39075) spells it. Servers before Bolt 5.6 send notifications
/// only; those are told here with the general status of their severity.
/// </summary>
public sealed record GqlStatus
{
    /// <summary>Five characters; the first two are the class: <c>00</c> success, <c>01</c> warning, <c>02</c> no data, <c>03</c> information.</summary>
    public required string Status { get; init; }

    /// <summary>What the status means, in a sentence.</summary>
    public required string Description { get; init; }

    /// <summary>Neo4j's code of a notification (<c>Neo.ClientNotification.…</c>); null for what is none.</summary>
    public string? Code { get; init; }

    /// <summary>A notification in a few words; null for what is none.</summary>
    public string? Title { get; init; }

    /// <summary>A notification in full; null for what is none.</summary>
    public string? Message { get; init; }

    /// <summary><c>WARNING</c> or <c>INFORMATION</c>; null where the server did not say.</summary>
    public string? Severity { get; init; }

    /// <summary>What it is about: <c>PERFORMANCE</c>, <c>DEPRECATION</c>…; null where the server did not say.</summary>
    public string? Classification { get; init; }

    /// <summary>Where in the statement; null where the server did not say.</summary>
    public (long Offset, long Line, long Column)? Position { get; init; }

    internal static IReadOnlyList<GqlStatus> Read(IReadOnlyDictionary<string, object?> last, bool hadFields, bool hadRecords)
    {
        if (last.GetValueOrDefault("statuses") is IReadOnlyList<object?> statuses)
        {
            return [.. statuses.OfType<IReadOnlyDictionary<string, object?>>().Select(FromStatus)];
        }

        var notifications = last.GetValueOrDefault("notifications") as IReadOnlyList<object?> ?? [];
        var outcome = Outcome(hadFields, hadRecords);
        return
        [
            .. notifications.OfType<IReadOnlyDictionary<string, object?>>().Select(FromNotification).Append(outcome)
                .OrderBy(status => status.Status[..2] switch { "02" => 0, "01" => 1, "00" => 2, _ => 3 }),
        ];
    }

    private static GqlStatus Outcome(bool hadFields, bool hadRecords) =>
        !hadFields ? new() { Status = "00001", Description = "note: successful completion - omitted result" }
        : hadRecords ? new() { Status = "00000", Description = "note: successful completion" }
        : new() { Status = "02000", Description = "note: no data" };

    private static GqlStatus FromStatus(IReadOnlyDictionary<string, object?> status)
    {
        var diagnostic = status.GetValueOrDefault("diagnostic_record") as IReadOnlyDictionary<string, object?>;
        return new()
        {
            Status = Text(status, "gql_status") ?? "",
            Description = Text(status, "status_description") ?? "",
            Code = Text(status, "neo4j_code"),
            Title = Text(status, "title"),
            Message = Text(status, "description"),
            Severity = Text(diagnostic, "_severity"),
            Classification = Text(diagnostic, "_classification"),
            Position = PositionOf(diagnostic?.GetValueOrDefault("_position")),
        };
    }

    private static GqlStatus FromNotification(IReadOnlyDictionary<string, object?> notification)
    {
        var warns = Text(notification, "severity") == "WARNING";
        return new()
        {
            Status = warns ? "01N42" : "03N42",
            Description = warns ? "warn: unknown warning" : "info: unknown notification",
            Code = Text(notification, "code") ?? "",
            Title = Text(notification, "title"),
            Message = Text(notification, "description"),
            Severity = Text(notification, "severity"),
            Classification = Text(notification, "category"),
            Position = PositionOf(notification.GetValueOrDefault("position")),
        };
    }

    private static (long Offset, long Line, long Column)? PositionOf(object? position) =>
        position is IReadOnlyDictionary<string, object?> map && map.GetValueOrDefault("offset") is long offset && map.GetValueOrDefault("line") is long line && map.GetValueOrDefault("column") is long column
            ? (offset, line, column)
            : null;

    private static string? Text(IReadOnlyDictionary<string, object?>? map, string name) => map?.GetValueOrDefault(name) as string;
}
