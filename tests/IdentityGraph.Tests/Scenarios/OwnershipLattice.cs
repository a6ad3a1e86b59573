using IdentityGraph.Analyze.Ownership;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Policies;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>
/// SC-15, the ownership lattice, as of 2025-04-15: ann is in post; bob left on 03-31; cat is on leave; dan moved in March; eve was a
/// vendor's contact whose contract is over and whom nobody sponsors. All service identities are live unless said otherwise.
/// </summary>
internal static class OwnershipLattice
{
    public const string Today = "2025-04-15";

    public static Facts Company(Action<Facts.Lines>? more = null) => Facts.Of(Today, run =>
    {
        Employs(run, "ann");
        Employs(run, "bob", end: "2025-03-31");
        Employs(run, "cat", status: "onLeave");
        Employs(run, "dan");
        Employs(run, "eve", end: "2025-02-28", kind: "vendor");
        run.Node("move-dan", "LifecycleEvent", ("kind", "mover"), ("effectiveAt", Facts.Instant("2025-03-10"))).Edge("TARGETS", "move-dan", "dan");
        run.Node("ann@ad", "Account", ("state", "Disabled")).Edge("BELONGS_TO", "ann@ad", "ann");
        run.Node("bob@ad", "Account", ("state", "Disabled")).Edge("BELONGS_TO", "bob@ad", "bob");
        run.Node("empty", "Group").Node("bobs", "Group").Edge("MEMBER_OF", "bob@ad", "bobs");
        run.Node("mixed", "Group").Edge("MEMBER_OF", "bob@ad", "mixed").Edge("MEMBER_OF", "ann@ad", "mixed");

        Runs(run, "n1");
        Runs(run, "n2").Edge("OWNED_BY", "n2", "bob");
        Runs(run, "n3").Edge("OWNED_BY", "n3", "empty");
        Runs(run, "n4").Edge("OWNED_BY", "n4", "bobs");
        Runs(run, "n5").Edge("OWNED_BY", "n5", "mixed");
        Runs(run, "n6").Edge("OWNED_BY", "n6", "n2");
        Runs(run, "n7").Edge("OWNED_BY", "n7", "n8");
        Runs(run, "n8").Edge("OWNED_BY", "n8", "n7");
        Runs(run, "n9").Edge("OWNED_BY", "n9", "ann").Node("nightly", "Workflow", ("state", "Disabled")).Edge("SERVES", "n9", "nightly");
        Runs(run, "n10").Edge("OWNED_BY", "n10", "n11");
        Runs(run, "n11").Edge("OWNED_BY", "n11", "n10").Edge("OWNED_BY", "n11", "ann");
        Runs(run, "n12").Edge("OWNED_BY", "n12", "text:platform team");
        Runs(run, "n13").Edge("OWNED_BY", "n13", "eve");
        Runs(run, "n14").Edge("OWNED_BY", "n14", "dan").With(from: "2024-06-01");
        Runs(run, "n15").Edge("OWNED_BY", "n15", "cat");
        Runs(run, "n16").Edge("OWNED_BY", "n16", "ann@ad");
        Runs(run, "n17").Edge("OWNED_BY", "n17", "bob").With(from: "2024-01-01", until: "2025-03-31").Edge("OWNED_BY", "n17", "ann").With(from: "2025-06-01");
        Runs(run, "n18", state: "Disabled").Edge("OWNED_BY", "n18", "bob");
        more?.Invoke(run);
    });

    public static Facts.Lines Employs(Facts.Lines run, string person, string? end = null, string? status = null, string kind = "employee") => run
        .Node(person, "Person")
        .Node(
            $"job:{person}",
            "Employment",
            ("kind", kind),
            ("startAt", Facts.Instant("2020-01-01")),
            ("endAt", end is null ? null : Facts.Instant(end)),
            ("status", status ?? (end is null ? "active" : "ended")))
        .Edge("EMPLOYED_AS", person, $"job:{person}");

    public static Facts.Lines Runs(Facts.Lines run, string identity, string state = "Active") => run.Node(identity, "ServiceIdentity", ("state", state));

    public static Owners Owners(GraphView view) => new(view, new Liveness(view), new AnalysisPolicy());

    public static OwnershipResult Of(this Facts facts, string id, string asOf = Today)
    {
        var view = facts.At(asOf);
        return Owners(view).Of(view.Find(id)!.Value);
    }

    /// <summary>State, reason where there is one, and who answers: "Orphaned O2 {}", "Owned {ann}", "Unknown tombstone {}".</summary>
    public static string Verdict(this Facts facts, string id, string asOf = Today) => Say(facts.Of(id, asOf));

    public static string Say(OwnershipResult result)
    {
        var reason = result.IsTombstone ? " tombstone" : result.Reason is { } why ? $" {why}" : "";
        return $"{result.State}{reason} {{{string.Join(", ", result.Answering.AtLeast)}}}";
    }
}
