using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using IdentityGraph.Interop.Html;
using IdentityGraph.Interop.Pages;
using IdentityGraph.Tests.PropertyTests;

namespace IdentityGraph.Tests.Interop;

/// <summary>A page needs nothing from anywhere, runs nothing, and no string of a source leaves its place.</summary>
public sealed class HtmlPageTests
{
    private static readonly string[] s_measures = ["x", "y", "d", "width", "height", "viewBox", "transform", "cx", "cy"];

    [Fact]
    public void No_string_of_a_source_can_leave_its_place()
    {
        var harmless = DrawnAnswers.Pages(static text => text).Select(Skeleton).ToList();
        Prop.ForAll(HostileStrings.Arbitrary, hostile =>
        {
            var pages = DrawnAnswers.Pages(text => hostile + text);
            for (var number = 0; number < pages.Count; number++)
            {
                var skeleton = Skeleton(pages[number]);
                if (!skeleton.SequenceEqual(harmless[number]))
                {
                    var at = skeleton.Zip(harmless[number]).TakeWhile(static pair => pair.First == pair.Second).Count();
                    throw new LawBrokenException($"`{pages[number].Title}` is built otherwise at element {at}: {skeleton.ElementAtOrDefault(at)} instead of {harmless[number].ElementAtOrDefault(at)}");
                }
            }

            return true;
        }).Check(HostileStrings.Drawn(300));
    }

    [Fact]
    public void What_a_source_said_stands_on_the_page_as_text()
    {
        var text = string.Concat(Parsed(BlastRadiusPage.Of(DrawnAnswers.Radius(static text => $"<b>{text}\u202e"))).DescendantNodes().OfType<XText>().Select(static node => node.Value));

        Assert.Contains("<b>ledger\\u{202e}", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', text);
    }

    [Fact]
    public void Nothing_is_loaded_or_run_and_the_policy_forbids_it()
    {
        foreach (var page in DrawnAnswers.Pages(static text => text))
        {
            var html = Parsed(page);
            var names = html.Descendants().Select(static element => element.Name.LocalName).ToHashSet();
            Assert.DoesNotContain(names, static name => name is "script" or "link" or "img" or "iframe" or "object" or "embed" or "form" or "base" or "foreignObject" or "use" or "image");
            var attributes = html.Descendants().SelectMany(static element => element.Attributes()).ToList();
            Assert.DoesNotContain(attributes, static attribute => attribute.Name.LocalName is "style" or "src" or "srcset" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
            Assert.All(attributes.Where(static attribute => attribute.Name.LocalName == "href"), static attribute => Assert.Matches("^#[a-z]+[0-9]*-[0-9]+$", attribute.Value));

            var style = html.Descendants().Single(static element => element.Name.LocalName == "style").Value;
            var policy = attributes.Single(static attribute => attribute.Value.StartsWith("default-src", StringComparison.Ordinal)).Value;
            Assert.Equal($"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'; base-uri 'none'; form-action 'none'", policy);
            Assert.DoesNotContain("url(", style, StringComparison.Ordinal);
            Assert.DoesNotContain("@import", style, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_link_leads_to_a_row_and_every_row_has_its_own_name()
    {
        foreach (var page in DrawnAnswers.Pages(static text => text))
        {
            var html = Parsed(page);
            string[] ids = [.. html.Descendants().Attributes("id").Select(static id => id.Value)];
            Assert.Equal(ids.Length, ids.Distinct().Count());
            Assert.All(html.Descendants().Attributes("href"), href => Assert.Contains(href.Value[1..], ids));
        }
    }

    [Fact]
    public void Every_hop_has_its_rule_its_sentence_since_when_and_evidence()
    {
        var html = Parsed(PathPage.Of(DrawnAnswers.Path(static text => text)));
        var row = html.Descendants().First(static element => (string?)element.Attribute("id") == "path2-5");

        Assert.Equal(
            ["5", "ledger|pgp", "D3|Whoever reads the store has the credentials kept there, with the key where they are encrypted.", "Use", "vault", "vault STORED_IN ledger (k)", "gate", "possible|since 2025-06-02T00:00:00Z", "evidence of vault"],
            row.Elements().Select(static cell => string.Join('|', cell.Elements().Select(static line => line.Value))));
        Assert.Contains(html.Descendants(), static element => element.Name.LocalName == "title" && element.Value == "all of these together");
    }

    [Fact]
    public void Certain_possible_start_crown_jewel_and_cut_differ_by_word_or_shape_and_not_by_colour_alone()
    {
        var radius = Written(BlastRadiusPage.Of(DrawnAnswers.Radius(static text => text)));
        Assert.Contains(">crown jewel</text>", radius, StringComparison.Ordinal);
        Assert.Contains(">start</text>", radius, StringComparison.Ordinal);
        Assert.Contains(">D3?</text>", radius, StringComparison.Ordinal);
        var cuts = Written(CutsPage.Of(DrawnAnswers.Cuts(static text => text)));
        Assert.Contains(">✂ D1</text>", cuts, StringComparison.Ordinal);
        Assert.DoesNotContain(">✂ D4</text>", cuts, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_cut_short_and_warnings_stand_before_the_answer()
    {
        var page = Written(PathPage.Of(DrawnAnswers.Path(static text => text)));
        Assert.True(page.IndexOf("This answer was cut short", StringComparison.Ordinal) < page.IndexOf("<svg", StringComparison.Ordinal));
        Assert.True(page.IndexOf("be warned", StringComparison.Ordinal) < page.IndexOf("<svg", StringComparison.Ordinal));
        Assert.DoesNotContain("cut short", Written(PathPage.Of(DrawnAnswers.Path(static text => text) with { Truncated = null, Warnings = [] })), StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_about_what_might_be_says_so_before_anything_it_shows()
    {
        var page = Written(PathPage.Of(DrawnAnswers.Path(static text => text)));
        Assert.True(page.IndexOf("1 fact added or changed, 0 nodes and 1 link removed, not how they are", StringComparison.Ordinal) is > 0 and var told && told < page.IndexOf("<svg", StringComparison.Ordinal));
        Assert.Contains("<div>disappears</div>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("What if", Written(PathPage.Of(DrawnAnswers.Path(static text => text) with { WhatIf = null })), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_is_too_long_says_how_long_it_is()
    {
        var table = Table.Of("Many", [new Column("number", Look.Number)], Enumerable.Range(0, 6_000).Select(static number => Row.Of(null, number)));
        var page = Written(new Page { Title = "Many", Lead = "", Sections = [new Section { Title = "All", Tables = [table] }], About = [] });

        Assert.Contains("The first 5000 of 6000 rows are shown", page, StringComparison.Ordinal);
        Assert.DoesNotContain("5000", Written(new Page { Title = "Few", Lead = "", Sections = [new Section { Title = "All", Tables = [Table.Of("Few", table.Columns, table.Rows)] }], About = [] }), StringComparison.Ordinal);
    }

    /// <summary>Elements with their attributes, measures apart: they may differ with the length of a text.</summary>
    private static List<string> Skeleton(Page page) =>
        [.. Parsed(page).Descendants().Select(static element => $"{element.Ancestors().Count()} {element.Name.LocalName} {string.Join(' ', element.Attributes().Where(static attribute => !s_measures.Contains(attribute.Name.LocalName)).Select(static attribute => $"{attribute.Name.LocalName}={attribute.Value}"))}")];

    private static XElement Parsed(Page page)
    {
        using var reader = XmlReader.Create(new StringReader(Written(page)), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader).Root!;
    }

    private static string Written(Page page)
    {
        using var text = new StringWriter();
        HtmlPage.Write(page, text);
        return text.ToString();
    }
}
