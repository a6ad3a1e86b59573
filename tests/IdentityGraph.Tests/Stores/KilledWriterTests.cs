using System.Diagnostics;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Stores.Embedded;

namespace IdentityGraph.Tests.Stores;

/// <summary>A second process writes runs without end and is killed at moments nobody chose.</summary>
[Trait("Category", "Slow")]
public sealed class KilledWriterTests : IDisposable
{
    /// <summary>Tells the child, which is this very assembly, where to write.</summary>
    private const string ChildStore = "IDENTITYGRAPH_CHILD_STORE";

    private static readonly RunHeader Okta = new() { Source = "okta", StartedAt = new DateTimeOffset(2025, 6, 2, 8, 0, 0, TimeSpan.Zero) };
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact(Explicit = true)]
    public async Task Child_writes_until_it_is_killed()
    {
        var path = Environment.GetEnvironmentVariable(ChildStore);
        Assert.SkipWhen(path is null, $"started by the other test of this class, with {ChildStore}");
        for (var size = 1; ; size = size * 3 % 100_000)
        {
            try
            {
                await Record(path, size);
            }
            catch (StoreLockedException)
            {
                // The test looks whether the store is locked, and holds the lock for that moment.
            }
        }
    }

    [Fact]
    public async Task Whenever_a_writer_is_killed_the_sealed_runs_are_whole_and_the_next_writer_goes_on()
    {
        var path = _folder.Sub();
        EmbeddedGraphStore.Create(path);
        for (var round = 0; round < 6; round++)
        {
            var before = EmbeddedGraphStore.Open(path).Runs().Count;
            using var child = StartChild(path);
            try
            {
                Assert.Contains($"process {child.Id} on {Environment.MachineName}", await WhoLocks(path, child), StringComparison.Ordinal);
                await Task.Delay(37 * round, Cancelled);
            }
            finally
            {
                child.Kill();
                await child.WaitForExitAsync(CancellationToken.None);
            }

            Assert.True((await EmbeddedGraphStore.Open(path).CheckAsync(Cancelled)).IsSound);
            var runs = EmbeddedGraphStore.Open(path).Runs();
            Assert.True(runs.Count >= before);
            Assert.Equal(runs.Count + 1, (await Record(path, 1)).Number);
            Assert.All((await EmbeddedGraphStore.Open(path).CheckAsync(Cancelled)).Problems, problem => Assert.EndsWith(".set-aside", problem.File, StringComparison.Ordinal));
        }
    }

    private static Process StartChild(string path)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { typeof(KilledWriterTests).Assembly.Location, "-explicit", "only", "-method", $"*.{nameof(Child_writes_until_it_is_killed)}" })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[ChildStore] = path;
        var child = Process.Start(start)!;
        child.BeginOutputReadLine();
        child.BeginErrorReadLine();
        return child;
    }

    /// <summary>Asks for the lock until the child has it.</summary>
    private static async Task<string> WhoLocks(string path, Process child)
    {
        while (!child.HasExited)
        {
            try
            {
                await (await EmbeddedGraphStore.Open(path).BeginRunAsync(Okta, Cancelled)).DisposeAsync();
                await Task.Delay(5, Cancelled);
            }
            catch (StoreLockedException locked) when (locked.Message.Contains(" on ", StringComparison.Ordinal))
            {
                return locked.Message;
            }
            catch (StoreLockedException)
            {
                // It has the lock and not yet said its name.
            }
        }

        return $"the child ended by itself with exit code {child.ExitCode}";
    }

    private static async Task<SealedRun> Record(string path, int size)
    {
        await using var writer = await EmbeddedGraphStore.Open(path).BeginRunAsync(Okta, Cancelled);
        for (var i = 0; i < size; i++)
        {
            writer.Write(new Observation.SawEdge { Kind = "MEMBER_OF", Of = $"okta:user/{i}", To = $"okta:group/{i % 7}" });
        }

        return await writer.SealAsync(new RunOutcome(), Cancelled);
    }
}
