using FsCheck;
using FsCheck.Fluent;

namespace IdentityGraph.Tests.Interop;

/// <summary>Strings that try to leave their place.</summary>
internal static class HostileStrings
{
    private static readonly string[] s_pieces =
    [
        "<script>alert(1)</script>", "\"", "'", "]]>", "-->", "<!--", "&", "&lt;", "</text></svg>", "</title>", "</style>", "javascript:alert(1)", "onload=", "\u202e", "\u0000", "\ud800", "\udc00", "\ufffe", "\u2028", "\n", "\r", "\t",
        "`", "{{", "}}", "%%", "[", "]", "(", ")", "|", ";", "#35;", "#quot;", "\\", "\\\"", "\\N", "\\l", "<b>", "end", "-->|x|", "字体", "😀", "a", " ", "/", ":", "\u00ad", "\u200b", "subgraph x", "click n0_0 \"javascript:alert(1)\"", "label=<<b>x</b>>",
    ];

    /// <summary>A function from harmless strings to hostile ones that keeps different ones different.</summary>
    public static Arbitrary<string> Arbitrary { get; } = Arb.From(
        from count in Gen.Choose(1, 12)
        from pieces in Gen.Elements(s_pieces).ArrayOf(count)
        select string.Concat(pieces));

    public static Config Drawn(int tests) => Config.QuickThrowOnFailure.WithReplay(20251121, 5).WithMaxTest(tests);
}
