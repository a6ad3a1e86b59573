using IdentityGraph.Cli;
using IdentityGraph.Stores.Embedded;

namespace IdentityGraph.Tests.Stores;

public sealed class StoreCheckCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_sound_store_exits_0_and_a_damaged_one_5_with_the_file_and_the_way_out()
    {
        var path = _folder.Sub();
        var store = EmbeddedGraphStore.Create(path);
        await using (var writer = await store.BeginRunAsync(new() { Source = "okta", StartedAt = DateTimeOffset.UnixEpoch }, TestContext.Current.CancellationToken))
        {
            await writer.SealAsync(new(), TestContext.Current.CancellationToken);
        }

        var sound = await Check(path);
        var file = Path.Combine(path, "runs", "00000001.run");
        File.Delete(file);
        var damaged = await Check(path);

        Assert.Equal((0, "damage,file,offset,problem,wayOut\n"), sound);
        Assert.Equal(5, damaged.Exit);
        Assert.Contains($"run,{file},0,", damaged.Said, StringComparison.Ordinal);
        Assert.Contains("restore this file from a copy of the store", damaged.Said, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Said)> Check(string path)
    {
        var said = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal
        {
            Out = said,
            Error = TextWriter.Null,
            In = () => Stream.Null,
            Environment = new Dictionary<string, string>(),
            Time = TimeProvider.System,
        };
        return (await CommandLine.RunAsync(["store", "check", "--store", path, "-o", "csv"], terminal), said.ToString());
    }
}
