using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IdentityGraph.Bolt;

namespace IdentityGraph.Tests.Bolt;

/// <summary>Encrypted connections: who is believed and who is not.</summary>
public sealed class TlsTests(Neo4jServer neo4j)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_real_server_is_believed_with_its_own_root_or_without_looking_and_not_otherwise()
    {
        var address = await neo4j.GetAsync();
        Assert.SkipUnless(address.Certificate is not null, "the server was not started with TLS");
        var signedIn = new BoltOptions { Authentication = address.Authentication };
        var root = X509CertificateLoader.LoadCertificateFromFile(address.Certificate);

        await using (var careless = new BoltClient(Encrypted(address, "bolt+ssc"), signedIn))
        {
            await RunOneAsync(careless);
        }

        await using (var rooted = new BoltClient(Encrypted(address, "bolt+s"), signedIn with { Tls = new() { TrustedRoots = [root] } }))
        {
            await RunOneAsync(rooted);
        }

        await using var strict = new BoltClient(Encrypted(address, "bolt+s"), signedIn);
        Assert.Contains("no encrypted connection", (await Assert.ThrowsAsync<BoltConnectionException>(() => strict.ConnectAsync(Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_not_believed_even_from_a_trusted_root()
    {
        using var other = Certificate("other.example");
        using var here = Certificate("localhost", "127.0.0.1");
        await using var wrong = ScriptedPeer.Start(Securing(other), Answer);
        await using (var client = new BoltClient($"bolt+s://{wrong.Host}", new() { Tls = new() { TrustedRoots = [other] } }))
        {
            await Assert.ThrowsAsync<BoltConnectionException>(() => client.ConnectAsync(Token));
        }

        await using var right = ScriptedPeer.Start(Securing(here), Answer);
        await using (var client = new BoltClient($"bolt+s://{right.Host}", new() { Tls = new() { TrustedRoots = [here] } }))
        {
            await RunOneAsync(client);
        }

        await using var any = ScriptedPeer.Start(Securing(other), Answer);
        await using var unasked = new BoltClient($"bolt+ssc://{any.Host}");
        await RunOneAsync(unasked);
    }

    [Fact]
    public async Task A_client_shows_its_certificate_to_a_server_that_asks()
    {
        using var server = Certificate("localhost", "127.0.0.1");
        using var client = Certificate("kim");
        string? shown = null;
        await using var peer = ScriptedPeer.Start(
            async plain =>
            {
                var secured = new SslStream(plain);
                await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = server, ClientCertificateRequired = true, RemoteCertificateValidationCallback = (_, certificate, _, _) => (shown = certificate?.Subject) is not null }, Token);
                return secured;
            },
            Answer);
        await using var bolt = new BoltClient($"bolt+s://{peer.Host}", new() { Tls = new() { TrustedRoots = [server], ClientCertificates = [client] } });
        await RunOneAsync(bolt);
        Assert.Equal("CN=kim", shown);
    }

    [Fact]
    public async Task A_server_without_encryption_is_not_spoken_to_in_the_open()
    {
        var first = new byte[1];
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.Stream.ReadExactlyAsync(first);
            await connection.SendAsync([0, 0, 8, 5, 0, 0]);
        });
        await using var client = new BoltClient($"bolt+ssc://{peer.Host}", new() { Authentication = BoltAuthentication.Basic("kim", "secret") });
        await Assert.ThrowsAsync<BoltConnectionException>(() => client.ConnectAsync(Token));
        Assert.Equal(0x16, first[0]); // a TLS handshake record, not Bolt
    }

    private static string Encrypted(Neo4jAddress address, string scheme) => address.Uri.Replace("bolt://", scheme + "://", StringComparison.Ordinal);

    private static async Task Answer(PeerConnection connection)
    {
        await connection.WelcomeAsync();
        await connection.AnswerOneAsync();
        await connection.KeepAsync();
    }

    private static async Task RunOneAsync(BoltClient client)
    {
        await using var session = client.OpenSession();
        await using var result = await session.RunAsync("RETURN 1 AS one", cancellationToken: Token);
        Assert.Equal(1, (await result.SingleAsync(Token)).Get<int>("one"));
    }

    private static Func<Stream, Task<Stream>> Securing(X509Certificate2 certificate) => async plain =>
    {
        var secured = new SslStream(plain);
        try
        {
            await secured.AuthenticateAsServerAsync(certificate);
        }
        catch (System.Security.Authentication.AuthenticationException e)
        {
            throw new IOException("the client did not believe the certificate", e);
        }

        return secured;
    };

    /// <summary>A certificate that signs itself, good for an hour.</summary>
    private static X509Certificate2 Certificate(string name, string? ip = null)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (ip is not null)
        {
            names.AddIpAddress(System.Net.IPAddress.Parse(ip));
        }

        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var signed = request.CreateSelfSigned(now.AddMinutes(-5), now.AddHours(1));
        return X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pkcs12), null);
    }
}
