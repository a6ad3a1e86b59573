using System.Text;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws;

/// <summary>What an action may be about, in the order of the files; found by how it begins.</summary>
/// <param name="name">Stands for them.</param>
/// <param name="arns">Each once.</param>
internal sealed class Candidates(string name, ArnChoice arns)
{
    private int[]? _sorted;

    public string Name { get; } = name;

    public ArnChoice Arns { get; } = arns;

    /// <summary>
    /// Indexes of those that one of the statements may tell from others, ascending: all others are decided alike, whichever statements are
    /// about everything. Null: all of them, or nearly.
    /// </summary>
    public int[]? ToldApartBy(PolicySet set)
    {
        if (set.AsksResource)
        {
            return null;
        }

        HashSet<int> named = [];
        long met = 0;
        foreach (var statement in set.Documents().SelectMany(document => document.Statements))
        {
            foreach (var resource in statement.Problem is null ? statement.Resources ?? [] : [])
            {
                var beginning = ResourceIndex.Beginning(resource.Pattern).ToString();
                var (from, to) = IsAboutAll(resource, beginning) ? (0, 0) : Beginning(beginning);
                met += to - from;
                if (met > Arns.Count)
                {
                    return null;
                }

                for (var at = from; at < to; at++)
                {
                    named.Add(_sorted![at]);
                }
            }
        }

        return [.. named.Order()];
    }

    /// <summary>Whether nothing but a star stands behind what all of them begin with.</summary>
    private bool IsAboutAll(ResourcePattern resource, string beginning) =>
        !resource.HasVariable && !resource.HasUsername && resource.Pattern.Length == beginning.Length + 1 && resource.Pattern[^1] == '*'
        && (beginning.Length == 0 || Beginning(beginning) is var (from, to) && to - from == Arns.Count);

    /// <summary>Where those that begin so stand in <see cref="_sorted"/>.</summary>
    private (int From, int To) Beginning(string text)
    {
        _sorted ??= Sorted();
        var bytes = Encoding.UTF8.GetBytes(text);
        return (First(bytes, 0), First(bytes, 1));
    }

    /// <summary>The first that is not before the text, or (past: 1) behind all that begin with it.</summary>
    private int First(byte[] text, int past)
    {
        var (low, high) = (0, _sorted!.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Arns.Table.CompareBeginning(Arns.At(_sorted[middle]), text) < past ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private int[] Sorted()
    {
        int[] sorted = [.. Enumerable.Range(0, Arns.Count)];
        Array.Sort(sorted, (one, other) => Arns.Table.Compare(Arns.At(one), Arns.At(other)));
        return sorted;
    }
}
