using System.Security.Cryptography.X509Certificates;

namespace IdentityGraph.Bolt;

/// <summary>How an encrypted connection is made; TLS 1.2 or later always. For addresses with <c>+s</c> or <c>+ssc</c> only.</summary>
public sealed record BoltTlsOptions
{
    /// <summary>Certificates that issue what is trusted, in place of the system's (with <c>+s</c>); null for the system's.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>Shown to a server that asks who the client is, each with its private key; null for none.</summary>
    public X509Certificate2Collection? ClientCertificates { get; init; }

    /// <summary>Whether withdrawn certificates are looked for (with <c>+s</c>).</summary>
    public X509RevocationMode Revocation { get; init; } = X509RevocationMode.NoCheck;
}
