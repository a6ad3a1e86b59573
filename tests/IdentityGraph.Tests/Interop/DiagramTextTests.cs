using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using IdentityGraph.Interop.Dot;
using IdentityGraph.Interop.Mermaid;
using IdentityGraph.Interop.Pages;
using IdentityGraph.Interop.Pictures;
using IdentityGraph.Tests.PropertyTests;

namespace IdentityGraph.Tests.Interop;

/// <summary>Mermaid and Graphviz read labels as text, whatever a source says, and are told in words what is not drawn one by one.</summary>
public sealed partial class DiagramTextTests
{
    [Fact]
    public void A_proof_with_two_premises_in_mermaid()
    {
        var text = Mermaid(PathPage.Of(DrawnAnswers.Path(static text => text) with { Truncated = null, Warnings = [], Data = new() { Paths = [DrawnAnswers.Path(static text => text).Data.Paths[1]], All = null, Because = null } }));

        Assert.Equal(
            [
                "flowchart LR",
                """  about["From name of key #40;key#41;, name of pgp #40;pgp#41; to name of vault …"]:::note""",
                """  n0_0["Credential<br/>name of key<br/>key<br/>start"]:::start""",
                """  n0_1["ServiceIdentity<br/>name of robot<br/>robot"]""",
                """  n0_2["Resource<br/>name of ledger<br/>ledger"]""",
                """  n0_3["Credential<br/>name of pgp<br/>pgp<br/>start"]:::start""",
                """  n0_4["Credential<br/>name of vault<br/>vault<br/>target"]:::possible""",
                """  n0_0 -->|"D1"| n0_1""",
                """  n0_1 -->|"D4"| n0_2""",
                """  and0_2(("&amp;"))""",
                "  n0_2 -.- and0_2",
                "  n0_3 -.- and0_2",
                """  and0_2 -.->|"D3#63;"| n0_4""",
            ],
            text.Split('\n').Where(static line => line.Length > 0 && !line.StartsWith("  classDef", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_same_for_graphviz()
    {
        var text = Dot(CutsPage.Of(DrawnAnswers.Cuts(static text => text)));

        Assert.Contains("""n0_0 -> n0_1 [label="cut: D1", style="bold,dashed"];""", text, StringComparison.Ordinal);
        Assert.Contains("""and0_2 -> n0_4 [label="D3?", style=dashed];""", text, StringComparison.Ordinal);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_string_of_a_source_leaves_its_label()
    {
        var mermaid = DrawnAnswers.Pages(static text => text).Select(static page => Skeleton(Mermaid(page))).ToList();
        var dot = DrawnAnswers.Pages(static text => text).Select(static page => Skeleton(Dot(page))).ToList();
        Prop.ForAll(HostileStrings.Arbitrary, hostile =>
        {
            var pages = DrawnAnswers.Pages(text => hostile + text);
            for (var number = 0; number < pages.Count; number++)
            {
                Same(mermaid[number], Skeleton(Mermaid(pages[number])));
                Same(dot[number], Skeleton(Dot(pages[number])));
                foreach (Match label in Label().Matches(Mermaid(pages[number])))
                {
                    if (!SafeLabel().IsMatch(label.Value))
                    {
                        throw new LawBrokenException($"a label holds what Mermaid reads: {label.Value}");
                    }
                }
            }

            return true;
        }).Check(HostileStrings.Drawn(300));
    }

    [Fact]
    public void Above_a_hundred_boxes_mermaid_says_what_it_drew_instead()
    {
        var text = Mermaid(Star(500));

        Assert.Contains("501 things are drawn as 2 boxes", text, StringComparison.Ordinal);
        Assert.Contains("500 × Resource".Replace("×", "#215;", StringComparison.Ordinal), text, StringComparison.Ordinal);
        Assert.DoesNotContain("are drawn as", Mermaid(Star(90)), StringComparison.Ordinal);
    }

    private static Page Star(int points) => new()
    {
        Title = "Star",
        Lead = "",
        Sections = [new Section { Title = "Star", Picture = new Picture { Boxes = [new Box { Id = "middle", Kind = "Account", Name = null }, .. Enumerable.Range(0, points).Select(static number => new Box { Id = $"r{number}", Kind = "Resource", Name = null })], Arrows = [.. Enumerable.Range(1, points).Select(static number => new Arrow { From = [0], To = number, Label = "D4", Sentence = "" })] } }],
        About = [],
    };

    private static void Same(string harmless, string hostile)
    {
        if (harmless != hostile)
        {
            throw new LawBrokenException($"built otherwise:\n{hostile}\ninstead of\n{harmless}");
        }
    }

    /// <summary>All but what stands in quotes.</summary>
    private static string Skeleton(string text) => Label().Replace(text, "\"\"");

    private static string Mermaid(Page page)
    {
        using var text = new StringWriter();
        MermaidText.Write(page, text);
        return text.ToString();
    }

    private static string Dot(Page page)
    {
        using var text = new StringWriter();
        DotText.Write(page, text);
        return text.ToString();
    }

    [GeneratedRegex("\"(\\\\.|[^\"\\\\\n])*\"")]
    private static partial Regex Label();

    [GeneratedRegex("^\"([\\p{L}\\p{N}\\p{Cs} .,_/:@…-]|#[0-9]+;|<br/>|&amp;)*\"$")]
    private static partial Regex SafeLabel();
}
