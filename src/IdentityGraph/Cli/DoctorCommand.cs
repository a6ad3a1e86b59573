using System.CommandLine;
using System.Text;
using IdentityGraph.Graph;

namespace IdentityGraph.Cli;

/// <summary>Looks at what an answer depends on: settings, store, sources, the machine; and says what to do about each.</summary>
internal static class DoctorCommand
{
    public static Command Create(Door door)
    {
        var command = new ExampleCommand("doctor", "Check settings, store, sources and machine; say what is wrong and what to do.", "idgraph doctor", "idgraph doctor -o json");
        door.On(command, async (session, _, cancellationToken) =>
        {
            var rows = new List<string?[]>();
            rows.AddRange(Settings(session));
            rows.AddRange(Machine());
            var codes = new List<int>();
            if (session.HasStore())
            {
                codes.Add(await StoreAsync(session, rows, cancellationToken).ConfigureAwait(false));
            }
            else
            {
                rows.Add(["store", session.StorePlace, "none", "make one with `idgraph init`, or name one with --store"]);
                codes.Add(ExitCode.Store);
            }

            session.Printer.Print(Sheet.Of("", ["what", "name", "state", "to do"], rows));
            return ExitCode.Gravest(codes);
        });
        return command;
    }

    private static IEnumerable<string?[]> Settings(Session session)
    {
        yield return ["program", VersionCommand.Version, "ok", ""];
        foreach (var (key, value, origin) in session.Configuration.All)
        {
            yield return ["setting", key, value, $"from {origin}"];
        }
    }

    private static IEnumerable<string?[]> Machine()
    {
        var normalizes = "e\u0301".Normalize(NormalizationForm.FormC) == "\u00e9";
        yield return ["machine", "Unicode normalization", normalizes ? "ok" : "missing", normalizes ? "" : "install ICU: without it ids that differ only in composition are told apart"];
        var zones = TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Berlin", out _);
        yield return ["machine", "time zones", zones ? "ok" : "missing", zones ? "" : "install tzdata: HR days in other zones cannot be read without it"];
    }

    private static async Task<int> StoreAsync(Session session, List<string?[]> rows, CancellationToken cancellationToken)
    {
        var store = session.OpenStore();
        var check = await store.CheckAsync(cancellationToken).ConfigureAwait(false);
        rows.AddRange(check.Problems.Select(problem => new[] { "store", problem.File, problem.Problem, problem.WayOut }));
        if (!check.IsSound)
        {
            return ExitCode.Store;
        }

        rows.Add(["store", store.Location, $"{store.Runs().Count} run(s)", store.Runs().Count == 0 ? "bring files in with `idgraph import FILE`" : ""]);
        if (store.Info().Projection is { } projection && StoreProjectCommand.Tell(session, projection) is var (state, wayOut))
        {
            rows.Add(["projection", store.Location, state, wayOut]);
        }

        var asOf = session.Ask.AsOf ?? session.Terminal.Time.GetUtcNow();
        var snapshot = await store.SnapshotAsync(session.Ask.AsKnownAt, cancellationToken).ConfigureAwait(false);
        var view = snapshot.At(asOf);
        rows.AddRange(Streams(view));
        const int listed = 100;
        var undescribed = view.Of(NodeKinds.Unknown).Where(node => node.IsPlaceholder).ToList();
        if (undescribed.Count > listed)
        {
            rows.Add(["placeholder", $"{undescribed.Count} in all", $"the first {listed} follow", ""]);
        }

        foreach (var node in undescribed.Take(listed))
        {
            rows.Add(["placeholder", node.Id, "described nowhere", "an edge names it; collect the system it lives in"]);
        }

        return snapshot.Streams.Count > 0 && snapshot.Streams.All(stream => !view.IsFresh(stream)) ? ExitCode.Stale : ExitCode.Done;
    }

    /// <summary>A row for each source and state, with the streams of which it is so.</summary>
    private static IEnumerable<string?[]> Streams(GraphView view) =>
        from stream in view.Snapshot.Streams
        let state = stream.LastCompleteAt is null ? "never complete" : view.IsFresh(stream) ? "fresh" : "stale"
        group stream.Stream by (stream.Source, stream.Tenant, State: state, At: state == "stale" ? stream.LastCompleteAt : null) into same
        let names = string.Join(", ", same.Order(StringComparer.Ordinal))
        select new[]
        {
            "stream",
            $"{same.Key.Source}/{same.Key.Tenant} {names}",
            same.Key.State,
            same.Key.State == "never complete" ? "nothing is concluded from what they lack; read them to their end, or vouch for them with --complete"
                : same.Key.At is { } at ? $"read last at {Instants.ToText(at)}; collect again, or ask with --as-of {Instants.ToText(at)}"
                : "",
        };
}
