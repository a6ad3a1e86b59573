namespace IdentityGraph.Sources.Records;

/// <summary>Ids that were met, to do once what is done once for each; 22 to 27 bytes an id, see <see cref="IdTable"/>.</summary>
internal sealed class IdSet
{
    private readonly IdTable _ids = new();

    /// <returns>Whether it is new.</returns>
    public bool Add(string id)
    {
        _ids.Add(id, out var isNew);
        return isNew;
    }

    public bool Contains(string id) => _ids.Find(id) >= 0;
}
