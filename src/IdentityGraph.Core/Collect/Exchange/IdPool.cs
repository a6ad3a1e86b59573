using System.Text;
using IdentityGraph.Graph;

namespace IdentityGraph.Collect.Exchange;

/// <summary>
/// One string for equal ids, streams and keys, checked when it was made: the lines of a run name the same things again and again. Holds a
/// bounded number of short ones, each from its second sight on, so that what is named once costs nothing.
/// </summary>
internal sealed class IdPool
{
    private const int Sets = 1 << 12;
    private const int LongestHeld = 96;

    // Two ways a set; a tag without a text was seen once. A tag is never 0.
    private readonly (uint Tag, string? Text)[] _slots = new (uint, string?)[Sets * 2];

    /// <summary>The id, or null where it breaks a rule, which the caller tells by reading it the long way.</summary>
    /// <param name="ascii">ASCII without control characters.</param>
    public string? Find(ReadOnlySpan<byte> ascii)
    {
        if (ascii.Length is 0 or > LongestHeld)
        {
            return Made(ascii);
        }

        var hash = ShortHash.Of(ascii);
        var tag = (uint)hash | 1;
        var place = (int)(hash >> 52) * 2;
        ref var first = ref _slots[place];
        if (first.Tag == tag && first.Text is { } known && Ascii.Equals(ascii, known))
        {
            return known;
        }

        ref var second = ref _slots[place + 1];
        if (second.Tag == tag && second.Text is { } other && Ascii.Equals(ascii, other))
        {
            return other;
        }

        var text = Made(ascii);
        if (text is null)
        {
            return null;
        }

        if (first.Tag == tag)
        {
            first.Text = text;
        }
        else if (second.Tag == tag)
        {
            second.Text = text;
        }
        else if (first.Text is not null)
        {
            second = (tag, null);
        }
        else
        {
            second = second.Text is null ? first : second;
            first = (tag, null);
        }

        return text;
    }

    private static string? Made(ReadOnlySpan<byte> ascii)
    {
        if (ascii.Length is 0 or > LineContext.LongestId)
        {
            return null;
        }

        var text = Encoding.ASCII.GetString(ascii);
        return (SecretLooking.MayBe(ascii) || ascii.Contains((byte)'%')) && SecretLooking.FindInId(text) is not null ? null : text;
    }
}
