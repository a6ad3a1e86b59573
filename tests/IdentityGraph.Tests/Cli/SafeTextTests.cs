using System.Globalization;
using System.Text;
using System.Text.Json;
using IdentityGraph.Cli;

namespace IdentityGraph.Tests.Cli;

/// <summary>What nobody sees and programs read is written out wherever an answer is printed; what people write stays as it is.</summary>
public sealed class SafeTextTests
{
    private static readonly UnicodeCategory[] s_unseen = [UnicodeCategory.Control, UnicodeCategory.Format, UnicodeCategory.LineSeparator, UnicodeCategory.ParagraphSeparator];

    [Fact]
    public void Every_rune_that_is_not_seen_is_written_out_in_a_table_a_csv_and_json()
    {
        var unseen = Runes(rune => s_unseen.Contains(Rune.GetUnicodeCategory(rune)) || rune.Value is >= 0xE0000 and <= 0xE007F).ToList();
        Assert.Contains(new Rune(0xE0000), unseen);
        Assert.Contains(new Rune(0x202E), unseen);
        Assert.Contains(new Rune(0x200B), unseen);
        foreach (var rune in unseen)
        {
            var (named, escape) = ($"deploy{rune}bot", rune.IsBmp ? $"\\u{rune.Value:x4}" : $"\\U{rune.Value:x8}");
            Assert.Equal($"deploy{escape}bot", SafeText.ForTerminal(named));
            Assert.Equal(rune.Value is '\t' or '\r' or '\n' ? SafeText.ForCsv(named) : $"deploy{escape}bot", SafeText.ForCsv(named));
            var json = SafeText.ForJson($"\"{(rune.Value < 0x20 ? "" : named)}\"");
            Assert.True(Ascii.IsValid(json), $"U+{rune.Value:X} stands in {json}");
            Assert.Equal(rune.Value < 0x20 ? "" : named, JsonDocument.Parse(json).RootElement.GetString());
        }
    }

    [Fact]
    public void Every_letter_digit_and_symbol_of_people_stays()
    {
        foreach (var rune in Runes(rune => Rune.IsLetterOrDigit(rune) || Rune.IsSymbol(rune) || Rune.IsPunctuation(rune)).Where(rune => rune.Value is not (0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800)))
        {
            var named = $"deploy{rune}bot";
            Assert.Equal(named, SafeText.ForTerminal(named));
            Assert.Equal(named, SafeText.ForJson(named));
        }
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\U000E0068\U000E0069 there", "\\U000e0068\\U000e0069 there")] // "hi" in tags
    [InlineData("\u3164", "\\u3164")] // a letter by its class, and blank
    [InlineData("Zoë 字 😀", "Zoë 字 😀")]
    public void A_name_is_printed_so(string name, string shown) => Assert.Equal(shown, SafeText.ForTerminal(name));

    [Fact]
    public void Half_of_a_pair_is_written_out() => Assert.Equal("half \\ud83d.", SafeText.ForTerminal("half \ud83d."));

    private static IEnumerable<Rune> Runes(Func<Rune, bool> meant) =>
        Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(value => new Rune(value)).Where(meant);
}
