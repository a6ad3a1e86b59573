using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using IdentityGraph.Bolt.Protocol;

namespace IdentityGraph.Bolt.Connecting;

/// <summary>Opens connections: TCP, TLS if the address says so, handshake, introduction and signing in.</summary>
internal sealed class Connector(BoltAddress address, BoltOptions options)
{
    private readonly ClientIntroduction _introduction = new(options.UserAgent, address.Routing, options.Notifications);

    public BoltAddress Address => address;

    /// <exception cref="BoltConnectionException">It could not be reached in time.</exception>
    /// <exception cref="BoltAuthenticationException">It does not accept who signs in.</exception>
    public async Task<BoltConnection> OpenAsync(BoltAuthentication authentication, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.ConnectTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        Stream? stream = null;
        BoltConnection? connection = null;
        try
        {
            stream = await EncryptAsync(await ReachAsync(either.Token), either.Token);
            var version = await Handshake.AgreeAsync(stream, options.Versions, options.OffersManifest, either.Token);
            connection = new(stream, version, options.Limits, options.TimeProvider, options.ReceiveTimeout);
            await connection.HelloAsync(_introduction, authentication, either.Token);
            return connection;
        }
        catch (Exception e)
        {
            connection?.Break();
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }

            if (stream is not null)
            {
                await stream.DisposeAsync();
            }

            throw Told(e, limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested);
        }
    }

    private Exception Told(Exception e, bool late) => e switch
    {
        OperationCanceledException when late => new BoltConnectionException($"no connection to {address} within {options.ConnectTimeout.TotalSeconds:0.#} s", e),
        SocketException => new BoltConnectionException($"{address} cannot be reached: {e.Message}", e),
        AuthenticationException => new BoltConnectionException($"no encrypted connection to {address}: {e.Message}", e),
        IOException => new BoltConnectionException($"the connection to {address} was lost while it was being opened; does it listen for Bolt, and with TLS (bolt+s) or without (bolt)?", e),
        _ => e,
    };

    private async Task<Stream> ReachAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            await socket.ConnectAsync(address.Host, address.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<Stream> EncryptAsync(Stream plain, CancellationToken cancellationToken)
    {
        if (address.Encryption is Encryption.None)
        {
            return plain;
        }

        var secured = new SslStream(plain, leaveInnerStreamOpen: false);
        try
        {
            await secured.AuthenticateAsClientAsync(TlsOptions(), cancellationToken);
            return secured;
        }
        catch
        {
            await secured.DisposeAsync();
            throw;
        }
    }

    private SslClientAuthenticationOptions TlsOptions()
    {
        var tls = options.Tls ?? new();
        var client = new SslClientAuthenticationOptions
        {
            TargetHost = address.Host,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateRevocationCheckMode = tls.Revocation,
            ClientCertificates = tls.ClientCertificates,
        };
        if (address.Encryption is Encryption.AnyCertificate)
        {
            client.CertificateRevocationCheckMode = X509RevocationMode.NoCheck;
            client.RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null;
        }
        else if (tls.TrustedRoots is { } roots)
        {
            client.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = tls.Revocation };
            client.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        }

        return client;
    }
}
