namespace IdentityGraph.Sources.Entries;

/// <summary>The known word a person most likely meant.</summary>
public static class Nearest
{
    /// <summary>The word with the fewest edits, case left aside, ties by order given; null where none is within half its length.</summary>
    /// <param name="word">As written.</param>
    /// <param name="known">What may have been meant.</param>
    /// <param name="most">No more edits than these.</param>
    public static string? To(string word, IEnumerable<string> known, int most = int.MaxValue)
    {
        var best = (Word: (string?)null, Edits: int.MaxValue);
        foreach (var candidate in known)
        {
            var edits = Edits(word.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (edits < best.Edits && edits <= Math.Min(most, Math.Max(word.Length, candidate.Length) / 2))
            {
                best = (candidate, edits);
            }
        }

        return best.Word;
    }

    /// <summary>"unknown `x`" with the nearest known word, or all of them where none is near.</summary>
    public static string Unknown(string what, string word, IReadOnlyCollection<string> known) =>
        To(word, known) is { } near
            ? $"unknown {what} `{Short(word)}`; did you mean `{near}`?"
            : $"unknown {what} `{Short(word)}`; known: {string.Join(", ", known)}";

    private static string Short(string word) => Collect.SecretLooking.Find(word) is { } sort ? $"({sort})" : word.Length <= 64 ? word : word[..64] + "…";

    // Levenshtein distance with one row; words longer than 64 are not compared.
    private static int Edits(string from, string to)
    {
        if (from.Length > 64)
        {
            return int.MaxValue;
        }

        var row = new int[to.Length + 1];
        for (var j = 0; j <= to.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[to.Length];
    }
}
