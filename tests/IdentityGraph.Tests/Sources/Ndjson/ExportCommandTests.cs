using System.Text;
using IdentityGraph.Cli;
using IdentityGraph.Tests.Stores;

namespace IdentityGraph.Tests.Sources.Ndjson;

public sealed class ExportCommandTests : IDisposable
{
    private const string Run =
        """
        {"idgraph":1,"source":"okta","startedAt":"2025-06-02T08:00:00Z","recordedAt":"2025-06-02T08:04:10Z"}
        {"node":"okta:user/00u1","kind":"Account","props":{"name":"Zoë 日本","state":"Active"},"stream":"users"}
        {"end":"users","complete":true}

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_imported_from_standard_input_is_exported_to_standard_output_as_it_was()
    {
        var store = _folder.Sub();
        Assert.Equal(0, (await Ask(Run, "import", "-", "--store", store)).Exit);

        Assert.Equal((0, Run), await Ask("", "export", "--to", "ndjson", "--store", store));
    }

    [Fact]
    public async Task A_folder_is_made_and_a_run_that_is_not_there_is_refused()
    {
        var store = _folder.Sub();
        var folder = _folder.Sub();
        Assert.Equal(0, (await Ask(Run, "import", "-", "--store", store)).Exit);

        Assert.Equal(2, (await Ask("", "export", "--to", "ndjson", "--run", "2", "--store", store, "-f", folder)).Exit);
        Assert.False(Path.Exists(folder));

        Assert.Equal((0, ""), await Ask("", "export", "--to", "ndjson", "--store", store, "-f", folder));
        Assert.Equal(Run, await File.ReadAllTextAsync(Path.Combine(folder, "run-000001.ndjson"), TestContext.Current.CancellationToken));
    }

    private static async Task<(int Exit, string Said)> Ask(string input, params string[] args)
    {
        var said = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal
        {
            Out = said,
            Error = TextWriter.Null,
            In = () => new MemoryStream(Encoding.UTF8.GetBytes(input)),
            Environment = new Dictionary<string, string>(),
            Time = TimeProvider.System,
        };
        return (await CommandLine.RunAsync(args, terminal), said.ToString());
    }
}
