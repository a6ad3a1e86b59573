using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources;
using IdentityGraph.Sources.N8n;

namespace IdentityGraph.Tests.Sources.N8n;

public sealed class N8nTests : IDisposable
{
    private const string Hook = """{"id":"a1","name":"Webhook","type":"n8n-nodes-base.webhook","typeVersion":2,"position":[0,0],"parameters":{"path":"refund","authentication":"headerAuth"}}""";
    private const string Slack = """{"id":"b2","name":"Tell","type":"n8n-nodes-base.slack","parameters":{},"credentials":{"slackOAuth2Api":{"id":"17","name":"Slack bot"}}}""";

    private readonly FileStory _story = new(new N8nFormat());

    public void Dispose() => _story.Dispose();

    [Fact]
    public void Nodes_are_steps_in_the_order_of_their_connections()
    {
        _story.Read("refund.json", Workflow("7", "\"active\":true", [Hook, Slack], """{"Webhook":{"main":[[{"node":"Tell","type":"main","index":0}]]}}"""));

        Assert.Equal(["n8n:step/7%2Fa1 -> n8n:step/7%2Fb2"], _story.Edges("NEXT"));
        Assert.Equal(["n8n:step/7%2Fa1 -> n8n:workflow/7", "n8n:step/7%2Fb2 -> n8n:workflow/7"], _story.Edges("STEP_OF"));
        Assert.Equal(("Refund", "Active", "event"), (_story.Said("n8n:workflow/7", Properties.Name), _story.Said("n8n:workflow/7", Properties.State), _story.Said("n8n:workflow/7", Properties.Trigger)));
        Assert.Equal(["workflow", "n8n-nodes-base.webhook", "n8n-nodes-base.slack", "slackOAuth2Api", "main"], _story.Trace.Select(line => line.Kind));
    }

    [Fact]
    public void A_credential_is_held_by_the_workflow_that_uses_it()
    {
        _story.Read("refund.json", Workflow("7", "\"active\":true", [Hook, Slack, Slack.Replace("b2", "c3", StringComparison.Ordinal).Replace("Tell", "Again", StringComparison.Ordinal)], "{}"));

        Assert.Equal(["n8n:credential/17 -> n8n:workflow/7"], _story.Edges("HELD_BY"));
        Assert.Equal(("Slack bot", "refreshToken"), (_story.Said("n8n:credential/17", Properties.Name), _story.Said("n8n:credential/17", Properties.CredentialKind)));
        Assert.Equal("direct", _story.Reached("n8n:workflow/7", "n8n:credential/17"));
    }

    [Theory]
    [InlineData("\"active\":true", "Active")]
    [InlineData("\"active\":false", "Disabled")]
    [InlineData("\"active\":true,\"isArchived\":true", "Disabled")]
    [InlineData("\"active\":null", null)]
    [InlineData("\"tags\":[]", null)]
    public void What_is_not_said_to_be_active_is_unknown(string active, string? state)
    {
        _story.Read("w.json", Workflow("7", active, [Hook], "{}"));

        Assert.Equal(state, _story.Said("n8n:workflow/7", Properties.State));
    }

    [Theory]
    [InlineData("n8n-nodes-base.scheduleTrigger", "schedule")]
    [InlineData("n8n-nodes-base.manualTrigger", "manual")]
    [InlineData("n8n-nodes-base.gmailTrigger", "event")]
    [InlineData("@n8n/n8n-nodes-langchain.chatTrigger", "event")]
    [InlineData("n8n-nodes-base.set", null)]
    public void What_starts_it_is_told_by_its_trigger_nodes(string type, string? trigger)
    {
        _story.Read("w.json", Workflow("7", "\"active\":true", [$$"""{"id":"x","name":"X","type":"{{type}}","parameters":{} }"""], "{}"));

        Assert.Equal(trigger, _story.Said("n8n:workflow/7", Properties.Trigger));
    }

    [Fact]
    public void A_trigger_that_is_switched_off_starts_nothing()
    {
        _story.Read("w.json", Workflow("7", "\"active\":true", [Hook.Replace("\"id\":\"a1\"", "\"id\":\"a1\",\"disabled\":true", StringComparison.Ordinal)], "{}"));

        Assert.Null(_story.Said("n8n:workflow/7", Properties.Trigger));
    }

    [Theory]
    [InlineData("""{"path":"x","authentication":"none"}""", true)]
    [InlineData("""{"path":"x"}""", true)]
    [InlineData("""{"path":"x","authentication":"basicAuth"}""", false)]
    public void A_webhook_that_asks_nobody_is_said(string parameters, bool open)
    {
        _story.Read("w.json", Workflow("7", "\"active\":true", [$$"""{"id":"a1","name":"Webhook","type":"n8n-nodes-base.webhook","parameters":{{parameters}} }"""], "{}"));

        Assert.Equal(open, _story.Report.Warnings.Any(warning => warning.Contains("asks nobody who they are", StringComparison.Ordinal)));
        Assert.Equal(open, _story.All.OfType<Observation.SawNode>().Any(node => node.Unrecognised.Any(pair => pair is { Key: "authentication", Value: "\"none\"" })));
    }

    [Fact]
    public void Workflows_start_each_other_and_one_that_is_chosen_at_run_time_is_a_gap()
    {
        const string call = """{"id":"c","name":"Call","type":"n8n-nodes-base.executeWorkflow","parameters":{"workflowId":{"__rl":true,"value":"8","mode":"list","cachedResultName":"Pay"}}}""";
        const string tool = """{"id":"d","name":"Tool","type":"@n8n/n8n-nodes-langchain.toolWorkflow","parameters":{"workflowId":"9"}}""";
        const string chosen = """{"id":"e","name":"Chosen","type":"n8n-nodes-base.executeWorkflow","parameters":{"workflowId":"={{ $json.id }}"}}""";
        _story.Read("w.json", Workflow("7", "\"active\":true,\"settings\":{\"errorWorkflow\":\"99\"}", [call, tool, chosen], "{}"));

        Assert.Equal(["n8n:workflow/7 -> n8n:workflow/8", "n8n:workflow/7 -> n8n:workflow/9", "n8n:workflow/7 -> n8n:workflow/99"], _story.Edges("TRIGGERS"));
        Assert.Contains(_story.Report.Warnings, warning => warning.Contains("that handoff is missing", StringComparison.Ordinal));
    }

    [Fact]
    public void Secrets_written_into_a_node_are_refused_counted_and_never_stored()
    {
        var token = "xoxb-" + new string('1', 24);
        var node = """{"id":"x","name":"Call","type":"n8n-nodes-base.httpRequest","parameters":{"headerParameters":{"parameters":[{"name":"Authorization","value":"Bearer #"},{"name":"X-Api-Key","value":"canary-4711"},{"name":"Accept","value":"text/html"}]},"password":"canary-hunter2","apiKey":"={{ $json.key }}","jsCode":"const t = '#'"}}""".Replace("#", token, StringComparison.Ordinal);
        _story.Read("w.json", Workflow("7", """
            "active":true,"pinData":{"Call":[{"json":{"token":"canary-pinned"}}]},"staticData":{"x":"canary-static"}
            """, [node], "{}"));

        Assert.Equal(4, _story.Report.RejectCount);
        Assert.Equal(4, _story.Report.Unrecognised["value that looks like a secret, left out"]);
        Assert.Equal(0, _story.Runs.Single().Outcome.Rejected);
        Assert.DoesNotContain("canary", _story.Everything());
        Assert.DoesNotContain(token, _story.Everything());
    }

    [Fact]
    public void A_list_and_the_answer_of_the_api_hold_several_and_a_page_is_not_whole()
    {
        _story.Read("all.json", $"[{Workflow("7", "\"active\":true", [Hook], "{}")},{Workflow("8", "\"active\":false", [Slack], "{}")}]", "workflows");
        Assert.Equal(["n8n:workflow/7", "n8n:workflow/8"], _story.Nodes("Workflow"));
        Assert.Equal(["workflows"], _story.Whole);

        using var page = new FileStory(new N8nFormat());
        page.Read("page.json", $"{{\"data\":[{Workflow("7", "\"active\":true", [Hook], "{}")}],\"nextCursor\":\"abc\"}}", "workflows");
        Assert.Equal(["n8n:workflow/7"], page.Nodes("Workflow"));
        Assert.Empty(page.Whole);
    }

    [Fact]
    public void An_instance_that_is_named_keeps_its_ids_apart()
    {
        _story.Read(new ImportRequest { Path = _story.Write("w.json", Workflow("7", "\"active\":true,\"shared\":[{\"role\":\"workflow:owner\",\"projectId\":\"p1\",\"project\":{\"name\":\"Finance\"}}]", [Hook], "{}")), Tenant = "eu", CollectedAt = FileStory.Day });

        Assert.Equal(["n8n-eu:workflow/7"], _story.Nodes("Workflow"));
        Assert.Equal(["n8n-eu:workflow/7 -> n8n-eu:project/p1"], _story.Edges("OWNED_BY"));
        Assert.Equal("eu", _story.Runs.Single().Header.Tenant);
    }

    [Fact]
    public void A_package_of_somebody_else_is_a_dependency_and_its_version_is_not_in_the_file()
    {
        _story.Read("w.json", Workflow("7", "\"active\":true", [Slack, """{"id":"x","name":"X","type":"n8n-nodes-evil.thing","parameters":{}}"""], "{}"));

        Assert.Equal(["n8n:workflow/7 -> npm:package/n8n-nodes-evil"], _story.Edges("DEPENDS_ON"));
    }

    [Fact]
    public void What_cannot_be_read_is_refused_alone()
    {
        var bytes = Encoding.UTF8.GetBytes($"[{Workflow("7", "\"active\":true", [Hook], "{\"Webhook\":{\"main\":[[{\"node\":\"Gone\"}],null,7]},\"x\":3}")},{Workflow("8", "\"active\":true,\"active\":false", [Hook], "{}")},{Workflow("9", "\"x\":\"#\"", [Hook], "{}")},{{\"nodes\":[]}}]");
        bytes[Array.IndexOf(bytes, (byte)'#')] = 0xFF;
        _story.Read(new ImportRequest { Path = _story.Write("w.json", bytes), CollectedAt = FileStory.Day, Complete = ["workflows"] });

        Assert.Equal(["n8n:workflow/7"], _story.Nodes("Workflow"));
        Assert.Equal(6, _story.Runs.Single().Outcome.Rejected);
        Assert.Empty(_story.Whole);
        Assert.Contains(_story.Rejects, reject => reject.Contains("`Gone`", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_cut_in_the_middle_is_partial_with_what_came_before_and_one_nested_too_deep_lacks_that_workflow()
    {
        var whole = $"[{Workflow("7", "\"active\":true", [Hook], "{}")},{Workflow("8", "\"active\":true", [Hook], "{}")}]";
        _story.Read("w.json", whole[..^40], "workflows");
        Assert.Equal(["n8n:workflow/7"], _story.Nodes("Workflow"));
        Assert.NotNull(_story.Runs.Single().Outcome.PartialReason);
        Assert.Empty(_story.Whole);

        using var deep = new FileStory(new N8nFormat());
        deep.Read("w.json", $"[{Workflow("7", "\"active\":true", [Hook], "{}")},{new string('[', 10_000)}{new string(']', 10_000)},{Workflow("8", "\"active\":true", [Hook], "{}")}]", "workflows");
        Assert.Equal(["n8n:workflow/7", "n8n:workflow/8"], deep.Nodes("Workflow"));
        Assert.StartsWith("[1]: it is nested deeper", Assert.Single(deep.Rejects));
        Assert.Empty(deep.Whole);
    }

    [Fact]
    public void What_is_no_workflow_is_refused_and_what_is_is_recognised()
    {
        Assert.Contains("holds no workflow of n8n", Assert.Throws<RefusedInputException>(() => _story.Read("x.json", "{\"a\":1}")).Message);
        Assert.Equal("n8n", FileFormats.Detect(new ImportRequest { Path = _story.Write("refund.json", Workflow("7", "\"active\":true", [Hook], "{}")) }).Format.Name);
    }

    private static string Workflow(string id, string rest, string[] nodes, string connections) =>
        $"{{\"id\":\"{id}\",\"name\":\"Refund\",{rest},\"nodes\":[{string.Join(',', nodes)}],\"connections\":{connections}}}";
}
