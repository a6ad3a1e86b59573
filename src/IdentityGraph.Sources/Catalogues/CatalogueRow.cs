using IdentityGraph.Graph;

namespace IdentityGraph.Sources.Catalogues;

/// <summary>What one vendor word gives, by our reading of the vendor's documentation.</summary>
public sealed record CatalogueRow
{
    /// <summary>The vendor's word, in the vendor's case.</summary>
    public required string Word { get; init; }

    /// <summary>What holding it allows on what it is about; null: not known, which is never "none". Empty: it gives no right at all.</summary>
    public required Rights? Rights { get; init; }

    /// <summary>The level of the highest right; null: not known.</summary>
    public Level? Level => Rights?.LevelOf();

    /// <summary>Normalised abilities on the whole system (the words of CONFERS), in ordinal order; empty: none.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>Abilities on some principals, groups or roles of the system only, which the word alone does not name, such as resetting the passwords of all but administrators; in ordinal order.</summary>
    public IReadOnlyList<string> LimitedCapabilities { get; init; } = [];

    /// <summary>The highest level its capabilities can give away; null where it has none, or where nobody knows.</summary>
    public Level? MaxLevel { get; init; }

    /// <summary>The part of the vendor's system it is about, such as `mail`; null: all of it.</summary>
    public string? Area { get; init; }

    /// <summary>How the vendor hands it out: `application`, `delegated`, both, or empty where the vendor makes no difference.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Other names of the same thing, such as the identifier the vendor's own files use; found like the word.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Where it came from: a code explained in <see cref="ScopeCatalogue.Origins"/>.</summary>
    public required string Source { get; init; }

    /// <summary>Whether it writes identities or decides access, on all of the system or on some of it.</summary>
    public bool WritesIdentity => Capabilities.Concat(LimitedCapabilities)
        .Any(static capability => capability is "provision" or "deprovision" or "issueCredential" or "manageGroup" or "grant" or "manageIdentity");
}
