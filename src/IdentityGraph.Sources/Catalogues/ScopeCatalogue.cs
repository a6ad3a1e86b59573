using System.Collections.Frozen;
using System.IO.Enumeration;
using IdentityGraph.Graph;

namespace IdentityGraph.Sources.Catalogues;

/// <summary>
/// What a vendor's words for rights mean: one list a kind of word (scopes, permissions, roles, actions), versioned, from a data file
/// beside this class. A word that is not in it is of unknown level, never without rights.
/// </summary>
public sealed class ScopeCatalogue
{
    private static readonly FrozenDictionary<string, Lazy<ScopeCatalogue>> s_all = CatalogueFiles.Names
        .ToFrozenDictionary(static name => name, static name => new Lazy<ScopeCatalogue>(() => CatalogueFiles.Read(name)), StringComparer.Ordinal);

    private readonly FrozenDictionary<string, CatalogueRow> _byWord;

    internal ScopeCatalogue(IReadOnlyList<CatalogueRow> rows)
    {
        Rows = rows;
        Dictionary<string, CatalogueRow> byWord = new(StringComparer.OrdinalIgnoreCase);
        foreach (var row in rows)
        {
            byWord[row.Word] = row;
            foreach (var alias in row.Aliases)
            {
                byWord.TryAdd(alias, row);
            }
        }

        _byWord = byWord.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Such as `aws-actions`, `entra-roles`, `github-permissions`, `microsoft-graph`.</summary>
    public required string Name { get; init; }

    /// <summary>What its words are.</summary>
    public required string Sentence { get; init; }

    /// <summary>The day the facts in it were taken, as year-month-day.</summary>
    public required string Version { get; init; }

    /// <summary>What each code in <see cref="CatalogueRow.Source"/> stands for.</summary>
    public required IReadOnlyDictionary<string, string> Origins { get; init; }

    /// <summary>In ordinal order of their words.</summary>
    public IReadOnlyList<CatalogueRow> Rows { get; }

    /// <summary>Every catalogue, in ordinal order of their names.</summary>
    public static IReadOnlyList<ScopeCatalogue> All => [.. CatalogueFiles.Names.Select(static name => s_all[name].Value)];

    /// <summary>The catalogue of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static ScopeCatalogue Of(string catalogue) => s_all.TryGetValue(catalogue, out var found)
        ? found.Value
        : throw new ArgumentException($"there is no catalogue `{catalogue}`; there are {string.Join(", ", CatalogueFiles.Names)}", nameof(catalogue));

    /// <summary>What the catalogue says of a word or an alias of it, in any case; null: the word is unknown, and so is its level.</summary>
    public static CatalogueRow? Find(string catalogue, string word) => Of(catalogue).Find(word);

    /// <summary>What it says of a word or an alias of it, in any case; null: the word is unknown, and so is its level.</summary>
    public CatalogueRow? Find(string word) => _byWord.GetValueOrDefault(word.Trim());

    /// <summary>The rows whose word matches a pattern with `*` (any characters) and `?` (one character), in any case.</summary>
    public IEnumerable<CatalogueRow> Matching(string pattern) => Rows.Where(row => FileSystemName.MatchesSimpleExpression(Literally(pattern), row.Word));

    /// <summary>The rights of several words together; null where one of them is unknown, what the others give then in <paramref name="known"/>.</summary>
    public Rights? Together(IEnumerable<string> words, out Rights known)
    {
        known = Rights.None;
        var all = true;
        foreach (var word in words)
        {
            if (Find(word)?.Rights is { } rights)
            {
                known |= rights;
            }
            else
            {
                all = false;
            }
        }

        return all ? known : null;
    }

    private static string Literally(string pattern) => pattern.Replace("\\", "\\\\", StringComparison.Ordinal);
}
