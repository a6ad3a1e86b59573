using System.CommandLine;
using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Sources;
using IdentityGraph.Stores;

namespace IdentityGraph.Cli;

/// <summary>Brings files into the store.</summary>
internal static class ImportCommand
{
    public static Command Create(Door door)
    {
        var file = new Argument<string>("file") { Description = "File or folder; - reads standard input." };
        var from = new Option<string?>("--from") { Description = $"Format: {string.Join(", ", FileFormats.All.Select(format => format.Name))}; else it is detected." };
        Choice.Among(from, [.. FileFormats.All.Select(format => format.Name)]);
        var source = new Option<string?>("--source") { Description = "Name of the source, instead of the format's own." };
        var tenant = new Option<string?>("--tenant") { Description = "Tenant, instance or repository the file is of, where it does not say (github-workflows: owner/name; n8n, oaa)." };
        var map = new Option<string?>("--map") { Description = "Column mapping file (hr-csv), or extension definition (opengraph)." };
        var collectedAt = GlobalOptions.Instant("--collected-at", "When the data was read from its system, where the file does not say.");
        var complete = new Option<string[]>("--complete") { Description = "Streams you vouch were read to their end.", AllowMultipleArgumentsPerToken = true };
        var dryRun = new Option<bool>("--dry-run") { Description = "Read and report, write nothing; with -o ndjson one line for every object and relationship read." };
        var strict = new Option<bool>("--strict") { Description = "What is not recognised is an error." };
        var allowRejects = new Option<bool>("--allow-rejects") { Description = "Commit the rest even where more than 5 % was rejected." };
        var confirmVanish = new Option<bool>("--confirm-vanish") { Description = "What a complete run lacks is gone, however much it is; else a mass disappearance is held (see `runs hold`)." };
        var noProject = new Option<bool>("--no-project") { Description = "Do not bring the graph for Cypher up to date afterwards (stores in Neo4j; `store project` does it later)." };
        var command = new ExampleCommand(
            "import",
            "Bring a file into the store: exchange NDJSON, BloodHound, HR CSV, governance YAML…",
            "idgraph import facts.ndjson",
            "idgraph import 20240110_BloodHound.zip --dry-run -o ndjson",
            "idgraph import staff.csv --from hr-csv --map hr.yaml --collected-at 2025-06-01T06:00:00Z") { file, from, source, tenant, map, collectedAt, complete, dryRun, strict, allowRejects, confirmVanish, noProject };
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var traces = parsed.GetValue(dryRun) && session.Printer.Format == OutputFormat.Ndjson;
            var path = parsed.GetRequiredValue(file);
            var request = new ImportRequest
            {
                Path = path,
                StandardInput = path == "-" ? session.Terminal.In() : null,
                Source = parsed.GetValue(source),
                Tenant = parsed.GetValue(tenant),
                Map = parsed.GetValue(map),
                CollectedAt = parsed.GetValue(collectedAt),
                Complete = parsed.GetValue(complete) ?? [],
                TimeZone = session.Policy.TimeZone is not "UTC" and var zone ? zone : null,
                Strict = parsed.GetValue(strict),
                Trace = traces,
            };
            var import = FileImport.Of(request, parsed.GetValue(from));
            session.Printer.Say($"reading {(path == "-" ? "standard input" : $"`{path}`")} as {import.Format.Name}");
            var report = new ImportReport { OnTrace = traces ? line => session.Printer.Output.WriteLine(JsonSerializer.Serialize(line, AnswerJson.Default.TraceLine)) : null };

            var made = !parsed.GetValue(dryRun) && !session.HasStore();
            var store = parsed.GetValue(dryRun) ? null : session.OpenStore(create: true);
            var taken = false;
            try
            {
                using var progress = new ProgressLine(session);
                var result = await import.RunAsync(
                    store,
                    FileImport.Options(session.Policy, report) with { AllowRejects = parsed.GetValue(allowRejects), Progress = progress, ConfirmVanish = parsed.GetValue(confirmVanish) },
                    cancellationToken).ConfigureAwait(false);
                progress.Dispose();
                var answer = Tell(session, path, import.Format.Name, result, await PlaceholdersAsync(store, result, cancellationToken).ConfigureAwait(false));
                if (!traces)
                {
                    session.Printer.Print(answer, AnswerJson.Default.AnswerImportAnswer, null, data => Table(data, session));
                }

                Complain(session, result);
                taken = result.Refusal is null;
                if (store is not null && !parsed.GetValue(noProject) && result.Runs.Any(run => run.Sealed is not null))
                {
                    await StoreProjectCommand.FollowAsync(session, cancellationToken).ConfigureAwait(false);
                }

                return (int)result.Verdict;
            }
            finally
            {
                if (made && !taken)
                {
                    store?.RemoveIfEmpty();
                }
            }
        });
        return command;
    }

    private static Answer<ImportAnswer> Tell(Session session, string file, string format, ImportResult result, IReadOnlyList<string>? placeholders)
    {
        var now = session.Terminal.Time.GetUtcNow();
        return new()
        {
            Command = "import",
            AsOf = now,
            AsKnownAt = now,
            Profile = session.Ask.Profile.ToString(),
            Policy = session.Policy.Name,
            Store = StoreAnswer.NotFolded,
            Warnings = [.. result.Report.Warnings, .. Unlisted(result.Placeholders)],
            Data = new ImportAnswer
            {
                File = file,
                Format = format,
                DryRun = result.DryRun,
                Runs = [.. result.Runs.Select(run => new ImportedRunAnswer
                {
                    Run = run.Sealed?.Number,
                    Source = run.Header.Source,
                    Tenant = run.Header.Tenant,
                    StartedAt = run.Header.StartedAt,
                    RecordedAt = run.Sealed?.Header.RecordedAt ?? run.Header.RecordedAt,
                    Observations = run.Observations,
                    Partial = run.Outcome.Partial,
                    Reason = run.Outcome.Reason,
                    Held = [.. run.Vanished.Where(one => !one.Confirmed).Select(one => one.ToString())],
                })],
                Read = result.Read,
                Observations = result.Observations,
                Rejected = result.Rejected,
                Rejects = result.Report.Rejects,
                Unrecognised = result.Report.Unrecognised,
                Placeholders = placeholders,
                Refusal = result.Refusal,
                Next = Next(session, result, now),
            },
        };
    }

    /// <summary>What the list of placeholders leaves out is said, not left out in silence.</summary>
    private static IEnumerable<string> Unlisted(PlaceholderWatch placeholders)
    {
        if (placeholders.GaveUp)
        {
            yield return $"the file names more than {PlaceholderWatch.MostIds:N0} ids: which of them nothing describes is not listed; `idgraph doctor` counts them";
        }
        else if (placeholders.Count > PlaceholderWatch.MostListed)
        {
            yield return $"{placeholders.Count:N0} ids are named by edges and described nowhere in the file; only {PlaceholderWatch.MostListed:N0} of them are listed";
        }
    }

    /// <summary>What this file names without describing it, less what other runs of the store describe; null where there was too much to tell.</summary>
    private static async Task<IReadOnlyList<string>?> PlaceholdersAsync(IInspectableStore? store, ImportResult result, CancellationToken cancellationToken)
    {
        if (result.Placeholders.GaveUp)
        {
            return null;
        }

        var named = result.Placeholders.Listed();
        if (store is null || named.Count == 0 || store.Runs().Count <= result.Runs.Count)
        {
            return named;
        }

        var snapshot = await store.SnapshotAsync(null, cancellationToken).ConfigureAwait(false);
        var view = snapshot.At(snapshot.AsKnownAt);
        return [.. named.Where(id => view.Find(id) is not { IsPlaceholder: false })];
    }

    /// <summary>An old reading asked about as of now answers Unknown: name a moment at which it was fresh.</summary>
    private static string? Next(Session session, ImportResult result, DateTimeOffset now)
    {
        if (result.DryRun || result.Refusal is not null || result.Runs is not [.., var last])
        {
            return null;
        }

        var started = result.Runs.Max(run => run.Header.StartedAt);
        var fresh = now - started <= 2 * (last.Header.Interval ?? TimeSpan.FromDays(30));
        return session.Next("orphans", fresh ? null : session.Ask.AsOf ?? started);
    }

    private static Sheet Table(ImportAnswer data, Session session) => Sheet.Of(
        data.Refusal is not null ? $"{data.File} was refused"
            : $"{data.File} ({data.Format}): {data.Read} records read, {data.Observations} observations{(data.DryRun ? " would be" : "")} recorded, {data.Rejected} rejected",
        ["run", "source", "tenant", "started", "recorded", "observations", "partial"],
        data.Runs.Select(run => new[]
        {
            run.Run?.ToString() ?? "-",
            run.Source,
            run.Tenant,
            Instants.ToText(run.StartedAt),
            run.RecordedAt is { } recorded ? Instants.ToText(recorded) : null,
            run.Observations.ToString(),
            run.Partial ? run.Reason ?? "yes" : "",
        }),
        [
            .. data.Runs.Where(run => run.Held.Count > 0).Select(run => $"run {run.Run}: {string.Join("; ", run.Held)}: held, nothing ended by it; `{session.Next($"runs hold confirm {run.Run}")}` if they are gone, `{session.Next($"runs hold reject {run.Run}")}` if not"),
            .. data.Unrecognised.Select(pair => $"kept, not recognised: {pair.Key} × {pair.Value}"),
            .. data.Placeholders is { Count: > 0 } placeholders ? [$"named by edges but described nowhere ({placeholders.Count}): {string.Join(", ", placeholders.Take(20))}{(placeholders.Count > 20 ? "…" : "")}"] : Array.Empty<string>(),
            .. data.Next is { } next ? [$"Next: {next}"] : Array.Empty<string>(),
        ]);

    private static void Complain(Session session, ImportResult result)
    {
        const int shown = 20;
        foreach (var reject in result.Report.Rejects.Take(shown))
        {
            session.Printer.Complain($"rejected: {reject.File}{(reject.Line > 0 ? $" line {reject.Line}" : "")}{(reject.Member.Length > 0 ? $" `{reject.Member}`" : "")}: {reject.Problem}");
        }

        if (result.Rejected > shown)
        {
            session.Printer.Complain($"rejected: {result.Rejected - shown} more; -o json lists the first {ImportReport.KeptRejects}");
        }

        if (result.Refusal is not null)
        {
            session.Printer.Complain($"refused: {result.Refusal}");
        }
    }
}
