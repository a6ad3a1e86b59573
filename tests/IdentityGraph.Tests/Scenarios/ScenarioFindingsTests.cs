using IdentityGraph.Analyze;
using IdentityGraph.Graph;
using IdentityGraph.Tests.Analyze.Findings;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>The findings that the scenario pack names, as far as their rules exist.</summary>
public sealed class ScenarioFindingsTests
{
    /// <summary>Cells whose rule is not written yet: the one place where they are listed.</summary>
    public static IReadOnlyList<string> Later { get; } =
        ["SC-13 IG-J06", "SC-13 IG-L07", "SC-15.4 IG-O04", "SC-16 IG-C05", "SC-17.1 IG-J01", "SC-17.5 IG-A07"];

    [Fact]
    public void Cells_of_later_rules_are_listed_until_their_rule_is_there() =>
        Assert.All(Later, cell => Assert.Null(Analyzers.Find(cell.Split(' ')[1])));

    [Fact]
    public void SC_15_each_orphan_is_told_once_on_its_topmost() => Assert.Equal(
        ["n1: High Certain O1", "n13: High Certain O6", "n17: High Certain O8", "n2: High Certain O2", "n3: High Certain O3", "n4: High Certain O3", "n7: High Certain O5", "n8: High Certain O5", "n12: Medium Possible O7"],
        FindingCase.Told(OwnershipLattice.Company(), OwnershipLattice.Today, "IG-O01"));

    [Fact]
    public void SC_15_3_what_an_orphan_owns_is_told_under_it()
    {
        var finding = Assert.Single(FindingCase.Evaluate(OwnershipLattice.Company(), OwnershipLattice.Today, "IG-O01").Findings, finding => finding.Subject == "n2");
        Assert.Equal(["n6"], finding.Others.Select(other => other.Id));
        Assert.Equal(1, finding.Count);
    }

    [Fact]
    public void SC_15_only_a_group_answers_for_n5_and_owners_of_n14_and_n15_moved_or_are_on_leave()
    {
        Assert.Equal(["n5: Medium Certain no person is named"], FindingCase.Told(OwnershipLattice.Company(), OwnershipLattice.Today, "IG-O02"));
        Assert.Equal(["n14: Low Certain Moved", "n15: Low Certain OnLeave"], FindingCase.Told(OwnershipLattice.Company(), OwnershipLattice.Today, "IG-O03"));
    }

    [Fact]
    public void SC_16_the_fragmented_chain_has_its_findings()
    {
        var found = Chain();
        Assert.Equal(["Critical Certain refunds"], Named(found, "IG-W01"));
        Assert.Equal(["Medium Certain deploy", "Medium Certain deploy"], Named(found, "IG-W02"));
        Assert.Equal(["Medium Certain deploy"], Named(found, "IG-W03"));
        Assert.Equal(["Medium Certain key-shared"], Named(found, "IG-C01"));
        Assert.Equal(["High Certain key-shared"], Named(found, "IG-C04"));
    }

    [Fact]
    public void SC_16_5_one_correlation_id_in_all_three_systems_removes_W01_only() =>
        Assert.Equal(Prints(Chain(), without: "IG-W01"), Prints(Chain(run => FindingCases.Trailed(run, "ask", "post", "ticket", "call", "job"))));

    [Fact]
    public void SC_16_5_one_workload_identity_that_initiates_everything_removes_W01_only() => Assert.Equal(
        Prints(Chain(), without: "IG-W01"),
        Prints(Chain(run =>
        {
            OwnershipLattice.Runs(run, "workload");
            foreach (var handoff in new[] { "h1", "h2", "h3", "h4" })
            {
                run.Edge("INITIATED_BY", handoff, "workload");
            }
        })));

    [Fact]
    public void SC_12_the_former_administrators_account_is_a_critical_way_in() =>
        Assert.Contains(FindingCase.Evaluate(FormerAdminTests.Company(), "2024-02-15", "IG-L01").Findings, finding => finding is { Severity: Severity.Critical, Certainty: Certainty.Certain });

    [Fact]
    public void SC_13_the_known_login_is_a_finding_since_the_first_day_was_over()
    {
        var found = FindingCase.Evaluate(KnownLoginTests.Company(KnownLoginTests.Environment), "2023-01-06", "IG-L01", "IG-L04").Findings;
        Assert.Equal(["IG-L01 lee/test-env", "IG-L04 lee/login"], found.Select(finding => $"{finding.Rule.Id} {finding.Subject}/{finding.Discriminator}").Order(StringComparer.Ordinal));
        Assert.Equal(51, (Facts.Instant("2023-01-06") - Facts.Instant("2022-11-16")).TotalDays);
    }

    [Fact]
    public void SC_14_1_guest_token_and_connector_are_told_apart()
    {
        var found = FindingCase.Evaluate(WorkManagementTests.Company(), "2025-06-02", "IG-L01", "IG-L03", "IG-L05", "IG-K03").Findings.Where(finding => finding.Certainty is Certainty.Certain);
        Assert.Equal(
            ["IG-K03 grant/", "IG-L01 pat/chat", "IG-L03 pat/grant", "IG-L05 pat/app", "IG-L05 pat/chat"],
            found.Select(finding => $"{finding.Rule.Id} {finding.Subject}/{finding.Discriminator}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void SC_17_1_what_the_systems_themselves_show_as_disabled_is_no_finding() =>
        Assert.Empty(Leaver(LeaverPropagationTests.Directory(LeaverPropagationTests.Hr())));

    [Fact]
    public void SC_17_2_queued_and_never_accepted_is_reachable_and_not_verified() => Assert.Equal(
        ["IG-L01 saas-a", "IG-L05 saas-a"],
        Leaver(LeaverPropagationTests.Directory(LeaverPropagationTests.Hr()).Run("saas-a", "2025-09-02T20:00:00Z", run => LeaverPropagationTests.Read(run, "saas-a", "Active"))));

    [Fact]
    public void SC_17_2_a_closed_ticket_is_not_verified() => Assert.Contains("IG-L05 saas-b", Leaver(LeaverPropagationTests.Directory(LeaverPropagationTests.Hr())
        .Run("saas-b", "2025-08-31", run => LeaverPropagationTests.Read(run, "saas-b", "Active"))
        .Run("desk", "2025-09-01T20:00:00Z", run => run.Node("ada@saas-b", "Account", ("state", "Disabled")).With(grade: EvidenceGrade.TicketRecord))));

    [Fact]
    public void SC_17_4_a_key_that_outlives_the_login_is_a_way_in() =>
        Assert.Contains("IG-L01 cloud", Leaver(LeaverPropagationTests.Cloud("Never")));

    [Fact]
    public void SC_17_5_a_system_nobody_read_since_is_not_verified() => Assert.Contains(
        "IG-L05 legacy",
        Leaver(LeaverPropagationTests.Directory(LeaverPropagationTests.Hr()).Run("legacy", "2025-06-01", run => LeaverPropagationTests.Read(run, "legacy", "Active"))));

    [Fact]
    public void SC_19_the_loop_is_told_once_and_what_it_brought_back_too()
    {
        var facts = ResurrectionTests.Company("sso").Run("hubs", "2025-03-02T10:20:00Z", run => FindingCases.Hub(FindingCases.Hub(run, "hub-a", "a", "b"), "rule-b", "b", "a"));
        Assert.Single(FindingCase.Evaluate(facts, "2025-03-04", "IG-J08").Findings);
        Assert.Equal(["rob: High Certain was removed and is there again"], FindingCase.Told(facts, "2025-03-04", "IG-L06"));
    }

    private static List<Finding> Chain(Action<Facts.Lines>? more = null) => [.. FindingCase.Evaluate(
        FragmentedChain.Facts(run =>
        {
            FindingCases.Places(run);
            run.Edge("STORED_IN", "key-shared", "ticket-1", ("sanctioned", false));
            more?.Invoke(run);
        }),
        FragmentedChain.ThatNight,
        "IG-W01",
        "IG-W02",
        "IG-W03",
        "IG-C01",
        "IG-C04").Findings];

    private static IEnumerable<string> Named(List<Finding> found, string rule) =>
        found.Where(finding => finding.Rule.Id == rule).Select(finding => $"{finding.Severity} {finding.Certainty} {finding.Subject}");

    private static IEnumerable<string> Prints(List<Finding> found, string? without = null) =>
        found.Where(finding => finding.Rule.Id != without).Select(finding => $"{finding.Rule.Id} {finding.Fingerprint}").Order(StringComparer.Ordinal);

    private static IEnumerable<string> Leaver(Facts facts) => FindingCase.Evaluate(facts, "2025-09-03", "IG-L01", "IG-L05").Findings
        .Where(finding => finding is { Subject: "ada", IsPending: false })
        .Select(finding => $"{finding.Rule.Id} {finding.Discriminator}")
        .Order(StringComparer.Ordinal);
}
