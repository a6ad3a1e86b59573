namespace IdentityGraph.Graph.Fold;

/// <summary>
/// Orders edges by kind, start, end and key in linear time: stable counting sorts, the least significant part first, sixteen bits
/// at a time.
/// </summary>
internal static class EdgeSort
{
    private const int Bits = 16;

    /// <param name="kind">By edge, index of its kind.</param>
    /// <param name="of">By edge, number of its start.</param>
    /// <param name="to">By edge, number of its end.</param>
    /// <param name="key">By edge, number of its key.</param>
    /// <param name="dense">By node number, its dense index.</param>
    /// <param name="keyRank">By key number, its rank.</param>
    /// <returns>Edge numbers in order.</returns>
    public static int[] Order(ReadOnlySpan<byte> kind, ReadOnlySpan<int> of, ReadOnlySpan<int> to, ReadOnlySpan<int> key, int[] dense, int[] keyRank)
    {
        var order = new int[kind.Length];
        for (var edge = 0; edge < order.Length; edge++)
        {
            order[edge] = edge;
        }

        var words = new int[order.Length];
        var spare = new int[order.Length];
        Fill(words, key, keyRank);
        ByWord(ref order, ref spare, words, keyRank.Length);
        Fill(words, to, dense);
        ByWord(ref order, ref spare, words, dense.Length);
        Fill(words, of, dense);
        ByWord(ref order, ref spare, words, dense.Length);
        for (var edge = 0; edge < words.Length; edge++)
        {
            words[edge] = kind[edge];
        }

        ByWord(ref order, ref spare, words, byte.MaxValue);
        return order;
    }

    private static void Fill(int[] words, ReadOnlySpan<int> numbers, int[] ranks)
    {
        for (var edge = 0; edge < words.Length; edge++)
        {
            words[edge] = ranks[numbers[edge]];
        }
    }

    private static void ByWord(ref int[] order, ref int[] spare, int[] words, int largest)
    {
        for (var shift = 0; shift == 0 || (shift < 32 && largest >> shift > 0); shift += Bits)
        {
            Pass(order, spare, words, shift);
            (order, spare) = (spare, order);
        }
    }

    private static void Pass(int[] order, int[] sorted, int[] words, int shift)
    {
        const int Mask = (1 << Bits) - 1;
        var next = new int[Mask + 2];
        foreach (var word in words)
        {
            next[((word >> shift) & Mask) + 1]++;
        }

        for (var digit = 1; digit < next.Length; digit++)
        {
            next[digit] += next[digit - 1];
        }

        foreach (var edge in order)
        {
            sorted[next[(words[edge] >> shift) & Mask]++] = edge;
        }
    }
}
