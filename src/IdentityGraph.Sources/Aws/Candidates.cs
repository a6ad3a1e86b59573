using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>What an action may be about, in the order of the files; found by how it begins.</summary>
/// <param name="name">Stands for them.</param>
/// <param name="arns">Each once.</param>
internal sealed class Candidates(string name, IReadOnlyList<string> arns)
{
    private int[]? _sorted;

    public string Name { get; } = name;

    public IReadOnlyList<string> Arns { get; } = arns;

    /// <summary>Positions of those that an Allow statement may be about, in order; every position where that is as quick.</summary>
    public IEnumerable<int> NamedBy(PolicySet set)
    {
        HashSet<int> named = [];
        long met = 0;
        foreach (var statement in set.Identity.SelectMany(document => document.Statements))
        {
            if (statement.Denies)
            {
                continue;
            }

            if (statement is not { Problem: null, ResourcesExcluded: false, Resources: { } resources })
            {
                return Enumerable.Range(0, Arns.Count);
            }

            foreach (var resource in resources)
            {
                var (from, to) = Beginning(ResourceIndex.Beginning(resource.Pattern));
                met += to - from;
                if (met > 2L * Arns.Count)
                {
                    return Enumerable.Range(0, Arns.Count);
                }

                for (var at = from; at < to; at++)
                {
                    named.Add(_sorted![at]);
                }
            }
        }

        return named.Order();
    }

    /// <summary>Where those that begin so stand in <see cref="_sorted"/>.</summary>
    private (int From, int To) Beginning(string text)
    {
        _sorted ??= Sorted();
        return (First(text, 0), First(text, 1));
    }

    /// <summary>The first that is not before the text, or (past: 1) behind all that begin with it.</summary>
    private int First(string text, int past)
    {
        var (low, high) = (0, _sorted!.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var arn = Arns[_sorted[middle]];
            var order = string.CompareOrdinal(arn, 0, text, 0, text.Length);
            (low, high) = order < past ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private int[] Sorted()
    {
        int[] sorted = [.. Enumerable.Range(0, Arns.Count)];
        Array.Sort(sorted, (one, other) => string.CompareOrdinal(Arns[one], Arns[other]));
        return sorted;
    }
}
