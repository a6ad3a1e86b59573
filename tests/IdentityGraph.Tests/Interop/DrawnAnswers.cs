using System.Text.Json;
using IdentityGraph.Interop.Pages;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Tests.Interop;

/// <summary>One answer of each kind that has a picture; every string in it that a source could have stated goes through a function.</summary>
internal static class DrawnAnswers
{
    private static readonly DateTimeOffset s_day = new(2025, 6, 2, 0, 0, 0, TimeSpan.Zero);

    /// <param name="says">Given a harmless string, what stands in its place; different strings must stay different.</param>
    public static IReadOnlyList<Page> Pages(Func<string, string> says) =>
        [BlastRadiusPage.Of(Radius(says)), PathPage.Of(Path(says)), CutsPage.Of(Cuts(says)), LeaversPage.Of(Leavers(says)), IdentityChainPage.Of(Chain(says))];

    public static Answer<BlastRadiusAnswer> Radius(Func<string, string> says) => Answer("blast-radius", says, new BlastRadiusAnswer
    {
        Seeds = [says("key"), says("pgp")],
        Profile = "ExternalBearer",
        Mode = "snapshot",
        Reached =
        [
            Reached(says, "ledger", "Resource", "L3", 2, "p2"),
            Reached(says, "robot", "ServiceIdentity", "L4", 1, "p1"),
            Reached(says, "vault", "Credential", "L4?", 3, "p3"),
        ],
        Score = new BlastScore
        {
            Raw = 3.6,
            Share = 0.36,
            DirectRaw = 3.6,
            Amplification = 1,
            CrownJewels = [says("ledger")],
            Boundaries = new BoundaryAnswer(1, 0, 0),
            ExposureEnd = null,
            UnknownCriticality = 0,
        },
        Durable = [says("vault")],
        Proofs = new Dictionary<string, IReadOnlyList<ProofStep>> { ["p1"] = [.. Way(says).Take(2)], ["p2"] = [.. Way(says).Take(3)], ["p3"] = Way(says) },
    });

    public static Answer<PathAnswer> Path(Func<string, string> says) => Answer("path", says, new PathAnswer { Paths = [[.. Way(says).Take(3)], Way(says)], All = true, Because = null });

    public static Answer<CutsAnswer> Cuts(Func<string, string> says) => Answer("cuts", says, new CutsAnswer
    {
        By = "edge",
        Attained = true,
        Cuts = [new CutAnswer { Members = [new CutMember { Edge = Fact(says, "AUTHENTICATES_AS", "key", "robot") }], Cost = 1, Status = "proved minimal" }],
        ChokePoints = [new CutMember { Node = says("robot") }, new CutMember { Action = "add gate", Node = says("robot"), Gate = says("gate") }],
        Ways = [Way(says)],
    });

    public static Answer<LeaversAnswer> Leavers(Func<string, string> says) => Answer("leaver", says, new LeaversAnswer
    {
        Leavers =
        [
            new LeaverAnswer
            {
                Person = says("mara"), LeaverAt = s_day, Verdict = "Reachable", Class = "R1", PendingUntil = null,
                Paths = [new LeaverPath { Class = "R1", Anchor = new AnchorAnswer("a2", says("key")), Target = says("ledger"), Level = "L3", Certainty = "Certain", Proof = "p1" }],
                Systems = [new LeaverSystem { System = says("shop"), State = "Claimed", Anchors = [new AnchorAnswer("a2", says("key"))], LastEvidence = new EvidenceAnswer("SystemLog", s_day) }],
                Unknown = [says("nobody read the shop")],
            },
            new LeaverAnswer { Person = says("noor"), LeaverAt = null, Verdict = "Clear", Class = null, PendingUntil = null, Paths = [], Systems = [], Unknown = [] },
        ],
        Proofs = new Dictionary<string, IReadOnlyList<ProofStep>> { ["p1"] = [.. Way(says).Take(3)] },
    });

    public static Answer<IdentityChainAnswer> Chain(Func<string, string> says) => Answer("identity chain", says, new IdentityChainAnswer
    {
        Id = says("robot"),
        Kind = "ServiceIdentity",
        Name = says("Robot"),
        Direction = "both",
        Depth = 4,
        LiveOnly = false,
        Hops =
        [
            Hop(says, "out", 1, "robot", "ledger", "ENTITLES", "robot", "ledger", "live"),
            Hop(says, "in", 1, "robot", "key", "AUTHENTICATES_AS", "key", "robot", "unknown"),
            Hop(says, "in", 2, "key", "mara", "HELD_BY", "key", "mara", "dead"),
        ],
        UnreadEdges = [new UnreadEdgeAnswer { Kind = says("WHISPERS_TO"), Of = says("robot"), To = says("wiki"), Key = says("k"), Truth = "True" }],
    });

    /// <summary>A key opens a robot; the robot writes the ledger; the ledger and another key together give the vault's credential.</summary>
    private static ProofStep[] Way(Func<string, string> says) =>
    [
        Step(says, "seed", "key", "Credential", "U"),
        Step(says, "D1", "robot", "ServiceIdentity", "U", ["key"], Fact(says, "AUTHENTICATES_AS", "key", "robot")),
        Step(says, "D4", "ledger", "Resource", "DRW", ["robot"], Fact(says, "ENTITLES", "robot", "ledger")),
        Step(says, "seed", "pgp", "Credential", "U"),
        Step(says, "D3", "vault", "Credential", "U", ["ledger", "pgp"], Fact(says, "STORED_IN", "vault", "ledger")) with { Truth = "Unknown" },
    ];

    private static ProofStep Step(Func<string, string> says, string rule, string node, string kind, string rights, string[]? from = null, params ProofFact[] facts) => new()
    {
        Rule = rule,
        Node = says(node),
        Kind = kind,
        Name = says("name of " + node),
        Rights = rights,
        From = [.. (from ?? []).Select(says)],
        Facts = facts,
        Gates = [says("gate")],
        Truth = "True",
        Evidence = [says("evidence of " + node)],
        Since = s_day,
    };

    private static ProofFact Fact(Func<string, string> says, string kind, string of, string to) => new() { Edge = kind, Of = says(of), To = says(to), Key = says("k") };

    private static IdentityHopAnswer Hop(Func<string, string> says, string direction, int depth, string from, string to, string kind, string of, string fact, string state) => new()
    {
        Depth = depth,
        Direction = direction,
        Kind = kind,
        From = says(from),
        To = says(to),
        ToKind = "Resource",
        ToName = says("name of " + to),
        State = state,
        Why = says("why"),
        StateSince = s_day,
        Since = s_day,
        Until = null,
        Fact = Fact(says, kind, of, fact),
        Evidence = [says("evidence of " + to)],
    };

    private static ReachedNode Reached(Func<string, string> says, string id, string kind, string level, int hops, string proof) => new()
    {
        Id = says(id),
        Kind = kind,
        Name = says("name of " + id),
        Certain = new RightsCell(level.EndsWith('?') ? "" : "DR", level.EndsWith('?') ? "" : "DRW"),
        Possible = new RightsCell("DRW", "DRW"),
        Level = level,
        Hops = hops,
        Durable = true,
        Proof = proof,
    };

    private static JsonElement Json(string text) => JsonSerializer.SerializeToElement(text);

    private static Answer<T> Answer<T>(string command, Func<string, string> says, T data) => new()
    {
        Command = command,
        AsOf = s_day,
        AsKnownAt = s_day,
        Profile = "ExternalBearer",
        Policy = says("default"),
        Store = new StoreAnswer { Snapshot = "abc", Nodes = 5, Edges = 4, Sources = [new SourceAnswer { Source = says("okta"), Tenant = says("acme"), LastCompleteAt = s_day, State = "complete" }] },
        Truncated = says("cut"),
        Warnings = [says("be warned")],
        WhatIf = new WhatIfAnswer
        {
            Changes = new WhatIfChanges(1, 0, 1),
            Before = Json("{}"),
            Figures = [new MovedFigure("score.raw", Json("3"), Json("4")), new MovedFigure("title", Json(says("old")), Json(says("new")))],
            Moved = [new MovedElement { List = "reached", Id = says("wiki"), Before = Json("{}"), After = null }],
        },
        Data = data,
    };
}
