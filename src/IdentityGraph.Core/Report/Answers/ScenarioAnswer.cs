namespace IdentityGraph.Report.Answers;

/// <summary>What became of the cases of some scenario files.</summary>
public sealed record ScenarioAnswer
{
    public required int Passed { get; init; }

    public required int Failed { get; init; }

    /// <summary>Cases that need something this program cannot do yet; they were not run.</summary>
    public required int Waiting { get; init; }

    /// <summary>In the order of the files and of the cases in them.</summary>
    public required IReadOnlyList<ScenarioCaseAnswer> Cases { get; init; }
}

/// <summary>One case.</summary>
public sealed record ScenarioCaseAnswer
{
    public required string File { get; init; }

    public required string Id { get; init; }

    /// <summary>What is claimed, in a sentence.</summary>
    public required string Story { get; init; }

    /// <summary>The question, as a command line.</summary>
    public required string Ask { get; init; }

    /// <summary>passed, failed or waiting.</summary>
    public required string Result { get; init; }

    /// <summary>Where the answer differs from what was expected, or what the case waits for; null where it passed.</summary>
    public required string? Why { get; init; }
}
