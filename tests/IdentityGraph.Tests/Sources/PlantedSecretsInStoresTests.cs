using System.Text;
using IdentityGraph.Cli;
using IdentityGraph.Tests.Cli;
using IdentityGraph.Tests.Stores;

namespace IdentityGraph.Tests.Sources;

/// <summary>A secret in the place of a word of a file: no file of the store holds it after an import, and the program says it nowhere.</summary>
[Trait("Category", "Slow")]
public sealed class PlantedSecretsInStoresTests : IDisposable
{
    /// <summary>Of so many places one is tried at most: which, differs from secret to secret. Of a small file every one is.</summary>
    private const int Every = 11;

    private const int Small = 400;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int> Files() => [.. Enumerable.Range(0, PlantedSecrets.Samples.Count)];

    public static TheoryData<string> Formats() => [.. PlantedSecrets.Samples.Select(sample => sample.Format).Distinct()];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public async Task No_file_of_the_store_holds_it(int number)
    {
        var sample = PlantedSecrets.Samples[number];
        var (stored, last) = (0, "");
        var places = PlantedSecrets.In(sample).ToArray();
        foreach (var (at, (text, secret, place)) in places.Index().Where(each => places.Length < Small || each.Index % Every == 0))
        {
            var (folder, store) = (_folder.Sub(), _folder.Sub());
            await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(folder).FullName, sample.File), text, TestContext.Current.CancellationToken);
            var said = new StringWriter();
            var arguments = Arguments(sample, Path.Combine(folder, sample.File), store);
            await CommandLine.RunAsync(
                at % 2 == 0 ? arguments : [.. arguments, "-o", "json"],
                new Terminal { Out = said, Error = said, In = () => Stream.Null, Environment = new Dictionary<string, string>(), Time = new StoppedClock(FileStory.Day.AddDays(1)) });

            last = said.ToString();
            Missing(secret, last, $"{sample.Format}: what is said where it is planted at `{place}`");
            foreach (var file in Directory.Exists(store) ? Directory.EnumerateFiles(store, "*", SearchOption.AllDirectories) : [])
            {
                stored++;
                Missing(secret, Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)), $"{sample.Format}: `{Path.GetRelativePath(store, file)}` where it is planted at `{place}`");
            }
        }

        Assert.True(stored > 0, $"nothing was stored with a secret in it: {last}");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task The_built_program_says_it_nowhere(string format)
    {
        using var program = new BuiltProgram();
        var sample = PlantedSecrets.Samples.Last(sample => sample.Format == format);
        var places = PlantedSecrets.In(sample).ToArray();
        foreach (var (text, secret, place) in new[] { places[places.Length / 3], places[places.Length * 3 / 4] })
        {
            program.Write(sample.File, text);
            var stored = await program.RunAsync(Arguments(sample, sample.File, "store"));
            var traced = await program.RunAsync([.. Arguments(sample, sample.File, "store").SkipLast(1), "--dry-run", "-o", "ndjson"]);

            foreach (var said in (string[])[stored.Output, stored.Errors, traced.Output, traced.Errors])
            {
                Missing(secret, said, $"{format}: what is said where it is planted at `{place}`");
            }
        }
    }

    private static string[] Arguments(SourceSample sample, string file, string store) =>
        ["import", file, "--from", sample.Format, "--store", store, "--collected-at", "2025-06-02T08:00:00Z", .. sample.Tenant is { } tenant ? ["--tenant", tenant] : Array.Empty<string>(), "--allow-rejects"];

    private static void Missing(string secret, string text, string where)
    {
        foreach (var part in PlantedSecrets.PartsOf(secret))
        {
            Assert.False(text.Contains(part, StringComparison.OrdinalIgnoreCase), where);
        }
    }
}
