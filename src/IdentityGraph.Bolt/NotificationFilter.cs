namespace IdentityGraph.Bolt;

/// <summary>Which notifications the server is to leave out (from Bolt 5.2; older servers send all).</summary>
public sealed record NotificationFilter
{
    /// <summary>No notification at all.</summary>
    public static NotificationFilter Off { get; } = new() { MinimumSeverity = "OFF" };

    /// <summary>The least to be told: <c>INFORMATION</c>, <c>WARNING</c> or <c>OFF</c>; null leaves it to the server.</summary>
    public string? MinimumSeverity { get; init; }

    /// <summary>What is not to be told: <c>HINT</c>, <c>UNRECOGNIZED</c>, <c>UNSUPPORTED</c>, <c>PERFORMANCE</c>, <c>DEPRECATION</c>, <c>GENERIC</c>, <c>SECURITY</c>, <c>TOPOLOGY</c>; null leaves it to the server.</summary>
    public IReadOnlyList<string>? DisabledClassifications { get; init; }

    /// <summary>The entries of a request; the second one's name changed when GQL status came.</summary>
    internal List<KeyValuePair<string, object?>> EntriesFor(BoltVersion version)
    {
        List<KeyValuePair<string, object?>> entries = [];
        if (version >= new BoltVersion(5, 2))
        {
            if (MinimumSeverity is not null)
            {
                entries.Add(new("notifications_minimum_severity", MinimumSeverity));
            }

            if (DisabledClassifications is not null)
            {
                entries.Add(new(version >= new BoltVersion(5, 5) ? "notifications_disabled_classifications" : "notifications_disabled_categories", DisabledClassifications));
            }
        }

        return entries;
    }
}
