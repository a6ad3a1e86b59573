namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>
/// The statements of a document by how their resource patterns begin and end before the first and behind the last wildcard, so that a
/// request is compared with those only that may be about its resource.
/// </summary>
internal sealed class ResourceIndex
{
    /// <summary>With so many that begin alike, their ends are looked at too.</summary>
    private const int Many = 64;

    private readonly IReadOnlyList<PolicyStatement> _statements;
    private readonly List<int> _always = [];
    private readonly List<(string Key, int Item)> _texts = [];
    private readonly PrefixTree _beginnings;
    private PrefixTree? _endings;

    public ResourceIndex(IReadOnlyList<PolicyStatement> statements)
    {
        _statements = statements;
        List<(ReadOnlyMemory<char> Key, int Item)> beginnings = [];
        for (var at = 0; at < statements.Count; at++)
        {
            if (statements[at] is not { Problem: null, ResourcesExcluded: false, Resources: { } resources })
            {
                _always.Add(at);
                continue;
            }

            foreach (var resource in resources)
            {
                beginnings.Add((Beginning(resource.Pattern), at));
                _texts.Add((resource.Pattern, at));
            }
        }

        _beginnings = new PrefixTree([.. beginnings]);
    }

    /// <summary>Every statement that may be about the resource, in their order; some that are not.</summary>
    /// <param name="resource">ARN or pattern.</param>
    /// <param name="isPattern">Whether wildcards of it mean more than themselves.</param>
    public IReadOnlyList<PolicyStatement> For(string resource, bool isPattern)
    {
        List<int> found = [];
        _beginnings.Find(isPattern ? Beginning(resource).Span : resource, isPattern, found);
        if (found.Count > Many)
        {
            _endings ??= new PrefixTree([.. _texts.Select(entry => (Ending(entry.Key).AsMemory(), entry.Item))]);
            List<int> other = [];
            _endings.Find(isPattern ? Ending(resource) : Reversed(resource), isPattern, other, found.Count);
            found = other.Count < found.Count ? other : found;
        }

        found.AddRange(_always);
        found.Sort();
        List<PolicyStatement> statements = new(found.Count);
        for (var at = 0; at < found.Count; at++)
        {
            if (at == 0 || found[at] != found[at - 1])
            {
                statements.Add(_statements[found[at]]);
            }
        }

        return statements;
    }

    /// <summary>What stands before the first wildcard, variable or name.</summary>
    public static ReadOnlyMemory<char> Beginning(string pattern) => pattern.AsSpan().IndexOfAny('*', '?', PolicyReading.UsernameMark) is >= 0 and var at ? pattern.AsMemory(0, at) : pattern.AsMemory();

    /// <summary>What stands behind the last one, from its end.</summary>
    public static string Ending(string pattern) => Reversed(pattern.AsSpan(pattern.AsSpan().LastIndexOfAny('*', '?', PolicyReading.UsernameMark) + 1));

    public static string Reversed(ReadOnlySpan<char> text)
    {
        Span<char> letters = text.Length <= 512 ? stackalloc char[text.Length] : new char[text.Length];
        text.CopyTo(letters);
        letters.Reverse();
        return new string(letters);
    }
}
