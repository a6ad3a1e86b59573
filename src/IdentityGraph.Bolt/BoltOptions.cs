namespace IdentityGraph.Bolt;

/// <summary>What a <see cref="BoltClient"/> may do and how it does it.</summary>
public sealed record BoltOptions
{
    /// <summary>Who signs in, where a session does not say otherwise.</summary>
    public BoltAuthentication Authentication { get; init; } = BoltAuthentication.None;

    /// <summary>Versions that may be used, any of <see cref="BoltVersion.Supported"/>; the newest both sides speak is.</summary>
    public IReadOnlyList<BoltVersion> Versions { get; init; } = BoltVersion.Supported;

    /// <summary>Most connections to a server at once, busy and idle.</summary>
    public int MaxConnections { get; init; } = 100;

    /// <summary>How long a session waits for a connection of the pool when all are busy.</summary>
    public TimeSpan AcquisitionTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long connecting may take, from the first packet to being signed in.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection older than this is closed instead of being used again.</summary>
    public TimeSpan MaxConnectionLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A connection that was idle for longer is asked whether it still lives before it is used.</summary>
    public TimeSpan LivenessCheckAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a server may take to bring a connection back in order after a failure or a cancellation; after that it is closed.</summary>
    public TimeSpan ResetTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a server may be silent while it is waited for, where it does not say so itself (Neo4j does, and sends word in between);
    /// after that the connection is closed. Null: for ever.
    /// </summary>
    public TimeSpan? ReceiveTimeout { get; init; }

    /// <summary>How many records are asked for at once. More are held by the server until they are asked for.</summary>
    public int FetchSize { get; init; } = 10_000;

    /// <summary>The most a server may send.</summary>
    public BoltLimits Limits { get; init; } = BoltLimits.Default;

    /// <summary>How encrypted connections are made; null for the usual. Refused with an address that is not encrypted.</summary>
    public BoltTlsOptions? Tls { get; init; }

    /// <summary>How managed transactions are run again.</summary>
    public RetryOptions Retry { get; init; } = new();

    /// <summary>Which notifications are not wanted; null leaves it to the server.</summary>
    public NotificationFilter? Notifications { get; init; }

    /// <summary>Product and version of the program, for the server's logs.</summary>
    public string UserAgent { get; init; } = "IdentityGraph.Bolt";

    /// <summary>Every wait and every age is taken from it.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Chance for the waits between tries. Must be safe for several threads where several sessions are.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>Whether the handshake offers the manifest; off only to meet servers as one that does not know it would.</summary>
    internal bool OffersManifest { get; init; } = true;

    internal void ThrowIfInvalid()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConnections, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(FetchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(AcquisitionTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ConnectTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(MaxConnectionLifetime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(LivenessCheckAfter, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ResetTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ReceiveTimeout ?? TimeSpan.MaxValue, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Retry.InitialDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Retry.Multiplier, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Retry.Jitter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Retry.Jitter, 1);
        if (Versions.Count == 0 || Versions.Except(BoltVersion.Supported).Any())
        {
            throw new ArgumentException($"`Versions` must be some of {string.Join(", ", BoltVersion.Supported)}");
        }
    }
}
