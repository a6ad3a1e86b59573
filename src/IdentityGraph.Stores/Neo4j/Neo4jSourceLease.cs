using System.Text.Json;
using IdentityGraph.Graph;
using IdentityGraph.Stores.Collecting;
using IdentityGraph.Stores.Embedded;

namespace IdentityGraph.Stores.Neo4j;

/// <summary>The right to collect a source, for as long as it is renewed, by the server's clock; see <see cref="WriterLease"/>, which is the right to write.</summary>
internal sealed class Neo4jSourceLease : ISourceLease
{
    private readonly StoreStatements _statements;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _renewing;
    private bool _given;

    private Neo4jSourceLease(StoreStatements statements, SourceRecord record, TimeProvider time)
    {
        (_statements, Record) = (statements, record);
        _renewing = RenewAsync(time);
    }

    public string Source => Record.Source;

    public long Fence => Record.Fence;

    public SourceRecord Record { get; private set; }

    /// <exception cref="SourceLeasedException">Somebody collects it already.</exception>
    public static async Task<Neo4jSourceLease> TakeAsync(StoreStatements statements, string source, string location, TimeProvider time, CancellationToken cancellationToken)
    {
        var key = SourceRecord.Key(source);
        var holder = WriterRecord.OfThisProcess(time).ToString();
        var taken = await statements.WriteAsync("store/take-source.cypher", cancellationToken, ("source", key), ("holder", holder), ("milliseconds", WriterLease.Milliseconds)).ConfigureAwait(false);
        if (taken is [[long fence, var record]])
        {
            return new Neo4jSourceLease(statements, Of(key, fence, holder, record as string), time);
        }

        var found = await statements.ReadAsync("store/sources.cypher", cancellationToken, ("source", key)).ConfigureAwait(false);
        throw found is [[_, _, var other, _]]
            ? new SourceLeasedException($"`{key}` is being collected by {other ?? "somebody who ended just now"}")
            : new StoreException($"there is no store at `{location}` any more; make one with `idgraph init`");
    }

    /// <summary>Every record, sorted by name.</summary>
    public static async Task<IReadOnlyList<SourceRecord>> AllAsync(StoreStatements statements, CancellationToken cancellationToken) =>
    [
        .. (await statements.ReadAsync("store/sources.cypher", cancellationToken, ("source", null)).ConfigureAwait(false))
            .Select(row => Of((string)row[0]!, row[1] as long? ?? 0, row[2] as string, row[3] as string)),
    ];

    public async ValueTask RenewAsync(CancellationToken cancellationToken = default)
    {
        if (await _statements.WriteAsync("store/renew-source.cypher", cancellationToken, ("source", Source), ("fence", Fence), ("milliseconds", WriterLease.Milliseconds)).ConfigureAwait(false) is [])
        {
            throw await LostAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask KeepAsync(SourceRecord record, CancellationToken cancellationToken = default)
    {
        Record = record with { Source = Source, Fence = Fence, Holder = Record.Holder };
        var text = JsonSerializer.Serialize(Record, StoresJson.Default.SourceRecord);
        if (await _statements.WriteAsync("store/keep-source.cypher", cancellationToken, ("source", Source), ("fence", Fence), ("record", text), ("milliseconds", WriterLease.Milliseconds)).ConfigureAwait(false) is [])
        {
            throw await LostAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_given)
        {
            return;
        }

        _given = true;
        await _ended.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        _ended.Dispose();
        try
        {
            await _statements.WriteAsync("store/release-source.cypher", CancellationToken.None, ("source", Source), ("fence", Fence)).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // It runs out by itself.
        }
    }

    /// <summary>A record that cannot be read says nothing of what was taken: it is read once more.</summary>
    private static SourceRecord Of(string source, long fence, string? holder, string? text)
    {
        SourceRecord? kept = null;
        try
        {
            kept = text is null ? null : JsonSerializer.Deserialize(text, StoresJson.Default.SourceRecord);
        }
        catch (JsonException)
        {
            // Somebody else wrote it.
        }

        return (kept ?? new SourceRecord { Source = source }) with { Source = source, Fence = fence, Holder = holder };
    }

    private async Task<StoreLockedException> LostAsync(CancellationToken cancellationToken)
    {
        var found = await _statements.ReadAsync("store/sources.cypher", cancellationToken, ("source", Source)).ConfigureAwait(false);
        return new StoreLockedException($"`{Source}` was not heard of for more than {WriterLease.Length.TotalSeconds:0} s, and was taken over by {(found is [[_, _, string other, _]] ? other : "another collector, which has ended")}; nothing more of it is written here");
    }

    private async Task RenewAsync(TimeProvider time)
    {
        try
        {
            while (true)
            {
                await Task.Delay(WriterLease.Length / 3, time, _ended.Token).ConfigureAwait(false);
                await RenewAsync(_ended.Token).ConfigureAwait(false);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or StoreException or StoreLockedException)
        {
            // Whether it is still held is asked again before every run is sealed.
        }
    }
}
