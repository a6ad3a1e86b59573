namespace IdentityGraph.Sources.Records;

/// <summary>A text for each of many ids, on a <see cref="TextShelf"/>: 4 bytes more than an id takes in its <see cref="IdTable"/>.</summary>
/// <param name="ids">The ids by number; null: they are numbered here.</param>
internal sealed class KeptTexts(IdTable? ids = null) : IDisposable
{
    private readonly IdTable _ids = ids ?? new();

    /// <summary>Where the text stands on the shelf, from 1; 0: there is none.</summary>
    private readonly Column<uint> _places = new();
    private readonly TextShelf _texts = new();

    /// <summary>The text of the id; null: there is none.</summary>
    public string? Find(string id) => Find(_ids.Find(id));

    /// <summary>The text of the id of that number, which may be −1.</summary>
    public string? Find(int number) => number >= 0 && number < _places.Count && _places[number] is > 0 and var place ? _texts.Read(place - 1) : null;

    /// <summary>Gives the id a text, in place of any it has.</summary>
    public void Set(string id, string text) => Set(_ids.Add(id, out _), text);

    /// <inheritdoc cref="Set(string, string)"/>
    public void Set(int number, string text)
    {
        _places.Reach(number + 1);
        _places[number] = _texts.AddNumbered(text);
    }

    public void Dispose() => _texts.Dispose();
}
