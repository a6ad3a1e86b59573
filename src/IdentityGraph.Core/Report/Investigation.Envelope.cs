using System.Security.Cryptography;
using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Policies;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    private readonly Dictionary<GraphView, IReadOnlyList<SourceAnswer>> _sources = [];
    private string? _policyName;

    /// <summary>Puts an answer in its envelope: what was asked, by which policy, on which facts.</summary>
    private Answer<T> Seal<T>(Opened opened, string command, T data, string? truncated = null, IReadOnlyList<string>? warnings = null) => new()
    {
        Command = command,
        AsOf = opened.AsOf,
        AsKnownAt = opened.AsKnownAt,
        Profile = opened.Ask.Profile.ToString(),
        Policy = _policyName ??= PolicyName(Policy),
        Store = new StoreAnswer
        {
            Snapshot = opened.Snapshot.Hash,
            Nodes = opened.Snapshot.NodeCount,
            Edges = opened.Snapshot.EdgeCount,
            Sources = SourcesOf(opened.View),
            NothingFresh = IsNothingFresh(opened),
            NotFresh = NotFresh(opened),
        },
        Truncated = truncated,
        Warnings = [.. warnings ?? [], .. Held(opened.View), .. WithoutEffect(opened)],
        Data = data,
        NameOf = id => opened.View.Find(id)?.Name,
    };

    /// <summary>An investigator's mark reads no system: it makes no answer fresh.</summary>
    private static bool IsNothingFresh(Opened opened)
    {
        List<StreamCoverage> read = [.. opened.Snapshot.Streams.Where(static stream => stream.Source != MarkSource)];
        return read.Count > 0 && !read.Exists(opened.View.IsFresh);
    }

    private static List<string> NotFresh(Opened opened) =>
        [.. opened.Snapshot.Streams
            .Where(static stream => stream.Source != MarkSource)
            .GroupBy(static stream => stream.Tenant.Length == 0 ? stream.Source : $"{stream.Source}/{stream.Tenant}", StringComparer.Ordinal)
            .Where(source => !source.Any(opened.View.IsFresh))
            .Select(static source => source.Key)
            .Order(StringComparer.Ordinal)];

    /// <summary>What is missing in a run and not known to be gone is unknown in every answer.</summary>
    private static IEnumerable<string> Held(GraphView view) =>
        from stream in view.Snapshot.Streams
        let heldAt = stream.HeldAt ?? DateTimeOffset.MaxValue
        where heldAt <= view.AsOf
        select $"a mass disappearance in stream `{stream.Stream}` of {stream.Source}, read {Instants.ToText(heldAt)}, is held: what that run lacks is unknown until `idgraph runs hold confirm` or `reject`";

    /// <summary>A what-if that can change nothing at that moment looks as if nothing would change; it says so.</summary>
    private static IEnumerable<string> WithoutEffect(Opened opened)
    {
        foreach (var fact in opened.Ask.Overlay?.Facts ?? [])
        {
            var what = fact is Observation.SawEdge edge ? $"the edge {edge.Kind} from `{edge.Of}` to `{edge.To}`" : $"`{((Observation.SawNode)fact).Id}`";
            if (fact.From > opened.AsOf)
            {
                yield return $"the overlay speaks of {what} from {Instants.ToText(fact.From.Value)} on, which lies after the moment asked about: it has no effect; ask with a later --as-of, or leave `from` out";
            }
            else if (fact is Observation.SawNode said && fact.Until is null && opened.View.Find(said.Id) is { Present: Truth.False } node)
            {
                yield return $"the overlay speaks of `{node.Id}`, which is not there at that moment: its change has no effect; state its `kind` and `state` to have it there";
            }
            else if (fact is Observation.SawEdge between && EdgeKind.Find(between.Kind) is { } kind && Misfit(opened.View, kind, between) is { } misfit)
            {
                yield return $"the overlay adds {what}, but {misfit}: no rule follows it";
            }
        }
    }

    /// <summary>Which end of an edge is of a kind that its edges never have; null: neither, or it is not known.</summary>
    private static string? Misfit(GraphView view, EdgeKind kind, Observation.SawEdge edge) =>
        ((string Id, IReadOnlyList<NodeKind> Kinds)[])[(edge.Of, kind.From), (edge.To, kind.To)] is var ends
        && ends.Select(end => (end.Id, end.Kinds, Node: view.Find(end.Id))).FirstOrDefault(static end => end.Node is { } node && node.Kind != NodeKinds.Unknown && end.Kinds.Count > 0 && !end.Kinds.Contains(node.Kind)) is { Node: { } wrong } misfit
            ? $"`{wrong.Id}` is of kind {wrong.Kind.Name} and that end is of {string.Join(" or ", misfit.Kinds.Select(static one => one.Name))}"
            : null;

    /// <summary>name@sha256:digest; the digest is over every value of the policy as its record prints itself.</summary>
    private static string PolicyName(AnalysisPolicy policy) => $"{policy.Name}@sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(policy.ToString())))}";

    private IReadOnlyList<SourceAnswer> SourcesOf(GraphView view) =>
        _sources.TryGetValue(view, out var known) ? known : _sources[view] = Sources(view);

    /// <summary>
    /// By source, then tenant. Never: nothing of it was read to its end. Stale: what was, is too old to rely on. Partial: some stream
    /// is one or the other, or its last reading stopped short. Else complete.
    /// </summary>
    private static IReadOnlyList<SourceAnswer> Sources(GraphView view)
    {
        var sources = view.Snapshot.Streams.GroupBy(stream => (stream.Source, stream.Tenant));
        return [.. sources
            .OrderBy(source => source.Key.Source, StringComparer.Ordinal)
            .ThenBy(source => source.Key.Tenant, StringComparer.Ordinal)
            .Select(source => new SourceAnswer
            {
                Source = source.Key.Source,
                Tenant = source.Key.Tenant,
                LastCompleteAt = source.Max(stream => stream.LastCompleteAt),
                State = source.All(stream => stream.LastCompleteAt is null) ? "never"
                    : !source.Any(stream => stream.LastCompleteAt is not null && view.IsFresh(stream)) ? "stale"
                    : source.All(stream => stream.LastCompleteAt >= stream.LastReadAt && view.IsFresh(stream)) ? "complete"
                    : "partial",
            })];
    }
}
