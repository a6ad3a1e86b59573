using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources;
using IdentityGraph.Sources.Scim;

namespace IdentityGraph.Tests.Sources.Scim;

/// <summary>Messages in the shapes of RFC 7643 and RFC 7644, and in those vendors give them.</summary>
public sealed class ScimTests : IDisposable
{
    private const string UserSchema = "\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"]";
    private const string GroupSchema = "\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:Group\"]";
    private const string Mara = "acme.example:resource/2819c223";

    private readonly FileStory _story = new(new ScimFormat());

    public void Dispose() => _story.Dispose();

    [Theory]
    [InlineData("true", "Active")]
    [InlineData("false", "Disabled")]
    [InlineData("\"True\"", "Active")]
    [InlineData("\"False\"", "Disabled")]
    [InlineData("\"true\"", "Active")]
    [InlineData("\" FALSE \"", "Disabled")]
    [InlineData("\"1\"", "Active")]
    [InlineData("\"0\"", "Disabled")]
    [InlineData("1", "Active")]
    [InlineData("0", "Disabled")]
    [InlineData("[{\"value\":\"False\"}]", "Disabled")]
    [InlineData("[{\"value\":true}]", "Active")]
    [InlineData("{\"value\":\"false\"}", "Disabled")]
    [InlineData("null", null)]
    [InlineData("\"\"", null)]
    [InlineData("\"perhaps\"", null)]
    [InlineData("2", null)]
    [InlineData("[]", null)]
    [InlineData("[true,false]", null)]
    [InlineData("[true,\"perhaps\"]", null)]
    public void Active_is_read_in_all_its_spellings_and_never_guessed(string active, string? state)
    {
        _story.Read("users.json", List(1, User("2819c223", "\"active\":" + active)));

        Assert.Equal(state, _story.Said(Mara, Properties.State));
    }

    [Fact]
    public void Absent_is_unknown_and_a_strange_word_is_counted()
    {
        _story.Read("users.json", List(2, User("2819c223", "\"title\":\"x\""), User("7", "\"active\":\"On Leave\"")));

        Assert.Null(_story.Said(Mara, Properties.State));
        Assert.Equal(1, _story.Report.Unrecognised["word active=On Leave"]);
    }

    [Fact]
    public void A_user_has_its_login_its_primary_address_and_its_number()
    {
        _story.Read("users.json", List(1, User("2819c223", """
            "userName":"mara","active":true,"externalId":"E-17","emails":[{"value":"old@acme.example"},{"value":"mara@acme.example","primary":"True"}],
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"employeeNumber":"17","department":"Pay","manager":{"value":"26118915"}},"password":"canary1"
            """)));

        Assert.Equal(("mara", "mara@acme.example", "17"), (_story.Said(Mara, Properties.Name), _story.Said(Mara, Properties.Email), _story.Said(Mara, Properties.EmployeeNumber)));
        Assert.Null(_story.Said(Mara, Properties.EmailVerified));
        Assert.Equal(["externalId=\"E-17\"", "department=\"Pay\"", "manager=\"26118915\""], _story.All.OfType<Observation.SawNode>().Single(node => node.Id == Mara).Unrecognised.Select(pair => $"{pair.Key}={pair.Value}"));
        Assert.DoesNotContain("canary1", _story.Everything());
    }

    [Fact]
    public void Of_several_addresses_none_of_which_is_primary_none_is_taken()
    {
        _story.Read("users.json", List(1, User("2819c223", "\"emails\":[{\"value\":\"a@acme.example\"},{\"value\":\"b@acme.example\"}]")));

        Assert.Null(_story.Said(Mara, Properties.Email));
    }

    [Fact]
    public void Members_groups_roles_and_entitlements_are_links_of_unknown_level()
    {
        _story.Read("all.json", List(
            2,
            User("2819c223", "\"active\":true,\"groups\":[{\"value\":\"g2\"}],\"roles\":[{\"value\":\"admin\",\"display\":\"Administrator\"}],\"entitlements\":[\"export\"]"),
            $$"""{{{GroupSchema}},"id":"g1","displayName":"Payroll","members":[{"value":"2819c223","$ref":"https://acme.example/scim/v2/Users/2819c223"},{"value":"g2","type":"Group"}]}"""));

        Assert.Equal(
            [$"{Mara} -> acme.example:resource/g2", $"{Mara} -> acme.example:resource/g1", "acme.example:resource/g2 -> acme.example:resource/g1"],
            _story.Edges("MEMBER_OF"));
        Assert.Equal([$"{Mara} -> acme.example:role/admin"], _story.Edges("HAS_ROLE"));
        Assert.Contains("acme.example:role/admin -> acme.example:system/acme.example right=admin", _story.Edges("ENTITLES"));
        Assert.Equal("possibly", _story.Reached(Mara, "acme.example:system/acme.example"));
        Assert.Equal(["2819c223", "2819c223", "2819c223", "2819c223", "g1", "2819c223", "g2"], _story.Trace.Select(line => line.Start));
    }

    [Fact]
    public void One_page_of_more_is_not_whole_even_if_somebody_vouches()
    {
        _story.Read("users.json", List(3, User("2819c223", "\"active\":true")), "Users");

        Assert.Empty(_story.Whole);
        Assert.Contains(_story.Report.Warnings, warning => warning.Contains("1 of 3", StringComparison.Ordinal));
    }

    [Fact]
    public void A_list_that_holds_all_it_counts_is_whole_only_if_somebody_vouches_that_nothing_was_filtered()
    {
        _story.Read("users.json", List(1, User("2819c223", "\"active\":true")));
        Assert.Empty(_story.Whole);

        using var vouched = new FileStory(new ScimFormat());
        Assert.Equal(["Users"], vouched.Read("users.json", List(1, User("2819c223", "\"active\":true")), "Users").Whole);
    }

    [Fact]
    public void Pages_in_one_file_are_counted_together()
    {
        _story.Read("pages.json", $"[{List(2, User("2819c223", "\"active\":true"))},{List(2, User("7", "\"active\":true"))}]", "Users");

        Assert.Equal(["Users"], _story.Whole);
    }

    [Fact]
    public void A_single_resource_is_read_with_the_system_it_lives_in()
    {
        _story.Read("mara.json", User("2819c223", "\"active\":false"));

        Assert.Equal("acme.example", _story.Runs.Single().Header.Source);
        Assert.Equal("Disabled", _story.Said(Mara, Properties.State));
        Assert.Equal(RunMode.Full, _story.Runs[0].Header.Mode);
    }

    [Fact]
    public void A_system_nobody_names_is_called_scim_with_a_warning_and_an_option_names_it()
    {
        const string bare = "{" + UserSchema + ",\"id\":\"1\",\"userName\":\"mara\"}";
        Assert.Equal("scim:resource/1", Assert.Single(_story.Read("one.json", bare).Nodes("Account")));
        Assert.Contains(_story.Report.Warnings, warning => warning.Contains("--source", StringComparison.Ordinal));

        using var named = new FileStory(new ScimFormat());
        Assert.Equal("slack:resource/1", Assert.Single(named.Read(new ImportRequest { Path = named.Write("one.json", bare), Source = "slack", CollectedAt = FileStory.Day }).Nodes("Account")));
    }

    [Fact]
    public void A_bulk_request_is_a_delta_and_claims_only()
    {
        _story.Read("bulk.json", """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[
             {"method":"PATCH","path":"/Users/2819c223","data":{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"Replace","path":"active","value":"False"}]}},
             {"method":"PATCH","path":"/Users/7","data":{"Operations":[{"op":"replace","value":{"active":[{"value":"False"}],"userName":"kim"}}]}},
             {"method":"PUT","path":"/Users/8","data":{"userName":"noor","active":true}},
             {"method":"DELETE","path":"/Users/9"},
             {"method":"PATCH","path":"/Groups/g1","data":{"Operations":[{"op":"remove","path":"members[value eq \"2819c223\"]"},{"op":"add","path":"members","value":[{"value":"7"}]}]}},
             {"method":"POST","path":"/Users","bulkId":"b1","data":{"userName":"new"}}]}
            """);

        Assert.Equal(RunMode.Delta, _story.Runs.Single().Header.Mode);
        Assert.Equal("Disabled", _story.Said("scim:resource/2819c223", Properties.State));
        Assert.Equal(("Disabled", "kim"), (_story.Said("scim:resource/7", Properties.State), _story.Said("scim:resource/7", Properties.Name)));
        Assert.Equal(["scim:resource/2819c223 -> scim:resource/g1", "scim:resource/7 -> scim:resource/g1"], _story.Edges("MEMBER_OF"));
        Assert.Equal(FileStory.Day, _story.All.OfType<Observation.SawEdge>().First(edge => edge.Kind == "MEMBER_OF").Until);
        Assert.Equal(FileStory.Day, _story.All.OfType<Observation.SawNode>().Single(node => node.Id == "scim:resource/9").Until);
        Assert.All(_story.All.OfType<Observation.Fact>().Skip(1), fact => Assert.Equal(EvidenceGrade.WorkflowRecord, fact.Grade));
        Assert.Contains(_story.Report.Warnings, warning => warning.Contains("no id yet", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_request_disables_is_not_verified_to_be_disabled()
    {
        using var list = new FileStory(new ScimFormat());
        list.Read("users.json", List(1, User("2819c223", "\"active\":true")));
        _story.Read(new ImportRequest { Path = _story.Write("bulk.json", """{"Operations":[{"method":"PATCH","path":"/Users/2819c223","data":{"Operations":[{"op":"replace","path":"active","value":false}]}}]}"""), Source = "acme.example", CollectedAt = FileStory.Day.AddMinutes(10) });
        _story.Runs.InsertRange(0, list.Runs);

        var graph = _story.Graph();
        Assert.Equal(Truth.Unknown, new IdentityGraph.Analyze.Reach.Liveness(graph).Of(graph.Find(Mara)!.Value));
    }

    [Fact]
    public void A_patch_says_which_resource_it_is_for_or_is_refused()
    {
        const string patch = """{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"active","value":false}]""";
        _story.Read("patch.json", patch + "}");
        Assert.Contains(_story.Rejects, reject => reject.Contains("does not say which resource it is for", StringComparison.Ordinal));
        Assert.Empty(_story.Nodes("Account"));

        using var told = new FileStory(new ScimFormat());
        told.Read("patch.json", patch + ",\"path\":\"/Users/2819c223\"}");
        Assert.Equal("Disabled", told.Said("scim:resource/2819c223", Properties.State));
        Assert.Equal(RunMode.Delta, told.Runs.Single().Header.Mode);
    }

    [Fact]
    public void A_resource_without_an_id_is_refused_and_its_list_is_not_whole()
    {
        _story.Read("users.json", List(2, User("2819c223", "\"active\":true"), "{" + UserSchema + ",\"userName\":\"nobody\"}"), "Users");

        Assert.Empty(_story.Whole);
        Assert.Contains(_story.Rejects, reject => reject.StartsWith("Resources[1].id: it has no `id`", StringComparison.Ordinal));
        Assert.Equal((2, 1), (_story.Runs[0].Outcome.Read, _story.Runs[0].Outcome.Rejected));
    }

    [Fact]
    public void Hostile_files_lose_nothing_else()
    {
        var token = "xoxb-" + new string('1', 24);
        var text = List(9, User("2819c223", "\"active\":true"), User("2", "\"active\":true,\"active\":false"), User("3", $"\"displayName\":\"{token}\""), User(token, "\"active\":true"), User("4", "\"displayName\":\"#\""));
        var bytes = Encoding.UTF8.GetBytes(text.Replace("\"totalResults\":9", "\"totalResults\":9" + new string('9', 40), StringComparison.Ordinal));
        bytes[Array.IndexOf(bytes, (byte)'#')] = 0xFF;
        _story.Read(new ImportRequest { Path = _story.Write("users.json", bytes), CollectedAt = FileStory.Day, Complete = ["Users"] });

        Assert.Equal([Mara, "acme.example:resource/3"], _story.Nodes("Account"));
        Assert.DoesNotContain(token, _story.Everything());
        Assert.Empty(_story.Whole);
        Assert.Equal(4, _story.Report.RejectCount);
    }

    [Fact]
    public void A_file_cut_in_the_middle_is_partial_with_what_came_before()
    {
        var whole = List(2, User("2819c223", "\"active\":true"), User("7", "\"active\":true"));
        _story.Read("users.json", whole[..whole.IndexOf("\"7\"", StringComparison.Ordinal)], "Users");

        Assert.Equal([Mara], _story.Nodes("Account"));
        Assert.NotNull(_story.Runs.Single().Outcome.PartialReason);
        Assert.Empty(_story.Whole);
    }

    [Theory]
    [InlineData("""{"id":"7","userName":"mara@acme.example","active":true}""", "Account acme.example:resource/7")] // no schemas
    [InlineData("""{"schemas":["urn:scim:schemas:core:1.0"],"id":"7","userName":"mara@acme.example"}""", "Account acme.example:resource/7")] // those of SCIM 1.1
    [InlineData("""{"schemas":["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],"id":"7","userName":"mara@acme.example"}""", "Account acme.example:resource/7")]
    [InlineData("""{"id":"7","displayName":"Payroll","members":[]}""", "Group acme.example:resource/7")]
    public void A_resource_that_names_no_known_type_is_taken_by_its_shape_with_a_warning(string resource, string taken)
    {
        _story.Read("export.json", List(2, User("1", "\"active\":true"), resource));

        Assert.Contains(taken.Split(' ')[1], _story.Nodes(taken.Split(' ')[0]));
        Assert.Equal(0, _story.Report.RejectCount);
        Assert.Single(_story.Report.Warnings, warning => warning.Contains("is taken for one", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"id":"7","displayName":"Payroll"}""", 1)] // of neither shape
    [InlineData("""{"schemas":["urn:acme:Device"],"id":"7","userName":"printer"}""", 0)] // another type by its name
    [InlineData("""{"id":"7","userName":"printer","meta":{"resourceType":"Device"}}""", 0)]
    public void One_that_has_no_such_shape_or_says_that_it_is_something_else_is_not(string resource, int refused)
    {
        _story.Read("export.json", List(2, User("1", "\"active\":true"), resource));

        Assert.DoesNotContain("acme.example:resource/7", _story.Nodes("Account").Concat(_story.Nodes("Group")));
        Assert.Equal(refused, _story.Report.RejectCount);
        Assert.DoesNotContain(_story.Report.Warnings, warning => warning.Contains("is taken for one", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_nothing_of_scim_is_refused_and_what_is_is_recognised()
    {
        Assert.Contains("nothing of SCIM", Assert.Throws<RefusedInputException>(() => _story.Read("x.json", "{\"a\":1}")).Message);
        Assert.Contains("nothing of SCIM", Assert.Throws<RefusedInputException>(() => _story.Read("x.json", "")).Message);
        Assert.Equal("scim", FileFormats.Detect(new ImportRequest { Path = _story.Write("export.json", List(1, User("1", "\"active\":true"))) }).Format.Name);
    }

    [Theory]
    [InlineData("\"totalResults\":1,\"startIndex\":1", true)]
    [InlineData("\"totalResults\":\"1\",\"startIndex\":\"1\"", true)]
    [InlineData("\"totalResults\":1.0", true)]
    [InlineData("\"totalResults\":\"3\"", false)]
    [InlineData("\"totalResults\":3.0", false)]
    [InlineData("\"totalResults\":1e3", false)]
    [InlineData("\"totalResults\":99999999999999999999", false)]
    [InlineData("\"totalResults\":-1", false)]
    [InlineData("\"totalResults\":0.5", false)]
    [InlineData("\"totalResults\":\"many\"", false)]
    [InlineData("\"totalResults\":null", false)]
    [InlineData("\"totalResults\":[1]", false)]
    [InlineData("\"totalResults\":1,\"startIndex\":2", false)]
    [InlineData("\"totalResults\":1,\"startIndex\":\"2\"", false)]
    [InlineData("\"totalResults\":1,\"startIndex\":\"second\"", false)]
    [InlineData("\"totalResults\":1,\"startIndex\":99999999999999999999", false)]
    [InlineData("\"totalResults\":1,\"Resources\":[]", false)]
    [InlineData("\"totalResults\":1,\"\\uD800\":[]", false)]
    public void Nobody_can_vouch_for_a_list_whose_own_words_leave_it_open(string said, bool whole)
    {
        _story.Read("users.json", $"{{\"Resources\":[{User("2819c223", "\"active\":true")}],{said}}}", "Users");

        Assert.Equal([Mara], _story.Nodes("Account"));
        Assert.Equal(whole ? ["Users"] : [], _story.Whole);
    }

    private static string User(string id, string rest) => "{" + UserSchema + $",\"id\":\"{id}\",\"meta\":{{\"resourceType\":\"User\",\"location\":\"https://acme.example/scim/v2/Users/{id}\"}},{rest}}}";

    private static string List(int total, params string[] resources) =>
        $"{{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],\"totalResults\":{total},\"startIndex\":1,\"itemsPerPage\":{resources.Length},\"Resources\":[{string.Join(",\n", resources)}]}}";
}
