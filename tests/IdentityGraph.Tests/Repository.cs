using System.Runtime.CompilerServices;

namespace IdentityGraph.Tests;

/// <summary>Where the sources lie that this test project was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string File(string path) => Path.Combine(Root, path);

    public static string Folder(string path) => Path.Combine(Root, path);

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = new FileInfo(here).Directory;
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "IdentityGraph.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException($"no IdentityGraph.sln above `{here}`; run the tests from the checkout they were built in");
    }
}
