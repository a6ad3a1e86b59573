using System.Globalization;
using System.Text.Json;
using IdentityGraph.Analyze.Ownership;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    private const int MostEdgesShown = 10_000;
    private const int MostHistoryShown = 1_000;

    /// <summary>Nodes that a pasted text may mean: any id or key id, e-mail, number in another system, part of a name.</summary>
    /// <param name="ask">As of when, as known when.</param>
    /// <param name="text">What was pasted; letters match whatever their case.</param>
    /// <param name="limit">How many matches at most; at least 1. It says when there are more.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<Answer<IdentityFindAnswer>> IdentityFindAsync(Ask ask, string text, int limit = 50, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var opened = await OpenAsync(ask, cancellationToken).ConfigureAwait(false);
        var wanted = new IdentityText(text.Trim());
        var matches = new List<(int Rank, string On, Node Node)>();
        for (var index = 0; index < opened.View.NodeCount; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (wanted.Match(opened.View[index]) is { } match)
            {
                matches.Add((match.Rank, match.On, opened.View[index]));
            }
        }

        var found = matches.OrderBy(match => match.Rank).ThenBy(match => match.Node.Id, StringComparer.Ordinal).Take(limit).Select(match => new FoundIdentity
        {
            Id = match.Node.Id,
            Kind = match.Node.Kind.Name,
            Name = match.Node.Name,
            MatchedOn = match.On,
            Present = match.Node.Present.ToString(),
        });
        var truncated = matches.Count > limit ? string.Create(CultureInfo.InvariantCulture, $"matches: the first {limit} of {matches.Count}") : null;
        return Seal(opened, "identity find", new IdentityFindAnswer { Text = text, Matches = [.. found], Total = matches.Count }, truncated);
    }

    /// <summary>Everything known about one node: what holds and who says so, its edges, who answers for it, whether it is live, what changed.</summary>
    /// <param name="ask">As of when, as known when.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="UnknownIdentityException">Nobody stated that id.</exception>
    public async ValueTask<Answer<IdentityAnswer>> IdentityShowAsync(Ask ask, string id, CancellationToken cancellationToken = default)
    {
        var opened = await OpenAsync(ask, cancellationToken).ConfigureAwait(false);
        var node = Known(opened.View, id);
        var liveness = new Liveness(opened.View, Policy.CorrelationConfidence);
        var live = liveness.Explain(node);
        var edges = EdgesOf(node, out var cut);
        var unread = UnreadOf(opened.View, [node], out var unreadTotal);
        var history = IdentityHistory.Of(node, edges.Values.SelectMany(list => list.Select(entry => entry.Edge)));
        var truncated = string.Join("; ", new[]
        {
            cut ? string.Create(CultureInfo.InvariantCulture, $"edges: the first {MostEdgesShown} of a kind and direction") : null,
            history.Count > MostHistoryShown ? string.Create(CultureInfo.InvariantCulture, $"history: the newest {MostHistoryShown} of {history.Count}") : null,
            UnreadCut(unreadTotal),
        }.OfType<string>());
        var answer = new IdentityAnswer
        {
            Node = Told(node),
            Properties = [.. node.Statements().Select(statement => statement.Property).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => Told(node, name))],
            Edges = new SortedDictionary<string, IReadOnlyList<EdgeAnswer>>(
                edges.ToDictionary(entry => entry.Key.Name, entry => (IReadOnlyList<EdgeAnswer>)[.. entry.Value.Select(shown => Told(shown.Edge, shown.Out, liveness.Holds(shown.Edge)))]), StringComparer.Ordinal),
            Ownership = node.Kind == NodeKinds.Person || node.Kind == NodeKinds.Employment || node.Kind == NodeKinds.Unknown
                ? null
                : Told(new Owners(opened.View, liveness, Policy).Of(node)),
            Live = live.Live.ToString(),
            LiveReason = live.Why,
            History = [.. history.Skip(Math.Max(0, history.Count - MostHistoryShown))],
            UnreadEdges = unread,
        };
        return Seal(opened, "identity show", answer, truncated.Length > 0 ? truncated : null, [.. Unread(opened.View, other => other == node)]);
    }

    /// <summary>A loop of a node with itself is shown once, as going out.</summary>
    private static Dictionary<EdgeKind, List<(Edge Edge, bool Out)>> EdgesOf(Node node, out bool cut)
    {
        var edges = new Dictionary<EdgeKind, List<(Edge, bool)>>();
        cut = false;
        foreach (var kind in EdgeKind.All)
        {
            var list = new List<(Edge, bool)>();
            foreach (var outwards in new[] { true, false })
            {
                var shown = 0;
                foreach (var edge in outwards ? node.Out(kind) : node.In(kind))
                {
                    if (shown == MostEdgesShown)
                    {
                        cut = true;
                        break;
                    }

                    if (outwards || edge.Of != node)
                    {
                        list.Add((edge, outwards));
                        shown++;
                    }
                }
            }

            if (list.Count > 0)
            {
                edges[kind] = list;
            }
        }

        return edges;
    }

    private static IdentityNode Told(Node node) => new()
    {
        Id = node.Id,
        Kind = node.Kind.Name,
        Name = node.Name,
        Present = node.Present.ToString(),
        Placeholder = node.IsPlaceholder,
        Sources = [.. node.Sources.Select(source => source.Tenant.Length > 0 ? $"{source.Source}/{source.Tenant}" : source.Source).Order(StringComparer.Ordinal)],
        FirstSeen = node.Seen?.First,
        LastSeen = node.Seen?.Last,
    };

    private static PropertyAnswer Told(Node node, string name)
    {
        var reading = node.Get(name);
        var asOf = node.View.AsOf.UtcTicks;
        var alternatives = node.Statements()
            .Where(statement => statement.Property == name && statement.From <= asOf && asOf < statement.Until)
            .GroupBy(statement => (statement.Source, statement.Tenant))
            .Select(source => source.MaxBy(statement => (statement.From, statement.At))!)
            .Where(statement => reading.Known == Graph.Known.Disputed || statement.Value != reading.Value)
            .OrderBy(statement => statement.Source, StringComparer.Ordinal)
            .ThenBy(statement => statement.From)
            .Select(statement => new AlternativeAnswer(JsonValues.Of(statement.Value), statement.Source, Instants.FromTicksOrNull(statement.From), statement.Grade.ToString()));
        return new PropertyAnswer
        {
            Name = name,
            Value = JsonValues.Of(reading.Value),
            Known = reading.Known.ToString(),
            Source = reading.Source,
            Since = reading.IsReported ? Instants.FromTicksOrNull(reading.From) : null,
            ObservedAt = reading.IsReported ? Instants.FromTicksOrNull(reading.SeenAt) : null,
            Grade = reading.IsReported ? reading.Grade.ToString() : null,
            Fresh = reading.Fresh,
            Alternatives = [.. alternatives],
        };
    }

    private static EdgeAnswer Told(Edge edge, bool outwards, Truth truth)
    {
        var other = outwards ? edge.To : edge.Of;
        var properties = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var statement in edge.Statements())
        {
            properties[statement.Property] = JsonValues.Of(statement.Value);
        }

        return new EdgeAnswer
        {
            Of = edge.Of.Id,
            To = edge.To.Id,
            Key = edge.Key,
            Direction = outwards ? "out" : "in",
            OtherKind = other.Kind.Name,
            OtherName = other.Name,
            Truth = truth.ToString(),
            Since = edge.Holds is Truth.False ? null : Instants.FromTicksOrNull(edge.Since),
            Until = Instants.FromTicksOrNull(edge.Until),
            Properties = properties,
            Evidence = edge.Evidence,
        };
    }
}
