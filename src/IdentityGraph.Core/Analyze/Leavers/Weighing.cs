using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>Weighs paths and footprint into one verdict: the worst wins, only certain paths give the first three, grace makes any of them Pending.</summary>
internal sealed class Weighing
{
    private readonly DateTimeOffset _asOf;
    private readonly DateTimeOffset? _left;

    public Weighing(GraphView view, Truth isLeaver, DateTimeOffset? left, IReadOnlyList<LeaverPath> paths, IReadOnlyList<FootprintSystem> footprint, bool isCutShort)
    {
        (_asOf, _left) = (view.AsOf, left);
        var open = footprint.Where(system => !system.IsProved).ToList();
        Verdict = LeaverVerdict.Clear;
        foreach (var path in paths)
        {
            Weigh(path.IsCertain ? VerdictOf(path.Class) : LeaverVerdict.Unverified, path.Grace);
        }

        foreach (var system in open)
        {
            Weigh(LeaverVerdict.Unverified, system.Grace);
        }

        var nothingFresh = !view.Snapshot.Streams.Any(view.IsFresh);
        if (nothingFresh)
        {
            Verdict = LeaverVerdict.Unverified;
        }
        else if (isCutShort || isLeaver == Truth.Unknown || (footprint.Count == 0 && !ReadsAccounts(view)))
        {
            Worst(LeaverVerdict.Unverified);
        }

        Class = paths.Count == 0 ? null : paths.OrderByDescending(Badness).First().Class;
    }

    public LeaverVerdict Verdict { get; private set; }

    public PathClass? Class { get; }

    public DateTimeOffset? PendingUntil { get; private set; }

    /// <summary>Whether some fresh, complete reading of accounts could have shown one of theirs.</summary>
    public static bool ReadsAccounts(GraphView view) => view.Snapshot.Streams.Any(stream =>
        stream.IsReadWhole && view.IsFresh(stream) && stream.States.Contains(NodeKinds.Account.Name));

    private static LeaverVerdict VerdictOf(PathClass pathClass) => pathClass switch
    {
        PathClass.R1 => LeaverVerdict.Reachable,
        PathClass.R3 => LeaverVerdict.AutomationContinues,
        _ => LeaverVerdict.Latent,
    };

    private void Weigh(LeaverVerdict verdict, TimeSpan grace)
    {
        if (_left is { } left && _asOf < left + grace)
        {
            var until = left + grace;
            PendingUntil = PendingUntil is { } other && other > until ? other : until;
            Worst(LeaverVerdict.Pending);
            return;
        }

        Worst(verdict);
    }

    private void Worst(LeaverVerdict verdict) => Verdict = verdict > Verdict ? verdict : Verdict;

    /// <summary>Past its grace before within it, certain before possible, then by class.</summary>
    private (bool Late, bool Certain, LeaverVerdict Verdict) Badness(LeaverPath path) =>
        (!(_left is { } left && _asOf < left + path.Grace), path.IsCertain, VerdictOf(path.Class));
}
