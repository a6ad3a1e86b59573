using IdentityGraph.Interop.Html;

namespace IdentityGraph.Tests.Interop;

public sealed class HarmlessTextTests
{
    [Theory]
    [InlineData("ledger", "ledger")]
    [InlineData("a\u202eb", "a\\u{202e}b")]
    [InlineData("line\nbreak", "line\\u{a}break")]
    [InlineData("\ufffe", "\\u{fffe}")]
    [InlineData("😀 字", "😀 字")]
    [InlineData("\U000E0041", "\\u{e0041}")]
    public void What_cannot_be_seen_is_written_out(string said, string shown) => Assert.Equal(shown, HarmlessText.Of(said));

    [Fact]
    public void Half_of_a_pair_is_written_out() => Assert.Equal("half \\u{d800}.", HarmlessText.Of("half \ud800."));

    [Theory]
    [InlineData("ledger", 6, "ledger")]
    [InlineData("ledgers", 6, "ledge…")]
    [InlineData("字字字字", 6, "字字…")]
    [InlineData("😀😀😀😀", 4, "😀…")]
    public void What_is_too_long_ends_in_an_ellipsis(string said, int columns, string shown) => Assert.Equal(shown, HarmlessText.Clip(said, columns));
}
