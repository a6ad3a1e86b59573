namespace IdentityGraph.Tests.Cli;

/// <summary>What a table shows of a relationship: which one of several it is, and what stands on it, so that a gate is not missed.</summary>
public sealed class IdentityTableTests : IDisposable
{
    private readonly BuiltProgram _idgraph = new();

    public void Dispose() => _idgraph.Dispose();

    [Fact]
    public async Task A_gate_of_a_relationship_is_shown_beside_it_and_none_where_there_is_none()
    {
        var file = _idgraph.Write(
            "facts.ndjson",
            """{"idgraph":1,"source":"cloud","startedAt":"2025-06-02T08:00:00Z"}""",
            """{"node":"deputy","kind":"ServiceIdentity","props":{"state":"Active"}}""",
            """{"node":"admin","kind":"ServiceIdentity","props":{"state":"Active"}}""",
            """{"edge":"CAN_ISSUE_CREDENTIAL","of":"deputy","to":"admin","key":"send-command","props":{"gates":["conditions:unread"]}}""",
            """{"edge":"CAN_ISSUE_CREDENTIAL","of":"deputy","to":"admin","key":"pass-role"}""");
        Assert.Equal(0, (await _idgraph.RunAsync("import", file)).Code);

        var table = await _idgraph.RunAsync("identity", "show", "deputy", "--as-of", "2025-06-02T09:00:00Z", "-o", "csv");

        var lines = table.Output.Split('\n');
        Assert.Equal("what,name,value,kind,key,details,truth,since,until,source,grade", lines[0].TrimEnd('\r'));
        Assert.Contains(lines, line => line.StartsWith("out,CAN_ISSUE_CREDENTIAL,admin,ServiceIdentity,pass-role,,True,", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("out,CAN_ISSUE_CREDENTIAL,admin,ServiceIdentity,send-command,", StringComparison.Ordinal) && line.Contains("conditions:unread", StringComparison.Ordinal));
    }
}
