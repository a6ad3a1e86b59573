using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Tests.Analyze.Reach;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Analyze.Findings;

/// <summary>For every rule a story in which it finds something and its nearest twin in which it does not.</summary>
internal static partial class FindingCases
{
    public static IReadOnlyList<FindingCase> All { get; } = [.. Ownership, .. Credentials, .. Work, .. Measures, .. Left];

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
        Told("IG-C01", "the key is three years old but was rotated in January and ends in a year", null, "key", run => run.Node("key", "Credential", ("kind", "apiKey"), ("state", "Active"), ("issuedAt", Facts.Instant("2022-01-01")), ("rotatedAt", Facts.Instant("2025-01-01")), ("expiresAt", Facts.Instant("2026-01-01")))),
        Told("IG-C01", "the password of a person's account never expires", "Medium Certain never expires", "pw", run => run.Key("pw", "password").Account("kim").Edge("AUTHENTICATES_AS", "pw", "kim")),
        Told("IG-C01", "nobody reported an end of the password, as hardly any source does", null, "pw", run => run.Node("pw", "Credential", ("kind", "password"), ("state", "Active"))),
        Told("IG-C01", "a second factor is meant to last", null, "key", run => run.Key("key", "mfaFactor")),
        Told("IG-C01", "the key opens a crown jewel to write", "High Certain never expires", "key", run => run.Key("key").Service("svc").Edge("AUTHENTICATES_AS", "key", "svc").Resource("payroll", ("crownJewel", true)).Edge("ENTITLES", "svc", "payroll", ("level", "L3"))),
        Told("IG-C01", "the key opens a crown jewel to read, and nothing says that its data are restricted", "Medium Certain never expires", "key", run => run.Key("key").Service("svc").Edge("AUTHENTICATES_AS", "key", "svc").Resource("payroll", ("crownJewel", true)).Edge("ENTITLES", "svc", "payroll", ("level", "L2"))),
        Told("IG-C01", "the key works from one network only", "Low Certain never expires", "key", run => run.Key("key", props: ("networkConstraint", "allowListIp(office)")).Service("svc").Edge("AUTHENTICATES_AS", "key", "svc")),

        Told("IG-C04", "a live key lies in a ticket", "High Certain not sanctioned: ticket", "key", run => Stored(run, ("sanctioned", false))),
        Told("IG-C04", "the key in the ticket is revoked", null, "key", run => Stored(run.Node("key", null, ("revokedAt", Facts.Instant("2025-05-30"))), ("sanctioned", false))),
        Told("IG-C04", "the store is sanctioned", null, "key", run => Stored(run, ("sanctioned", true))),
        Told("IG-C04", "nobody said whether tickets may hold secrets", "Medium Possible not sanctioned: ticket", "key", run => Stored(run)),
    ];

    private static IEnumerable<FindingCase> Work =>
    [
        Lattice("IG-K03", "who consented left, and the grant survives that", "High Certain authoriser disabled", "grant", run => Consented(run, "bob@ad", true)),
        Lattice("IG-K03", "who consented left, and the grant died with the account", null, "grant", run => Consented(run, "bob@ad", false)),
        Lattice("IG-K03", "who consented left and nobody said whether the grant survives that", "Medium Possible authoriser disabled", "grant", run => Consented(run, "bob@ad", null)),
        Lattice("IG-K03", "the account of a leaver was forgotten", "High Certain authoriser left", "grant", run => Consented(run.Node("bob@chat", "Account", ("state", "Active")).Edge("BELONGS_TO", "bob@chat", "bob"), "bob@chat", true)),
        Lattice("IG-K03", "who consented is locked out, which is not gone", null, "grant", run => Consented(run.Node("kim@chat", "Account", ("state", "Locked")), "kim@chat", true)),
        Lattice("IG-K03", "who consented moved since", "High Certain authoriser moved", "grant", run => Consented(Moved(run), "dan@ad", true)),
        Lattice("IG-K03", "who consented moved since, and somebody approved the grant anew", null, "grant", run => Consented(Moved(run), "dan@ad", true).Node("again", "Approval", ("at", Facts.Instant("2025-03-11"))).Edge("APPROVES", "again", "grant")),
        Lattice("IG-K03", "who consented moved since, and what was approved was approved before", "High Certain authoriser moved", "grant", run => Consented(Moved(run), "dan@ad", true).Node("before", "Approval", ("at", Facts.Instant("2025-03-09"))).Edge("APPROVES", "before", "grant")),
        Lattice("IG-K03", "another who consented is still here", null, "grant", run => Consented(Moved(run), "dan@ad", true).Node("ann@chat", "Account", ("state", "Active")).Edge("BELONGS_TO", "ann@chat", "ann").Edge("CONSENTED_BY", "grant", "ann@chat")),
        Lattice("IG-K03", "who consented may be a leaver or somebody else", null, "grant", run => Consented(run.Node("b@chat", "Account", ("state", "Active")).Edge("BELONGS_TO", "b@chat", "bob").Edge("BELONGS_TO", "b@chat", "ann"), "b@chat", true)),
        Lattice("IG-K03", "the policy asks for more assurance than the consent was given with", "High Certain consent at AAL1, less than its policy asks for", "grant", run => Assured(run, "AAL1")),
        Lattice("IG-K03", "the consent was given with what the policy asks for", null, "grant", run => Assured(run, "AAL2")),
        Lattice("IG-K03", "nobody is recorded to have consented", "Medium Possible no authoriser recorded", "grant", run => run.Grant("grant", "application")),

        Chain("IG-W01", "a customer's request goes from chat to ticket to production without a trail", "Critical Certain chat, ticketing and production without one identity or trail", "refunds", run => Places(run)),
        Chain("IG-W01", "the process is internal", "High Certain chat, ticketing and production without one identity or trail", "refunds", run => Places(run, sensitivity: "standard")),
        Chain("IG-W01", "one correlation key is logged by all three systems", null, "refunds", run => Trailed(Places(run), "ask", "post", "ticket", "call", "job")),
        Chain("IG-W01", "the key is logged everywhere but in production", "Critical Certain chat, ticketing and production without one identity or trail", "refunds", run => Trailed(Places(run), "ask", "post", "ticket")),
        Chain("IG-W01", "the chain never reaches production", null, "refunds", run => Places(run, production: "saas")),
        Chain("IG-W02", "Lee copies the text by hand, and a key was pasted into the ticket", "Medium Certain method | Medium Certain pasted", "deploy", run => Places(run)),
        new("IG-W02", "one token is issued by policy for the one handoff", null, "bot-run", OneHandoff(), Scenarios.FragmentedChain.ThatNight),
        Chain("IG-W03", "no credential is recorded for what Lee copied", "Medium Certain credential unknown", "deploy", run => Places(run)),
        new("IG-W03", "an agent exchanged a token that does not say who acted with it before", "Medium Certain acting party unknown", "agents", Exchanged(named: false), Scenarios.FragmentedChain.ThatNight),
        new("IG-W03", "the exchanged token names who acted with it before", null, "agents", Exchanged(named: true), Scenarios.FragmentedChain.ThatNight),
        new("IG-W03", "initiator, human and credential are recorded", null, "bot-run", OneHandoff(), Scenarios.FragmentedChain.ThatNight),

        Told("IG-J08", "two hubs each make what they miss in the other's system", "Medium Certain what one side removes the other makes again", "hub-a", run => Hub(Hub(run, "hub-a", "a", "b"), "rule-b", "b", "a")),
        Told("IG-J08", "both hubs write into a third system", null, "hub-a", run => Hub(Hub(run, "hub-a", "a", "c"), "rule-b", "b", "c")),
        Told("IG-J08", "one of the two is disabled", null, "hub-a", run => Hub(Hub(run, "hub-a", "a", "b"), "rule-b", "b", "a", "Disabled")),
        Told("IG-J08", "a workflow runs as an identity that can provision", "Medium Certain what one side removes the other makes again", "hub-a", run => Hub(run, "hub-a", "a", "b").Workflow("on-missing").Service("maker").Edge("TRIGGERS", "b", "on-missing").Edge("RUNS_AS", "on-missing", "maker").Edge("CAN_PROVISION", "maker", "a")),
    ];

    private static IEnumerable<FindingCase> Measures =>
    [
        Told("IG-B02", "it can make administrators where it reads one mailbox", "High Certain amplification", "maker", run => Maker(run, "L5")),
        Told("IG-B02", "it can make accounts without any right", null, "maker", run => Maker(run, "L0")),
        Told("IG-B02", "it reaches everything and nothing amplifies", null, "maker", run => run.Service("maker").System("cloud", ("criticality", 9)).Edge("ENTITLES", "maker", "cloud", ("level", "L5"))),
        new("IG-B04", "the stolen session is over, and an application it made is not", "Critical Certain through app", "theft", () => Facts.Of("2025-04-01", run => Stolen(run, "2025-05-10", ("revokedAt", Facts.Instant("2025-05-20")))), "2025-05-25"),
        new("IG-B04", "the application was made before the theft", null, "theft", () => Facts.Of("2025-04-01", run => Stolen(run, "2025-04-10", ("revokedAt", Facts.Instant("2025-05-20")))), "2025-05-25"),
        new("IG-B04", "the stolen session is still alive, which is worse and told otherwise", null, "theft", () => Facts.Of("2025-04-01", run => Stolen(run, "2025-05-10")), "2025-05-25"),

        new("IG-D01", "the last complete reading is more than twice its interval old", "Low Certain stale", "hris", () => Read(complete: true), "2025-06-04T00:00:01Z"),
        new("IG-D01", "it is just twice its interval old", null, "hris", () => Read(complete: true), "2025-06-04"),
        new("IG-D01", "no reading ever reached its end", "Low Certain never read to its end", "hris", () => Read(complete: false), "2025-06-03"),
        Told("IG-D02", "an account has two candidate persons", "Low Certain 2 candidate persons", "acct", run => run.Account("acct").Node("kim", "Person").Node("kit", "Person").Edge("BELONGS_TO", "acct", "kim", ("confidence", 0.5)).Edge("BELONGS_TO", "acct", "kit", ("confidence", 0.5))),
        Told("IG-D02", "an account has one candidate", null, "acct", run => run.Account("acct").Node("kim", "Person").Edge("BELONGS_TO", "acct", "kim")),
        Lattice("IG-D02", "the owner is a text", "Low Certain owner is only a text", "n12"),
        Lattice("IG-D02", "the owner is a group with nobody in it, which is known", null, "n3"),
        new("IG-D02", "two sources state different states at the same time", "Low Certain sources contradict each other on state", "svc", () => Contradicted("2025-06-02"), Estate.Day),
        new("IG-D02", "the later of two sources wins", null, "svc", () => Contradicted("2025-06-01"), Estate.Day),
    ];

    private static IEnumerable<FindingCase> Left =>
    [
        Leaver("IG-L01", "a local login was left open", "High Certain R1 from a1", run => run.Account("pat@app", "pat", "app", "Active", "local").Reads("pat@app", "app")),
        Leaver("IG-L01", "the open login is an administrator's", "Critical Certain R1 from a1", run => run.Account("pat@app", "pat", "app", "Active", "local").Reads("pat@app", "app", "L5")),
        Leaver("IG-L01", "the day allowed is not over", "Info Certain R1 from a1", run => run.Account("pat@app", "pat", "app", "Active", "local").Reads("pat@app", "app"), "2025-05-31T16:59:59Z"),
        Leaver("IG-L01", "the login is disabled", null, run => run.Account("pat@app", "pat", "app", "Disabled", "local").Reads("pat@app", "app")),
        Leaver("IG-L02", "the account is suspended and kept its rights", "Medium Certain R2 from a1", run => run.Account("pat@app", "pat", "app", "Suspended", "local").Reads("pat@app", "app")),
        Leaver("IG-L02", "the suspended account has no rights", null, run => run.Account("pat@app", "pat", "app", "Suspended", "local")),
        Leaver("IG-L03", "a grant they consented to works on", "High Certain R3 from a5", run => Continues(run, true)),
        Leaver("IG-L03", "the grant died with their account", null, run => Continues(run, false)),
        Leaver("IG-L04", "a shared login was never changed", "High Certain not rotated since they left", run => Shared(run, null)),
        Leaver("IG-L04", "the shared login was changed after they left", null, run => Shared(run, Facts.Instant("2025-06-01"))),
        Leaver("IG-L05", "the account is still there", "Medium Certain NotStarted", run => run.Account("pat@app", "pat", "app", "Active", "sso")),
        Leaver("IG-L05", "the system shows the account disabled", null, run => run.Account("pat@app", "pat", "app", "Disabled", "sso")),
        new("IG-L05", "a token is live past its end on paper", "Medium Certain live past its end on paper", "tok", () => Outlived(EvidenceGrade.WorkflowRecord), Estate.Day),
        new("IG-L05", "the system itself stated the end of the token", null, "tok", () => Outlived(EvidenceGrade.SystemState), Estate.Day),
        new("IG-L06", "the account was gone and is back", "High Certain was removed and is there again", "rob", () => Scenarios.ResurrectionTests.Company("local"), "2025-03-04"),
        new("IG-L06", "the account is gone", null, "rob", () => Scenarios.ResurrectionTests.Company("local"), "2025-03-02T10:10:00Z"),
    ];

    private static FindingCase Chain(string rule, string story, string? found, string subject, Action<Facts.Lines> more) =>
        new(rule, story, found, subject, () => Scenarios.FragmentedChain.Facts(more), Scenarios.FragmentedChain.ThatNight);

    private static FindingCase Leaver(string rule, string story, string? found, Action<Facts.Lines> more, string asOf = Estate.Day) =>
        new(rule, story, found, "pat", () => Facts.Of("2025-05-31", run => more(run.Person("pat", "2025-05-30T17:00:00Z").System("app"))), asOf);

    /// <summary>Where the fragmented chain goes through: chat, tickets, production; and what it is for.</summary>
    internal static Facts.Lines Places(Facts.Lines run, string sensitivity = "customerFacing", string production = "production") => run
        .System("chat", ("category", "chat")).System("desk", ("category", "ticketing")).System("prod", ("category", production))
        .Edge("ACTED_ON", "ask", "chat").Edge("ACTED_ON", "ticket", "desk").Edge("ACTED_ON", "job", "prod")
        .Node("refunds", "BusinessProcess", ("state", "Active"), ("sensitivity", sensitivity))
        .Workflow("deploy").Edge("RUN_OF", "run-7", "deploy").Edge("SERVES", "deploy", "refunds");

    internal static Facts.Lines Trailed(Facts.Lines run, params string[] steps)
    {
        run.Node("trail", "AuditTrail");
        foreach (var step in steps)
        {
            run.Edge("LOGGED_IN", step, "trail", ("correlationKey", "req-1"));
        }

        return run;
    }

    private static Func<Facts> OneHandoff() => () => Facts.Of(Scenarios.FragmentedChain.ThatNight, run =>
    {
        run.Node("bot-run", "Run").Node("one", "StepRun").Node("two", "StepRun").Edge("STEP_OF", "one", "bot-run").Edge("STEP_OF", "two", "bot-run").Service("bot");
        run.Node("tok", "Credential", ("kind", "accessToken"), ("issuedAt", Scenarios.FragmentedChain.At("09:00")), ("expiresAt", Scenarios.FragmentedChain.At("09:30")))
            .Edge("AUTHENTICATES_AS", "tok", "bot").Node("policy", "Policy").Edge("GOVERNED_BY", "tok", "policy");
        Scenarios.FragmentedChain.Handoff(run, "h", "one", "two", "09:05", "api", "bot", onBehalfOf: null).Edge("USED_CREDENTIAL", "h", "tok");
    });

    /// <summary>An orchestrating agent hands over to a tool by exchanging Rae's token.</summary>
    private static Func<Facts> Exchanged(bool named) => () => Facts.Of(Scenarios.FragmentedChain.ThatNight, run =>
    {
        run.Account("rae@idp").Node("orch", "Agent", ("state", "Active")).Node("tool", "Agent", ("state", "Active")).Node("agents", "Run").Key("tok-1").Key("tok-2");
        foreach (var step in new[] { "prompt", "plan", "call" })
        {
            run.Node(step, "StepRun").Edge("STEP_OF", step, "agents");
        }

        Scenarios.FragmentedChain.Handoff(run, "hop-1", "prompt", "plan", "09:00", "tokenExchange", "orch", onBehalfOf: "rae@idp").Edge("USED_CREDENTIAL", "hop-1", "tok-1").Edge("ACTS_FOR", "hop-1", "orch", ("actDepth", 0));
        Scenarios.FragmentedChain.Handoff(run, "hop-2", "plan", "call", "09:01", "tokenExchange", "tool", onBehalfOf: "rae@idp").Edge("USED_CREDENTIAL", "hop-2", "tok-2").Edge("ACTS_FOR", "hop-2", "tool", ("actDepth", 0));
        if (named)
        {
            run.Edge("ACTS_FOR", "hop-2", "orch", ("actDepth", 1));
        }
    });

    internal static Facts.Lines Hub(Facts.Lines run, string hub, string from, string to, string state = "Active") => run
        .System(from).System(to).Connector(hub, ("state", state), ("capabilities", new[] { "provision" })).Edge("TRIGGERS", from, hub).Edge("CONNECTS", hub, to, ("side", "target"));

    private static Facts.Lines Consented(Facts.Lines run, string account, bool? survives)
    {
        run.Grant("grant", "application", survives is null ? [] : [("survivesAuthoriserDisable", survives)]).App("client").Edge("GRANTED_TO", "grant", "client");
        return run.Edge("CONSENTED_BY", "grant", account, ("at", Facts.Instant("2024-06-01"))).With(from: "2024-06-01");
    }

    private static Facts.Lines Moved(Facts.Lines run) => run.Node("dan@ad", "Account", ("state", "Active")).Edge("BELONGS_TO", "dan@ad", "dan");

    private static Facts.Lines Assured(Facts.Lines run, string given) => run.Node("consents", "Policy", ("aal", "AAL2"))
        .Grant("grant", "application").Edge("GOVERNED_BY", "grant", "consents").Node("ann@chat", "Account", ("state", "Active"))
        .Edge("CONSENTED_BY", "grant", "ann@chat", ("aal", given));

    private static Facts.Lines Maker(Facts.Lines run, string level) => run
        .Service("maker").System("cloud", ("criticality", 9)).Resource("mailbox", ("criticality", 2))
        .Edge("ENTITLES", "maker", "mailbox", ("level", "L2")).Edge("CAN_PROVISION", "maker", "cloud", ("maxLevel", level));

    private static Facts Read(bool complete) => new Facts().Run(
        new RunHeader { Source = "hris", StartedAt = Facts.Instant("2025-06-02"), Interval = TimeSpan.FromDays(1) },
        run =>
        {
            run.Node("kim", "Person");
            _ = complete ? run.Complete("Person") : run.Incomplete("Person");
        });

    private static Facts Contradicted(string other) => new Facts()
        .Run("one", other, run => run.Service("svc").Complete("ServiceIdentity"))
        .Run("two", Estate.Day, run => run.Node("svc", "ServiceIdentity", ("state", "Disabled")).Complete("ServiceIdentity"));

    private static Facts.Lines Continues(Facts.Lines run, bool survives) => run
        .Account("pat@app", "pat", "app", "Disabled", "sso").App("sync").Resource("board")
        .Grant("grant", "application", ("survivesAuthoriserDisable", survives)).Edge("GRANTED_TO", "grant", "sync").Edge("CONSENTED_BY", "grant", "pat@app")
        .Node("write", "Scope").Edge("INCLUDES_SCOPE", "grant", "write").Edge("CONFERS", "write", "board", ("level", "L3"));

    private static Facts.Lines Shared(Facts.Lines run, DateTimeOffset? rotated) => run
        .Service("svc").Edge("IN_SYSTEM", "svc", "app").Person("max", null).Secret("login", "apiKey", "svc", ("rotatedAt", rotated))
        .Edge("HELD_BY", "login", "pat").With(from: "2024-01-01").Edge("HELD_BY", "login", "max").With(from: "2024-01-01");

    private static Facts Outlived(EvidenceGrade grade) => new Facts()
        .Run("app", "2025-06-01", run => run.Node("tok", "Credential", ("kind", "accessToken"), ("state", "Active")).With(from: "2025-01-01").Complete("Credential"))
        .Run("notes", "2025-02-01", run => run.Node("tok", "Credential", ("expiresAt", Facts.Instant("2025-03-01")), ("renewable", false)).With(grade: grade));

    private static FindingCase Lattice(string rule, string story, string? found, string subject, Action<Facts.Lines>? more = null) =>
        new(rule, story, found, subject, () => OwnershipLattice.Company(more), OwnershipLattice.Today);

    private static FindingCase Told(string rule, string story, string? found, string subject, Action<Facts.Lines> lines) =>
        new(rule, story, found, subject, () => Facts.Of(Estate.Day, lines), Estate.Day);

    /// <summary>A session stolen on 1 May opens an account that made an application on a day.</summary>
    private static void Stolen(Facts.Lines run, string made, params (string, object?)[] session) => run
        .Key("session", "accessToken", session).Service("admin").App("app").Service("app-id").Resource("mail").Node("theft", "Exposure", ("at", Facts.Instant("2025-05-01"))).With(from: "2025-05-01")
        .Edge("EXPOSES", "theft", "session").With(from: "2025-05-01").Edge("AUTHENTICATES_AS", "session", "admin").With(from: "2025-01-01").Edge("SPAWNED", "admin", "app").With(from: made)
        .Edge("RUNS_AS", "app", "app-id").Edge("ENTITLES", "app-id", "mail", ("level", "L2"));

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
