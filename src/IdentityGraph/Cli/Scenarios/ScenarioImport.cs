using System.Globalization;
using IdentityGraph.Collect;
using IdentityGraph.Sources.Ndjson;
using IdentityGraph.Stores;

namespace IdentityGraph.Cli.Scenarios;

/// <summary>Reads the facts of a scenario, strictly, into a store made for them. What is refused is named by its line in the scenario file.</summary>
/// <param name="file">Path of the scenario file, for messages.</param>
/// <param name="lines">In the order of the runs.</param>
internal sealed class ScenarioImport(string file, IReadOnlyList<FactLine> lines)
{
    private const int Named = 3;

    /// <summary>A scenario is always read so; there is no such option to leave out.</summary>
    private const string AdviceOfImport = ", or import without --strict to keep it unrecognised";

    /// <summary>Null: they are in; else why not, and nothing is left at the place.</summary>
    /// <param name="place">Folder of the store to make.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<string?> IntoAsync(string place, TimeProvider time, CancellationToken cancellationToken)
    {
        var making = place + ".making";
        try
        {
            if (await WriteAsync(making, place + ".ndjson", time, cancellationToken).ConfigureAwait(false) is { } problem)
            {
                return $"the facts were refused: {problem}";
            }

            Directory.Move(making, place);
            return null;
        }
        finally
        {
            if (Directory.Exists(making))
            {
                Directory.Delete(making, recursive: true);
            }
        }
    }

    private async Task<string?> WriteAsync(string making, string path, TimeProvider time, CancellationToken cancellationToken)
    {
        var store = GraphStores.Create(making, new StoreOptions { Time = time });
        await using (store.ConfigureAwait(false))
        {
            var before = 0;
            foreach (var run in ScenarioFacts.Runs(lines.Select(static line => line.Text)))
            {
                await File.WriteAllLinesAsync(path, run, cancellationToken).ConfigureAwait(false);
                if (await ImportAsync(store, path, before, cancellationToken).ConfigureAwait(false) is { } problem)
                {
                    return problem;
                }

                before += run.Count;
            }
        }

        return null;
    }

    /// <param name="store">To write to.</param>
    /// <param name="path">The lines of one run.</param>
    /// <param name="before">How many lines of the facts stand before them.</param>
    /// <param name="cancellationToken">Cancels.</param>
    private async Task<string?> ImportAsync(Graph.IGraphStore store, string path, int before, CancellationToken cancellationToken)
    {
        try
        {
            var request = new ImportRequest { Path = path, Strict = true };
            var result = await Pipeline.ImportAsync(new NdjsonFormat(), request, store, new ImportOptions { Report = new ImportReport() }, cancellationToken).ConfigureAwait(false);
            var (rejects, count) = (result.Report.Rejects, result.Report.RejectCount);
            return rejects.Count == 0 ? result.Refusal is { } refusal ? Placed(refusal, path, before) : null
                : string.Join("; ", rejects.Take(Named).Select(reject => InWords(reject, before))) + (count > Named ? $"; and {count - Named} more" : "");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return Placed(CommandLine.Explain(failure), path, before);
        }
    }

    private string InWords(Reject reject, int before) =>
        $"`{file}`{(reject.Line > 0 ? $" line {LineOf(before, reject.Line)}" : "")}{(reject.Member.Length > 0 ? $" `{reject.Member}`" : "")}: {reject.Problem.Replace(AdviceOfImport, "", StringComparison.Ordinal)}";

    /// <summary>A run that cannot be read at all is named by the file it was read from; here it stands in the scenario.</summary>
    private string Placed(string message, string path, int before)
    {
        var from = $"`{path}` line ";
        if (!message.StartsWith(from, StringComparison.Ordinal))
        {
            return message.Replace($"`{path}`", $"`{file}`", StringComparison.Ordinal);
        }

        var digits = message.AsSpan(from.Length);
        digits = digits[..digits.IndexOfAnyExceptInRange('0', '9')];
        return $"`{file}` line {LineOf(before, long.Parse(digits, CultureInfo.InvariantCulture))}{message[(from.Length + digits.Length)..]}";
    }

    private long LineOf(int before, long line) => lines[(int)Math.Min(before + line, lines.Count) - 1].Number;
}
