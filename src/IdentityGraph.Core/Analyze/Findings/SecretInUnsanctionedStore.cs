using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Findings;

/// <summary>
/// A live credential kept where secrets do not belong (OWASP NHI2:2025 Secret Leakage), one finding a store. Possible where nobody
/// said whether secrets may be kept in a chat, ticket, sheet, mailbox, repository or personal place.
/// </summary>
public sealed class SecretInUnsanctionedStore : IAnalyzer
{
    public FindingRule Rule { get; } = new("IG-C04", "Secret in unsanctioned store", Severity.High)
    {
        Fires = "A live credential is stored where secrets may not be kept.",
        Remediation = "Move it to a vault and rotate it.",
        Needs = [EdgeKinds.StoredIn.Name],
        WeighsSubject = true,
        Frameworks = new(["NHI2"], ["PR.AA-01", "PR.DS-01"], ["IA-5g", "IA-5(7)"], ["T1552.001", "T1552.008"]),
    };

    public IEnumerable<Finding> Analyze(Analysis analysis) => analysis.View.Of(NodeKinds.Credential).SelectMany(credential => Of(analysis, credential));

    public IEnumerable<Finding> Of(Analysis analysis, Node subject)
    {
        var live = analysis.Liveness.Of(subject);
        if (live is Truth.False)
        {
            yield break;
        }

        foreach (var stored in subject.Out(EdgeKinds.StoredIn))
        {
            var truth = live.And(stored.Holds).And(IsUnsanctioned(stored));
            if (truth is Truth.False)
            {
                continue;
            }

            var store = stored.To[Properties.StoreKind].Text;
            yield return Rule.On(subject, truth, store is null ? "not sanctioned" : $"not sanctioned: {store}", stored) with
            {
                Discriminator = stored.To.Id,
                Others = [stored.To],
                Details = Detail.Of(("store", stored.To), ("storeKind", store), ("kind", subject[Properties.CredentialKind].Text)),
            };
        }
    }

    public Neighbourhood? Around(Finding finding) => new([finding.Node!.Value], [.. Neighbourhood.LivingOutward, EdgeKinds.StoredIn], []);

    private static Truth IsUnsanctioned(Edge stored)
    {
        var usual = stored.To[Properties.StoreKind].Text is "chat" or "ticket" or "spreadsheet" or "mailbox" or "personal" or "code" ? Truth.Unknown : Truth.True;
        return stored[Properties.Sanctioned].Is(usual).Not();
    }
}
