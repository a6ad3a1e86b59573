using System.Text.RegularExpressions;

namespace IdentityGraph.Sources.Records;

/// <summary>
/// Subjects of the tokens that GitHub gives to jobs: `repo:OWNER/NAME:…`, and of repositories made or renamed since July 2026
/// `repo:OWNER@ID/NAME@ID:…`, which no name taken over by somebody else can have. A trust names one form and is not met by the other, and which
/// of them a repository has is not in its files: a trust in either may be one in its jobs.
/// </summary>
/// <remarks>https://docs.github.com/en/actions/concepts/security/openid-connect</remarks>
internal static partial class GitHubSubjects
{
    public const string Issuer = "token.actions.githubusercontent.com";

    /// <summary>Stands for some job of any repository.</summary>
    public static string Anybody { get; } = WorkloadIds.Subject(Issuer, "*");

    /// <summary>Stands for some job of a repository of the owner.</summary>
    public static string Owner(string owner) => WorkloadIds.Subject(Issuer, $"repo:{owner.ToLowerInvariant()}/*");

    /// <summary>Stands for some job of the repository.</summary>
    public static string Repository(string repository) => WorkloadIds.Subject(Issuer, $"repo:{repository.ToLowerInvariant()}:*");

    /// <summary>Every one of those that may be a job of the repository.</summary>
    /// <param name="repository">`owner/name`.</param>
    public static IReadOnlyList<string> Around(string repository) => [Repository(repository), Owner(repository.Split('/')[0]), Anybody];

    /// <summary>The narrowest of those that takes in whoever a trust names.</summary>
    /// <param name="subject">With `*` and `?`.</param>
    /// <param name="said">It in words.</param>
    public static string Narrowest(string subject, out string said)
    {
        var match = Subject().Match(subject);
        var (owner, name) = (match.Groups["owner"].Value, match.Groups["name"].Value);
        said = !match.Success || IsOpen(owner) ? "any repository" : IsOpen(name) ? $"a repository of {owner}" : $"repository {owner}/{name}";
        return !match.Success || IsOpen(owner) ? Anybody : IsOpen(name) ? Owner(owner) : Repository($"{owner}/{name}");
    }

    private static bool IsOpen(string word) => word.Length == 0 || word.AsSpan().ContainsAny('*', '?');

    [GeneratedRegex(@"\Arepo:(?<owner>[A-Za-z0-9*?-]*)(?:@[0-9*?]*)?/(?<name>[A-Za-z0-9._*?-]*)(?:@[0-9*?]*)?(?::|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Subject();
}
