using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws.Kept;

internal enum IdentityKind : byte
{
    User = 0,
    Group,
    Role,

    /// <summary>A role that a service made for itself.</summary>
    ServiceLinkedRole,
}

/// <summary>A policy that is part of its holder.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Document">Its statements.</param>
internal readonly record struct InlinePolicy(string Name, PolicyDocument Document)
{
    /// <summary>Whether it stands for what could not be read.</summary>
    public bool IsUnread { get; init; }

    /// <summary>Stands for what an entry gives and could not be read: it may say anything.</summary>
    public static InlinePolicy Unread(string why) => new("(unread)", PolicyReading.Unreadable(why)) { IsUnread = true };
}

/// <summary>What a user, group or role has, its name apart: one for all that have the same.</summary>
internal sealed record Holdings
{
    public required IdentityKind Kind { get; init; }

    public InlinePolicy[] Inline { get; init; } = [];

    /// <summary>ARNs of managed policies.</summary>
    public string[] Attached { get; init; } = [];

    /// <summary>ARN of the managed policy that bounds it; null: none.</summary>
    public string? Boundary { get; init; }

    /// <summary>Names of a user's groups.</summary>
    public string[] Groups { get; init; } = [];

    /// <summary>Names of a role's instance profiles.</summary>
    public string[] InstanceProfiles { get; init; } = [];

    /// <summary>Who may assume a role.</summary>
    public PolicyDocument Trust { get; init; } = PolicyDocument.Empty;

    /// <summary>What follows from it in its account; null: not found out, or it is one identity's only.</summary>
    public Entitled? Entitled { get; set; }

    /// <summary>Whether several may have it.</summary>
    public bool IsShared { get; set; }

    /// <summary>Where it stands among those of its account's identities of its kind; below 0: nowhere yet.</summary>
    public int Number { get; set; } = -1;

    /// <summary>The same and something that could not be read.</summary>
    public Holdings And(InlinePolicy unread) => this with { Inline = [.. Inline, unread], Entitled = null, IsShared = false, Number = -1 };

    public bool IsSameAs(Holdings other) =>
        ReferenceEquals(this, other)
        || (Kind == other.Kind && Boundary == other.Boundary && Attached.AsSpan().SequenceEqual(other.Attached) && Groups.AsSpan().SequenceEqual(other.Groups)
            && InstanceProfiles.AsSpan().SequenceEqual(other.InstanceProfiles) && ReferenceEquals(Trust, other.Trust) && Inline.AsSpan().SequenceEqual(other.Inline));

    public bool Equals(Holdings? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>Holdings by what they are made of, so that each is kept once. What is made of parts that were read anew is not looked for.</summary>
internal sealed class HoldingsPool
{
    private readonly Dictionary<HoldingParts, Holdings> _known = [];

    /// <param name="parts">The same objects where they are the same.</param>
    /// <param name="isKnown">Whether they may be met again.</param>
    public Holdings Same(in HoldingParts parts, bool isKnown)
    {
        if (isKnown && _known.TryGetValue(parts, out var known))
        {
            known.IsShared = true;
            return known;
        }

        var holdings = parts.Together();
        if (isKnown)
        {
            _known.Add(parts, holdings);
        }

        return holdings;
    }
}

/// <summary>What <see cref="Holdings"/> are made of.</summary>
internal readonly record struct HoldingParts(IdentityKind Kind, InlinePolicy[] Inline, string[] Attached, string? Boundary, string[] Groups, string[] InstanceProfiles, PolicyDocument Trust)
{
    public Holdings Together() => new() { Kind = Kind, Inline = Inline, Attached = Attached, Boundary = Boundary, Groups = Groups, InstanceProfiles = InstanceProfiles, Trust = Trust };
}
