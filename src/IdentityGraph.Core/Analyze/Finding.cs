using System.Security.Cryptography;
using System.Text;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze;

/// <summary>One breach of a rule.</summary>
public sealed record Finding
{
    public required FindingRule Rule { get; init; }

    /// <summary>Node id; where it is about a source, that source's name.</summary>
    public required string Subject { get; init; }

    /// <summary>Null where the subject is no node.</summary>
    public Node? Node { get; init; }

    /// <summary>
    /// What tells two findings of the rule on one subject apart: a system, a store, a role… Never a route, a count or a date, so
    /// that one breach keeps its fingerprint in every run. Empty where one is all there can be.
    /// </summary>
    public string Discriminator { get; init; } = "";

    /// <summary>Other nodes it is about.</summary>
    public IReadOnlyList<Node> Others { get; init; } = [];

    public required string Reason { get; init; }

    /// <summary>How many things it sums up; null: it sums up nothing.</summary>
    public long? Count { get; init; }

    /// <summary>Numbers and ids that the rule names.</summary>
    public IReadOnlyDictionary<string, PropertyValue> Details { get; init; } = new Dictionary<string, PropertyValue>();

    public required Certainty Certainty { get; init; }

    /// <summary>Severity before the steps; null: the rule's.</summary>
    public Severity? Base { get; init; }

    public IReadOnlyList<SeverityStep> Steps { get; init; } = [];

    /// <summary>Inside the time that policy allows for it: only information.</summary>
    public bool IsPending { get; init; }

    public PolicyValue? Policy { get; init; }

    /// <summary>The edges that show it, apart from <see cref="Proof"/>.</summary>
    public IReadOnlyList<Edge> Facts { get; init; } = [];

    /// <summary>Null where nothing needs to be reached.</summary>
    public Proof? Proof { get; init; }

    /// <summary>Nodes whose later use makes it graver; empty: use does not matter to it.</summary>
    public IReadOnlyList<Node> UseMatters { get; init; } = [];

    /// <summary>The event after which use makes it graver; null: since it is true.</summary>
    public DateTimeOffset? Trigger { get; init; }

    /// <summary>It surely could not have been true before; null: not known.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>It surely has been true since; null: to be found out.</summary>
    public DateTimeOffset? TrueSince { get; init; }

    /// <summary>The earliest instant since which it has held without a break; null: not known.</summary>
    public DateTimeOffset? FirstTrueAt { get; init; }

    public Severity Severity => IsPending ? Severity.Info : (Base ?? Rule.Severity).Step(AllSteps.Sum(step => step.By));

    /// <summary>The base, then each step up or down, in words.</summary>
    public IReadOnlyList<string> SeverityWhy => IsPending
        ? ["Info: within the time that policy allows"]
        : [$"{Base ?? Rule.Severity}: base", .. AllSteps.Select(step => step.ToString())];

    /// <summary>The same for the same breach in every run: hex of the first 16 bytes of a SHA-256 over rule, subject and discriminator.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Rule.Id}\n{Subject}\n{Discriminator}")).AsSpan(0, 16));

    private IEnumerable<SeverityStep> AllSteps => Certainty is Certainty.Possible ? Steps.Append(new(-1, "only unknown facts support it")) : Steps;
}
