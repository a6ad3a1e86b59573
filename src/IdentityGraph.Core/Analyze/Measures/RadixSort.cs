namespace IdentityGraph.Analyze.Measures;

/// <summary>Sorts by small whole numbers, a digit at a time from the lowest: time linear in how many there are.</summary>
internal static class RadixSort
{
    private const int WholeBits = 32;
    private const int Bits = 11;
    private const int Digits = 1 << Bits;

    // Below this the usual sort is quicker.
    private const int Few = 200;

    /// <summary>Sorts items by their keys, and the keys too.</summary>
    /// <param name="keys">At least 0.</param>
    /// <param name="items">One for each key; where keys are the same they keep their order, unless there are but few.</param>
    /// <param name="end">Greater than every key.</param>
    public static void Sort(int[] keys, int[] items, int end)
    {
        if (keys.Length < Few)
        {
            Array.Sort(keys, items);
            return;
        }

        var (toKeys, toItems) = (new int[keys.Length], new int[keys.Length]);
        var (fromKeys, fromItems) = (keys, items);
        Span<int> at = stackalloc int[Digits];
        for (var shift = 0; shift == 0 || (shift < WholeBits && (end - 1) >> shift > 0); shift += Bits)
        {
            at.Clear();
            foreach (var key in fromKeys)
            {
                at[key >> shift & (Digits - 1)]++;
            }

            for (var (digit, start) = (0, 0); digit < Digits; digit++)
            {
                (at[digit], start) = (start, start + at[digit]);
            }

            for (var i = 0; i < fromKeys.Length; i++)
            {
                var place = at[fromKeys[i] >> shift & (Digits - 1)]++;
                (toKeys[place], toItems[place]) = (fromKeys[i], fromItems[i]);
            }

            (fromKeys, toKeys) = (toKeys, fromKeys);
            (fromItems, toItems) = (toItems, fromItems);
        }

        if (!ReferenceEquals(fromKeys, keys))
        {
            fromKeys.CopyTo(keys, 0);
            fromItems.CopyTo(items, 0);
        }
    }
}
