using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Findings;

/// <summary>
/// A live credential that, renewals included, never ends or lives longer than policy allows from its beginning (OWASP NHI7:2025
/// Long-Lived Secrets). Possible where its end is not reported. Factors and device keys are none: they are meant to last.
/// </summary>
public sealed class LongLivedCredential : IAnalyzer
{
    public FindingRule Rule { get; } = new("IG-C01", "Non-expiring / long-lived credential", Severity.Medium)
    {
        Fires = "A live credential never expires, or lives longer than the limit, renewals included.",
        Remediation = "Give it a short lifetime, or replace it by federation.",
        Needs = [NodeKinds.Credential.Name],
        WeighsSubject = true,
        Frameworks = new(["NHI7"], ["PR.AA-01"], ["IA-5f"], ["T1550.001"]),
    };

    public IEnumerable<Finding> Analyze(Analysis analysis) => analysis.View.Of(NodeKinds.Credential).SelectMany(credential => Of(analysis, credential));

    public IEnumerable<Finding> Of(Analysis analysis, Node subject)
    {
        var kind = subject[Properties.CredentialKind].Text;
        var live = analysis.Liveness.Of(subject);
        if (live is Truth.False || kind is "mfaFactor" or "deviceKey")
        {
            yield break;
        }

        var limit = analysis.Policy.LongLivedCredential;
        var end = analysis.Liveness.EffectiveExpiry(subject);
        var isLong = IsLong(subject, kind, end, limit);
        if (isLong is Truth.False)
        {
            yield break;
        }

        var reason = end.Kind switch
        {
            ExpiryKind.Never => "never expires",
            ExpiryKind.At => "lives longer than the limit",
            _ => "its end is not reported",
        };
        yield return Rule.On(subject, live.And(isLong), reason, EdgesOf(subject)) with
        {
            Policy = PolicyValue.Of("longLivedCredential", limit),
            Details = Detail.Of(("kind", kind), ("effectiveExpiry", end.ToString()), ("issuedAt", subject[Properties.IssuedAt].Instant)),
        };
    }

    public Neighbourhood? Around(Finding finding) => new([finding.Node!.Value], Neighbourhood.LivingOutward, []);

    private static Truth IsLong(Node credential, string? kind, Expiry end, TimeSpan limit) => end.Kind switch
    {
        ExpiryKind.Never => Truth.True,
        ExpiryKind.At => TruthLogic.Of(Instants.FromTicksOrNull(end.Ticks) is not { } at || at - BeginningOf(credential) > limit),
        // Of passwords and sessions hardly any source reports an end; that says nothing.
        _ => kind is "password" or "sessionCookie" ? Truth.False : Truth.Unknown,
    };

    /// <summary>When its secret was made, by the last rotation; failing that, when it was first seen: it is at least that old.</summary>
    private static DateTimeOffset BeginningOf(Node credential)
    {
        var issued = credential[Properties.IssuedAt].Instant ?? credential[Properties.NotBefore].Instant ?? credential.Seen?.First ?? credential.View.AsOf;
        return credential[Properties.RotatedAt].Instant is { } rotated && rotated > issued && rotated <= credential.View.AsOf ? rotated : issued;
    }

    private static IEnumerable<Edge> EdgesOf(Node credential)
    {
        foreach (var edge in credential.Out(EdgeKinds.AuthenticatesAs))
        {
            if (edge.Holds is not Truth.False)
            {
                yield return edge;
            }
        }
    }
}
