using System.Text;
using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Normalize;

/// <summary>
/// The edge that no value of a secret passes, whichever reader let it through: what looks like one is left out of a statement, and a
/// statement that names a thing by one is left out whole. Each is told with its place and never quoted. One guard for a run.
/// </summary>
internal sealed class SecretGuard(string file, ImportReport report)
{
    private const int MostNames = 4_096;

    private readonly Dictionary<string, bool> _namesSecret = new(StringComparer.Ordinal);
    private readonly HashSet<string> _incomplete = new(StringComparer.Ordinal);
    private string? _lastStart;

    /// <summary>Statements left out whole.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Why no stream of the run was read whole: what was left out may have been of any; null: it was not.</summary>
    public string? Loss { get; private set; }

    /// <exception cref="RefusedInputException">The run itself is named so.</exception>
    public static void Check(RunHeader header)
    {
        foreach (var (member, text) in new[] { ("source", header.Source), ("tenant", header.Tenant), ("collector", header.Collector) })
        {
            if (SecretLooking.Find(text) is { } sort)
            {
                throw new RefusedInputException($"the `{member}` of the run looks like {sort}; name it otherwise. Nothing was read");
            }
        }
    }

    /// <summary>A stream of which something was left out was not read whole, whatever its reader says: one end for each, said last.</summary>
    public IEnumerable<Observation.EndOf> Ends() =>
        _incomplete.Select(stream => new Observation.EndOf { Stream = stream, Complete = false, Reason = "a record of it was named by what looks like a secret, and left out" });

    /// <summary>The observation, without what looks like a secret; null where it names something by one.</summary>
    public Observation? Pass(Observation observation)
    {
        if (observation is Observation.EndOf end)
        {
            return End(end);
        }

        if (Named(observation) is var (member, sort))
        {
            LeaveOut(observation, member, sort);
            return null;
        }

        return observation switch
        {
            Observation.Fact fact => Members(Facts(fact)),
            Observation.SeenUnreadable { Reason: { } reason } seen when SecretLooking.Find(reason) is { } found => Members(seen with { Reason = Told(seen, "reason", found) }),
            _ => Members(observation),
        };
    }

    /// <summary>What of it must not be kept; null: nothing.</summary>
    private (string Member, string Sort)? Named(Observation observation)
    {
        (string, string)? Of(string member, string? text) => text is not null && SecretLooking.FindInId(text) is { } sort ? (member, sort) : null;
        (string, string)? Kind(string? text) => text is not null && NodeKind.Find(text) is null && EdgeKind.Find(text) is null ? Of("kind", text) : null;
        switch (observation)
        {
            case Observation.SawNode node:
                return Of("node", node.Id) ?? Kind(node.Kind) ?? Of("tz", node.Tz) ?? Stream(node.Stream);
            case Observation.SawEdge edge:
                var start = ReferenceEquals(edge.Of, _lastStart) ? null : Of("of", edge.Of);
                _lastStart = start is null ? edge.Of : null;
                return start ?? Of("to", edge.To) ?? Kind(edge.Kind) ?? Of("key", edge.Key) ?? Of("tz", edge.Tz) ?? Stream(edge.Stream);
            case Observation.SeenUnreadable seen:
                return Of("seen", seen.Id) ?? Kind(seen.EdgeKind) ?? Of("of", seen.Of) ?? Of("to", seen.To) ?? Of("key", seen.Key) ?? Stream(seen.Stream);
            default:
                return null;
        }
    }

    /// <summary>Streams are few, and known after the first.</summary>
    private (string Member, string Sort)? Stream(string? stream) =>
        stream is null || _namesSecret.ContainsKey(stream) ? null
        : SecretLooking.Find(stream) is { } sort ? ("stream", sort)
        : Known(stream);

    private (string Member, string Sort)? Known(string name)
    {
        NamesSecret(name);
        return null;
    }

    private Observation.EndOf? End(Observation.EndOf end)
    {
        if (end.Stream is not null && SecretLooking.Find(end.Stream) is { } named)
        {
            LeaveOut(end, "end", named);
            return null;
        }

        end = end.Reason is not null && SecretLooking.Find(end.Reason) is { } sort ? end with { Reason = Told(end, "reason", sort) } : end;
        return (Observation.EndOf)Members(end);
    }

    private Observation.Fact Facts(Observation.Fact fact)
    {
        foreach (var (name, value) in fact.Properties)
        {
            if (In(name, value) is not null)
            {
                fact = fact with { Properties = [.. fact.Properties.Where(property => !IsLeftOut(fact, property.Key, In(property.Key, property.Value)))] };
                break;
            }
        }

        foreach (var entry in fact.Evidence)
        {
            if (In(entry) is not null)
            {
                return fact with { Evidence = [.. fact.Evidence.Where(one => !IsLeftOut(fact, "evidence", In(one)))] };
            }
        }

        return fact;
    }

    /// <summary>The observation without members nobody knows that hold a secret.</summary>
    private Observation Members(Observation observation)
    {
        if (observation.Unrecognised.Count == 0 || !observation.Unrecognised.Any(member => InJson(member.Key, member.Value) is not null))
        {
            return observation;
        }

        return observation with { Unrecognised = [.. observation.Unrecognised.Where(member => !IsLeftOut(observation, member.Key, InJson(member.Key, member.Value)))] };
    }

    private string? In(string name, PropertyValue value) => SecretLooking.Find(name) ?? value.Shape switch
    {
        PropertyValue.ValueShape.Text => InText(name, value.AsText()!),
        PropertyValue.ValueShape.TextList => value.AsTexts().Select(text => InText(name, text)).FirstOrDefault(sort => sort is not null),
        PropertyValue.ValueShape.Json => InJson(name, value.AsText()!),
        _ => null,
    };

    private static string? In(EvidenceRef entry) =>
        SecretLooking.Find(entry.Ref)
        ?? (entry.Hash is { } hash ? SecretLooking.FindIn("hash", hash) : null)
        ?? (entry.Note is { } note ? SecretLooking.Find(note) : null);

    /// <summary>A bare key of forty characters is a hash where its property says so.</summary>
    private string? InText(string name, string text) =>
        NamesSecret(name) || text.Length == 40 ? SecretLooking.FindIn(name, text) : SecretLooking.Find(text);

    /// <summary>Every name and text of a JSON value.</summary>
    private static string? InJson(string name, string json)
    {
        if (SecretLooking.Find(name) is { } named)
        {
            return named;
        }

        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { MaxDepth = int.MaxValue });
            while (reader.Read())
            {
                var sort = reader.TokenType switch
                {
                    JsonTokenType.PropertyName => SecretLooking.Find(name = reader.GetString()!),
                    JsonTokenType.String => SecretLooking.FindIn(name, reader.GetString()!),
                    JsonTokenType.Number => SecretLooking.FindIn(name, Encoding.UTF8.GetString(reader.ValueSpan)),
                    _ => null,
                };
                if (sort is not null)
                {
                    return sort;
                }
            }

            return null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return SecretLooking.FindIn(name, json);
        }
    }

    private bool NamesSecret(string name)
    {
        if (!_namesSecret.TryGetValue(name, out var names))
        {
            names = SecretLooking.NamesSecret(name);
            if (_namesSecret.Count < MostNames)
            {
                _namesSecret.Add(name, names);
            }
        }

        return names;
    }

    private bool IsLeftOut(Observation of, string member, string? sort)
    {
        if (sort is not null)
        {
            Told(of, member, sort);
        }

        return sort is not null;
    }

    /// <summary>Says that something was left out; null, to stand in its place.</summary>
    private string? Told(Observation of, string member, string sort)
    {
        var shown = SecretLooking.Find(member) is null ? member : "a name";
        report.CountUnrecognised("value that looks like a secret, left out");
        report.Refuse(new Reject(file, 0, $"{Called(of)}.{shown}", $"`{shown}` holds what looks like {sort}; it was left out and the rest is imported. Take it out of the source and replace it"));
        return null;
    }

    private void LeaveOut(Observation observation, string member, string sort)
    {
        LeftOut++;
        var stream = member is "stream" or "end" or "kind" ? null : observation.Stream ?? observation switch
        {
            Observation.SawNode node => node.Kind,
            Observation.SawEdge edge => edge.Kind,
            Observation.SeenUnreadable seen => seen.EdgeKind,
            _ => null,
        };
        if (stream is null)
        {
            Loss ??= "a record was named by what looks like a secret, and left out";
        }
        else
        {
            _incomplete.Add(stream);
        }

        report.Refuse(new Reject(file, 0, member, $"`{member}` of {(observation is Observation.SawEdge ? "an edge" : "a record")} looks like {sort}; the record was left out, and its stream does not count as read to its end. Name it by what is no secret"));
    }

    /// <summary>The thing a statement is about, whose names were looked at before.</summary>
    private static string Called(Observation observation) => observation switch
    {
        Observation.SawNode node => node.Id,
        Observation.SawEdge edge => $"{edge.Kind} of {edge.Of} to {edge.To}",
        Observation.SeenUnreadable seen => seen.Id ?? $"{seen.EdgeKind} of {seen.Of} to {seen.To}",
        _ => observation.Stream ?? "",
    };
}
