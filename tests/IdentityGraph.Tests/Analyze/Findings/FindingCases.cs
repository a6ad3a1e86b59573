using IdentityGraph.Tests.Analyze.Reach;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Analyze.Findings;

/// <summary>For every rule a story in which it finds something and its nearest twin in which it does not.</summary>
internal static partial class FindingCases
{
    public static IReadOnlyList<FindingCase> All { get; } = [.. Ownership, .. Credentials];

    private static IEnumerable<FindingCase> Ownership =>
    [
        Lattice("IG-O01", "nobody ever owned it", "High Certain O1", "n1"),
        Lattice("IG-O01", "its owner left", "High Certain O2", "n2"),
        Lattice("IG-O01", "the owning group holds only a leaver", "High Certain O3", "n4"),
        Lattice("IG-O01", "its owners only own each other", "High Certain O5", "n7"),
        Lattice("IG-O01", "its owner is a vendor's contact nobody sponsors", "High Certain O6", "n13"),
        Lattice("IG-O01", "its owner is a text that names nobody", "Medium Possible O7", "n12"),
        Lattice("IG-O01", "nobody owns it between two owners", "High Certain O8", "n17"),
        Lattice("IG-O01", "its owner is an orphan, which is told instead", null, "n6"),
        Lattice("IG-O01", "its owner's account is disabled but she is employed", null, "n16"),
        Lattice("IG-O01", "it is disabled and has no live key", null, "n18"),
        Lattice("IG-O01", "it is disabled but a key of it works on", "High Certain O2", "n18", run => run.Key("k18").Edge("AUTHENTICATES_AS", "k18", "n18").Edge("IN_SYSTEM", "n18", "cloud").System("cloud", ("cascade_apiKey", "Never"))),
        Lattice("IG-O01", "it is disabled and nobody said whether its key dies with it", "Medium Possible O2", "n18", run => run.Key("k18").Edge("AUTHENTICATES_AS", "k18", "n18")),

        Lattice("IG-O02", "only a group answers for it", "Medium Certain no person is named", "n5"),
        Lattice("IG-O02", "a person is named beside the group", null, "n5", run => run.Edge("OWNED_BY", "n5", "ann")),
        Lattice("IG-O02", "nobody watches an integration", "Medium Certain nobody fills usageMonitoring", "hub", run => Roles(run, "accountable", "scopeApproval", "revocation")),
        Lattice("IG-O02", "every role of an integration is filled", null, "hub", run => Roles(run, "accountable", "scopeApproval", "revocation", "usageMonitoring")),
        Lattice("IG-O02", "nobody answers at all, which is told instead", null, "n1"),

        Lattice("IG-O03", "its owner is on leave", "Low Certain OnLeave", "n15"),
        Lattice("IG-O03", "its owner moved after the ownership began", "Low Certain Moved", "n14"),
        Lattice("IG-O03", "its owner leaves within thirty days", "Low Certain Leaving", "n20", run => OwnershipLattice.Runs(OwnershipLattice.Employs(run, "fay", end: "2025-05-15", status: "active"), "n20").Edge("OWNED_BY", "n20", "fay")),
        Lattice("IG-O03", "its owner leaves in thirty-one days", null, "n20", run => OwnershipLattice.Runs(OwnershipLattice.Employs(run, "fay", end: "2025-05-16", status: "active"), "n20").Edge("OWNED_BY", "n20", "fay")),
        Lattice("IG-O03", "its owner is here to stay", null, "n16"),
    ];

    private static IEnumerable<FindingCase> Credentials =>
    [
        Told("IG-C01", "the key never expires", "Medium Certain never expires", "key", run => run.Key("key").Service("svc").Edge("AUTHENTICATES_AS", "key", "svc")),
        Told("IG-C01", "the key lives a day longer than a year", "Medium Certain lives longer than the limit", "key", run => Ending(run, "2025-01-01", "2026-01-02")),
        Told("IG-C01", "the key lives a year to the day", null, "key", run => Ending(run, "2025-01-01", "2026-01-01")),
        Told("IG-C01", "the key never expires but is revoked", null, "key", run => run.Key("key", props: ("revokedAt", Facts.Instant("2025-05-01")))),
        Told("IG-C01", "nobody reported the end of the key", "Low Possible its end is not reported", "key", run => run.Node("key", "Credential", ("kind", "apiKey"), ("state", "Active"))),
        Told("IG-C01", "a short token renews itself without end", "Medium Certain never expires", "key", run => run.Node("key", "Credential", ("kind", "refreshToken"), ("state", "Active"), ("issuedAt", Facts.Instant("2025-05-01")), ("expiresAt", Facts.Instant("2025-07-30")), ("renewable", true), ("maxRenewals", null), ("ttl", "P90D"))),
        Told("IG-C01", "a second factor is meant to last", null, "key", run => run.Key("key", "mfaFactor")),
        Told("IG-C01", "the key opens a crown jewel to write", "High Certain never expires", "key", run => run.Key("key").Service("svc").Edge("AUTHENTICATES_AS", "key", "svc").Resource("payroll", ("crownJewel", true)).Edge("ENTITLES", "svc", "payroll", ("level", "L3"))),
        Told("IG-C01", "the key opens a crown jewel to read, and nothing says that its data are restricted", "Medium Certain never expires", "key", run => run.Key("key").Service("svc").Edge("AUTHENTICATES_AS", "key", "svc").Resource("payroll", ("crownJewel", true)).Edge("ENTITLES", "svc", "payroll", ("level", "L2"))),
        Told("IG-C01", "the key works from one network only", "Low Certain never expires", "key", run => run.Key("key", props: ("networkConstraint", "allowListIp(office)")).Service("svc").Edge("AUTHENTICATES_AS", "key", "svc")),

        Told("IG-C04", "a live key lies in a ticket", "High Certain not sanctioned: ticket", "key", run => Stored(run, ("sanctioned", false))),
        Told("IG-C04", "the key in the ticket is revoked", null, "key", run => Stored(run.Node("key", null, ("revokedAt", Facts.Instant("2025-05-30"))), ("sanctioned", false))),
        Told("IG-C04", "the store is sanctioned", null, "key", run => Stored(run, ("sanctioned", true))),
        Told("IG-C04", "nobody said whether tickets may hold secrets", "Medium Possible not sanctioned: ticket", "key", run => Stored(run)),
    ];

    private static FindingCase Lattice(string rule, string story, string? found, string subject, Action<Facts.Lines>? more = null) =>
        new(rule, story, found, subject, () => OwnershipLattice.Company(more), OwnershipLattice.Today);

    private static FindingCase Told(string rule, string story, string? found, string subject, Action<Facts.Lines> lines) =>
        new(rule, story, found, subject, () => Facts.Of(Estate.Day, lines), Estate.Day);

    private static void Roles(Facts.Lines run, params string[] roles)
    {
        run.Connector("hub");
        foreach (var role in roles)
        {
            run.Edge("OWNED_BY", "hub", "ann", ("role", role)).With(key: role);
        }
    }

    private static Facts.Lines Ending(Facts.Lines run, string issued, string expires) =>
        run.Node("key", "Credential", ("kind", "apiKey"), ("state", "Active"), ("issuedAt", Facts.Instant(issued)), ("expiresAt", Facts.Instant(expires)));

    private static Facts.Lines Stored(Facts.Lines run, params (string, object?)[] props) =>
        run.Key("key").Resource("ticket-1", ("storeKind", "ticket")).Edge("STORED_IN", "key", "ticket-1", props);
}
