namespace IdentityGraph.Bolt.Connecting;

/// <summary>How the server's certificate is looked at.</summary>
internal enum Encryption
{
    None,

    /// <summary>Issued by somebody trusted, for this host, and valid now.</summary>
    Verified,

    /// <summary>Any certificate: nobody can listen, but who answers is not known.</summary>
    AnyCertificate,
}

/// <summary>Where a server is and how it is spoken to, as an address says it.</summary>
/// <param name="Host">Name or IP address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Encryption">How the connection is protected.</param>
/// <param name="Routing">For <c>neo4j://</c>: the address and its query, which the server gets; null for <c>bolt://</c>.</param>
internal sealed record BoltAddress(string Host, int Port, Encryption Encryption, IReadOnlyDictionary<string, object?>? Routing)
{
    private const int DefaultPort = 7687;

    /// <exception cref="ArgumentException">It is no such address; the message says what it should be.</exception>
    public static BoltAddress Parse(string uri)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(uri);
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var parsed) || parsed.Host.Length == 0)
        {
            throw new ArgumentException("the address of a Bolt server looks like `bolt://host:7687` (bolt, bolt+s, bolt+ssc, neo4j, neo4j+s, neo4j+ssc)");
        }

        if (parsed.UserInfo.Length > 0)
        {
            throw new ArgumentException("user and password do not belong into the address; give them as BoltOptions.Authentication");
        }

        if (parsed.AbsolutePath is not ("" or "/") || parsed.Fragment.Length > 0)
        {
            throw new ArgumentException($"`{parsed.AbsolutePath}{parsed.Fragment}` does not belong into the address of a Bolt server; name the database in SessionOptions.Database");
        }

        var scheme = parsed.Scheme.Split('+', 2);
        var encryption = scheme switch
        {
            [_] => Encryption.None,
            [_, "s"] => Encryption.Verified,
            [_, "ssc"] => Encryption.AnyCertificate,
            _ => throw UnknownScheme(parsed),
        };
        var (host, port) = (parsed.IdnHost.Trim('[', ']'), parsed.Port > 0 ? parsed.Port : DefaultPort);
        return scheme[0] switch
        {
            "bolt" when parsed.Query.Length > 1 => throw new ArgumentException("a query belongs to neo4j:// addresses only"),
            "bolt" => new(host, port, encryption, null),
            "neo4j" => new(host, port, encryption, Context(parsed, host, port)),
            _ => throw UnknownScheme(parsed),
        };
    }

    /// <summary>A server as one of its cluster names it: host and port.</summary>
    /// <exception cref="BoltProtocolException">It is none.</exception>
    public static BoltAddress ParseServer(string? address)
    {
        const int Longest = 300;
        return address is { Length: <= Longest } && Uri.TryCreate($"bolt://{address}", UriKind.Absolute, out var uri) && uri is { Host.Length: > 0, UserInfo.Length: 0, AbsolutePath: "" or "/", Query: "", Fragment: "" }
            ? new(uri.IdnHost.Trim('[', ']'), uri.Port > 0 ? uri.Port : DefaultPort, Encryption.None, null)
            : throw new BoltProtocolException("the server names a server of its cluster by something that is no host and port");
    }

    /// <inheritdoc />
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    private static ArgumentException UnknownScheme(Uri uri) =>
        new($"`{uri.Scheme}` is no scheme of a Bolt server; use bolt, bolt+s, bolt+ssc, neo4j, neo4j+s or neo4j+ssc");

    private static Dictionary<string, object?> Context(Uri uri, string host, int port)
    {
        Dictionary<string, object?> context = new(StringComparer.Ordinal);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } value] || name == "address" || !context.TryAdd(Uri.UnescapeDataString(name), Uri.UnescapeDataString(value)))
            {
                throw new ArgumentException($"`{pair}` in the address is no `name=value` that stands once");
            }
        }

        context["address"] = new BoltAddress(host, port, Encryption.None, null).ToString();
        return context;
    }
}
