using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>What ties a leaver to something that may still work.</summary>
public enum AnchorCode
{
    /// <summary>An account of theirs.</summary>
    A1 = 1,

    /// <summary>A credential they alone hold.</summary>
    A2,

    /// <summary>A secret their accounts could reach while employed, or that they held with others.</summary>
    A3,

    /// <summary>A service identity or agent they controlled technically when they left; a path only through what they hold.</summary>
    A4,

    /// <summary>A grant they consented to.</summary>
    A5,

    /// <summary>A workflow, connector or the like that runs as them.</summary>
    A6,

    /// <summary>A guest account of theirs, or one in a tenant where they have no account to sign in with.</summary>
    A7,

    /// <summary>What a run they started, or that acted for them, made.</summary>
    A8,

    /// <summary>What a trust or assumption that names their account leads to; a path only through the account.</summary>
    A9,

    /// <summary>A grant of an agent that acts for their account.</summary>
    A10,
}

/// <summary>One thing that ties the leaver to something, since 400 days before they left.</summary>
public sealed record Anchor
{
    public required AnchorCode Code { get; init; }

    public required Node Node { get; init; }

    /// <summary>Whether it is one at the moment asked about; False: it only was.</summary>
    public required Truth Now { get; init; }

    /// <summary>Whether it ever was one in the window; at least <see cref="Now"/>.</summary>
    public required Truth Ever { get; init; }

    /// <summary>The facts that make it one.</summary>
    public IReadOnlyList<Edge> Facts { get; init; } = [];

    /// <summary>
    /// Of the ways it is one the surest: all its facts, from the person on, none of which can be left out. Empty where it is known from what
    /// their accounts could reach.
    /// </summary>
    public IReadOnlyList<Edge> Way { get; init; } = [];

    /// <summary>The accounts of theirs it hangs on; empty: it hangs on the person.</summary>
    public IReadOnlyList<Node> Accounts { get; init; } = [];

    /// <summary>What shows that nothing ties them to it; null: something does, or only its own end removes it.</summary>
    public Removal? CutOff { get; init; }

    /// <summary>`a1` to `a10`.</summary>
    public string Word => "a" + (int)Code;
}
