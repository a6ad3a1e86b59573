using System.Text.Json.Serialization;

namespace IdentityGraph.Report.Answers;

/// <summary>One rule application: premises before conclusions, so a list of steps reads as a derivation.</summary>
public sealed record ProofStep
{
    /// <summary>
    /// "seed", or "D1" to "D20"; through time, "spawned" for what was made meanwhile; from a leaver to an anchor to which no rule leads, the anchor's code ("a3"); in the proof of a
    /// finding, the finding's rule on the last step.
    /// </summary>
    public required string Rule { get; init; }

    /// <summary>What is attained.</summary>
    public required string Node { get; init; }

    /// <summary>Name of the node's kind, for pictures. Not printed; null where it is not known.</summary>
    [JsonIgnore]
    public string? Kind { get; init; }

    /// <summary>Of the node, for pictures. Not printed; null: it has none.</summary>
    [JsonIgnore]
    public string? Name { get; init; }

    /// <summary>Letters in the order DRWUAC.</summary>
    public required string Rights { get; init; }

    /// <summary>Attained premises: node ids of earlier steps.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>The facts used: edges, and properties of nodes that were a premise; "live" is that the node was, "state" that what lives by its state was.</summary>
    public IReadOnlyList<ProofFact> Facts { get; init; } = [];

    /// <summary>Gates that had to be satisfied, and were or may be.</summary>
    public IReadOnlyList<string> Gates { get; init; } = [];

    /// <summary>True, or Unknown where a premise is.</summary>
    public required string Truth { get; init; }

    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>
    /// Since when all its facts hold: asked as of any instant from then on, each holds as surely as it does now. What only may hold now
    /// counts from when it last surely began. Null: as long as anything is known.
    /// </summary>
    public DateTimeOffset? Since { get; init; }
}

/// <summary>An edge (`edge`, `of`, `to`, `key` where it is not "") or a node's fact (`node`, `property`); members that do not apply are left out.</summary>
public sealed record ProofFact
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Edge { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Of { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? To { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Node { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Property { get; init; }
}
