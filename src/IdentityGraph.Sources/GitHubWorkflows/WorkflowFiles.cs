using System.Text.RegularExpressions;
using IdentityGraph.Collect;

namespace IdentityGraph.Sources.GitHubWorkflows;

/// <summary>One workflow file.</summary>
/// <param name="File">Where it is on disk; "-" for standard input.</param>
/// <param name="Path">Its path in the repository.</param>
/// <param name="Repository">`owner/name`.</param>
internal sealed record WorkflowFile(string File, string Path, string Repository);

/// <summary>The workflow files of a file or folder, and whose they are.</summary>
internal static partial class WorkflowFiles
{
    private const string Folder = ".github/workflows/";

    /// <exception cref="RefusedInputException">There are none, or nothing says of which repository they are.</exception>
    public static IReadOnlyList<WorkflowFile> Find(ImportRequest request)
    {
        if (request.Tenant is { } stated && !GitHubIds.IsRepository(stated))
        {
            throw new RefusedInputException($"--tenant `{Records.RecordBook.Shown(stated)}` is no repository; write owner/name, as acme/pay");
        }

        if (!Directory.Exists(request.Path))
        {
            var full = request.Path == "-" ? "stdin.yml" : Path.GetFullPath(request.Path).Replace('\\', '/');
            return [Named(request.Path, full, request)];
        }

        var files = new DirectoryInfo(request.Path)
            .EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, MaxRecursionDepth = 8 })
            .Where(file => file.Extension.ToLowerInvariant() is ".yml" or ".yaml")
            .Select(file => file.FullName.Replace('\\', '/'))
            .Where(path => InFolder().IsMatch(path))
            .Order(StringComparer.Ordinal)
            .ToList();
        return files.Count > 0
            ? [.. files.Select(path => Named(path, path, request))]
            : throw new RefusedInputException($"`{request.Path}` holds no workflow file (`.github/workflows/*.yml`); give a repository's folder, or one workflow file");
    }

    private static WorkflowFile Named(string file, string full, ImportRequest request)
    {
        var match = InFolder().Match(full);
        var path = match.Success ? full[(match.Index + 1)..] : Folder + full[(full.LastIndexOf('/') + 1)..];
        var root = match.Success ? full[..match.Index] : null;
        var repository = request.Tenant ?? (root is null ? null : FromGit(root) ?? FromPath(root));
        return new(file, path, repository
            ?? throw new RefusedInputException("nothing says of which repository these workflows are: give --tenant owner/name, or the folder of a checkout (its .git/config names it), or one that is called owner/name"));
    }

    /// <summary>The origin of a checkout; whatever stands before the host of its address is never looked at.</summary>
    private static string? FromGit(string root)
    {
        var config = System.IO.Path.Combine(root, ".git", "config");
        if (!File.Exists(config) || new FileInfo(config).Length > 1 << 20)
        {
            return null;
        }

        var match = Origin().Match(File.ReadAllText(config));
        var name = match.Groups["name"].Value;
        name = name.EndsWith(".git", StringComparison.Ordinal) ? name[..^4] : name;
        return match.Success && GitHubIds.IsRepository($"{match.Groups["owner"].Value}/{name}") ? $"{match.Groups["owner"].Value}/{name}" : null;
    }

    /// <summary>The last two folders, where they lie under one that is called after GitHub: `…/github.com/acme/pay`.</summary>
    private static string? FromPath(string root)
    {
        var parts = root.Split('/');
        return parts.Length > 3 && parts[^3].Equals("github.com", StringComparison.OrdinalIgnoreCase) && GitHubIds.IsRepository($"{parts[^2]}/{parts[^1]}") ? $"{parts[^2]}/{parts[^1]}" : null;
    }

    [GeneratedRegex(@"/\.github/workflows/[^/]+\.ya?ml\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InFolder();

    [GeneratedRegex("""\[remote "origin"\][^\[]*?\burl\s*=\s*\S*?github\.com[:/](?<owner>[A-Za-z0-9-]{1,39})/(?<name>[A-Za-z0-9._-]{1,104})/?\s*$""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Origin();
}
