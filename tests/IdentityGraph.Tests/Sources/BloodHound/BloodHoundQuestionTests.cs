using IdentityGraph.Analyze.Reach;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Policies;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Stores.Embedded;
using IdentityGraph.Tests.Stores;

namespace IdentityGraph.Tests.Sources.BloodHound;

/// <summary>Collections imported into a store and asked: the facts make the control rules work.</summary>
public sealed class BloodHoundQuestionTests : IDisposable
{
    private static readonly DateTimeOffset s_collected = new(2024, 3, 5, 11, 0, 18, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_right_to_write_an_account_gives_a_new_credential_of_it()
    {
        var answer = await BlastRadius(new Collection().User("1105", "MARA").User("1106", "ADMIN", aces: Ace("1105", "User", "GenericWrite")), "1105");

        var admin = Reached(answer, "object/S-1-5-21-1-2-3-1106");
        Assert.Equal(("", "U"), (admin.Certain.Direct, admin.Certain.Amplified));
        Assert.Equal(["seed", "D9"], answer.Proofs[admin.Proof!].Select(step => step.Rule));
    }

    [Fact]
    public async Task A_disabled_account_is_not_attained_by_it()
    {
        var answer = await BlastRadius(new Collection().User("1105", "MARA").User("1106", "ADMIN", enabled: false, aces: Ace("1105", "User", "GenericWrite")), "1105");

        Assert.DoesNotContain(answer.Reached, node => node.Id.EndsWith("1106", StringComparison.Ordinal) && node.Kind == "Account");
    }

    [Fact]
    public async Task A_disabled_account_attains_nothing()
    {
        var answer = await BlastRadius(new Collection().User("1105", "MARA", enabled: false).User("1106", "ADMIN", aces: Ace("1105", "User", "GenericAll")), "1105");

        Assert.Empty(answer.Reached);
    }

    [Fact]
    public async Task Members_of_a_group_have_its_rights_on_an_account()
    {
        var answer = await BlastRadius(
            new Collection().User("1105", "MARA").User("1106", "ADMIN", aces: Ace("1120", "Group", "ForceChangePassword")).Group("1120", "HELPDESK", members: Link("1105", "User")), "1105");

        var admin = Reached(answer, "object/S-1-5-21-1-2-3-1106");
        Assert.Equal(("", "U"), (admin.Certain.Direct, admin.Certain.Amplified));
        Assert.Equal(["seed", "D4", "D9"], answer.Proofs[admin.Proof!].Select(step => step.Rule));
    }

    [Fact]
    public async Task Whoever_adds_members_to_a_group_has_what_it_has()
    {
        var answer = await BlastRadius(
            new Collection().User("1105", "MARA").Group("1121", "SERVER ADMINS", aces: Ace("1105", "User", "AddMember"))
                .Computer("1000", "HOST", aces: Ace("1121", "Group", "ReadLAPSPassword")),
            "1105");

        var host = Reached(answer, "host/S-1-5-21-1-2-3-1000");
        Assert.Equal(("", "DRWUA"), (host.Certain.Direct, host.Certain.Amplified));
        Assert.Contains("D11", answer.Proofs[host.Proof!].Select(step => step.Rule));
    }

    [Fact]
    public async Task A_group_that_adds_members_to_a_group_has_what_it_has()
    {
        var answer = await BlastRadius(
            new Collection().User("1105", "MARA").Group("1120", "HELPDESK", members: Link("1105", "User")).Group("1121", "SERVER ADMINS", aces: Ace("1120", "Group", "AddMember"))
                .Computer("1000", "HOST", aces: Ace("1121", "Group", "ReadLAPSPassword")),
            "1105");

        Assert.Equal("DRWUA", Reached(answer, "host/S-1-5-21-1-2-3-1000").Certain.Amplified);
    }

    [Theory]
    [InlineData("544", "U")]
    [InlineData("555", "")]
    public async Task Sessions_fall_to_who_administers_the_host_not_to_who_signs_in_to_it(string localGroup, string rights)
    {
        var answer = await BlastRadius(
            new Collection().User("1105", "MARA").User("1106", "ADMIN").Computer(
                "1000",
                "HOST",
                more: $$"""
                "PrivilegedSessions":{"Collected":true,"Results":[{"UserSID":"S-1-5-21-1-2-3-1106","ComputerSID":"S-1-5-21-1-2-3-1000"}]},
                "LocalGroups":[{"Collected":true,"ObjectIdentifier":"S-1-5-21-1-2-3-1000-{{localGroup}}","Name":"LOCAL@HOST","Results":[{{Link("1105", "User")}}]}]
                """),
            "1105");

        Assert.Equal(localGroup == "544" ? "DRWUA" : "DRW", Reached(answer, "host/S-1-5-21-1-2-3-1000").Certain.Direct);
        Assert.Equal(rights, answer.Reached.SingleOrDefault(node => node.Id == "activedirectory:object/S-1-5-21-1-2-3-1106")?.Certain.Direct ?? "");
    }

    [Theory]
    [InlineData("User")]
    [InlineData("Group")]
    public async Task A_policy_object_gives_what_it_is_linked_to(string holder)
    {
        var answer = await BlastRadius(
            new Collection().User("1105", "MARA").Group("1120", "POLICY EDITORS", members: Link("1105", "User"))
                .Gpo("AAAA", aces: Ace(holder == "User" ? "1105" : "1120", holder, "WriteDacl"))
                .OrganizationalUnit("BBBB", "\"Links\":[{\"IsEnforced\":false,\"GUID\":\"AAAA\"}],\"ChildObjects\":[" + Link("1106", "User") + "," + Link("1000", "Computer") + "]")
                .User("1106", "ADMIN").Computer("1000", "HOST"),
            "1105");

        Assert.Equal("DRWUA", Reached(answer, "object/BBBB").Certain.Direct);
        Assert.Equal("DRWUA", Reached(answer, "host/S-1-5-21-1-2-3-1000").Certain.Direct);
        Assert.Equal(("", "U"), (Reached(answer, "object/S-1-5-21-1-2-3-1106").Certain.Direct, Reached(answer, "object/S-1-5-21-1-2-3-1106").Certain.Amplified));
    }

    [Fact]
    public async Task A_container_gives_the_groups_and_policy_objects_in_it_to_its_administrator_only()
    {
        Collection Estate(string right) => new Collection().User("1105", "MARA")
            .Add("containers", $$"""{"ObjectIdentifier":"CCCC","Properties":{"domainsid":"S-1-5-21-1-2-3"},"Aces":[{{Ace("1105", "User", right)}}],"ChildObjects":[{{Link("1121", "Group")}}]}""")
            .Group("1121", "SERVER ADMINS").Computer("1000", "HOST", aces: Ace("1121", "Group", "AdminTo"));

        Assert.Equal("DRWUA", Reached(await BlastRadius(Estate("GenericAll"), "1105"), "host/S-1-5-21-1-2-3-1000").Certain.Amplified);
        Assert.DoesNotContain((await BlastRadius(Estate("GenericWrite"), "1105")).Reached, node => node.Id.Contains("host/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GetChanges", "GetChangesAll", "DRWUAC")]
    [InlineData("GetChanges", "GetChangesInFilteredSet", "")]
    public async Task Replication_is_certain_with_both_rights_and_possible_with_one(string one, string other, string certain)
    {
        var answer = await BlastRadius(new Collection().User("1105", "MARA").Domain(Ace("1105", "User", one) + "," + Ace("1105", "User", other)), "1105");

        var domain = Reached(answer, "object/S-1-5-21-1-2-3");
        Assert.Equal(certain, domain.Certain.Direct);
        Assert.NotEqual("", domain.Possible.Direct);
    }

    [Theory]
    [InlineData("GetChanges", true)]
    [InlineData("GenericAll", false)]
    public async Task Blast_radius_warns_where_a_right_that_needs_another_stands_in_the_way(string right, bool warned)
    {
        var (investigation, store) = await Import(new Collection().User("1105", "MARA").Domain(Ace("1105", "User", right)).Write(_folder.Sub()));
        await using var _ = store;

        var answer = await investigation.BlastRadiusAsync(Asked(), ["activedirectory:object/S-1-5-21-1-2-3-1105"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(warned, answer.Warnings.Any(warning => warning.Contains("GetChanges of `activedirectory:object/S-1-5-21-1-2-3-1105` on `activedirectory:object/S-1-5-21-1-2-3`", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("ParentChild", "GenericAll", "DRWUAC", "DRWUAC")]
    [InlineData("External", "GenericAll", "", "")]
    [InlineData("ParentChild", "GetChangesInFilteredSet", "", "DRWUAC")]
    [InlineData("ParentChild", "", "", "")]
    public async Task Who_administers_a_trusted_domain_administers_the_other_in_its_forest_and_others_do_not(string trust, string right, string certain, string possible)
    {
        var trusts = $$""","Trusts":[{"TargetDomainSid":"S-1-5-21-7-8-9","TargetDomainName":"OTHER.TEST","SidFilteringEnabled":true,"TGTDelegationEnabled":true,"TrustDirection":"Bidirectional","TrustType":"{{trust}}"}]""";
        var answer = await BlastRadius(new Collection().User("1105", "MARA").Domain(right.Length == 0 ? "" : Ace("1105", "User", right), trusts), "1105");

        var other = answer.Reached.SingleOrDefault(node => node.Id == "activedirectory:object/S-1-5-21-7-8-9");
        Assert.Equal((certain, possible), (other?.Certain.Amplified ?? "", other?.Possible.Amplified ?? ""));
        Assert.Equal("", other?.Possible.Direct ?? "");
    }

    [Theory]
    [InlineData("false", "DRWUAC")]
    [InlineData("true", "")]
    public async Task Across_forests_it_is_possible_only_where_identifiers_are_not_filtered(string filtering, string possible)
    {
        var trusts = $$""","Trusts":[{"TargetDomainSid":"S-1-5-21-7-8-9","TargetDomainName":"OTHER.TEST","SidFilteringEnabled":{{filtering}},"TGTDelegationEnabled":false,"TrustDirection":"Outbound","TrustType":"External"}]""";
        var answer = await BlastRadius(new Collection().Domain("", trusts), "", "activedirectory:object/S-1-5-21-7-8-9");

        var domain = answer.Reached.SingleOrDefault(node => node.Id == "activedirectory:object/S-1-5-21-1-2-3");
        Assert.Equal(("", possible), (domain?.Certain.Amplified ?? "", domain?.Possible.Amplified ?? ""));
    }

    [Fact]
    public async Task The_managed_password_of_a_service_account_is_read_by_whom_it_names()
    {
        var answer = await BlastRadius(
            new Collection().User("1105", "MARA").User("1107", "GMSA$", aces: Ace("1105", "User", "ReadGMSAPassword"), properties: ",\"gmsa\":true"), "1105");

        Assert.Equal("U", Reached(answer, "object/S-1-5-21-1-2-3-1107").Certain.Direct);
        Assert.Contains("D3", answer.Proofs[Reached(answer, "object/S-1-5-21-1-2-3-1107").Proof!].Select(step => step.Rule));
    }

    [Theory]
    [InlineData("CAN_ISSUE_CREDENTIAL", "ForceChangePassword", "D9")]
    [InlineData("CAN_GRANT", "AddMember", "D11")]
    public async Task Blast_radius_in_the_sample_goes_through_the_right_that_is_held_and_leaves_disabled_accounts_out(string kind, string right, string rule)
    {
        var path = SampleFiles.Path("bloodhound-ad", "ad_sampledata.zip");
        var (investigation, store) = await Import(path);
        await using var _ = store;
        var view = (await store.SnapshotAsync(null, TestContext.Current.CancellationToken)).At(s_collected.AddDays(1));
        var edge = Imported.From(path).Edges.First(edge =>
            edge.Kind == kind && edge.Key == right && StateOf(view, edge.Of) == "Active" && edge.Of.Contains("object/", StringComparison.Ordinal) && StateOf(view, edge.To) != "Disabled");

        var answer = (await investigation.BlastRadiusAsync(Asked(), [edge.Of], cancellationToken: TestContext.Current.CancellationToken)).Data;

        var through = answer.Proofs.Values.Where(steps => steps.Any(step => step.Rule == rule && step.Facts.Any(fact => fact.Edge == kind && fact.Of == edge.Of && fact.To == edge.To)));
        Assert.NotEmpty(through);
        Assert.DoesNotContain(answer.Reached, node => StateOf(view, node.Id) == "Disabled");
    }

    [Fact]
    public async Task Disabled_accounts_of_the_sample_are_not_live_and_attain_nothing()
    {
        var (investigation, store) = await Import(SampleFiles.Path("bloodhound-ad", "ad_sampledata.zip"));
        await using var _ = store;
        var view = (await store.SnapshotAsync(null, TestContext.Current.CancellationToken)).At(s_collected.AddDays(1));
        var disabled = view.Of(NodeKinds.Account).Where(account => account[Properties.State].Text == "Disabled").Select(account => account.Id).ToList();

        var answer = await investigation.BlastRadiusAsync(Asked(), disabled, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(21, disabled.Count);
        Assert.Empty(answer.Data.Reached);
        Assert.All(disabled, id => Assert.Contains(answer.Warnings, warning => warning.Contains(id, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("bloodhound-v5")]
    [InlineData("bloodhound-v6")]
    public async Task Every_end_of_a_line_called_imported_is_a_node_of_the_graph(string set)
    {
        var path = SampleFiles.Path(set, "raw");
        var (_, store) = await Import(path);
        await using var _ = store;
        var snapshot = await store.SnapshotAsync(null, TestContext.Current.CancellationToken);
        var view = snapshot.At(s_collected.AddDays(1));

        Assert.All(
            Imported.From(path, s_collected).Trace.Where(line => line.Became != "refused").SelectMany(line => new[] { line.Start, line.End ?? line.Start }).Distinct(),
            id => Assert.NotNull(view.Find("activedirectory:object/" + id)));
    }

    private static string? StateOf(GraphView view, string id) => view.Find(id)?[Properties.State].Text;

    private static ReachedNode Reached(BlastRadiusAnswer answer, string id)
    {
        Assert.Contains("activedirectory:" + id, answer.Reached.Select(node => node.Id));
        return answer.Reached.Single(node => node.Id == "activedirectory:" + id);
    }

    private static Ask Asked() => new() { AsOf = s_collected.AddDays(1), Profile = AttackerProfile.ExternalBearer };

    private static string Link(string number, string type) => $$"""{"ObjectIdentifier":"S-1-5-21-1-2-3-{{number}}","ObjectType":"{{type}}"}""";

    private static string Ace(string number, string type, string right) => $$"""{"PrincipalSID":"S-1-5-21-1-2-3-{{number}}","PrincipalType":"{{type}}","RightName":"{{right}}","IsInherited":false}""";

    private async Task<BlastRadiusAnswer> BlastRadius(Collection collection, string number, string? seed = null)
    {
        var (investigation, store) = await Import(collection.Write(_folder.Sub()));
        await using var _ = store;
        return (await investigation.BlastRadiusAsync(Asked(), [seed ?? "activedirectory:object/S-1-5-21-1-2-3-" + number], cancellationToken: TestContext.Current.CancellationToken)).Data;
    }

    private async Task<(Investigation Investigation, IGraphStore Store)> Import(string path)
    {
        var clock = new StoppedClock(s_collected.AddDays(2));
        var store = EmbeddedGraphStore.Create(_folder.Sub(), new EmbeddedStoreOptions { Time = clock });
        var result = await Pipeline.ImportAsync(new BloodHoundFormat(), new ImportRequest { Path = path, CollectedAt = Directory.Exists(path) ? s_collected : null }, store, null, TestContext.Current.CancellationToken);
        Assert.Equal(ImportVerdict.Clean, result.Verdict);
        return (new Investigation(store, new AnalysisPolicy(), clock), store);
    }

    /// <summary>A made-up collection of domain LAB.TEST.</summary>
    private sealed class Collection
    {
        private readonly SortedDictionary<string, List<string>> _files = new(StringComparer.Ordinal);

        public Collection() => Domain("");

        public Collection Add(string type, string json)
        {
            if (!_files.TryGetValue(type, out var objects))
            {
                _files[type] = objects = [];
            }

            objects.Add(json);
            return this;
        }

        public Collection Domain(string aces, string more = "")
        {
            _files.Remove("domains");
            return Add("domains", $$"""{"ObjectIdentifier":"S-1-5-21-1-2-3","Properties":{"name":"LAB.TEST","domain":"LAB.TEST","domainsid":"S-1-5-21-1-2-3"},"Aces":[{{aces}}]{{more}}}""");
        }

        public Collection User(string number, string name, bool enabled = true, string aces = "", string properties = "") =>
            Add("users", $$"""{"ObjectIdentifier":"S-1-5-21-1-2-3-{{number}}","Properties":{"name":"{{name}}@LAB.TEST","domainsid":"S-1-5-21-1-2-3","enabled":{{(enabled ? "true" : "false")}}{{properties}}},"Aces":[{{aces}}]}""");

        public Collection Group(string number, string name, string members = "", string aces = "") =>
            Add("groups", $$"""{"ObjectIdentifier":"S-1-5-21-1-2-3-{{number}}","Properties":{"name":"{{name}}@LAB.TEST","domainsid":"S-1-5-21-1-2-3"},"Members":[{{members}}],"Aces":[{{aces}}]}""");

        public Collection Computer(string number, string name, string aces = "", string more = "") =>
            Add("computers", $$"""{"ObjectIdentifier":"S-1-5-21-1-2-3-{{number}}","Properties":{"name":"{{name}}.LAB.TEST","domainsid":"S-1-5-21-1-2-3","enabled":true},"Aces":[{{aces}}]{{(more.Length > 0 ? "," + more : "")}}}""");

        public Collection Gpo(string id, string aces) =>
            Add("gpos", $$"""{"ObjectIdentifier":"{{id}}","Properties":{"name":"POLICY@LAB.TEST","domainsid":"S-1-5-21-1-2-3"},"Aces":[{{aces}}]}""");

        public Collection OrganizationalUnit(string id, string more) =>
            Add("ous", $$"""{"ObjectIdentifier":"{{id}}","Properties":{"name":"UNIT@LAB.TEST","domainsid":"S-1-5-21-1-2-3"},"Aces":[],{{more}}}""");

        /// <summary>As SharpHound writes it: data first, meta last.</summary>
        public string Write(string folder)
        {
            Directory.CreateDirectory(folder);
            foreach (var (type, objects) in _files)
            {
                File.WriteAllText(Path.Combine(folder, $"20240305110018_{type}.json"), $$$"""{"data":[{{{string.Join(",", objects)}}}],"meta":{"methods":0,"type":"{{{type}}}","count":0,"version":6}}""");
            }

            return folder;
        }
    }
}
