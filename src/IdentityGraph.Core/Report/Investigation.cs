using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Policies;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

/// <summary>
/// The one facade every door asks. One file per question beside this one (`Investigation.BlastRadius.cs`…); a question is a method
/// that takes an <see cref="Ask"/> and returns an <see cref="Answer{T}"/> of plain records.
/// </summary>
public sealed partial class Investigation(IGraphStore store, AnalysisPolicy policy, TimeProvider time)
{
    private readonly KeptSnapshots _snapshots = new();
    private readonly Dictionary<(DateTimeOffset AsKnownAt, Overlay Overlay), GraphSnapshot> _overlaid = [];

    public AnalysisPolicy Policy { get; } = policy;

    /// <summary>Opens the view a question is about.</summary>
    private async ValueTask<Opened> OpenAsync(Ask ask, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var asKnownAt = ask.AsKnownAt ?? now;
        var snapshot = await _snapshots.AtAsync(store, asKnownAt, cancellationToken).ConfigureAwait(false);
        if (ask.Overlay is { IsEmpty: false } overlay)
        {
            snapshot = await OverlaidAsync(snapshot, overlay, asKnownAt, ask.AsOf ?? now, cancellationToken).ConfigureAwait(false);
        }

        return new Opened(ask, snapshot.At(ask.AsOf ?? now), ask.AsOf ?? now, asKnownAt);
    }

    private async ValueTask<GraphSnapshot> OverlaidAsync(GraphSnapshot snapshot, Overlay overlay, DateTimeOffset asKnownAt, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        if (!_overlaid.TryGetValue((asKnownAt, overlay), out var overlaid))
        {
            var view = snapshot.At(asOf);
            foreach (var id in overlay.RemovedNodes)
            {
                Known(view, id);
            }

            var runs = store.Runs().Select(run => (run, store.Read(run, cancellationToken)));
            overlaid = await Task.Run(() => snapshot.With(overlay, runs, cancellationToken), cancellationToken).ConfigureAwait(false);
            if (_overlaid.Count >= KeptSnapshots.Most)
            {
                _overlaid.Clear();
            }

            _overlaid[(asKnownAt, overlay)] = overlaid;
        }

        return overlaid;
    }

    private static Node Known(GraphView view, string id) =>
        view.Find(id) ?? throw new UnknownIdentityException(id, $"{NamedSo(view, id)}; `identity find TEXT` looks for a part of an id or name");

    /// <summary>The ids of what has the text for a name, the first few; empty where nothing has.</summary>
    private static string NamedSo(GraphView view, string text)
    {
        const int Named = 3;
        List<string> ids = [.. Enumerable.Range(0, view.NodeCount).Select(index => view[index]).Where(node => string.Equals(node.Name, text, StringComparison.OrdinalIgnoreCase)).Select(node => node.Id).Take(Named + 1)];
        return ids.Count == 0 ? "" : $" by that id; it is the name of {string.Join(", ", ids.Take(Named).Select(id => $"`{id}`"))}{(ids.Count > Named ? " and others" : "")}";
    }

    private sealed record Opened(Ask Ask, GraphView View, DateTimeOffset AsOf, DateTimeOffset AsKnownAt)
    {
        public GraphSnapshot Snapshot => View.Snapshot;
    }
}
