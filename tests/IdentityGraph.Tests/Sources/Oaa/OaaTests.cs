using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources;
using IdentityGraph.Sources.Oaa;

namespace IdentityGraph.Tests.Sources.Oaa;

/// <summary>Payloads written from the public description of the templates; none that a connector wrote was at hand.</summary>
public sealed class OaaTests : IDisposable
{
    private const string Crm = "oaa-crm:system/system";
    private const string Bob = "oaa-crm:user/bob";

    private readonly FileStory _story = new(new OaaFormat());

    public void Dispose() => _story.Dispose();

    [Fact]
    public void A_permission_on_a_resource_reaches_it_and_no_other_and_what_is_below_only_where_it_says_so()
    {
        Read("""[{"name":"view","permission_type":["DataRead"]},{"name":"view all","permission_type":["DataRead"],"apply_to_sub_resources":true}]""",
            """[{"identity":"bob","identity_type":"local_user","application_permissions":[{"application":"crm","resources":["deals"],"permission":"view"}]},{"identity":"eve","identity_type":"local_user","application_permissions":[{"application":"crm","resources":["deals"],"permission":"view all"}]}]""");

        Assert.Equal(("direct", "no", "no"), (Reached("bob", "deals"), Reached("bob", "deals.big"), Reached("bob", "notes")));
        Assert.Equal(("direct", "direct", "no"), (Reached("eve", "deals"), Reached("eve", "deals.big"), Reached("eve", "notes")));
        Assert.Contains("oaa-crm:permission/view%40deals -> oaa-crm:resource/deals rights=DR right=view", _story.Edges("ENTITLES"));
    }

    [Fact]
    public void Permissions_may_be_defined_behind_where_they_are_given()
    {
        _story.Read("crm.json", $$"""{"applications":[{{Application}}],"identity_to_permissions":[{"identity":"bob","identity_type":"local_user","application_permissions":[{"application":"crm","resources":["deals"],"permission":"EDIT"}]}],"permissions":[{"name":"edit","permission_type":["DataRead","DataWrite"]}]}""");

        Assert.Contains("oaa-crm:permission/edit%40deals -> oaa-crm:resource/deals rights=DRW right=edit", _story.Edges("ENTITLES"));
    }

    [Theory]
    [InlineData("NonData")]
    [InlineData("MetadataWrite")]
    [InlineData("Uncategorized")]
    [InlineData("SomethingNew")]
    public void What_nobody_can_tell_is_of_unknown_level_and_never_none(string word)
    {
        Read($$"""[{"name":"odd","permission_type":["{{word}}"]}]""", """[{"identity":"bob","identity_type":"local_user","application_permissions":[{"application":"crm","permission":"odd","resources":["notes"]}]}]""");

        Assert.Contains("oaa-crm:permission/odd%40notes -> oaa-crm:resource/notes right=odd (more)", _story.Edges("ENTITLES"));
    }

    [Fact]
    public void A_permission_the_payload_does_not_define_is_counted_and_possible()
    {
        Read("[]", """[{"identity":"bob","identity_type":"local_user","application_permissions":[{"application":"crm","permission":"ghost","resources":["notes"]}]}]""");

        Assert.Equal("possibly", Reached("bob", "notes"));
        Assert.Equal(1, _story.Report.Unrecognised["permission ghost"]);
    }

    [Fact]
    public void A_role_gives_its_permissions_where_it_is_assigned_and_those_of_the_roles_in_it()
    {
        Read("""[{"name":"view","permission_type":["DataRead"]},{"name":"write deals","permission_type":["DataWrite"],"resource_types":["deal"]}]""",
            """[{"identity":"sales","identity_type":"local_group","role_assignments":[{"application":"crm","role":"seller","apply_to_application":false,"resources":["deals","notes"]}]}]""");

        Assert.Equal(["oaa-crm:group/sales -> oaa-crm:role/seller%40deals", "oaa-crm:group/sales -> oaa-crm:role/seller%40notes"], _story.Edges("HAS_ROLE"));
        Assert.Equal(
            ["deals rights=DW right=write deals", "deals rights=DR right=view", "notes rights=DR right=view"],
            _story.Edges("ENTITLES").Select(edge => edge[(edge.IndexOf("resource/", StringComparison.Ordinal) + 9)..]));
        Assert.Equal("direct", Reached("bob", "notes"));
        Assert.Equal("no", Reached("eve", "notes"));
    }

    [Fact]
    public void What_is_given_on_the_application_goes_down_only_where_the_permission_does()
    {
        Read("""[{"name":"configure","permission_type":["DataRead"]},{"name":"own","permission_type":["DataRead","DataWrite"],"apply_to_sub_resources":true}]""",
            """[{"identity":"bob","identity_type":"local_user","application_permissions":[{"application":"crm","permission":"configure","apply_to_application":true}]},{"identity":"eve","identity_type":"local_user","application_permissions":[{"application":"crm","permission":"own","apply_to_application":true}]}]""");

        Assert.Equal("no", Reached("bob", "deals"));
        Assert.Equal(("direct", "direct"), (Reached("eve", "deals"), Reached("eve", "deals.big")));
    }

    [Fact]
    public void Users_have_state_address_groups_and_keys_as_far_as_they_are_said()
    {
        Read("[]", """[{"identity":"k1","identity_type":"local_access_creds","application_permissions":[{"application":"crm","permission":"ghost","resources":["notes"]}]},{"identity":"pat@acme.example","identity_type":"idp","application_permissions":[{"application":"crm","permission":"ghost","resources":["notes"]}]}]""");

        Assert.Equal(("Active", "bob@acme.example"), (_story.Said(Bob, Properties.State), _story.Said(Bob, Properties.Email)));
        Assert.Equal(("Disabled", null), (_story.Said("oaa-crm:user/eve", Properties.State), _story.Said("oaa-crm:user/eve", Properties.Email)));
        Assert.Null(_story.Said("oaa-crm:user/u-9", Properties.State));
        Assert.Equal(["oaa-crm:user/u-9", "oaa-crm:bearer/k1"], _story.Nodes("ServiceIdentity"));
        Assert.Equal(["oaa-crm:credential/k1 -> oaa-crm:user/u-9", "oaa-crm:credential/k1 -> oaa-crm:bearer/k1"], _story.Edges("AUTHENTICATES_AS"));
        Assert.Equal("none", _story.Said("oaa-crm:credential/k1", Properties.ExpiresAt));
        Assert.Equal("pat@acme.example", _story.Said("oaa-crm:idp/pat%40acme.example", Properties.Email));
        Assert.Equal([$"{Crm} -> text:ann@acme.example"], _story.Edges("OWNED_BY"));
    }

    [Fact]
    public void A_provider_has_users_groups_and_roles_they_may_assume()
    {
        _story.Read("idp.json", """
            {"name":"Corp","idp_type":"custom_idp","domains":[{"name":"corp.example"}],
             "users":[{"name":"bob","identity":"001","email":"bob@corp.example","is_active":true,"is_guest":false,"groups":[{"identity":"g1"}],"assumed_role_arns":[{"identity":"arn:aws:iam::123456789012:role/ops/Deploy"},{"identity":"nonsense"}]},{"name":"svc","identity":"svc","identity_type":"NONHUMAN"}],
             "groups":[{"name":"Ops","identity":"g1","groups":[{"identity":"g2"}],"assumed_role_arns":[{"identity":"arn:aws:iam::123456789012:role/x"}]}]}
            """, "users", "groups");

        Assert.Equal(["oaa-corp:user/001 -> oaa-corp:group/g1", "oaa-corp:group/g1 -> oaa-corp:group/g2"], _story.Edges("MEMBER_OF"));
        Assert.Equal(["oaa-corp:user/001 -> aws-123456789012:role/Deploy conditions=unread", "oaa-corp:user/001 -> aws-123456789012:role/x conditions=unread"], _story.Edges("CAN_ASSUME"));
        Assert.Equal(["oaa-corp:user/svc"], _story.Nodes("ServiceIdentity"));
        Assert.Equal(["groups"], _story.Whole);
        Assert.Single(_story.Rejects);
    }

    [Theory]
    [InlineData("g2", "eve")] // a group within the group
    [InlineData("g1", "bob,eve")]
    [InlineData("g3", "")] // nobody is in it
    public void A_role_of_a_group_is_for_each_of_its_members_and_for_nobody_else(string group, string members)
    {
        var roles = new[] { "g1", "g2", "g3" }.Select(id => $"\"assumed_role_arns\":[{(id == group ? "{\"identity\":\"arn:aws:iam::123456789012:role/x\"}" : "")}]").ToArray();
        _story.Read("idp.json", $$"""
            {"name":"Corp","idp_type":"custom_idp","domains":[{"name":"corp.example"}],
             "users":[{"name":"bob","groups":[{"identity":"g1"}]},{"name":"eve","groups":[{"identity":"G2"}]},{"name":"kim","groups":[{"identity":"g4"}]}],
             "groups":[{"name":"A","identity":"g1","groups":[],{{roles[0]}}},{"name":"B","identity":"g2","groups":[{"identity":"g1"}],{{roles[1]}}},{"name":"C","identity":"g3","groups":[{"identity":"g3"}],{{roles[2]}}}]}
            """, "users", "groups", "assumed_role_arns");

        Assert.Equal(members.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => $"oaa-corp:user/{name} -> aws-123456789012:role/x conditions=unread"), _story.Edges("CAN_ASSUME").Order());
        Assert.Equal(["assumed_role_arns", "groups", "users"], _story.Whole.Order());
    }

    [Fact]
    public void Where_a_user_could_not_be_read_nobody_says_that_a_member_assumes_no_longer()
    {
        _story.Read("idp.json", """
            {"name":"Corp","idp_type":"custom_idp","domains":[{"name":"corp.example"}],"users":[{"name":"bob","groups":[{"identity":"g1"}]},{"email":"x@corp.example"}],
             "groups":[{"name":"A","identity":"g1","assumed_role_arns":[{"identity":"arn:aws:iam::123456789012:role/x"}]}]}
            """, "users", "groups", "assumed_role_arns");

        Assert.Equal(["groups"], _story.Whole);
    }

    [Fact]
    public void A_personnel_system_has_people_and_their_engagements()
    {
        _story.Read("hr.json", """
            {"name":"People","hris_type":"custom","system":{"id":"p"},"employees":[
             {"id":"17","name":"Pat Doe","email":"pat@acme.example","employee_number":"E17","is_active":true,"start_date":"2024-01-10","job_title":"Engineer","managers":[{"id":"3"}],"groups":[{"id":"eng"}]},
             {"id":"18","name":"Kim Ray","is_active":false,"start_date":"2022-09-01T00:00:00Z","termination_date":"2025-03-31"},
             {"id":"19","name":"Noor","employment_status":"TERMINATED"}],
             "groups":[{"id":"eng","name":"Engineering","group_type":"Department"}]}
            """);

        Assert.Equal(("active", "2024-01-10T00:00:00Z", null), (_story.Said("oaa-people:employment/17", Properties.EmploymentStatus), _story.Said("oaa-people:employment/17", Properties.StartAt), _story.Said("oaa-people:employment/17", Properties.EndAt)));
        Assert.Equal((null, "2025-04-01T00:00:00Z"), (_story.Said("oaa-people:employment/18", Properties.EmploymentStatus), _story.Said("oaa-people:employment/18", Properties.EndAt)));
        Assert.Equal("ended", _story.Said("oaa-people:employment/19", Properties.EmploymentStatus));
        Assert.Equal(["oaa-people:person/17 -> oaa-people:team/eng"], _story.Edges("MEMBER_OF_TEAM"));
        Assert.Equal(["oaa-people:team/eng"], _story.Nodes("Team"));
    }

    [Fact]
    public void A_payload_without_a_name_before_its_lists_asks_for_one()
    {
        const string late = """{"users":[{"name":"bob"}],"name":"Corp","idp_type":"x"}""";
        Assert.Contains("--tenant NAME", Assert.Throws<RefusedInputException>(() => _story.Read("late.json", late)).Message);

        using var named = new FileStory(new OaaFormat());
        Assert.Equal(["oaa-corp:user/bob"], named.Read(new ImportRequest { Path = named.Write("late.json", late), Tenant = "Corp", CollectedAt = FileStory.Day }).Nodes("Account"));
    }

    [Fact]
    public void Hostile_payloads_lose_nothing_else()
    {
        var token = "ghp_" + new string('c', 36);
        var bytes = Encoding.UTF8.GetBytes($$"""{"name":"Corp","idp_type":"x","users":[{"name":"bob","name":"eve"},{"name":"#"},{"name":"{{token}}"},{"email":"{{token}}","name":"kim"},{"name":"{{new string('x', 200)}}"},{"name":"pat"}],"groups":{{new string('[', 5_000)}}""");
        bytes[Array.IndexOf(bytes, (byte)'#')] = 0xFF;
        _story.Read(new ImportRequest { Path = _story.Write("idp.json", bytes), CollectedAt = FileStory.Day, Complete = ["users"] });

        Assert.Equal(["oaa-corp:user/kim", "oaa-corp:user/pat"], _story.Nodes("Account"));
        Assert.DoesNotContain(token, _story.Everything());
        Assert.Empty(_story.Whole);
        Assert.NotNull(_story.Runs.Single().Outcome.PartialReason);
    }

    [Fact]
    public void What_is_none_is_refused_and_what_is_is_recognised()
    {
        Assert.Contains("holds nothing of the Open Authorization API", Assert.Throws<RefusedInputException>(() => _story.Read("x.json", "{\"a\":1}")).Message);
        Assert.Equal("oaa", FileFormats.Detect(new ImportRequest { Path = _story.Write("crm.json", $$"""{"custom_property_definition":{},"applications":[{{Application}}],"permissions":[],"identity_to_permissions":[]}""") }).Format.Name);
    }

    private const string Application = """
        {"name":"crm","application_type":"crm","owners":[{"external_id":"ann@acme.example","owner_type":"oktauser"}],
         "local_users":[{"name":"bob","identities":["bob@acme.example"],"groups":["Sales"],"is_active":true},{"name":"eve","identities":["a@x.example","b@x.example"],"is_active":false},{"id":"u-9","name":"robot","user_type":"service_account","access_creds":["k1"]}],
         "local_groups":[{"name":"Sales"}],
         "local_roles":[{"name":"seller","permissions":["write deals"],"roles":["viewer"]},{"name":"viewer","permissions":["view"],"roles":["seller"]}],
         "local_access_creds":[{"id":"k1","name":"ci key","is_active":true,"can_expire":false}],
         "resources":[{"name":"deals","resource_type":"deal","sub_resources":[{"name":"big","resource_type":"deal"}]},{"name":"notes","resource_type":"note"}]}
        """;

    private void Read(string permissions, string identities) =>
        _story.Read("crm.json", $$"""{"custom_property_definition":{"applications":[]},"applications":[{{Application.Replace("\"is_active\":false", "\"is_active\":" + (identities.Contains("eve", StringComparison.Ordinal) ? "true" : "false"), StringComparison.Ordinal)}}],"permissions":{{permissions}},"identity_to_permissions":{{identities}}}""");

    private string Reached(string user, string resource) => _story.Reached("oaa-crm:user/" + user, "oaa-crm:resource/" + resource);
}
