using System.Text.Json.Serialization;

namespace IdentityGraph.Report.Answers;

/// <summary>Who can attain one target.</summary>
public sealed record ExposureAnswer
{
    public required string Target { get; init; }

    /// <summary>The highest right of this level is attained; null: any right.</summary>
    public required string? Level { get; init; }

    /// <summary>Principals and credentials, each by itself, sorted by id; without the target.</summary>
    public required IReadOnlyList<AttackerAnswer> Attackers { get; init; }

    /// <summary>How many principals and credentials hold at the moment, or may.</summary>
    public required int Asked { get; init; }

    /// <summary>Attackers that certainly attain it, amplification included, of all asked; 0 to 1. Null: the time was up before each of them was asked.</summary>
    public required double? Share { get; init; }

    /// <summary>The kind of the target where it is one that nobody attains itself, such as a group: that nobody is listed says nothing of who is in it. Null: none. Not printed; warned of.</summary>
    [JsonIgnore]
    public string? NeverAttained { get; init; }
}

/// <summary>One attacker and what it attains of the target.</summary>
public sealed record AttackerAnswer
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string? Name { get; init; }

    /// <summary>To the highest right of the strongest cell.</summary>
    public required int Hops { get; init; }

    public required RightsCell Certain { get; init; }

    public required RightsCell Possible { get; init; }
}
