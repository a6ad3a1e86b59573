using IdentityGraph.Collect;

namespace IdentityGraph.Sources.Aws;

/// <summary>A name of which it is known whether it looks like a secret: looked at once, however often it is told.</summary>
/// <param name="text">As the files have it.</param>
internal readonly struct SafeName(string text)
{
    /// <summary>As the files have it.</summary>
    public string Text { get; } = text;

    /// <summary>Whether it looks like a secret, and is not to be told.</summary>
    public bool IsSecret { get; } = SecretLooking.Find(text) is not null;
}
