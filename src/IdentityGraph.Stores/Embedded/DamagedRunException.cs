namespace IdentityGraph.Stores.Embedded;

/// <summary>A run file is not as it was sealed.</summary>
/// <param name="path">The file.</param>
/// <param name="offset">Where the frame at fault begins, in bytes.</param>
/// <param name="inner">What was wrong with it.</param>
internal sealed class DamagedRunException(string path, long offset, Exception inner) : Exception(inner.Message, inner)
{
    public const string WayOut = "restore this file from a copy of the store, or import its source into a new store";

    public string Path { get; } = path;

    public long Offset { get; } = offset;

    public string Problem => Message;
}
