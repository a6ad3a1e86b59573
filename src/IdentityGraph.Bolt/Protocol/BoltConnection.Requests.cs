using IdentityGraph.Bolt.PackStream;

namespace IdentityGraph.Bolt.Protocol;

internal sealed partial class BoltConnection
{
    /// <summary>In seconds: a day. A server may say more than a timer takes.</summary>
    private const long LongestSilence = 86_400;

    private static readonly BoltVersion s_logon = new(5, 1);

    /// <summary>Introduces itself and signs in, in one round trip.</summary>
    public async ValueTask HelloAsync(ClientIntroduction introduction, BoltAuthentication authentication, CancellationToken cancellationToken)
    {
        var hello = new Response();
        var logon = new Response();
        Enqueue(hello, Tag.Hello, 1, writer => introduction.Pack(writer, Version, Version < s_logon ? authentication : null));
        if (Version >= s_logon)
        {
            Logon(authentication, logon);
        }

        await FlushAsync(cancellationToken);
        await ReceiveAsync(hello, cancellationToken);
        hello.ThrowIfRefused();
        if (Version >= s_logon)
        {
            await ReceiveAsync(logon, cancellationToken);
            logon.ThrowIfRefused();
        }

        Authentication = authentication;
        Server = hello.Metadata.GetValueOrDefault("server") as string ?? "";
        Id = hello.Metadata.GetValueOrDefault("connection_id") as string ?? "";
        if (hello.Metadata.GetValueOrDefault("hints") is IReadOnlyDictionary<string, object?> hints
            && hints.GetValueOrDefault("connection.recv_timeout_seconds") is long and > 0 and var seconds)
        {
            _reader.Silence = TimeSpan.FromSeconds(Math.Min(seconds, LongestSilence));
        }
    }

    /// <summary>Signs out and in again as somebody else.</summary>
    /// <exception cref="BoltServerException">The server does not accept them; the connection must not be used.</exception>
    public async ValueTask SignInAsAsync(BoltAuthentication authentication, CancellationToken cancellationToken)
    {
        if (Version < s_logon)
        {
            throw new InvalidOperationException($"Bolt {Version} cannot change who is signed in; it takes 5.1 or later, or a client of its own");
        }

        var (logoff, logon) = (new Response(), new Response());
        Authentication = null;
        Enqueue(logoff, Tag.Logoff, 0, static _ => { });
        Logon(authentication, logon);
        await FlushAsync(cancellationToken);
        await ReceiveAsync(logon, cancellationToken);
        logoff.ThrowIfRefused();
        logon.ThrowIfRefused();
        Authentication = authentication;
    }

    /// <summary>Sends a statement and asks for its first records, in one round trip.</summary>
    /// <param name="query">The statement.</param>
    /// <param name="context">Given for a statement that is a transaction of its own.</param>
    /// <param name="fetchSize">How many records at once.</param>
    /// <param name="throwIfEarlierFailed">Called before the answer is looked at: what was sent before it may be why it was ignored.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<PendingStatement> StartAsync(BoltQuery query, RequestContext? context, int fetchSize, Action? throwIfEarlierFailed, CancellationToken cancellationToken)
    {
        var (run, stream) = (new Response(), NewStream(null, fetchSize));
        Run(query, context, run);
        Pull(fetchSize, null, stream);
        await FlushAsync(cancellationToken);
        await ReceiveAsync(run, cancellationToken);
        throwIfEarlierFailed?.Invoke();
        run.ThrowIfRefused();
        stream.Names = new(run.Metadata.GetValueOrDefault("fields") is IReadOnlyList<object?> fields ? [.. fields.OfType<string>()] : []);
        return new(run, stream, stream.Names, fetchSize);
    }

    /// <param name="names">Null until the server has told them.</param>
    /// <param name="most">How many records are asked for.</param>
    public RecordStream NewStream(FieldNames? names, int most) => new(_limits, _names, most) { Names = names };

    public void Run(BoltQuery query, IPackable? context, Response response) => Enqueue(response, Tag.Run, 3, writer =>
    {
        writer.Write(query.Text);
        Pack(writer, query.Parameters);
        Pack(writer, context);
    });

    public void Begin(RequestContext context, Response response)
    {
        Enqueue(response, Tag.Begin, 1, context.Pack);
        (InTransaction, _beginUnsent) = (true, true);
    }

    public void Commit(Response response) => Enqueue(response, Tag.Commit, 0, static _ => { });

    public void Rollback(Response response) => Enqueue(response, Tag.Rollback, 0, static _ => { });

    /// <param name="count">How many records; -1 for all.</param>
    /// <param name="statement">Which statement of the transaction; null for the last one.</param>
    /// <param name="response">Takes the records.</param>
    public void Pull(long count, long? statement, Response response) => Fetch(Tag.Pull, count, statement, response);

    /// <inheritdoc cref="Pull" />
    public void Discard(long count, long? statement, Response response) => Fetch(Tag.Discard, count, statement, response);

    /// <summary>Asks which servers do what for a database.</summary>
    /// <param name="routing">The address that was given and its query.</param>
    /// <param name="bookmarks">What must be seen.</param>
    /// <param name="database">Null for the home database of who is signed in or impersonated.</param>
    /// <param name="impersonatedUser">Null for none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What came with success: a table under <c>rt</c>.</returns>
    public async ValueTask<IReadOnlyDictionary<string, object?>> RouteAsync(
        IReadOnlyDictionary<string, object?> routing, IReadOnlyCollection<string> bookmarks, string? database, string? impersonatedUser, CancellationToken cancellationToken)
    {
        Dictionary<string, object?> extra = [];
        if (database is not null)
        {
            extra["db"] = database;
        }

        if (impersonatedUser is not null)
        {
            extra["imp_user"] = impersonatedUser;
        }

        var route = new Response();
        Enqueue(route, Tag.Route, 3, writer =>
        {
            writer.WriteValue(routing);
            writer.WriteValue(bookmarks);
            writer.WriteValue(extra);
        });
        await FlushAsync(cancellationToken);
        await ReceiveAsync(route, cancellationToken);
        route.ThrowIfRefused();
        return route.Metadata;
    }

    /// <summary>
    /// Brings the connection back to its beginning, whatever was going on: the server stops what it does for it, and everything still
    /// expected is passed over.
    /// </summary>
    /// <param name="grace">How long the server may take.</param>
    /// <returns>Whether the connection is in order; if not, it is closed.</returns>
    public async ValueTask<bool> TryResetAsync(TimeSpan grace)
    {
        if (IsBroken)
        {
            return false;
        }

        try
        {
            Forget();
            var reset = new Response();
            Enqueue(reset, Tag.Reset, 0, static _ => { });
            using var limit = new CancellationTokenSource(grace, _time);
            await FlushAsync(limit.Token);
            await ReceiveAsync(reset, limit.Token);
            reset.ThrowIfRefused();
            (HasFailed, InTransaction) = (false, false);
            return true;
        }
        catch (Exception e) when (e is BoltException or OperationCanceledException or InvalidOperationException)
        {
            Break();
            return false;
        }
    }

    /// <summary>Takes back what was enqueued and not sent.</summary>
    /// <returns>Whether the server has not heard of the transaction at all, so that the connection is as it was before.</returns>
    public bool ForgetUnsent()
    {
        for (var sent = _pending.Count - _unsent; sent > 0; sent--)
        {
            _pending.Enqueue(_pending.Dequeue());
        }

        var beginning = _unsent > 0 && _beginUnsent;
        for (; _unsent > 0; _unsent--)
        {
            _pending.Dequeue().Abandon();
        }

        _out.Clear();
        _portions.Clear();
        if (beginning)
        {
            (InTransaction, _beginUnsent) = (false, false);
        }

        return beginning;
    }

    private void Forget()
    {
        ForgetUnsent();
        foreach (var response in _pending)
        {
            response.Abandon();
        }
    }

    private void Logon(BoltAuthentication authentication, Response response) => Enqueue(response, Tag.Logon, 1, writer =>
    {
        writer.BeginMap(authentication.Entries);
        authentication.PackEntries(writer);
    });

    private void Fetch(byte tag, long count, long? statement, Response response) => Enqueue(response, tag, 1, writer =>
    {
        writer.BeginMap(statement is null ? 1 : 2);
        writer.WriteUtf8("n"u8);
        writer.Write(count);
        if (statement is { } id)
        {
            writer.WriteUtf8("qid"u8);
            writer.Write(id);
        }
    });

    private static void Pack(PackWriter writer, IPackable? map)
    {
        if (map is null)
        {
            writer.BeginMap(0);
            return;
        }

        map.Pack(writer);
    }

    /// <summary>Writes a request to be sent with the next flush. If writing it fails, it is taken back whole.</summary>
    private void Enqueue(Response response, byte tag, int fields, Action<PackWriter> body)
    {
        ThrowIfBroken();
        _writer.BeginMessage(tag, fields);
        try
        {
            body(_writer);
            _writer.EndMessage();
        }
        catch
        {
            _writer.RollBack();
            throw;
        }

        _pending.Enqueue(response);
        if (++_unsent % RequestsAtOnce == 0)
        {
            _portions.Add((_out.Length, response));
        }
    }
}
