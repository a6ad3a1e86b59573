using System.Collections;
using System.Runtime.InteropServices;

namespace IdentityGraph.Sources.Aws.Kept;

/// <summary>Some ARNs of a table, or all of them, in the order of the files.</summary>
/// <param name="table">Which has them.</param>
/// <param name="some">Positions, ascending; null: all.</param>
internal sealed class ArnChoice(ArnTable table, int[]? some = null) : IReadOnlyList<string>
{
    public ArnTable Table { get; } = table;

    public int Count => some?.Length ?? Table.Count;

    public string this[int index] => Table[At(index)];

    /// <summary>Its position in the table.</summary>
    public int At(int index) => some?[index] ?? index;

    public bool Contains(string arn) => Table.Find(arn) is >= 0 and var at && Has(at);

    public bool Has(int position) => some is null ? position < Table.Count : Array.BinarySearch(some, position) >= 0;

    /// <summary>Whether it is those at these positions.</summary>
    public bool Is(int[] positions) => some.AsSpan().SequenceEqual(positions);

    /// <summary>Whether it is the same ones of the same table.</summary>
    public bool Is(ArnChoice other) =>
        ReferenceEquals(this, other) || (ReferenceEquals(Table, other.Table) && (some is null) == other.IsAll && (some is null || other.Is(some)));

    /// <summary>Equal for the same ones.</summary>
    public int Digest()
    {
        if (some is null)
        {
            return -1;
        }

        var hash = default(HashCode);
        hash.AddBytes(MemoryMarshal.AsBytes<int>(some));
        return hash.ToHashCode();
    }

    private bool IsAll => some is null;

    /// <summary>Whether something is in both.</summary>
    public bool Meets(ArnChoice other)
    {
        if (Count > other.Count)
        {
            return other.Meets(this);
        }

        for (var index = 0; index < Count; index++)
        {
            if (ReferenceEquals(Table, other.Table) ? other.Has(At(index)) : other.Contains(this[index]))
            {
                return true;
            }
        }

        return false;
    }

    public IEnumerator<string> GetEnumerator()
    {
        for (var index = 0; index < Count; index++)
        {
            yield return this[index];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
