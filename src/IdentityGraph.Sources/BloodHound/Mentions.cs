using System.Globalization;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>
/// Ends that the links of a collection name, and that nothing had described then, in the order in which they were named. They stand on a
/// <see cref="TextShelf"/>, for they are gone through once: when the collection ends and what it describes is known.
/// </summary>
internal sealed class Mentions(ImportMemory memory) : IDisposable
{
    private readonly TextShelf _shelf = new();

    /// <summary>One of them.</summary>
    /// <param name="Id">Object identifier.</param>
    /// <param name="Kind">What the first link to name it says it is.</param>
    /// <param name="Name">What that link calls it; null: nothing.</param>
    /// <param name="Stream">Stream of that link.</param>
    /// <param name="Where">Place of that link.</param>
    internal readonly record struct Mention(string Id, DirectoryKind Kind, string? Name, string Stream, string Where);

    /// <summary>Remembers an end, unless it was described or named before.</summary>
    public void Meet(in Mention mention)
    {
        if (!memory.Mention(mention.Id, out var number))
        {
            return;
        }

        _shelf.Add(string.Create(CultureInfo.InvariantCulture, $"{number} {(byte)mention.Kind} {(mention.Name is null ? 0 : 1)}"));
        _shelf.Add(mention.Id);
        _shelf.Add(mention.Stream);
        _shelf.Add(mention.Where);
        _shelf.Add(mention.Name ?? "");
    }

    /// <summary>Those that nothing described; each is forgotten.</summary>
    public IEnumerable<Mention> Undescribed()
    {
        for (var place = 0L; place < _shelf.Length;)
        {
            var numbers = _shelf.Read(ref place).Split(' ');
            var mention = new Mention(
                _shelf.Read(ref place),
                (DirectoryKind)byte.Parse(numbers[1], CultureInfo.InvariantCulture),
                null,
                _shelf.Read(ref place),
                _shelf.Read(ref place));
            var name = _shelf.Read(ref place);
            if (memory.EndMention(int.Parse(numbers[0], CultureInfo.InvariantCulture)))
            {
                yield return numbers[2] == "1" ? mention with { Name = name } : mention;
            }
        }
    }

    public void Dispose() => _shelf.Dispose();
}
