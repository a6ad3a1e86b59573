using System.CommandLine;
using System.Text.Json;
using IdentityGraph.Analyze;
using IdentityGraph.Report.Answers;
using IdentityGraph.Stores;
using YamlDotNet.RepresentationModel;

namespace IdentityGraph.Cli.Scenarios;

/// <summary>Runs the cases of scenario files: their facts are imported into a store of their own, and the questions go through the same command line as a user's.</summary>
internal sealed class ScenarioRunner(Terminal terminal)
{
    /// <summary>The store to ask where a file states no facts; null: there is none.</summary>
    public string? Store { get; init; }

    /// <summary>The configuration the questions are asked with; null: as found.</summary>
    public string? Config { get; init; }

    public async Task<IReadOnlyList<ScenarioCaseAnswer>> RunAsync(ScenarioFile file, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("idgraph-scenario-").FullName;
        try
        {
            List<ScenarioCaseAnswer> results = [];
            foreach (var (number, one) in file.Cases.Index())
            {
                cancellationToken.ThrowIfCancellationRequested();
                var place = Path.Combine(folder, one.Lines.Count > 0 || one.Without.Count > 0 ? $"case-{number}" : "facts");
                var why = one.Needs is { } needs ? $"needs {needs}{(Has(one) ? ", which this program has now: take `needs` out" : "")}" : await RunAsync(file, one, place, cancellationToken).ConfigureAwait(false);
                results.Add(new ScenarioCaseAnswer
                {
                    File = file.Path,
                    Id = one.Id,
                    Story = one.Story,
                    Ask = one.Ask,
                    Result = one.Needs is not null ? "waiting" : why is null ? "passed" : "failed",
                    Why = why,
                });
            }

            return results;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Whether what a waiting case lacks is there: its command and, where it asks for findings, their rules.</summary>
    private bool Has(ScenarioCase one) =>
        CommandLine.Create(new GlobalOptions(), terminal).Parse(AskWords.Of(one.Ask) ?? []).Errors.Count == 0
        && (one.Expect?.AllNodes ?? []).OfType<YamlScalarNode>().Select(static text => text.Value).Concat(one.Ask.Split(' '))
            .All(static word => word is not ['I', 'G', '-', _, _, _] || Analyzers.Find(word) is not null);

    /// <summary>Null: the answer is as expected.</summary>
    private async Task<string?> RunAsync(ScenarioFile file, ScenarioCase one, string place, CancellationToken cancellationToken)
    {
        var (store, problem) = await StoreAsync(file, one, place, cancellationToken).ConfigureAwait(false);
        if (store is null)
        {
            return problem;
        }

        var (refusal, code, output, errors) = await AskAsync(one.Ask, store, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        if (code != one.Exit)
        {
            return $"exit code {code}, not {one.Exit}{(errors.Length > 0 ? $": {errors}" : "")}";
        }

        if (one.Expect is null)
        {
            return null;
        }

        if (output.Length == 0)
        {
            return $"no answer{(errors.Length > 0 ? $": {errors}" : "")}";
        }

        using var answer = JsonDocument.Parse(output);
        var known = await KnownAsync(one.Expect, store, cancellationToken).ConfigureAwait(false);
        return Expectation.Between(one.Expect, answer.RootElement.TryGetProperty("data", out var data) ? data : answer.RootElement, "", known);
    }

    /// <summary>The place of a store that holds the case's facts, or why there is none.</summary>
    private async Task<(string? Place, string? Problem)> StoreAsync(ScenarioFile file, ScenarioCase one, string place, CancellationToken cancellationToken)
    {
        if (file.Lines is not { } lines)
        {
            return one.Lines.Count > 0 || one.Without.Count > 0 ? (null, "the file states no `facts` to add to or take from; write them, or ask the store given as it is")
                : Store is null ? (null, "the file states no `facts`; name the store to ask with --store")
                : (Store, null);
        }

        return Directory.Exists(place) ? (place, null)
            : await new ScenarioImport(file.Path, [.. ScenarioFacts.Without(lines, one.Without), .. one.Lines]).IntoAsync(place, terminal.Time, cancellationToken).ConfigureAwait(false) is { } problem ? (null, problem)
            : (place, null);
    }

    /// <summary>Whether a fact names an id; the store is folded only where something is to be absent.</summary>
    private async Task<Func<string, bool>> KnownAsync(YamlNode expect, string place, CancellationToken cancellationToken)
    {
        if (!expect.AllNodes.OfType<YamlMappingNode>().Any(static mapping => mapping.Children.ContainsKey(new YamlScalarNode("absent"))))
        {
            return static _ => true;
        }

        var configuration = Configuration.Load(Config is null ? null : new FileInfo(Config), terminal.Environment);
        var store = GraphStores.Open(place, new StoreOptions { Time = terminal.Time, Fold = configuration.Policy().Fold, Credentials = configuration.StoreCredentials(terminal.Environment) });
        await using (store.ConfigureAwait(false))
        {
            var snapshot = await store.SnapshotAsync(null, cancellationToken).ConfigureAwait(false);
            var view = snapshot.At(terminal.Time.GetUtcNow());
            return id => view.Find(id) is not null;
        }
    }

    /// <summary>The answer's code and texts; a refusal says why it was not asked at all, which is no answer, whatever exit code is expected.</summary>
    private async Task<(string? Refusal, int Code, string Output, string Errors)> AskAsync(string ask, string store, CancellationToken cancellationToken)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var inner = terminal with { Out = output, Error = errors, IsTerminal = false, IsErrorTerminal = false };
        var options = new GlobalOptions();
        if (AskWords.Of(ask) is not { } words)
        {
            return ($"`{ask}` was not asked: a quote is not closed", ExitCode.Usage, "", "");
        }

        var parsed = CommandLine.Create(options, inner).Parse([.. words is [CommandLine.Name, .. var rest] ? rest : words, "--store", store, "--format", "json", "--quiet", .. Config is null ? Array.Empty<string>() : ["--config", Config]]);
        string[] faults = [.. parsed.Errors.Select(static error => error.Message), .. parsed.Errors.Count == 0 && MistypedOption.In(parsed) is { } mistyped ? (string[])[mistyped] : []];
        if (faults.Length > 0)
        {
            return ($"`{ask}` was not asked: {string.Join("; ", faults)}", ExitCode.Usage, "", "");
        }

        // A scenario file may come from elsewhere: it must not write.
        if (!Questions.Includes(parsed.CommandResult) || parsed.GetValue(options.Output) is not null)
        {
            return ($"`{ask}` is not a question; a scenario asks, with {string.Join(", ", Questions.All)}, and writes no file", ExitCode.Usage, "", "");
        }

        try
        {
            var code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = output, Error = errors }, cancellationToken).ConfigureAwait(false);
            return (null, code, output.ToString(), errors.ToString().Trim());
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return (null, CommandLine.CodeOf(failure), "", CommandLine.Explain(failure));
        }
    }
}
