using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>Which leavers' last evaluation read what, so that a change is told only to those it may concern.</summary>
internal sealed class Readers
{
    private readonly Dictionary<PastReach, ReadLog> _reads = [];

    // Who ever read it; whether the last evaluation did is asked of its log.
    private readonly Dictionary<long, List<PastReach>> _byKey = [];
    private readonly Dictionary<int, List<PastReach>> _byStream = [];

    /// <summary>Those whose last evaluation read something that changes at the instant, in the order of their persons.</summary>
    public IReadOnlyList<PastReach> TouchedAt(long instant, ControlInstants points)
    {
        if (points.ChangesEverything(instant))
        {
            return [.. _reads.Keys.OrderBy(leaver => leaver.Person)];
        }

        HashSet<PastReach> touched = [];
        foreach (var key in points.ChangesAt(instant))
        {
            touched.UnionWith(_byKey.GetValueOrDefault(key, []).Where(leaver => _reads.TryGetValue(leaver, out var read) && read.HasRead(key)));
        }

        foreach (var stream in points.ReadAt(instant))
        {
            touched.UnionWith(_byStream.GetValueOrDefault(stream, []).Where(leaver => _reads.TryGetValue(leaver, out var read) && read.HasReadStream(stream)));
        }

        return touched.Count == 0 ? [] : [.. touched.OrderBy(leaver => leaver.Person)];
    }

    /// <summary>Replaces what the leaver's evaluation before read.</summary>
    public void Reads(PastReach leaver, ReadLog read)
    {
        var before = _reads.GetValueOrDefault(leaver);
        _reads[leaver] = read;
        foreach (var key in read.Keys.Where(key => before?.HasRead(key) != true))
        {
            Into(_byKey, key, leaver);
        }

        foreach (var stream in read.Streams.Where(stream => before?.HasReadStream(stream) != true))
        {
            Into(_byStream, stream, leaver);
        }
    }

    /// <summary>Nothing concerns the leaver any more.</summary>
    public void Leave(PastReach leaver) => _reads.Remove(leaver);

    private static void Into<TKey>(Dictionary<TKey, List<PastReach>> readers, TKey key, PastReach leaver)
        where TKey : notnull =>
        (readers.TryGetValue(key, out var there) ? there : readers[key] = []).Add(leaver);
}
