using System.Text.Json;
using System.Text.Json.Serialization;

namespace IdentityGraph.Report.Answers;

/// <summary>What an overlay makes of an answer: the answer as it is without, and what differs.</summary>
public sealed record WhatIfAnswer
{
    /// <summary>Facts the overlay adds or changes, nodes and edges it removes.</summary>
    public required WhatIfChanges Changes { get; init; }

    /// <summary>`data` of the same question without the overlay; null where it could not be asked, because it is about what the overlay adds.</summary>
    public required JsonElement? Before { get; init; }

    /// <summary>Numbers and words of `data` that differ, by name.</summary>
    public required IReadOnlyList<MovedFigure> Figures { get; init; }

    /// <summary>Elements of the lists of `data` that appear, disappear or differ by more than how they are proved, by list, then id.</summary>
    public required IReadOnlyList<MovedElement> Moved { get; init; }
}

/// <summary>How much an overlay says.</summary>
public sealed record WhatIfChanges(int Facts, int RemovedNodes, int RemovedEdges);

/// <summary>A number or word with and without the overlay.</summary>
public sealed record MovedFigure(string Name, JsonElement? Before, JsonElement? After);

/// <summary>An element of a list with and without the overlay; null where it is not in it.</summary>
public sealed record MovedElement
{
    /// <summary>Member of `data`.</summary>
    public required string List { get; init; }

    /// <summary>What the list names it by.</summary>
    public required string Id { get; init; }

    public required JsonElement? Before { get; init; }

    public required JsonElement? After { get; init; }

    /// <summary>Whether it is in both lists and differs.</summary>
    [JsonIgnore]
    public bool IsChanged => Before is not null && After is not null;
}
