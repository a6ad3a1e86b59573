using IdentityGraph.Graph;

namespace IdentityGraph.Stores;

/// <summary>What every kind of store must be told.</summary>
public record StoreOptions
{
    /// <summary>The clock by which a run is sealed.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What the fold takes from the policy.</summary>
    public FoldOptions Fold { get; init; } = new();

    /// <summary>Told in a sentence what was found and swept; nothing by default.</summary>
    public Action<string> OnNotice { get; init; } = static _ => { };

    /// <summary>How long work at a server is tried again that failed for something which may pass. Stores in folders do not look at it.</summary>
    public TimeSpan TryFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Who signs in at a server; null: nobody, for servers that ask for no password. Stores in folders do not look at it.</summary>
    public StoreCredentials? Credentials { get; init; }
}

/// <summary>Who signs in at a server. Its text never shows the password.</summary>
public sealed class StoreCredentials(string user, string password)
{
    public string User { get; } = user;

    internal string Password { get; } = password;

    public override string ToString() => $"user `{User}`";
}
