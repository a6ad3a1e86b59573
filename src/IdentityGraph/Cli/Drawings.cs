using IdentityGraph.Interop.Dot;
using IdentityGraph.Interop.Html;
using IdentityGraph.Interop.Mermaid;
using IdentityGraph.Interop.Pages;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Cli;

/// <summary>The answers that have a picture, one line each: the place to add one.</summary>
internal static class Drawings
{
    /// <exception cref="ConfigurationException">The answer has no picture.</exception>
    public static void Draw<T>(Answer<T> answer, OutputFormat format, TextWriter to)
    {
        var page = PageOf(answer) ?? throw new ConfigurationException($"`{answer.Command}` has no picture; {format.ToString().ToLowerInvariant()} is for the blast radius of one or of some together, path, cuts, leaver and identity chain. Ask for table, json, ndjson or csv");
        switch (format)
        {
            case OutputFormat.Mermaid:
                MermaidText.Write(page, to);
                break;
            case OutputFormat.Dot:
                DotText.Write(page, to);
                break;
            default:
                HtmlPage.Write(page, to);
                break;
        }
    }

    private static Page? PageOf<T>(Answer<T> answer) => answer switch
    {
        Answer<BlastRadiusAnswer> radius => BlastRadiusPage.Of(radius),
        Answer<PathAnswer> path => PathPage.Of(path),
        Answer<CutsAnswer> cuts => CutsPage.Of(cuts),
        Answer<LeaversAnswer> leavers => LeaversPage.Of(leavers),
        Answer<IdentityChainAnswer> chain => IdentityChainPage.Of(chain),
        _ => null,
    };
}
