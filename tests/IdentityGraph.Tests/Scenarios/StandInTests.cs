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
    public async Task What_has_a_credential_is_asked_about_though_a_source_says_that_it_only_stands_for_a_right() =>
        Assert.Equal(["key", "plain", "right"], await Orphans(run => run.Node("key", "Credential", ("kind", "apiKey"), ("state", "Active"), ("expiresAt", null)).Edge("AUTHENTICATES_AS", "key", "right")));
}
