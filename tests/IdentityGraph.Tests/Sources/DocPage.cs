using System.Runtime.CompilerServices;

namespace IdentityGraph.Tests.Sources;

/// <summary>A page under `docs/sources`: its examples are blocks fenced as "```yaml name.yaml".</summary>
internal static class DocPage
{
    public static string Path(string page, [CallerFilePath] string here = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "../../../docs/sources", page));

    public static string Read(string page) => File.ReadAllText(Path(page)).ReplaceLineEndings("\n");

    /// <summary>The example of that name, as a reader would save it.</summary>
    public static string Example(string page, string name)
    {
        var text = Read(page);
        var fence = text.Split('\n').First(line => line.StartsWith("```", StringComparison.Ordinal) && line.EndsWith(" " + name, StringComparison.Ordinal));
        var start = text.IndexOf(fence + "\n", StringComparison.Ordinal) + fence.Length + 1;
        return text[start..text.IndexOf("\n```", start, StringComparison.Ordinal)] + "\n";
    }

    /// <summary>What stands between `&lt;!-- name --&gt;` and `&lt;!-- /name --&gt;`.</summary>
    public static string Part(string page, string name)
    {
        var text = Read(page);
        var start = text.IndexOf($"<!-- {name} -->\n", StringComparison.Ordinal) + name.Length + 10;
        return text[start..text.IndexOf($"<!-- /{name} -->", StringComparison.Ordinal)];
    }

    /// <summary>
    /// Holds what stands between `&lt;!-- name --&gt;` and `&lt;!-- /name --&gt;` equal to what the code prints. With
    /// IDENTITYGRAPH_WRITE_DOCS set, the page is written anew instead.
    /// </summary>
    public static void Holds(string page, string name, string printed)
    {
        if (Environment.GetEnvironmentVariable("IDENTITYGRAPH_WRITE_DOCS") is not null)
        {
            var (text, part) = (Read(page), Part(page, name));
            var start = text.IndexOf($"<!-- {name} -->\n", StringComparison.Ordinal) + name.Length + 10;
            File.WriteAllText(Path(page), text[..start] + printed + text[(start + part.Length)..]);
            return;
        }

        Assert.Equal(printed, Part(page, name));
    }
}
