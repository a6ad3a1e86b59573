using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Governance;
using IdentityGraph.Tests.Sources.Hr;

namespace IdentityGraph.Tests.Sources.Governance;

public sealed class GovernanceTests
{
    private const string Page = "governance.md";

    private readonly ImportReport _report = new();
    private RunHeader _header = new() { Source = "", StartedAt = default };
    private RunOutcomeState _outcome = new();

    [Fact]
    public void The_schema_of_the_page_is_that_of_the_reader() => DocPage.Holds(Page, "sections", GovernanceSchema.Listing());

    [Fact]
    public void The_example_of_the_page_imports_whole_and_uses_every_section()
    {
        var said = Read(DocPage.Example(Page, "governance.yaml"));

        Assert.Empty(Rejects());
        Assert.Equal(GovernanceSections.Names.Order(StringComparer.Ordinal), said.OfType<Observation.EndOf>().Select(end => end.Stream));
        Assert.Equal(["owners complete"], said.Ends().Where(end => end.EndsWith(" complete", StringComparison.Ordinal) && !end.EndsWith("not complete", StringComparison.Ordinal)));
        Assert.Equal(new DateTimeOffset(2025, 6, 2, 8, 0, 0, TimeSpan.Zero), _header.StartedAt);
        Assert.Equal(
            [
                "okta:app/0oa1 OWNED_BY hr:person/17", "okta:app/0oa1 OWNED_BY hr:person/3", "okta:app/0oa2 OWNED_BY hr:person/3", "okta:app/0oa2 OWNED_BY text:the platform team",
                "orgs:vendor/acme-sync SPONSORED_BY hr:person/3", "okta:user/00u1 BELONGS_TO hr:person/17", "github:user/4711 BELONGS_TO hr:person/17",
                "tickets:approval/881 APPROVES okta:grant/g1", "tickets:approval/881 REQUESTED_BY okta:user/00u1", "tickets:approval/881 APPROVED_BY okta:user/00u3",
                "tickets:approval/881 EXECUTED_BY okta:user/00u9", "tickets:approval/881 BENEFITS okta:user/00u1",
                "rev:item/1 REVIEWS okta:grant/g1", "rev:item/1 PART_OF rev:campaign/q1", "rev:item/1 DECIDED_BY okta:user/00u3", "rev:item/1 BASED_ON tickets:ticket/T-9",
                "okta:app/0oa2 EXCEPTED_BY risk:exception/5", "okta:app/0oa1 GOVERNED_BY rules:policy/joiners", "rules:rule/engineers EXPECTS github:entitlement/push",
                "okta:app/0oa1 SERVES biz:process/payroll", "okta:connector/c1 CONNECTS github:system/acme", "okta:connector/c1 CONNECTS slack:system/acme",
                "okta:app/0oa1 EVIDENCED_BY governance:evidence/https%3A%2F%2Fruns.example%2F77",
                "aws:key/AKIA1 HELD_BY hr:person/17", "aws:key/AKIA1 HELD_BY hr:person/21", "aws:key/AKIA1 STORED_IN slack:channel/C042",
                "audit:handoff/1 HANDOFF_FROM ci:steprun/8", "audit:handoff/1 HANDOFF_TO ci:steprun/9", "audit:handoff/1 USED_CREDENTIAL aws:key/AKIA1", "audit:handoff/1 INITIATED_BY okta:user/00u1",
                "ir:exposure/12 EXPOSES aws:key/AKIA1",
            ],
            said.Edges());
        Assert.Equal(["Never"], said.OfType<Observation.SawNode>().Where(node => node.Id == "github:system/acme").SelectMany(node => node.Properties).Where(pair => pair.Key == "cascade_pat").Select(pair => pair.Value.ToString()));
        Assert.Equal(["2025-07-01T00:00:00Z"], said.Of("risk:exception/5", Properties.ExpiresAt));
        Assert.Equal(["none"], said.Of("audit:handoff/1", Properties.OnBehalfOf));
        Assert.Equal(["none"], said.Of("ir:exposure/12", Properties.Until));
        Assert.Equal([EvidenceGrade.TicketRecord, EvidenceGrade.Attestation], said.OfType<Observation.Fact>().Select(fact => fact.Grade).Distinct().OrderDescending());
    }

    [Fact]
    public void The_csv_of_the_page_says_what_the_yaml_says()
    {
        var yaml = Read(DocPage.Example(Page, "governance.yaml")).OfType<Observation.SawEdge>().Where(edge => edge.Stream == "owners");
        var csv = Read(DocPage.Example(Page, "owners.csv"), "owners.csv").OfType<Observation.SawEdge>();

        Assert.Equal(yaml.Select(edge => (edge.Of, edge.To, edge.EffectiveKey, edge.From)), csv.Select(edge => (edge.Of, edge.To, edge.EffectiveKey, edge.From)));
        Assert.Empty(Rejects());
    }

    [Theory]
    [InlineData("- { aset: a:b/1, owner: hr:person/1 }", "owners.aset", "unknown key `aset`; did you mean `asset`?")]
    [InlineData("- { owner: hr:person/1 }", "owners.asset", "`asset` is missing")]
    [InlineData("- { asset: a:b/1 }", "owners.owner", "`owner` or `ownerText` is missing")]
    [InlineData("- { asset: a:b/1, owner: hr:person/1, role: acountable }", "owners.role", "did you mean `accountable`?")]
    [InlineData("- { asset: a:b/1, owner: hr:person/1, from: 10.01.2024 }", "owners.from", "must be a date")]
    [InlineData("- { asset: a:b/1, owner: hr:person/1, from: 2025-02-01, until: 2025-01-01 }", "owners.until", "it ends before it starts")]
    [InlineData("- { asset: a:b/1, owner: hr:person/1, grade: Gossip }", "owners.grade", "unknown word of `grade` `Gossip`")]
    [InlineData("- { asset: { id: a }, owner: hr:person/1 }", "owners.asset", "must be a text")]
    [InlineData("- just words", "owners", "must be a group of named values")]
    [InlineData("- { asset: a:b/1, owner: hr:person/1, evidence: 'https://bob:hunter22@x.example' }", "owners.evidence", "looks like an address with a password in it")]
    public void A_bad_entry_is_refused_where_it_stands_and_the_rest_goes_in(string entry, string member, string words)
    {
        var said = Read($"complete: [owners]\nowners:\n  - {{ asset: a:b/2, owner: hr:person/2 }}\n  {entry}\n  - {{ asset: a:b/3, owner: hr:person/3 }}\n");

        var reject = Assert.Single(_report.Rejects);
        Assert.Equal(("governance.yaml", 4L, member), (reject.File, reject.Line, reject.Member));
        Assert.Contains(words, reject.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter22", reject.Problem, StringComparison.Ordinal);
        Assert.Equal(["a:b/2 OWNED_BY hr:person/2", "a:b/3 OWNED_BY hr:person/3"], said.Edges());
        Assert.Equal(["owners not complete"], said.Ends());
        Assert.Equal((3, 1), (_outcome.Read, _outcome.Rejected));
    }

    [Fact]
    public void An_unknown_section_is_named_and_the_others_go_in()
    {
        var said = Read("complete: [owners]\nowner:\n  - { asset: a:b/1, owner: hr:person/1 }\nowners:\n  - { asset: a:b/2, owner: hr:person/2 }\n");

        Assert.Equal(["governance.yaml:3 owner: unknown section `owner`; did you mean `owners`?"], Rejects());
        Assert.Equal(["a:b/2 OWNED_BY hr:person/2"], said.Edges());
        Assert.Equal(["owners not complete"], said.Ends());
    }

    [Fact]
    public void A_file_cut_in_the_middle_is_taken_up_to_there_and_proves_no_absence()
    {
        var said = Read("complete: [owners]\nowners:\n  - { asset: a:b/2, owner: hr:person/2 }\n  - { asset: a:b/3, own");

        Assert.Equal(["a:b/2 OWNED_BY hr:person/2"], said.Edges());
        Assert.StartsWith("governance.yaml could be read up to line", _outcome.PartialReason, StringComparison.Ordinal);
        Assert.Equal(["owners not complete"], said.Ends());
    }

    [Theory]
    [InlineData("complete: [owner]\nowners: []\n", "did you mean `owners`?")]
    [InlineData("version: 2\nowners: []\n", "version 2 of the schema is not known")]
    [InlineData("- a\n", "named sections")]
    [InlineData("owners: &x []\nsponsors: *x\n", "aliases (`*name`) are not read")]
    [InlineData("owners: []\nowners: []\n", "`owners` stands twice")]
    public void A_faulty_head_refuses_the_file(string yaml, string words) =>
        Assert.Contains(words, Assert.Throws<RefusedInputException>(() => Read(yaml)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_csv_with_a_column_nobody_knows_is_refused() =>
        Assert.Contains("did you mean `owner`?", Assert.Throws<RefusedInputException>(() => Read("section,asset,ownr\n", "owners.csv")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("x.yaml", "version: 1\nowners:\n  - {}\n", true)]
    [InlineData("x.yaml", "services:\n  web: {}\n", false)]
    [InlineData("x.csv", "section;asset;owner\n", true)]
    [InlineData("x.csv", "id,name,start date\n", false)]
    public void It_is_recognised_by_its_sections(string path, string head, bool recognised) =>
        Assert.Equal(recognised, new GovernanceFormat().Recognizes(new FileProbe(path, false, Encoding.UTF8.GetBytes(head), [])));

    private List<Observation> Read(string text, string name = "governance.yaml")
    {
        var folder = Directory.CreateTempSubdirectory("gov-");
        try
        {
            var path = Path.Combine(folder.FullName, name);
            File.WriteAllText(path, text);
            var said = new List<Observation>();
            foreach (var run in new GovernanceFormat().Open(new ImportRequest { Path = path }, _report, TestContext.Current.CancellationToken))
            {
                said.AddRange(run.Observations);
                (_header, _outcome) = (run.Header, run.Outcome);
            }

            return said;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private IEnumerable<string> Rejects() => _report.Rejects.Select(reject => $"{reject.File}:{reject.Line} {reject.Member}: {reject.Problem}");
}
