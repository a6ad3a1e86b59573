namespace IdentityGraph.Sources.BloodHound;

/// <summary>
/// What one import has met so far, over all its collections. It grows with the number of objects (their identifiers and names), not with
/// the number of links; links are remembered only while tracing.
/// </summary>
internal sealed class ImportMemory(bool links)
{
    private readonly Dictionary<string, string?> _names = new(StringComparer.Ordinal);
    private readonly HashSet<(string Start, string Kind, string End)>? _links = links ? [] : null;

    /// <summary>Whether an object of that identifier was described.</summary>
    public bool Knows(string id) => _names.ContainsKey(id);

    /// <summary>What the object was called; null: nothing, or it was not described yet.</summary>
    public string? NameOf(string id) => _names.GetValueOrDefault(id);

    /// <summary>Remembers an object.</summary>
    /// <param name="id">Object identifier.</param>
    /// <param name="name">What it is called here; null: nothing.</param>
    /// <param name="before">What it was called first.</param>
    /// <returns>Whether it is the first of that identifier.</returns>
    public bool Meet(string id, string? name, out string? before)
    {
        if (!_names.TryGetValue(id, out before))
        {
            _names.Add(id, name);
            return true;
        }

        _names[id] = before ?? name;
        return false;
    }

    /// <summary>Whether the link is the first of its ends and name; true where links are not remembered.</summary>
    public bool Meet(DirectoryLink link) => _links?.Add((link.Start, link.Kind, link.End)) ?? true;
}
