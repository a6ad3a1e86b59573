using System.Diagnostics;
using System.Text.Json.Nodes;
using IdentityGraph.Bolt;
using IdentityGraph.Report;

namespace IdentityGraph.Stores.Neo4j.Asking;

/// <summary>
/// Runs one statement that somebody wrote, and nothing that changes anything: its plan must be one that reads the graph, and its
/// transaction is one in which the server refuses to write. Rows are taken as they come, up to the limits.
/// </summary>
internal static class ReadOnlyQuery
{
    private const string Reads = "r";

    private const int RowsAtOnce = 1000;

    /// <summary>A plan of a long statement has room in it.</summary>
    private const int LeastMessage = 1 << 20;

    /// <summary>How much longer than the server one waits here, where the server does not end it in time.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(5);

    public static SessionOptions Session(string? database) => new() { Database = database, Mode = AccessMode.Read, FetchSize = RowsAtOnce };

    /// <summary>A value as JSON takes up to some sixteen times its bytes on the wire, so that one row alone is held to the limit too.</summary>
    public static BoltLimits Limits(CypherQuestion question) =>
        BoltLimits.Default with { MaxMessageBytes = (int)Math.Clamp(question.MaxMemory / 16, LeastMessage, BoltLimits.Default.MaxMessageBytes) };

    /// <exception cref="QuestionException">It is not understood, or it does not only read.</exception>
    public static async Task<CypherRows> RunAsync(BoltSession session, CypherQuestion question, CancellationToken cancellationToken)
    {
        var parameters = new BoltParameters();
        foreach (var (name, value) in question.Parameters)
        {
            parameters[name] = value;
        }

        using var timed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timed.CancelAfter(question.MaxTime + s_grace);
        var rows = new List<JsonObject>();
        IReadOnlyList<string> columns = [];
        var began = Stopwatch.GetTimestamp();
        try
        {
            await CheckAsync(session, question, parameters, timed.Token).ConfigureAwait(false);
            if (question.IsOnlyChecked)
            {
                return new CypherRows([], [], null, []);
            }

            began = Stopwatch.GetTimestamp();
            var limits = new TransactionOptions { Timeout = question.MaxTime, Metadata = new Dictionary<string, object?> { ["app"] = "idgraph query" } };
            var result = await session.RunAsync(new BoltQuery(question.Statement, parameters), limits, timed.Token).ConfigureAwait(false);
            columns = result.Names;
            var (truncated, warnings) = await TakeAsync(result, question, rows, timed.Token).ConfigureAwait(false);
            return new CypherRows(columns, rows, truncated, warnings);
        }
        catch (BoltServerException stopped) when (stopped.Code.StartsWith("Neo.ClientError.Transaction.TransactionTimedOut", StringComparison.Ordinal) || stopped.Code is "Neo.ClientError.Transaction.Terminated")
        {
            return new CypherRows(columns, rows, Ended(question, Stopwatch.GetElapsedTime(began)), []);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new CypherRows(columns, rows, Ended(question, question.MaxTime), []);
        }
        catch (BoltProtocolException large) when (large.IsTooLarge && columns.Count > 0)
        {
            return new CypherRows(columns, rows, $"one row alone would take more than {question.MaxMemory >> 20} MiB; raise --max-memory, or ask for its parts in rows of their own (UNWIND)", []);
        }
        catch (BoltServerException refused) when (refused.Code is "Neo.ClientError.Statement.AccessMode")
        {
            throw Writes();
        }
        catch (BoltServerException refused) when (refused.Code.Contains("OutOfMemory", StringComparison.Ordinal))
        {
            throw new QuestionException($"the statement takes more memory than the server gives a transaction (db.memory.transaction.max): ask for less, or in parts{(question.File is null ? $"; {refused.Message}" : "")}");
        }
        catch (BoltServerException refused) when (IsOfTheStatement(refused.Code))
        {
            var hint = refused.Code.EndsWith("ParameterMissing", StringComparison.Ordinal) ? "; give it with --param NAME=VALUE" : "";
            throw new QuestionException(question.File is { } file
                ? $"Neo4j cannot run the statement in {file}{StatementPlace.In(refused.Message, question.Statement)} ({refused.Code}); what it holds is not repeated here{hint}"
                : $"Neo4j cannot run the statement: {refused.Message} ({refused.Code}){hint}");
        }
    }

    private static bool IsOfTheStatement(string code) =>
        code.StartsWith("Neo.ClientError.Statement.", StringComparison.Ordinal) || code.StartsWith("Neo.ClientError.Procedure.", StringComparison.Ordinal) || code.StartsWith("Neo.DatabaseError.Statement.", StringComparison.Ordinal);

    /// <summary>Looks at the plan and at the words, of what would be run and of what is only to be planned or profiled alike.</summary>
    private static async Task CheckAsync(BoltSession session, CypherQuestion question, BoltParameters parameters, CancellationToken cancellationToken)
    {
        var plan = await session.ExecuteAsync(new BoltQuery(StatementPlace.Explain + StatementPlace.Plain(question.Statement), parameters), cancellationToken: cancellationToken).ConfigureAwait(false);
        if (plan.StatementType is not Reads)
        {
            throw Writes();
        }

        if (plan.Plan is not { } operators)
        {
            throw Beyond("no plan is known of it");
        }

        if ((ReadingPlan.Beyond(operators) ?? ReadingPlan.Beyond(question.Statement)) is { } beyond)
        {
            throw Beyond(question.File is null ? $"it has `{beyond}`" : "it has something else in it");
        }
    }

    private static async Task<(string? Truncated, IReadOnlyList<string> Warnings)> TakeAsync(BoltResult result, CypherQuestion question, List<JsonObject> rows, CancellationToken cancellationToken)
    {
        await using (((IAsyncDisposable)result).ConfigureAwait(false))
        {
            var held = 0L;
            await foreach (var record in result.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (rows.Count == question.MaxRows)
                {
                    return ($"only the first {question.MaxRows} rows are given; raise --max-rows, or ask for less", []);
                }

                var row = new JsonObject();
                for (var column = 0; column < record.Values.Count; column++)
                {
                    row[record.Names[column]] = CypherJson.Of(record.Values[column]);
                }

                held += row.ToJsonString().Length;
                if (held > question.MaxMemory)
                {
                    return ($"the rest would take more than {question.MaxMemory >> 20} MiB; raise --max-memory, or ask for fewer properties", []);
                }

                rows.Add(row);
            }

            // A statement that only asks for a plan is never refused by the server, whatever it plans.
            if (result.Summary!.StatementType is not Reads)
            {
                throw Writes();
            }

            return (null, [.. result.Summary.Notifications.Select(noticed => $"{noticed.Title ?? noticed.Code}: {noticed.Description}")]);
        }
    }

    /// <summary>Why there is no more: its time is up, or somebody else ended it.</summary>
    private static string Ended(CypherQuestion question, TimeSpan passed) => passed >= question.MaxTime
        ? $"the server stopped it after {question.MaxTime.TotalSeconds:0.#} s; raise --max-time, or bound the patterns: reach is answered by `blast-radius` and `exposure`, never by -[*]->"
        : "it was ended on the server before its time was up: by somebody, by a limit of the server, or because it stopped; ask again, or whoever runs it";

    private static QuestionException Writes() =>
        new("the statement does not only read the graph, and `query` runs nothing else: what is stored is written by imports, and the graph in Cypher is made from it");

    private static QuestionException Beyond(string what) =>
        new($"the statement does not only read the graph: {what}, and `query` runs nothing else: no files, no procedures but those that tell the graph's shape or search its indexes, nothing about the server and who else uses it");
}
