using IdentityGraph.Bolt.PackStream;

namespace IdentityGraph.Bolt;

/// <summary>Who a connection signs in as. Its text never shows the secret.</summary>
public sealed record BoltAuthentication
{
    private readonly string? _credentials;

    private BoltAuthentication(string scheme, string? principal, string? credentials, string? realm) =>
        (Scheme, Principal, _credentials, Realm) = (scheme, principal, credentials, realm);

    /// <summary>Nobody: for servers that ask for no password.</summary>
    public static BoltAuthentication None { get; } = new("none", null, null, null);

    /// <summary>The server's name for the way: <c>none</c>, <c>basic</c>, <c>bearer</c>.</summary>
    public string Scheme { get; }

    /// <summary>User name; null where the way has none.</summary>
    public string? Principal { get; }

    /// <summary>Which of the server's providers is asked; null for its own.</summary>
    public string? Realm { get; }

    /// <summary>A user name and a password.</summary>
    /// <param name="user">User name.</param>
    /// <param name="password">Password.</param>
    /// <param name="realm">Which of the server's providers is asked; null for its own.</param>
    public static BoltAuthentication Basic(string user, string password, string? realm = null) => new("basic", user, password, realm);

    /// <summary>A token of single sign-on.</summary>
    /// <param name="token">The token, encoded as it was issued.</param>
    public static BoltAuthentication Bearer(string token) => new("bearer", null, token, null);

    /// <inheritdoc />
    public override string ToString() => Principal is null ? Scheme : $"{Scheme} `{Principal}`";

    internal int Entries => 1 + (Principal is null ? 0 : 1) + (_credentials is null ? 0 : 1) + (Realm is null ? 0 : 1);

    internal void PackEntries(PackWriter writer)
    {
        Entry(writer, "scheme", Scheme);
        Entry(writer, "principal", Principal);
        Entry(writer, "credentials", _credentials);
        Entry(writer, "realm", Realm);
    }

    private static void Entry(PackWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.Write(name);
            writer.Write(value);
        }
    }
}
