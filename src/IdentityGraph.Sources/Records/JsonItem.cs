namespace IdentityGraph.Sources.Records;

/// <summary>One element of a list, or why it cannot be read.</summary>
/// <param name="List">Name of the member that holds the list; "" where the list is the whole file.</param>
/// <param name="Number">Its place in that list, from 0; −1: it is the member itself, which is no list of this file.</param>
/// <param name="Json">The element; no value where it cannot be read.</param>
/// <param name="Problem">Why it cannot be read; null: it can.</param>
internal readonly record struct JsonItem(string List, long Number, JsonValue Json, string? Problem)
{
    /// <summary>Why a list that stands twice is told, though every element of both is read.</summary>
    public const string StandsTwice = "it stands twice, and nobody knows which was meant; both are read, and nothing is concluded from what is absent";

    /// <summary>Why a member whose name nobody can read is told.</summary>
    public const string NoName = "its name is not UTF-8, and nobody knows what it is; write the file as UTF-8";

    /// <summary>Its place in the file, such as `data[3]`.</summary>
    public string Where => Number < 0 ? List : $"{List}[{Number}]";

    /// <summary>Whether there is an element to read.</summary>
    public bool IsReadable => Problem is null;

    /// <summary>Whether the member is null: nothing was refused, but nobody said that the list has nothing.</summary>
    public bool IsNull { get; init; }

    /// <summary>Whether what it is about is read all the same, in items of its own.</summary>
    public bool IsKept { get; init; }
}
