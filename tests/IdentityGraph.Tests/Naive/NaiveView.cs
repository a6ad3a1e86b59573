using System.Text.Json.Nodes;

namespace IdentityGraph.Tests.Naive;

/// <summary>The facts at one asOf: what exists, which edges hold, which property value holds, each three-valued.</summary>
internal sealed class NaiveView
{
    private readonly Dictionary<(object Subject, string Property), NaiveValue> _values = [];
    private readonly Dictionary<string, bool?> _exists = [];
    private readonly Dictionary<string, string> _kinds = [];
    private readonly Lazy<IReadOnlyList<(NaiveEdge Edge, bool? Truth)>> _edges;
    private readonly Lazy<ILookup<string, (NaiveEdge Edge, bool? Truth)>> _ofKind;
    private readonly Lazy<ILookup<(string, string), (NaiveEdge Edge, bool? Truth)>> _from;
    private readonly Lazy<ILookup<(string, string), (NaiveEdge Edge, bool? Truth)>> _into;

    public NaiveView(NaiveFacts facts, DateTimeOffset asOf)
    {
        Facts = facts;
        AsOf = asOf;
        _edges = new(() => [.. facts.EdgeIds.Select(edge => (Edge: edge, Truth: Truth(edge))).Where(pair => pair.Truth is not false)]);
        _ofKind = new(() => Edges.ToLookup(pair => pair.Edge.Kind));
        _from = new(() => Edges.ToLookup(pair => (pair.Edge.Of, pair.Edge.Kind)));
        _into = new(() => Edges.ToLookup(pair => (pair.Edge.To, pair.Edge.Kind)));
    }

    public NaiveFacts Facts { get; }

    public DateTimeOffset AsOf { get; }

    /// <summary>The edges that hold or may hold.</summary>
    public IReadOnlyList<(NaiveEdge Edge, bool? Truth)> Edges => _edges.Value;

    public bool? Truth(NaiveEdge edge) => Facts.Overlay.Has(edge, AsOf) ?? (Facts.Edges.TryGetValue(edge, out var claims) ? Truth(claims) : false);

    /// <summary>Whether the node's own fact is valid; a placeholder's never is.</summary>
    public bool? Exists(string node)
    {
        if (!_exists.TryGetValue(node, out var exists))
        {
            // "A record that was seen but could not be read counts as seen, content unknown": it may be there, whatever it is.
            exists = Facts.Overlay.Has(node, AsOf) is { } said ? said
                : !Facts.IsDescribed(node) ? Truth(Facts.Nodes.GetValueOrDefault(node, [])) & null
                : Truth([.. Facts.ExistenceClaims(node)]) & (IsClaimedRemoved(node) ? null : true);
            _exists[node] = exists;
        }

        return exists;
    }

    /// <summary>
    /// "SystemEvent = Accepted; WorkflowRecord, TicketRecord, Attestation = Claimed: Unknown if the last observation is older than the
    /// claim." Decision: of a node such a claim counts whoever makes it, for the engine that removes is seldom the source that reads.
    /// </summary>
    private bool IsClaimedRemoved(string node) => Facts.Nodes.GetValueOrDefault(node, [])
        .SelectMany(claim => claim.Lines)
        .Any(line => line.Grade < NaiveWords.SystemState && line.Until <= AsOf
            && !Facts.ExistenceClaims(node).SelectMany(claim => claim.Lines).Any(seen => seen.IsSystemStatePresence && seen.At >= line.Until)
            && !Facts.ExistenceClaims(node).SelectMany(claim => claim.Lines).Any(reading => reading != line && !reading.IsEnd && !(reading.Until <= AsOf) && reading.ThereSince >= line.Until && reading.ThereSince <= AsOf));

    /// <summary>The label that holds; where none holds yet, the first that was stated.</summary>
    public string Kind(string node)
    {
        if (!_kinds.TryGetValue(node, out var kind))
            _kinds[node] = kind = Of(node, "$kind").Text ?? Facts.FirstKind(node);
        return kind;
    }

    public NaiveValue Of(string node, string property) => Value(node, property, Facts.Nodes.GetValueOrDefault(node, []));

    public NaiveValue Of(NaiveEdge edge, string property) => Value(edge, property, Facts.Edges.GetValueOrDefault(edge, []));

    public IEnumerable<(NaiveEdge Edge, bool? Truth)> EdgesOf(string kind) => _ofKind.Value[kind];

    public IEnumerable<(NaiveEdge Edge, bool? Truth)> From(string node, string kind) => _from.Value[(node, kind)];

    public IEnumerable<(NaiveEdge Edge, bool? Truth)> Into(string node, string kind) => _into.Value[(node, kind)];

    public IEnumerable<string> NodesOf(params string[] kinds) =>
        Facts.NodeIds.Where(node => kinds.Contains(Kind(node)) && Exists(node) is not false);

    /// <summary>Every statement of a property on a node by lines known at asKnownAt, whatever its time.</summary>
    public IEnumerable<NaiveStatement> EveryStatement(string node, string property) => Facts.Nodes.GetValueOrDefault(node, [])
        .SelectMany(claim => claim.Lines)
        .Where(line => line.Props.ContainsKey(property))
        .Select(line => new NaiveStatement(line, line.Props[property]))
        .Where(statement => Facts.Overlay.Says(node, property, statement.From) is null)
        .Concat(Facts.Overlay.EveryStatement(node, property));

    /// <summary>What holds or last held of a node that may have ended since: the dates of an employment still decide.</summary>
    public NaiveValue LastKnown(string node, string property) =>
        NaiveWhichValue.Of(property, [.. EveryStatement(node, property).Where(statement => statement.From <= AsOf)]);

    /// <summary>The words of a list on an edge; where sources differ, or it is over or stale, whatever any of them ever said.</summary>
    public IReadOnlyList<string> EveryWord(NaiveEdge edge, string property) => Of(edge, property) is { Said: NaiveSaid.Stated or NaiveSaid.None } holds ? holds.Words :
    [
        .. Facts.Edges[edge].SelectMany(claim => claim.Lines)
            .Where(line => line.Props.ContainsKey(property) && line.Since <= AsOf)
            .SelectMany(line => NaiveValue.WordsOf(line.Props[property]))
            .Distinct(),
    ];

    /// <summary>Readings of the node with SystemState, a <c>seen</c> included, where they "claim existence", not only properties.</summary>
    public IEnumerable<NaiveLine> SystemStatePresence(string node) => Facts.ExistenceClaims(node)
        .SelectMany(claim => claim.Lines)
        .Where(line => line.IsToldBySystemAsThere);

    private NaiveValue Value(object subject, string property, List<NaiveClaim> claims)
    {
        if (!_values.TryGetValue((subject, property), out var value))
            _values[(subject, property)] = value = ValueOf(subject, property, claims);
        return value;
    }

    /// <summary>"Seen, content unknown": what its stream said of it before may no longer be so.</summary>
    private bool WasSeenUnreadableSince(object subject, NaiveStream stream, DateTimeOffset read) => subject is string node
        && Facts.Nodes.GetValueOrDefault(node, []).Where(claim => claim.Stream == stream).SelectMany(claim => claim.Lines).Any(line => line.Seen && line.At > read && line.At <= AsOf);

    private NaiveValue ValueOf(object subject, string property, List<NaiveClaim> claims)
    {
        if (Facts.Overlay.Says(subject, property, AsOf) is { } holds)
            return NaiveWhichValue.Of(property, [holds]);
        var statements = claims
            .SelectMany(claim => claim.SpeakingAt(AsOf), (claim, line) => (claim.Stream, Statement: Said(line, property)))
            .Where(said => said.Statement is not null)
            .ToList();

        var cameBack = CameBackFrom(subject is string node ? [.. Facts.ExistenceClaims(node)] : claims);
        statements.RemoveAll(said => said.Statement!.At < cameBack);

        // Decision: of what has ended, what was said last stays known: a secret copied elsewhere is still that secret.
        if (statements.Count == 0 && subject is string ended && Exists(ended) is false)
        {
            statements = claims
                .SelectMany(claim => claim.Lines, (claim, line) => (claim.Stream, Line: line, Statement: Said(line, property)))
                .Where(said => said.Statement is not null && said.Line.Since <= AsOf && !(said.Line.At < cameBack) && !(said.Line.From is not null && said.Line.Until <= AsOf))
                .Select(said => (said.Stream, said.Statement))
                .ToList();
        }

        var value = NaiveWhichValue.Of(property, [.. statements.Select(said => said.Statement!)]);
        if (value.Said is NaiveSaid.NotReported or NaiveSaid.Unknown)
            return value;
        // Fresh as far as anybody fresh says the same, of no weaker grade.
        var sayers = statements.Where(said => said.Statement!.Grade >= value.Grade && JsonNode.DeepEquals(said.Statement.Json, value.Json)).ToList();
        if (statements.Where(said => Holds(said.Statement!, value)).All(said => WasSeenUnreadableSince(subject, said.Stream, said.Statement!.At)))
            return value with { Said = NaiveSaid.Unknown };
        return sayers.All(said => Facts.IsStale(said.Stream, AsOf)) && !StaysWhenStale(subject, property, value)
            ? value with { Said = NaiveSaid.Unknown, IsStale = true }
            : value;
    }

    /// <summary>"Its old properties are not carried over": the last end at which nobody had it for there any more, and from which it has come back.</summary>
    private DateTimeOffset? CameBackFrom(List<NaiveClaim> claims)
    {
        var spans = claims.SelectMany(claim => claim.Spans).ToList();
        return spans.Where(span => span.Begin <= AsOf && span.CameBackFrom is { } end && !spans.Exists(other => other.Begin <= end && !(other.EndHigh <= end))).Max(span => span.CameBackFrom);
    }

    /// <summary>Decision: what a source says of an edge as it ends it restricts nobody who still states it.</summary>
    private static NaiveStatement? Said(NaiveLine line, string property) => property == "$kind"
        ? line.Kind is null ? null : new NaiveStatement(line, JsonValue.Create(line.Kind))
        : line.Props.ContainsKey(property) && !(line.Edge is not null && line.IsEnd) ? new NaiveStatement(line, line.Props[property]) : null;

    private static bool Holds(NaiveStatement statement, NaiveValue value) =>
        statement.At == value.At && statement.From == value.From && statement.Grade == value.Grade && JsonNode.DeepEquals(statement.Json, value.Json);

    /// <summary>"Stale: ended things (dead state, past expiry, revocation, rotation), names and classes stay, the rest Unknown."</summary>
    private bool StaysWhenStale(object subject, string property, NaiveValue value) => property switch
    {
        // Decision: when somebody begins to work is part of who was employed; when an assignment begins may be moved.
        "startAt" => subject is string node && Kind(node) == "Employment",
        "state" => NaiveWords.DeadStates.Contains(value.Text),
        "status" => value.Text is "ended" or "Ended",
        "expiresAt" or "revokedAt" or "rotatedAt" or "issuedAt" or "endAt" or "at" or "until" => value.Instant <= AsOf,
        _ => NaiveWords.NamesAndClasses.Contains(property),
    };

    /// <summary>True while any claim is, and fresh: "past it what it showed as True is Unknown, what it showed as ended stays so".</summary>
    private bool? Truth(List<NaiveClaim> told)
    {
        var claims = Asserting(told);
        return claims.Select(claim => claim.TruthAt(AsOf) is true && (Facts.IsStale(claim.Stream, AsOf) || IsClaimedEnded(claim, told)) ? null : claim.TruthAt(AsOf)).Any();
    }

    /// <summary>Decision: whoever only claims that it ended does not say that it is there, where somebody else does.</summary>
    private static List<NaiveClaim> Asserting(List<NaiveClaim> claims) => claims.Exists(claim => !claim.OnlyClaimsEnd) ? claims.FindAll(claim => !claim.OnlyClaimsEnd) : claims;

    /// <summary>Decision: an end below SystemState counts whoever claims it, for the engine that removes is seldom the source that reads.</summary>
    private bool IsClaimedEnded(NaiveClaim claim, IEnumerable<NaiveClaim> claims)
    {
        var lines = claims.SelectMany(any => any.Lines).ToList();
        return lines.Any(end => end.Edge is not null && end.Grade < NaiveWords.SystemState && end.Until <= AsOf
            && !lines.Any(seen => seen.IsSystemStatePresence && seen.At >= end.Until)
            && !claim.Lines.Any(reading => !reading.IsEnd && reading.Since >= end.Until && reading.Since <= AsOf)
            && claim.Spans.Any(span => span.TruthAt(AsOf) is true && (span.Begin < end.Until || span.Readings.Contains(end))));
    }
}
