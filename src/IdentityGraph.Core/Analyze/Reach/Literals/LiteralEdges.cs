namespace IdentityGraph.Analyze.Reach.Literals;

/// <summary>Edges as they come, sorted by their start at the end. Joint literals are numbered apart, for their place is known only then.</summary>
/// <param name="expected">About how many there will be.</param>
internal sealed class LiteralEdges(int expected)
{
    private int[] _from = GC.AllocateUninitializedArray<int>(expected + 16);
    private int[] _to = GC.AllocateUninitializedArray<int>(expected + 16);
    private int _count;

    /// <summary>The number a joint literal goes by until the end.</summary>
    public static int Joint(int ordinal) => ~ordinal;

    public void Add(int from, int to)
    {
        if (_count == _from.Length)
        {
            Array.Resize(ref _from, _count * 2);
            Array.Resize(ref _to, _count * 2);
        }

        (_from[_count], _to[_count++]) = (from, to);
    }

    public LiteralGraph ToGraph(int plain, List<int[]> joints, int[] tally, int[][] starts, int[][] own)
    {
        var count = plain + joints.Count;
        var start = new int[count + 1];
        for (var i = 0; i < _count; i++)
        {
            start[Number(_from[i], plain) + 1]++;
        }

        for (var literal = 0; literal < count; literal++)
        {
            start[literal + 1] += start[literal];
        }

        var next = start.AsSpan(0, count).ToArray();
        var to = GC.AllocateUninitializedArray<int>(_count);
        for (var i = 0; i < _count; i++)
        {
            to[next[Number(_from[i], plain)]++] = Number(_to[i], plain);
        }

        int[][] inputs = [.. joints.Select(joint => Array.ConvertAll(joint, input => Number(input, plain)))];
        var tallies = new int[count];
        Array.Fill(tallies, -1);
        tally.CopyTo(tallies, 0);
        return new LiteralGraph(plain, count, start, to, inputs, tallies, starts, own);
    }

    private static int Number(int literal, int plain) => literal < 0 ? plain + ~literal : literal;
}
