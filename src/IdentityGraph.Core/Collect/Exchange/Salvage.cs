using System.Text.Json;
using IdentityGraph.Graph;

namespace IdentityGraph.Collect.Exchange;

/// <summary>
/// What a rejected line still tells: that something was there, of which stream the line is, or nothing at all. Only what
/// can be read beyond doubt counts.
/// </summary>
/// <param name="Seen">Counts as seen; null: the line names nothing.</param>
/// <param name="Stream">The stream that is incomplete where nothing is seen; null: every stream of the run is.</param>
/// <param name="IsHeader">The line was meant to begin a run.</param>
internal readonly record struct Salvage(Observation.SeenUnreadable? Seen, string? Stream, bool IsHeader = false)
{
    /// <summary>Said, but twice, or no usable text, or what must not be kept.</summary>
    private const string Unusable = "";

    public static Salvage Of(ReadOnlySpan<byte> line, string reason)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            // However deep: nothing of it is kept but a few texts at the top.
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = int.MaxValue });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return default;
            }

            Texts(ref reader, members, properties);
            reader.Read();
        }
        catch (JsonException)
        {
            return default;
        }

        return Conclude(members, properties, reason);
    }

    private static void Texts(ref Utf8JsonReader reader, Dictionary<string, string> found, Dictionary<string, string>? properties)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Text(ref reader);
            reader.Read();
            if (name == "props" && reader.TokenType == JsonTokenType.StartObject && properties is not null)
            {
                Texts(ref reader, properties, null);
                continue;
            }

            if (found.Count < 64 || found.ContainsKey(name))
            {
                var text = reader.TokenType == JsonTokenType.String ? Text(ref reader) : Unusable;
                found[name] = found.ContainsKey(name) || LineContext.IdProblem(text) is not null || SecretLooking.Find(text) is not null ? Unusable : text;
            }

            reader.Skip();
        }
    }

    private static Salvage Conclude(Dictionary<string, string> members, Dictionary<string, string> properties, string reason)
    {
        if (members.ContainsKey("idgraph") && !members.Keys.Any(name => (MemberNames.Find(name) & Members.Sorts) != 0))
        {
            return new(null, null, IsHeader: true);
        }

        var kind = members.GetValueOrDefault("edge") ?? members.GetValueOrDefault("kind");
        var stream = members.GetValueOrDefault("stream") ?? members.GetValueOrDefault("end") ?? kind;
        stream = stream is Unusable ? null : stream;
        var id = (members.GetValueOrDefault("node"), members.GetValueOrDefault("seen")) switch
        {
            (null, var seen) => seen,
            (var node, null) => node,
            _ => Unusable,
        };
        if (members.ContainsKey("end") || (id is not null && members.ContainsKey("edge")) || (members.ContainsKey("stream") && stream is null))
        {
            return new(null, stream);
        }

        if (id is not null)
        {
            return id is Unusable ? new(null, stream) : new(new() { Id = id, Stream = stream, Reason = reason }, stream);
        }

        return new(Edge(members, properties, stream, reason), stream);
    }

    private static Observation.SeenUnreadable? Edge(Dictionary<string, string> members, Dictionary<string, string> properties, string? stream, string reason)
    {
        var kind = members.GetValueOrDefault("edge", Unusable);
        var of = members.GetValueOrDefault("of", Unusable);
        var to = members.GetValueOrDefault("to", Unusable);
        var key = members.GetValueOrDefault("key")
            ?? (EdgeKind.Find(kind)?.KeyProperty is { } property ? properties.GetValueOrDefault(property.Name) : null);
        return kind is Unusable || of is Unusable || to is Unusable || key is Unusable
            ? null
            : new() { EdgeKind = kind, Of = of, To = to, Key = key, Stream = stream, Reason = reason };
    }

    /// <summary>Unusable where it is not valid Unicode.</summary>
    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? Unusable;
        }
        catch (InvalidOperationException)
        {
            return Unusable;
        }
    }
}
