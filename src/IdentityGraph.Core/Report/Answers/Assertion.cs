using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Report.Answers;

/// <summary>What is claimed of an estate, to be held against its facts.</summary>
public sealed record AssertQuestion
{
    /// <summary>What the claims together are called; null: they have no name.</summary>
    public string? Title { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<Assertion> Assertions { get; init; }

    /// <summary>A claim that is only possibly broken passes. Without it, what is not known to hold does not.</summary>
    public bool AllowPossible { get; init; }
}

/// <summary>One claim.</summary>
public abstract record Assertion
{
    /// <summary>What people call it; null: the claim in words.</summary>
    public string? Name { get; init; }

    /// <summary>Which gates an attacker satisfies; null: as the question is asked.</summary>
    public AttackerProfile? Profile { get; init; }

    /// <summary>`no-path`, `max-blast`, `no-orphans` or `no-live-leaver`.</summary>
    public abstract string Kind { get; }
}

/// <summary>Control of the starts does not give the targets, not even possibly.</summary>
public sealed record NoPathAssertion : Assertion
{
    public override string Kind => "no-path";

    public required Chosen From { get; init; }

    public required Chosen To { get; init; }

    /// <summary>The highest right of this level is not attained; null: no right is.</summary>
    public Level? Level { get; init; }

    /// <summary>The starts are held one at a time rather than together.</summary>
    public bool Each { get; init; }
}

/// <summary>What falls with the chosen stays within its budget.</summary>
public sealed record MaxBlastAssertion : Assertion
{
    public override string Kind => "max-blast";

    public required Chosen Of { get; init; }

    /// <summary>The chosen are held together rather than one at a time.</summary>
    public bool Together { get; init; }

    /// <summary>For each of them, whatever its tier; null: only the budgets of tiers count.</summary>
    public BlastLimits? Limits { get; init; }

    /// <summary>By the tier of what is held. What has no entry has no such budget.</summary>
    public IReadOnlyDictionary<int, BlastLimits> PerTier { get; init; } = new Dictionary<int, BlastLimits>();

    /// <summary>For what no source states the tier of; null: the strictest of <see cref="PerTier"/>, and what exceeds it does so only possibly.</summary>
    public BlastLimits? UnknownTier { get; init; }
}

/// <summary>Everything that can authenticate has somebody in employment who answers for it.</summary>
public sealed record NoOrphansAssertion : Assertion
{
    public override string Kind => "no-orphans";

    /// <summary>Names of kinds; empty: all that are asked about.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Ids that are not judged.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];
}

/// <summary>No leaver, nor automation on their authority, still reaches anything past its grace.</summary>
public sealed record NoLiveLeaverAssertion : Assertion
{
    public override string Kind => "no-live-leaver";

    /// <summary>Ids of persons; empty: every leaver.</summary>
    public IReadOnlyList<string> Persons { get; init; } = [];

    /// <summary>Ids that are not judged.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];
}

/// <summary>Which nodes are meant: those named, and all that the rest describes.</summary>
public sealed record Chosen
{
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Every node of these kinds that is there, or may be.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Every service identity, agent, application and connector.</summary>
    public bool NonHuman { get; init; }

    /// <summary>Of those described, only what lies in a system of this tier; with no kinds: systems and resources. Null: of any.</summary>
    public int? Tier { get; init; }

    /// <summary>Of those described, only crown jewels; with no kinds: systems and resources.</summary>
    public bool CrownJewels { get; init; }

    /// <summary>Ids that are left out.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];
}

/// <summary>What a blast radius may be at most; null: that is not limited.</summary>
/// <param name="Nodes">Nodes reached, creating new access included.</param>
/// <param name="Score">Criticality that falls.</param>
/// <param name="Share">The same as part of all criticality, 0 to 1.</param>
/// <param name="CrownJewels">Crown jewels attained.</param>
public sealed record BlastLimits(int? Nodes = null, double? Score = null, double? Share = null, int? CrownJewels = null);
