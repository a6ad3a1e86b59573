using System.Text.Json.Nodes;
using IdentityGraph.Bolt;
using IdentityGraph.Report;

namespace IdentityGraph.Stores.Neo4j.Asking;

/// <summary>
/// Runs one statement that somebody wrote, and nothing that changes anything: its plan must be one that reads, and its transaction is one
/// in which the server refuses to write. Rows are taken as they come, up to the limits.
/// </summary>
internal static class ReadOnlyQuery
{
    private const string Reads = "r";

    private const int RowsAtOnce = 1000;

    /// <summary>How much longer than the server one waits here, where the server does not end it in time.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(5);

    public static SessionOptions Session(string? database) => new() { Database = database, Mode = AccessMode.Read, FetchSize = RowsAtOnce };

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
        try
        {
            await CheckAsync(session, question, parameters, timed.Token).ConfigureAwait(false);
            var limits = new TransactionOptions { Timeout = question.MaxTime, Metadata = new Dictionary<string, object?> { ["app"] = "idgraph query" } };
            var result = await session.RunAsync(new BoltQuery(question.Statement, parameters), limits, timed.Token).ConfigureAwait(false);
            columns = result.Names;
            var (truncated, warnings) = await TakeAsync(result, question, rows, timed.Token).ConfigureAwait(false);
            return new CypherRows(columns, rows, truncated, warnings);
        }
        catch (BoltServerException stopped) when (stopped.Code.StartsWith("Neo.ClientError.Transaction.TransactionTimedOut", StringComparison.Ordinal) || stopped.Code is "Neo.ClientError.Transaction.Terminated")
        {
            return new CypherRows(columns, rows, TimeIsUp(question), []);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new CypherRows(columns, rows, TimeIsUp(question), []);
        }
        catch (BoltServerException refused) when (refused.Code is "Neo.ClientError.Statement.AccessMode")
        {
            throw Writes();
        }
        catch (BoltServerException refused) when (refused.Code.Contains("OutOfMemory", StringComparison.Ordinal))
        {
            throw new QuestionException($"the statement takes more memory than the server gives a transaction (db.memory.transaction.max): ask for less, or in parts; {refused.Message}");
        }
        catch (BoltServerException refused) when (refused.Code.StartsWith("Neo.ClientError.Statement.", StringComparison.Ordinal) || refused.Code.StartsWith("Neo.ClientError.Procedure.", StringComparison.Ordinal))
        {
            throw new QuestionException($"Neo4j cannot run the statement: {refused.Message} ({refused.Code}){(refused.Code.EndsWith("ParameterMissing", StringComparison.Ordinal) ? "; give it with --param NAME=VALUE" : "")}");
        }
    }

    /// <summary>Looks at the plan. What asks for a plan itself is left to the transaction, which refuses to write.</summary>
    private static async Task CheckAsync(BoltSession session, CypherQuestion question, BoltParameters parameters, CancellationToken cancellationToken)
    {
        var first = string.Join('\n', question.Statement.Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))).TrimStart();
        if (first.StartsWith("EXPLAIN", StringComparison.OrdinalIgnoreCase) || first.StartsWith("PROFILE", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var plan = await session.ExecuteAsync(new BoltQuery("EXPLAIN " + question.Statement, parameters), cancellationToken: cancellationToken).ConfigureAwait(false);
        if (plan.StatementType is not Reads)
        {
            throw Writes();
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

    private static string TimeIsUp(CypherQuestion question) =>
        $"the server stopped it after {question.MaxTime.TotalSeconds:0.#} s; raise --max-time, or bound the patterns: reach is answered by `blast-radius` and `exposure`, never by -[*]->";

    private static QuestionException Writes() =>
        new("the statement does not only read, and `query` runs nothing else: what is stored is written by imports, and the graph in Cypher is made from it");
}
