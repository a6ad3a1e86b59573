using IdentityGraph.Analyze.Reach;
using IdentityGraph.Collect;

namespace IdentityGraph.Report;

/// <summary>What every question takes besides its own arguments.</summary>
public sealed record Ask
{
    /// <summary>Valid time; null: now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Record time; null: now.</summary>
    public DateTimeOffset? AsKnownAt { get; init; }

    public AttackerProfile Profile { get; init; } = AttackerProfile.ExternalBearer;

    /// <summary>A what-if laid over the facts for this question only; null: the facts as they are.</summary>
    public Overlay? Overlay { get; init; }

    /// <summary>Who asks, for logs and for the doors that check roles.</summary>
    public string Caller { get; init; } = "local";

    /// <summary>Longest time the answer may take once its facts are open; null: no limit. What is cut says so.</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>Told how far it is, from whatever thread works; null: nobody watches.</summary>
    public IProgress<AskProgress>? Progress { get; init; }
}

/// <summary>An id nobody stated.</summary>
public sealed class UnknownIdentityException(string id, string hint) : Exception($"`{id}` is not in the graph{hint}")
{
    public string Id { get; } = id;
}

/// <summary>An id of something that the question is not about.</summary>
public sealed class WrongKindException(string id, string kind, string wanted) : Exception($"`{id}` is of kind {kind}; give {wanted}")
{
    public string Id { get; } = id;
}
