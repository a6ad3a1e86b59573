using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace IdentityGraph.Tests;

/// <summary>The shape of the repository, held for what exists.</summary>
public sealed class LayoutTests
{
    private static readonly Dictionary<string, string[]> s_allowedReferences = new()
    {
        ["IdentityGraph.Core"] = [],
        ["IdentityGraph.Bolt"] = [],
        ["IdentityGraph.Sources"] = ["IdentityGraph.Core"],
        ["IdentityGraph.Interop"] = ["IdentityGraph.Core"],
        ["IdentityGraph.Stores"] = ["IdentityGraph.Core", "IdentityGraph.Bolt"],
        ["IdentityGraph"] = ["IdentityGraph.Core", "IdentityGraph.Sources", "IdentityGraph.Interop", "IdentityGraph.Stores"],
    };

    private static readonly Dictionary<string, string[]> s_allowedInCore = new()
    {
        ["Graph"] = ["Graph", "Collect"],
        ["Collect"] = ["Collect", "Graph"],
        ["Normalize"] = ["Normalize", "Collect", "Graph"],
        ["Policies"] = ["Policies", "Graph"],
        ["Analyze"] = ["Analyze", "Graph", "Policies"],
        ["Report"] = ["Report", "Analyze", "Graph", "Policies", "Collect"],
    };

    public static TheoryData<string> Projects() => [.. Directory.GetFiles(Repository.Folder("src"), "*.csproj", SearchOption.AllDirectories)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_it_may(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        var allowed = s_allowedReferences[name];
        var references = XDocument.Load(project).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')));

        Assert.Empty(references.Except(allowed));
    }

    [Fact]
    public void Core_takes_no_package() =>
        Assert.Empty(XDocument.Load(Repository.File("src/IdentityGraph.Core/IdentityGraph.Core.csproj")).Descendants("PackageReference"));

    [Fact]
    public void Inside_core_the_flow_goes_one_way()
    {
        var wrong =
            from folder in s_allowedInCore
            where Directory.Exists(Repository.Folder("src/IdentityGraph.Core/" + folder.Key))
            from file in Directory.GetFiles(Repository.Folder("src/IdentityGraph.Core/" + folder.Key), "*.cs", SearchOption.AllDirectories)
            from Match use in Regex.Matches(File.ReadAllText(file), @"^using (?:static )?IdentityGraph\.(\w+)", RegexOptions.Multiline)
            where !folder.Value.Contains(use.Groups[1].Value)
            select $"{Path.GetFileName(file)} uses {use.Groups[1].Value}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void No_file_of_the_product_grows_past_350_lines()
    {
        var long_files =
            from file in Directory.GetFiles(Repository.Folder("src"), "*.cs", SearchOption.AllDirectories)
            let lines = File.ReadLines(file).Count()
            where lines > 350
            select $"{Path.GetFileName(file)}: {lines}";

        Assert.Empty(long_files);
    }
}
