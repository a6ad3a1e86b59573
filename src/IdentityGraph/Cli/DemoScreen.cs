using IdentityGraph.Graph;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Sources.Demo;

namespace IdentityGraph.Cli;

/// <summary>The three answers of the sample company on one screen, and what to try next.</summary>
internal static class DemoScreen
{
    public static async Task PrintAsync(Session session, Investigation investigation, Ask ask, string folder, CancellationToken cancellationToken)
    {
        var orphans = await investigation.OrphansAsync(ask, false, cancellationToken).ConfigureAwait(false);
        var leavers = await investigation.LeaversAsync(ask, null, cancellationToken).ConfigureAwait(false);
        var radius = await investigation.BlastRadiusAsync(ask, [DemoEstate.Seed], null, true, cancellationToken).ConfigureAwait(false);
        var asOf = Instants.ToText(orphans.AsOf);
        session.Printer.Print(Sheet.Of(
            $"1. Orphans: {orphans.Data.Identities.Count} service identities and credentials that nobody in employment answers for",
            ["id", "kind", "ownership", "why"],
            orphans.Data.Identities.Select(identity => new[] { identity.Id, identity.Kind, identity.Ownership, OrphansCommand.Why(identity.Reason) })) with
        {
            Above = [$"As of {asOf}, the company's last day: {orphans.Store.Nodes:N0} nodes, {orphans.Store.Edges:N0} edges from {orphans.Store.Sources.Count} sources", ""],
        });
        session.Printer.Print(Sheet.Of(
            $"2. Leavers: {leavers.Data.Leavers.Count}, of whom {leavers.Data.Leavers.Count(leaver => leaver.Verdict == "Clear")} are proved out everywhere",
            ["person", "left", "verdict", "how"],
            leavers.Data.Leavers.Where(leaver => leaver.Verdict != "Clear").Select(leaver => new[] { leaver.Person, leaver.LeaverAt is { } left ? Instants.ToText(left) : "unknown", leaver.Verdict, How(leaver) })) with
        { Above = [""] });
        session.Printer.Print(Sheet.Of(
            $"3. Blast radius of {DemoEstate.Seed}: {radius.Data.Reached.Count} reached, {radius.Data.Score.Share:P1} of all criticality",
            ["id", "level", "hops", "how"],
            radius.Data.Reached.OrderBy(node => node.Hops).ThenBy(node => node.Id, StringComparer.Ordinal).Select(node => new[] { node.Id, node.Level, node.Hops?.ToString(), node.Proof is { } key ? ProofText.Line(radius.Data.Proofs[key]) : null }),
            "",
            "Try next:",
            $"  idgraph leaver hr:person/rhea --store {folder} --as-of {asOf}",
            $"  idgraph path {DemoEstate.Seed} aws:resource/ledger --store {folder} --as-of {asOf}",
            $"  idgraph handoff show {DemoEstate.Run} --store {folder} --as-of {asOf}",
            $"  idgraph identity chain hr:person/amir --store {folder} --as-of {asOf}") with
        { Above = [""] });
    }

    private static string How(LeaverAnswer leaver) =>
        leaver.Paths is [var path, ..] ? $"{path.Class} from {path.Anchor.Code} {path.Anchor.Id} to {path.Target} ({path.Level})"
        : leaver.Unknown is [var unknown, ..] ? unknown
        : leaver.PendingUntil is { } until ? $"inside its time until {Instants.ToText(until)}"
        : "";
}
