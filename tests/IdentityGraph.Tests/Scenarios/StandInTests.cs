using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Analyze.Reach;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>What a reader made to stand for a right of a directory is nobody's service identity; what signs in is asked about whatever is said of it.</summary>
public sealed class StandInTests
{
    private static async Task<IEnumerable<string>> Orphans(Action<Facts.Lines> more)
    {
        var facts = Facts.Of("2025-06-02", run =>
        {
            run.Node("plain", "Application", ("state", "Active")).Node("right", "Application", ("state", "Active"), ("standsFor", "directoryRight"));
            more(run);
        });
        var answer = await FactsStore.Ask(facts).OrphansAsync(FactsStore.As("2025-06-03"), cancellationToken: TestContext.Current.CancellationToken);
        return answer.Data.Identities.Select(identity => identity.Id);
    }

    [Fact]
    public async Task Nobody_is_asked_to_own_a_right_of_a_directory() => Assert.Equal(["plain"], await Orphans(_ => { }));

    [Fact]
    public async Task A_right_of_a_directory_is_no_identity_to_rank_or_to_warn_of_and_an_application_is()
    {
        var facts = Facts.Of("2025-06-02", run => run
            .Node("plain", "Application", ("state", "Active")).Node("right", "Application", ("state", "Active"), ("standsFor", "directoryRight"))
            .Account("admin").System("cloud", ("criticality", 9)).Edge("ENTITLES", "admin", "cloud", ("level", "L5"))
            .Edge("CAN_ISSUE_CREDENTIAL", "plain", "admin").Edge("CAN_ISSUE_CREDENTIAL", "right", "admin"));
        var asked = FactsStore.Ask(facts);
        var (ask, stop) = (FactsStore.As("2025-06-03"), TestContext.Current.CancellationToken);

        var all = await asked.BlastRadiiAsync(ask, new BlastRadiiQuestion { Everybody = true }, cancellationToken: stop);
        var ofKind = await asked.BlastRadiiAsync(ask, new BlastRadiiQuestion { Kinds = ["Application"] }, cancellationToken: stop);
        var findings = await asked.AnalyzeAsync(ask, ["IG-B02"], cancellationToken: stop);

        Assert.Equal(["plain"], all.Data.Ranked.Select(one => one.Id));
        Assert.Equal(["plain", "right"], ofKind.Data.Ranked.Select(one => one.Id));
        Assert.Equal(["plain"], findings.Data.Findings.Select(finding => finding.Subject));
    }

    [Fact]
    public async Task What_has_a_credential_is_asked_about_though_a_source_says_that_it_only_stands_for_a_right() =>
        Assert.Equal(["key", "plain", "right"], await Orphans(run => run.Node("key", "Credential", ("kind", "apiKey"), ("state", "Active"), ("expiresAt", null)).Edge("AUTHENTICATES_AS", "key", "right")));

    [Fact]
    public async Task What_protects_the_memory_of_a_host_is_nobodys_credential_and_a_key_that_signs_in_is_whatever_is_said_of_it() =>
        Assert.Equal(["key", "plain"], await Orphans(run => run
            .Node("lsa", "Credential", ("kind", "encryptionKey"), ("state", "Active"), ("standsFor", "memoryProtection"))
            .Node("key", "Credential", ("kind", "apiKey"), ("state", "Active"), ("expiresAt", null), ("standsFor", "memoryProtection"))
            .Account("admin").Edge("AUTHENTICATES_AS", "key", "admin")));
}
