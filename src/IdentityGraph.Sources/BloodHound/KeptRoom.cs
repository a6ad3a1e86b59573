namespace IdentityGraph.Sources.BloodHound;

/// <summary>Room for the small files of a collection, which are read several times: they are unpacked once and kept.</summary>
internal sealed class KeptRoom
{
    /// <summary>Bytes of one file.</summary>
    private const long Longest = 4 << 20;

    private long _left = 16 << 20;

    /// <summary>Takes room for a file of so many bytes; false where it is too long or no room is left.</summary>
    public bool Take(long length)
    {
        if (length is <= 0 or > Longest || length > _left)
        {
            return false;
        }

        _left -= length;
        return true;
    }
}
