using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Graph.Intervals;

namespace IdentityGraph.Stores.Neo4j.Projection;

/// <summary>
/// What is written of a node, a revision or an edge, as property names and values of Cypher. Names are ours or the model's, never a
/// source's. What a source says is none is named in `none`, what is said and not known in `disputed`: neither has a value.
/// </summary>
internal sealed class ProjectedProperties(string store, GraphView view, Liveness liveness, IntervalReader intervals)
{
    /// <summary>Under which the fold keeps a label that nobody here knows.</summary>
    private const string LabelAsSaid = "kind-as-said";

    /// <summary>Its properties, with their hash, and its revisions.</summary>
    public (Dictionary<string, object?> Properties, IReadOnlyList<Dictionary<string, object?>> Revisions, string Hash) OfNode(int index)
    {
        var node = view[index];
        var properties = new Dictionary<string, object?>(StringComparer.Ordinal) { ["store"] = store, ["id"] = node.Id };
        List<string> none = [], disputed = [], stale = [];
        foreach (var property in node.Kind.Properties)
        {
            var reading = node[property];
            Say(properties, none, disputed, property, reading.Known, reading.Value);
            if (reading is { IsReported: true, Fresh: false })
            {
                stale.Add(property.Name);
            }
        }

        if (node.Get(LabelAsSaid).Text is { } label)
        {
            properties["kindAsSaid"] = label;
        }

        Lists(properties, none, disputed);
        AddTexts(properties, "stale", stale);
        properties["present"] = node.Present.ToString();
        properties["live"] = liveness.Of(node).ToString();
        if (node.Kind == NodeKinds.Credential)
        {
            AddEnd(properties, liveness.EffectiveExpiry(node));
        }
        else if (node.Kind == NodeKinds.Person)
        {
            properties["leaver"] = liveness.Leaver(node).ToString();
        }

        if (node.IsPlaceholder)
        {
            properties["placeholder"] = true;
        }

        AddPresence(properties, node, intervals.OfNode(index));
        List<Dictionary<string, object?>> revisions = [.. intervals.RevisionsOf(index).Select(OfRevision)];
        var hash = RowHash.Of(node.Kind.Name, properties, revisions);
        properties["hash"] = hash;
        return (properties, revisions, hash);
    }

    /// <summary>The properties of a relationship: one interval of an edge.</summary>
    public Dictionary<string, object?> OfEdge(Edge edge, EdgeInterval interval)
    {
        var properties = Bounded(interval.Bounds);
        properties["key"] = edge.Key;
        List<string> none = [], disputed = [];
        foreach (var said in interval.Properties)
        {
            Say(properties, none, disputed, said.Property, said.Known, said.Value);
        }

        Lists(properties, none, disputed);
        AddTexts(properties, "evidence", edge.Evidence);
        return Supported(properties, interval.Support);
    }

    /// <summary>The properties of a relationship of a kind nobody here knows.</summary>
    public Dictionary<string, object?> OfUnread(string kind, string key, Interval bounds, Support support)
    {
        var properties = Bounded(bounds);
        properties["kindAsSaid"] = kind;
        properties["key"] = key;
        return Supported(properties, support);
    }

    /// <summary>What is known of how far a stream was read.</summary>
    public Dictionary<string, object?> OfStream(StreamCoverage stream) => new(StringComparer.Ordinal)
    {
        ["store"] = store,
        ["source"] = stream.Source,
        ["tenant"] = stream.Tenant,
        ["stream"] = stream.Stream,
        ["lastCompleteAt"] = stream.LastCompleteAt,
        ["lastReadAt"] = stream.LastReadAt,
        ["freshUntil"] = Instant(stream.FreshUntil),
    };

    /// <summary>When a credential stops being usable, renewals included.</summary>
    private static void AddEnd(Dictionary<string, object?> properties, Expiry end)
    {
        var at = end.Kind is ExpiryKind.At ? Instants.FromTicksOrNull(end.Ticks) : null;
        properties["ends"] = end.Kind is ExpiryKind.Unknown ? "Unknown" : at is null ? "Never" : "At";
        if (at is { } known)
        {
            properties["endsAt"] = known;
        }
    }

    private static DateTimeOffset Instant(long ticks) => ticks switch
    {
        Instants.Earliest => DateTimeOffset.MinValue,
        Instants.Latest => DateTimeOffset.MaxValue,
        _ => Instants.FromTicks(ticks),
    };

    private static void Say(Dictionary<string, object?> properties, List<string> none, List<string> disputed, Property property, Known known, PropertyValue value)
    {
        switch (known)
        {
            case Known.Value:
                properties[property.Name] = ValueOf(property, value);
                break;
            case Known.None:
                none.Add(property.Name);
                break;
            case Known.Disputed:
                disputed.Add(property.Name);
                break;
        }
    }

    private static object ValueOf(Property property, PropertyValue value) => property.Type switch
    {
        PropertyType.Instant when value.AsInstant() is { } instant => instant.ToUniversalTime(),
        PropertyType.Flag when value.AsFlag() is { } flag => flag,
        PropertyType.Integer when value.AsNumber() is { } number && number == Math.Floor(number) && Math.Abs(number) < 1e15 => (long)number,
        PropertyType.Number or PropertyType.Integer when value.AsNumber() is { } number => number,
        PropertyType.TextList or PropertyType.WordList => value.AsTexts().ToArray(),
        _ => value.ToString(),
    };

    private static Dictionary<string, object?> OfRevision(Revision revision)
    {
        var properties = new Dictionary<string, object?>(StringComparer.Ordinal);
        AddBounds(properties, revision.Bounds);
        List<string> none = [], disputed = [];
        foreach (var said in revision.Properties)
        {
            Say(properties, none, disputed, said.Property, said.Known, said.Value);
        }

        Lists(properties, none, disputed);
        properties["grade"] = revision.Properties.Min(said => said.Grade).ToString();
        AddTexts(properties, "sources", [.. revision.Properties.Select(said => said.Source).OfType<string>().Distinct().Order(StringComparer.Ordinal)]);
        return properties;
    }

    private static void Lists(Dictionary<string, object?> properties, List<string> none, List<string> disputed)
    {
        AddTexts(properties, "none", none);
        AddTexts(properties, "disputed", disputed);
    }

    private static void AddTexts(Dictionary<string, object?> properties, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0)
        {
            properties[name] = texts.ToArray();
        }
    }

    private static void AddBounds(Dictionary<string, object?> properties, Interval bounds)
    {
        properties["from"] = Instant(bounds.From);
        properties["sureFrom"] = Instant(bounds.SureFrom);
        properties["sureUntil"] = Instant(bounds.SureUntil);
        properties["until"] = Instant(bounds.Until);
        properties["truth"] = bounds.Best.ToString();
    }

    private static Dictionary<string, object?> Supported(Dictionary<string, object?> properties, Support support)
    {
        properties["grade"] = support.Grade.ToString();
        AddSupport(properties, support.Sources, support.FirstSeen, support.LastSeen);
        return properties;
    }

    private static void AddSupport(Dictionary<string, object?> properties, IEnumerable<(string Source, string Tenant)> sources, long? first, long? last)
    {
        AddTexts(properties, "sources", [.. sources.Select(source => source.Tenant.Length == 0 ? source.Source : $"{source.Source}/{source.Tenant}")]);
        if (first is { } seenFirst)
        {
            properties["firstSeen"] = Instant(seenFirst);
        }

        if (last is { } seenLast)
        {
            properties["lastSeen"] = Instant(seenLast);
        }
    }

    private static void AddPresence(Dictionary<string, object?> properties, Node node, IReadOnlyList<(Interval Bounds, Support Support)> presence)
    {
        AddSupport(properties, node.Sources, node.Seen?.First.UtcTicks, node.Seen?.Last.UtcTicks);
        if (presence.Count == 0)
        {
            return;
        }

        var last = presence[^1];
        properties["existsFrom"] = Instant(last.Bounds.From);
        properties["existsSureFrom"] = Instant(last.Bounds.SureFrom);
        properties["existsSureUntil"] = Instant(last.Bounds.SureUntil);
        properties["existsUntil"] = Instant(last.Bounds.Until);
        if (presence.Count > 1)
        {
            properties["existedFrom"] = presence.SkipLast(1).Select(one => Instant(one.Bounds.From)).ToArray();
            properties["existedUntil"] = presence.SkipLast(1).Select(one => Instant(one.Bounds.Until)).ToArray();
        }
    }

    private Dictionary<string, object?> Bounded(Interval bounds)
    {
        var properties = new Dictionary<string, object?>(StringComparer.Ordinal) { ["store"] = store };
        AddBounds(properties, bounds);
        return properties;
    }
}
