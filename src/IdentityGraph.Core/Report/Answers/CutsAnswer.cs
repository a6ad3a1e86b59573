using System.Text.Json;
using System.Text.Json.Serialization;
using IdentityGraph.Analyze.Questions;
using IdentityGraph.Graph;

namespace IdentityGraph.Report.Answers;

/// <summary>What is to be kept from what, and by what.</summary>
public sealed record CutsQuestion
{
    /// <summary>Node ids of the starts, compromised together.</summary>
    public required IReadOnlyList<string> From { get; init; }

    /// <summary>Node ids of the targets; none of them may be attained.</summary>
    public required IReadOnlyList<string> To { get; init; }

    /// <summary>The highest right of this level is kept from being attained; null: any right.</summary>
    public Level? Level { get; init; }

    public CutBy By { get; init; }

    /// <summary>Only these nodes, or facts and actions on them; empty: any.</summary>
    public IReadOnlyList<string> Among { get; init; } = [];

    /// <summary>At most so many members; null: any number.</summary>
    public int? MaxSize { get; init; }

    /// <summary>Every minimal cut rather than those of the least cost.</summary>
    public bool All { get; init; }

    /// <summary>Find ways to the targets too, for a picture.</summary>
    public bool WithWays { get; init; }
}

/// <summary>Sets of members after which no target is attained, not even possibly.</summary>
public sealed record CutsAnswer
{
    /// <summary>node, edge or action.</summary>
    public required string By { get; init; }

    /// <summary>Whether any target is attained as things are, at least possibly: if not, nothing needs cutting.</summary>
    public required bool Attained { get; init; }

    /// <summary>Sorted by cost, size, names.</summary>
    public required IReadOnlyList<CutAnswer> Cuts { get; init; }

    /// <summary>Members each of which alone is a cut.</summary>
    public required IReadOnlyList<CutMember> ChokePoints { get; init; }

    /// <summary>The kind of a target that nobody attains itself, such as a group: that nobody is listed says nothing of who is in it. Null: none. Not printed; warned of.</summary>
    [JsonIgnore]
    public string? NeverAttained { get; init; }

    /// <summary>The first ways to each target, for pictures. Not printed; empty unless asked for.</summary>
    [JsonIgnore]
    public IReadOnlyList<IReadOnlyList<ProofStep>> Ways { get; init; } = [];
}

public sealed record CutAnswer
{
    public required IReadOnlyList<CutMember> Members { get; init; }

    public required int Cost { get; init; }

    /// <summary>`proved minimal` or `best found`.</summary>
    public required string Status { get; init; }

    /// <summary>A search with the members dead attains no target.</summary>
    public bool Verified { get; init; } = true;

    /// <summary>By action: what still is attained where exactly the actions are done, and what else to do; null: nothing, or it was not tried. Not printed; warned of.</summary>
    [JsonIgnore]
    public string? Shortfall { get; init; }
}

/// <summary>By node an id, by edge the fact, by action what is done on which of them.</summary>
[JsonConverter(typeof(CutMemberJson))]
public sealed record CutMember
{
    /// <summary>Null unless it is an action.</summary>
    public string? Action { get; init; }

    /// <summary>Id of a node; null: an edge.</summary>
    public string? Node { get; init; }

    public ProofFact? Edge { get; init; }

    /// <summary>The gate an action adds; null for others.</summary>
    public string? Gate { get; init; }
}

/// <summary>An id as a string, an edge as an object, an action as `{action, on, gate}`.</summary>
public sealed class CutMemberJson : JsonConverter<CutMember>
{
    public override CutMember Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("answers are written, not read");

    public override void Write(Utf8JsonWriter writer, CutMember value, JsonSerializerOptions options)
    {
        if (value.Action is null)
        {
            WriteOn(writer, value);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("action", value.Action);
        writer.WritePropertyName("on");
        WriteOn(writer, value);
        writer.WriteString("gate", value.Gate);
        writer.WriteEndObject();
    }

    private static void WriteOn(Utf8JsonWriter writer, CutMember value)
    {
        if (value.Edge is not { } edge)
        {
            writer.WriteStringValue(value.Node);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("edge", edge.Edge);
        writer.WriteString("of", edge.Of);
        writer.WriteString("to", edge.To);
        if (edge.Key is not null)
        {
            writer.WriteString("key", edge.Key);
        }

        writer.WriteEndObject();
    }
}
