using IdentityGraph.Analyze.Measures;

namespace IdentityGraph.Analyze.Reach.Literals;

/// <summary>Where clauses lead to.</summary>
internal sealed partial class LiteralClauses
{
    // Clauses by the node they start from; and by nodes that satisfy further premises of theirs.
    private (int Clauses, int[] From, int[] Numbers)? _forwards;
    private (int Clauses, int[] Node, int[] Numbers)? _waiting;

    /// <summary>Numbers of the clauses that start from the node.</summary>
    public ReadOnlySpan<int> StartingFrom(int node)
    {
        if (_forwards is not { } known || known.Clauses != Count)
        {
            var keys = new int[Count];
            for (var number = 0; number < Count; number++)
            {
                keys[number] = _clauses[number].From;
            }

            _forwards = known = (Count, keys, Sorted(keys));
        }

        return OfKey(known.From, known.Numbers, node);
    }

    /// <summary>Every node on which something may be attained because something is on these, premises taken one by one; null: more than so many.</summary>
    public HashSet<int>? Beyond(IEnumerable<int> nodes, int most)
    {
        var beyond = nodes.ToHashSet();
        var open = new Stack<int>(beyond);
        while (open.TryPop(out var node) && beyond.Count <= most)
        {
            foreach (var number in StartingFrom(node))
            {
                Add(_clauses[number].To);
            }

            foreach (var number in WaitingFor(node))
            {
                Add(_clauses[number].To);
            }
        }

        return beyond.Count > most ? null : beyond;

        void Add(int to)
        {
            if (beyond.Add(to))
            {
                open.Push(to);
            }
        }
    }

    /// <summary>Numbers of the clauses of which the node satisfies a further premise, each once or more often.</summary>
    private ReadOnlySpan<int> WaitingFor(int node)
    {
        if (_waiting is not { } known || known.Clauses != Count)
        {
            List<int> keys = [];
            List<int> numbers = [];
            for (var number = 0; number < Count; number++)
            {
                foreach (var group in (PremiseGroup[])[.. Groups(_clauses[number].Own), .. Groups(_clauses[number].Entry)])
                {
                    keys.AddRange(group.Ways.Select(static way => way.Node));
                    numbers.AddRange(group.Ways.Select(_ => number));
                }
            }

            int[] sorted = [.. keys];
            int[] waiting = [.. numbers];
            RadixSort.Sort(sorted, waiting, Math.Max(1, _reached.Length));
            _waiting = known = (Count, sorted, waiting);
        }

        return OfKey(known.Node, known.Numbers, node);
    }

    /// <summary>Nodes that clauses lead to from these, premises left aside; and those clauses, in their order.</summary>
    private List<int> Following(IEnumerable<int> nodes, out List<int> clauses)
    {
        var seen = new HashSet<int>();
        List<int> near = [];
        clauses = [];
        foreach (var node in nodes.Where(seen.Add))
        {
            near.Add(node);
        }

        for (var next = 0; next < near.Count; next++)
        {
            foreach (var number in StartingFrom(near[next]))
            {
                clauses.Add(number);
                if (seen.Add(_clauses[number].To))
                {
                    near.Add(_clauses[number].To);
                }
            }
        }

        clauses.Sort();
        return near;
    }

    /// <summary>Sorts the keys; and their places with them.</summary>
    private int[] Sorted(int[] keys)
    {
        int[] places = [.. Enumerable.Range(0, keys.Length)];
        RadixSort.Sort(keys, places, Math.Max(1, _reached.Length));
        return places;
    }

    private static ReadOnlySpan<int> OfKey(int[] keys, int[] numbers, int key)
    {
        var first = FirstOf(keys, key);
        var end = first;
        while (end < keys.Length && keys[end] == key)
        {
            end++;
        }

        return numbers.AsSpan(first..end);
    }

    /// <summary>Where the first of the sorted keys stands that is not below the one sought.</summary>
    private static int FirstOf(int[] keys, int sought)
    {
        var (low, high) = (0, keys.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = keys[middle] < sought ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
