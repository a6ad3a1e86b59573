using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    /// <summary>The source under which investigators' marks are kept.</summary>
    public const string MarkSource = "investigation";

    private const int LongestId = 512;

    private static readonly NodeKind[] s_exposable = [NodeKinds.Credential, NodeKinds.System, NodeKinds.Resource, NodeKinds.Application];

    /// <summary>
    /// Records that something is compromised: an exposure, kept as an observation in a run of its own source. Marking the same thing at the
    /// same moment again says anew until when and why.
    /// </summary>
    /// <param name="ask">As known when the id is looked up; what is recorded is known from now on.</param>
    /// <param name="id">Id of a credential, principal, application, resource or system.</param>
    /// <param name="at">Since when it is compromised; null: now.</param>
    /// <param name="until">Until when; null: open.</param>
    /// <param name="basis">Why it is held to be.</param>
    /// <param name="cancellationToken">Cancels before anything becomes visible.</param>
    /// <exception cref="UnknownIdentityException">An id that nobody stated.</exception>
    /// <exception cref="WrongKindException">Something that no exposure can be of.</exception>
    /// <exception cref="QuestionException">It ends before it begins, begins in the future, or the basis looks like a secret.</exception>
    public async ValueTask<Answer<ExposureMarkAnswer>> MarkExposureAsync(Ask ask, string id, DateTimeOffset? at, DateTimeOffset? until, string basis, CancellationToken cancellationToken = default)
    {
        var opened = await OpenAsync(ask, cancellationToken).ConfigureAwait(false);
        var node = Known(opened.View, id);
        if (!node.Kind.IsPrincipal && !s_exposable.Contains(node.Kind))
        {
            throw new WrongKindException(id, node.Kind.Name, "a credential, principal, application, resource or system, or the credential a person holds");
        }

        var now = time.GetUtcNow();
        var since = at ?? now;
        var exposure = MarkId(node.Id, since);
        var existing = opened.View.Find(exposure);
        return await RecordAsync(opened, "exposure mark", [new Mark(exposure, node.Id, since, until, basis)], existing is null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Records that exposures are over: nothing is a start because of them any more, but credentials that were taken stay taken until they are
    /// rotated or revoked. Over at the moment it began, it was none.
    /// </summary>
    /// <param name="ask">As known when they are looked up; what is recorded is known from now on.</param>
    /// <param name="id">Of the exposure, or of what it exposes: then of every one of it that is open.</param>
    /// <param name="at">Only the one that began then; null: whichever are open.</param>
    /// <param name="until">When they were over; null: now.</param>
    /// <param name="basis">Why; null: not said.</param>
    /// <param name="cancellationToken">Cancels before anything becomes visible.</param>
    /// <exception cref="UnknownIdentityException">An id that nobody stated.</exception>
    /// <exception cref="QuestionException">Nothing is open, or it would end before it began.</exception>
    public async ValueTask<Answer<ExposureMarkAnswer>> ClearExposureAsync(Ask ask, string id, DateTimeOffset? at, DateTimeOffset? until, string? basis, CancellationToken cancellationToken = default)
    {
        var opened = await OpenAsync(ask, cancellationToken).ConfigureAwait(false);
        var node = Known(opened.View, id);
        var end = until ?? time.GetUtcNow();
        List<Edge> edges = node.Kind == NodeKinds.Exposure ? node.Out(EdgeKinds.Exposes).ToList() : [.. node.In(EdgeKinds.Exposes).ToList().Where(edge => IsOpen(edge.Of, end))];
        List<Mark> marks =
        [
            .. from edge in edges
               let began = edge.Of[Properties.At].Instant
               where began is not null && (at is null || began == at)
               select new Mark(edge.Of.Id, edge.To.Id, began.Value, end, basis),
        ];
        return marks.Count == 0
            ? throw new QuestionException($"no exposure of `{id}`{(at is { } moment ? $" that began {Instants.ToText(moment)}" : "")} is open at {Instants.ToText(end)}; `identity show {id}` lists what was recorded")
            : await RecordAsync(opened, "exposure clear", marks, isNew: false, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsOpen(Node exposure, DateTimeOffset at) =>
        exposure.Kind == NodeKinds.Exposure && exposure.Present != Truth.False && (exposure[Properties.Until].Instant is not { } until || until > at);

    /// <summary>The same for the same thing at the same moment, in the form of every id.</summary>
    private static string MarkId(string id, DateTimeOffset at)
    {
        var name = $"{MarkSource}:exposure/{Uri.EscapeDataString($"{id}@{Instants.ToText(at)}")}";
        return name.Length <= LongestId ? name : $"{MarkSource}:exposure/{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)))}";
    }

    private async ValueTask<Answer<ExposureMarkAnswer>> RecordAsync(Opened opened, string command, IReadOnlyList<Mark> marks, bool isNew, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var mark in marks)
        {
            Check(mark, now);
        }

        // An investigator's word is not read again and again: it does not go stale.
        var header = new RunHeader { Source = MarkSource, StartedAt = now, Mode = RunMode.Delta, Interval = TimeSpan.FromDays(36_500), Collector = "idgraph/1" };
        var writer = await store.BeginRunAsync(header, cancellationToken).ConfigureAwait(false);
        SealedRun run;
        await using (writer.ConfigureAwait(false))
        {
            foreach (var line in marks.SelectMany(Lines))
            {
                writer.Write(line);
            }

            writer.Write(new Observation.EndOf { Stream = NodeKinds.Exposure.Name, Complete = true });
            writer.Write(new Observation.EndOf { Stream = EdgeKinds.Exposes.Name, Complete = true });
            run = await writer.SealAsync(new RunOutcome(), cancellationToken).ConfigureAwait(false);
        }

        _snapshots.Clear();
        _overlaid.Clear();
        var data = new ExposureMarkAnswer
        {
            Run = run.Number,
            IsNew = isNew,
            Marks = [.. marks.Select(mark => new MarkAnswer { Exposure = mark.Exposure, Exposes = mark.Exposes, At = mark.At, Until = mark.Until, Basis = mark.Basis })],
        };
        return Seal(opened, command, data);
    }

    private static void Check(Mark mark, DateTimeOffset now)
    {
        if (mark.At > now)
        {
            throw new QuestionException($"`{mark.Exposes}` cannot be known to be compromised at {Instants.ToText(mark.At)}, which lies ahead; correct --at");
        }

        if (mark.Until < mark.At)
        {
            throw new QuestionException($"the exposure of `{mark.Exposes}` would end ({Instants.ToText(mark.Until.Value)}) before it began ({Instants.ToText(mark.At)}); correct --at or --until");
        }

        if (mark.Basis is { } said && string.IsNullOrWhiteSpace(said))
        {
            throw new QuestionException($"why `{mark.Exposes}` is held to be compromised, or to be over, is not said; give --basis a text, such as a case or report");
        }

        if (mark.Basis is { } basis && SecretLooking.Find(basis) is { } sort)
        {
            throw new QuestionException($"the basis holds what looks like {sort}; say where the evidence is, not what it is");
        }
    }

    private static IEnumerable<Observation> Lines(Mark mark)
    {
        List<KeyValuePair<string, PropertyValue>> properties =
        [
            new(Properties.At.Name, PropertyValue.Of(mark.At)),
            new(Properties.Until.Name, mark.Until is { } until ? PropertyValue.Of(until) : PropertyValue.None),
        ];
        if (mark.Basis is { } basis)
        {
            properties.Add(new("basis", PropertyValue.Of(basis)));
        }

        yield return new Observation.SawNode { Id = mark.Exposure, Kind = NodeKinds.Exposure.Name, From = mark.At, Properties = properties };
        yield return new Observation.SawEdge { Kind = EdgeKinds.Exposes.Name, Of = mark.Exposure, To = mark.Exposes, From = mark.At, Until = mark.Until };
    }

    private sealed record Mark(string Exposure, string Exposes, DateTimeOffset At, DateTimeOffset? Until, string? Basis);
}
