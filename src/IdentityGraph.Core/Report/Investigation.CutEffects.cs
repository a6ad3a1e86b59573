using IdentityGraph.Analyze.Questions;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    /// <summary>Cuts whose actions are tried one by one: each is a fold of its own.</summary>
    private const int MostTried = 12;

    /// <summary>
    /// What each cut leaves where exactly its actions are done and nothing else. A cut takes its members for dead; an action ends a state:
    /// a key may outlive the account it signs in as, a copy the credential it was copied from, what was encrypted the key.
    /// </summary>
    /// <returns>By cut, in its order: null where the actions cut, or may not differ from its members' death.</returns>
    private async ValueTask<(IReadOnlyList<string?> Shortfalls, int Untried)> ShortfallsAsync(Opened opened, IReadOnlyList<string> from, CutQuestion asked, IReadOnlyList<Cut> cuts, CancellationToken stop, CancellationToken cancellationToken)
    {
        var shortfalls = new string?[cuts.Count];
        var (tried, untried) = (0, 0);
        foreach (var (number, cut) in cuts.Index())
        {
            List<Node> ended = [.. cut.Members.Where(static member => member.Node >= 0 && member.Gate is null).Select(member => opened.View[member.Node])];
            if (!ended.Exists(MayOutlive))
            {
                continue;
            }

            if (tried++ == MostTried || stop.IsCancellationRequested)
            {
                (tried, untried) = (MostTried, untried + 1);
                continue;
            }

            var after = await EndedAsync(opened, ended, cancellationToken).ConfigureAwait(false);
            shortfalls[number] = Shortfall(opened, after, from, asked, cut, stop, cancellationToken);

            // A search that was cut short and found no target has not shown that the actions cut.
            untried += shortfalls[number] is null && stop.IsCancellationRequested ? 1 : 0;
        }

        return (shortfalls, untried);
    }

    private string? Shortfall(Opened opened, GraphView after, IReadOnlyList<string> from, CutQuestion asked, Cut cut, CancellationToken stop, CancellationToken cancellationToken)
    {
        var control = ControlGraph.Compile(after, new Liveness(after, Policy.CorrelationConfidence), opened.Ask.Profile);
        var members = cut.Members.Where(static member => member.Node >= 0).ToLookup(static member => member.Gate is not null, member => Known(after, opened.View[member.Node].Id));
        var reach = control.Reach(
            [.. from.SelectMany(id => Seeding.Of(Known(after, id), control.Liveness))],
            new ReachOptions
            {
                Stop = stop,
                DeadNodes = members[false].Where(static node => !node.Kind.HasState).Select(static node => node.Index).ToHashSet(),
                DeadEdges = cut.Members.Where(static member => member.Edge >= 0).Select(member => SameEdge(after, opened.View.EdgeAt(member.Edge))).ToHashSet(),
                Gated = members[true].Select(static node => node.Index).ToHashSet(),
            },
            cancellationToken);
        foreach (var (node, right) in asked.Targets)
        {
            var target = Known(after, node.Id);
            var cells = reach[target];
            var cell = cells.CertainAmplified is var certain && certain != Rights.None && certain.Has(right) ? Cell.CertainAmplified : Cell.PossibleAmplified;
            var rights = cells.Of(cell);
            if (rights != Rights.None && rights.Has(right) && reach.Proof(target, right == Rights.None ? cells.Highest(cell) : right, cell) is { } proof)
            {
                return StillBy(proof, [.. members[false]], control.Liveness, cell == Cell.CertainAmplified);
            }
        }

        return null;
    }

    /// <summary>The first step that goes through what was acted on, and what else is to be done.</summary>
    private static string StillBy(Proof proof, List<Node> ended, Liveness liveness, bool isCertain)
    {
        var step = proof.Steps.FirstOrDefault(line => line.Rule is not null && (ended.Contains(line.Node) || line.From.Any(ended.Contains))) ?? proof.Steps[^1];
        List<string> also = [.. step.From.Append(step.Node).Where(node => node.Kind == NodeKinds.Credential && !ended.Contains(node) && liveness.Of(node) != Truth.False).Select(static node => $"`{node.Id}`").Distinct()];
        var still = isCertain ? "still is" : "may still be";
        return $"`{step.Node.Id}` {still} attained from {string.Join(" and ", step.From.Select(static node => $"`{node.Id}`"))} by {step.Rule?.Id}"
            + (step.Node == proof.Goal ? "" : $", and with it `{proof.Goal.Id}`")
            + (also.Count == 0 ? "" : $"; also revoke {string.Join(" and ", also)}");
    }

    /// <summary>What signs in as what was shut down though its state ends, by what is known of how its system withdraws access.</summary>
    private async ValueTask<IReadOnlyList<string>> OutlivingAsync(Opened opened, IReadOnlyList<Node> contained, CancellationToken cancellationToken)
    {
        const int Named = 5;
        List<Node> ended = [.. contained.Where(static node => node.Kind.HasState && node.Kind != NodeKinds.Credential && node.In(EdgeKinds.AuthenticatesAs).Count > 0)];
        if (ended.Count == 0)
        {
            return [];
        }

        var after = await EndedAsync(opened, ended, cancellationToken).ConfigureAwait(false);
        var liveness = new Liveness(after, Policy.CorrelationConfidence);
        var shut = contained.Select(static node => node.Id).ToHashSet(StringComparer.Ordinal);
        List<string> warnings = [];
        foreach (var node in ended.Select(node => Known(after, node.Id)))
        {
            List<Node> outliving = [.. node.In(EdgeKinds.AuthenticatesAs).ToList().Where(edge => edge.Holds != Truth.False && !shut.Contains(edge.Of.Id) && liveness.Of(edge.Of) != Truth.False && liveness.SubjectOk(edge.Of, node) != Truth.False).Select(static edge => edge.Of)];
            if (outliving.Count > 0)
            {
                var words = string.Join(", ", outliving.Take(Named).Select(static one => $"`{one.Id}`")) + (outliving.Count > Named ? $" and {outliving.Count - Named} more" : "");
                warnings.Add($"`{node.Id}` is taken for dead; only disabling it does not end what signs in as it: {words} {(outliving.TrueForAll(one => liveness.SubjectOk(one, node) == Truth.Unknown) ? "may outlive" : outliving.Count == 1 ? "outlives" : "outlive")} it by what is known of its system; also revoke {(outliving.Count == 1 ? "it" : "them")}");
            }
        }

        return warnings;
    }

    /// <summary>Whether ending its state may leave more than its death would.</summary>
    private static bool MayOutlive(Node node) => node.Kind.HasState && (node.Kind == NodeKinds.Credential
        ? node[Properties.Fingerprint].IsReported || node.In(EdgeKinds.EncryptedWith).Count > 0 || node.In(EdgeKinds.DerivedFrom).Count > 0 || node.Out(EdgeKinds.DerivedFrom).Count > 0
        : node.In(EdgeKinds.AuthenticatesAs).Count > 0);

    /// <summary>The facts with the states of some nodes ended at the moment asked about: revoked, or disabled.</summary>
    private async ValueTask<GraphView> EndedAsync(Opened opened, IEnumerable<Node> nodes, CancellationToken cancellationToken)
    {
        var ended = new Overlay
        {
            Facts =
            [
                .. nodes.Where(static node => node.Kind.HasState).Select(node => new Observation.SawNode
                {
                    Id = node.Id,
                    Kind = node.Kind.Name,
                    From = opened.AsOf,
                    Properties =
                    [
                        new(Properties.State.Name, PropertyValue.Of("Disabled")),
                        .. node.Kind == NodeKinds.Credential ? [new KeyValuePair<string, PropertyValue>(Properties.RevokedAt.Name, PropertyValue.Of(opened.AsOf))] : Array.Empty<KeyValuePair<string, PropertyValue>>(),
                    ],
                }),
            ],
        };
        var snapshot = await _snapshots.AtAsync(store, opened.AsKnownAt, cancellationToken).ConfigureAwait(false);
        var runs = store.Runs().Select(run => (run, store.Read(run, cancellationToken)));
        var overlay = opened.Ask.Overlay is { IsEmpty: false } asked ? Overlay.Of([asked, ended]) : ended;
        return (await Task.Run(() => snapshot.With(overlay, runs, cancellationToken), cancellationToken).ConfigureAwait(false)).At(opened.AsOf);
    }

    /// <summary>Dense index of the same edge in another view of the same edges; -1: it is not there.</summary>
    private static int SameEdge(GraphView view, Edge edge)
    {
        foreach (var other in Known(view, edge.Of.Id).Out(edge.Kind))
        {
            if (other.To.Id == edge.To.Id && other.Key == edge.Key)
            {
                return other.Index;
            }
        }

        return -1;
    }
}
