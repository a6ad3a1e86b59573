using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>
/// What one import has met so far, over all its collections. It grows with the number of objects, 27 to 32 bytes each, not with the
/// number of links; what objects are called goes to a <see cref="TextShelf"/>. Links are remembered only while tracing.
/// </summary>
/// <param name="links">Whether links are remembered.</param>
/// <param name="ids">Ids that something else numbers too; null: they are numbered here.</param>
internal sealed class ImportMemory(bool links, IdTable? ids = null) : IDisposable
{
    private readonly IdTable _ids = ids ?? new();
    private readonly Column<Mark> _marks = new();
    private KeptTexts? _names;
    private readonly HashSet<(string Start, string Kind, string End)>? _links = links ? [] : null;
    private (string Id, string? Name) _last = ("", null);

    private KeptTexts Names => _names ??= new(_ids);

    [Flags]
    private enum Mark : byte
    {
        None = 0,

        /// <summary>An object of that id was described.</summary>
        Met = 1,

        /// <summary>The collection under way names it as an end.</summary>
        Mentioned = 2,

        /// <summary>It is in a group of all accounts.</summary>
        Grouped = 4,

        /// <summary>It is an account of which nothing says yet that it is in one.</summary>
        Stray = 8,
    }

    /// <summary>Whether an object of that identifier was described.</summary>
    public bool Knows(string id) => IsMarked(_ids.Find(id), Mark.Met);

    /// <summary>What the object was called; null: nothing, or it was not described yet.</summary>
    public string? NameOf(string id) => _last.Id == id ? _last.Name : Names.Find(_ids.Find(id));

    /// <summary>Remembers an object.</summary>
    /// <param name="id">Object identifier.</param>
    /// <param name="name">What it is called here; null: nothing.</param>
    /// <param name="before">What it was called first.</param>
    /// <returns>Whether it is the first of that identifier.</returns>
    public bool Meet(string id, string? name, out string? before) => Meet(_ids.Add(id, out _), id, name, out before);

    /// <summary>The same of one whose number is known.</summary>
    public bool Meet(int number, string id, string? name, out string? before)
    {
        before = Names.Find(number);
        if (before is null && name is not null)
        {
            Names.Set(number, name);
        }

        _last = (id, before ?? name);
        return Raise(number, Mark.Met);
    }

    /// <summary>Remembers that something names an object.</summary>
    /// <param name="id">Object identifier.</param>
    /// <param name="number">Its number.</param>
    /// <returns>Whether it is the first time in this collection, and the object was not described so far.</returns>
    public bool Mention(string id, out int number)
    {
        number = _ids.Add(id, out _);
        return !IsMarked(number, Mark.Met) && Raise(number, Mark.Mentioned);
    }

    /// <summary>Forgets that something names it, as the collection ends.</summary>
    /// <returns>Whether the object was described nowhere.</returns>
    public bool EndMention(int number)
    {
        _marks[number] &= ~Mark.Mentioned;
        return !IsMarked(number, Mark.Met);
    }

    /// <summary>Remembers that an object which was met is in a group of all accounts.</summary>
    public void Group(string id)
    {
        if (_ids.Find(id) is >= 0 and var number)
        {
            Raise(number, Mark.Grouped);
        }
    }

    /// <summary>Remembers that an object which was met is an account that may be in no group of all accounts.</summary>
    /// <returns>Whether that was not known yet.</returns>
    public bool IsNewStray(string id) => _ids.Find(id) is >= 0 and var number && Raise(number, Mark.Stray);

    public bool IsGrouped(string id) => IsMarked(_ids.Find(id), Mark.Grouped);

    /// <summary>Whether the link is the first of its ends and name; true where links are not remembered.</summary>
    public bool Meet(DirectoryLink link) => _links?.Add((link.Start, link.Kind, link.End)) ?? true;

    public void Dispose() => _names?.Dispose();

    private bool IsMarked(int number, Mark mark) => number >= 0 && number < _marks.Count && (_marks[number] & mark) != 0;

    private bool Raise(int number, Mark mark)
    {
        _marks.Reach(number + 1);
        ref var marks = ref _marks[number];
        var isNew = (marks & mark) == 0;
        marks |= mark;
        return isNew;
    }
}
