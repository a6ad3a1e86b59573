using System.Collections;
using System.Text;

namespace IdentityGraph.Sources.Aws.Kept;

/// <summary>ARNs, each once, in the order of the files; what all of an account begin with is kept once.</summary>
/// <param name="head">What most of them begin with.</param>
internal class ArnTable(string head) : IReadOnlyList<string>
{
    /// <summary>Before one that begins otherwise; behind the head it stands in none, or it is taken for such a one too.</summary>
    private const char Whole = '\u0001';

    private readonly byte[] _head = Encoding.UTF8.GetBytes(head);
    private readonly TextTable _texts = new();

    public int Count => _texts.Count;

    public string this[int at] => TextAt(at) is var text && text.StartsWith(Whole) ? text[1..] : head + text;

    /// <summary>Where it stands; −1: nowhere.</summary>
    public int Find(string arn) => IsShort(arn) ? _texts.Find(arn.AsSpan(head.Length)) : _texts.Find(Whole + arn);

    /// <returns>Where it stands, and whether it did not before.</returns>
    public int Add(string arn, out bool isNew) => IsShort(arn) ? _texts.Add(arn.AsSpan(head.Length), out isNew) : _texts.Add(Whole + arn, out isNew);

    /// <summary>The same of what stands behind the head, which begins with no mark.</summary>
    protected int AddBehind(ReadOnlySpan<byte> rest, out bool isNew) => _texts.Add(rest, out isNew);

    /// <summary>Its tags, as <see cref="Tags"/> reads them; null: not known.</summary>
    public virtual string? TagsAt(int at) => null;

    /// <summary>In an order in which those that begin alike stand together.</summary>
    public int Compare(int one, int other)
    {
        var (isWhole, otherIsWhole) = (IsWhole(one), IsWhole(other));
        return isWhole == otherIsWhole ? _texts.Bytes(one).SequenceCompareTo(_texts.Bytes(other)) : CompareSlowly(one, other);
    }

    /// <summary>Whether it stands before the text (below 0), begins with it (0), or stands behind all that do.</summary>
    public int CompareBeginning(int at, ReadOnlySpan<byte> text)
    {
        var rest = _texts.Bytes(at);
        if (IsWhole(at))
        {
            return Order(rest[1..], text);
        }

        var common = Math.Min(_head.Length, text.Length);
        var order = _head.AsSpan(0, common).SequenceCompareTo(text[..common]);
        return order != 0 ? order : text.Length <= _head.Length ? 0 : Order(rest, text[_head.Length..]);
    }

    public IEnumerator<string> GetEnumerator()
    {
        for (var at = 0; at < Count; at++)
        {
            yield return this[at];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>What stands behind the head; with a mark before it where that does not.</summary>
    protected string TextAt(int at) => _texts[at];

    /// <summary>The same as UTF-8, as long as nothing else is asked for.</summary>
    protected ReadOnlySpan<byte> BytesAt(int at) => _texts.Bytes(at);

    /// <summary>The same of an ARN.</summary>
    protected ReadOnlySpan<char> Behind(string arn) => IsShort(arn) ? arn.AsSpan(head.Length) : Whole + arn;

    private bool IsShort(string arn) => arn.StartsWith(head, StringComparison.Ordinal) && !(arn.Length > head.Length && arn[head.Length] == Whole);

    private bool IsWhole(int at) => _texts.Bytes(at) is [(byte)Whole, ..];

    private int CompareSlowly(int one, int other) => Encoding.UTF8.GetBytes(this[one]).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(this[other]));

    private static int Order(ReadOnlySpan<byte> text, ReadOnlySpan<byte> beginning) =>
        text.StartsWith(beginning) ? 0 : text.SequenceCompareTo(beginning);
}
