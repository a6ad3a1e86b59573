using System.Text.RegularExpressions;
using IdentityGraph.Collect;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.GitHubWorkflows;

/// <summary>Node ids on github.com, by the names that workflow files use: `github:namespace/owner/name…`, lower case where GitHub makes no difference.</summary>
internal static partial class GitHubIds
{
    public const string System = "github:system/github.com";

    public const string Issuer = GitHubSubjects.Issuer;

    public static string Repository(string repository) => In("repo", repository.ToLowerInvariant());

    /// <summary>A part of a repository that a job's token may be allowed, such as its packages.</summary>
    public static string Part(string repository, string part) => In("repo-part", repository.ToLowerInvariant() + "/" + part);

    public static string Workflow(string repository, string path) => In("workflow", repository.ToLowerInvariant() + "/" + path);

    public static string Step(string workflow, string job, int number) => In("step", $"{Uri.UnescapeDataString(workflow["github:workflow/".Length..])}#{job}/{number}");

    /// <summary>What a job's token acts as.</summary>
    public static string Job(string workflow, string job) => In("job", $"{Uri.UnescapeDataString(workflow["github:workflow/".Length..])}#{job}");

    public static string Secret(string repository, string name) => In("secret", repository.ToLowerInvariant() + "/" + name.ToUpperInvariant());

    /// <summary>Where the secrets of a repository's workflows are kept.</summary>
    public static string Secrets(string repository) => In("secrets", repository.ToLowerInvariant());

    /// <summary>An action or a reusable workflow of another repository: `actions/checkout`, or `docker:image`.</summary>
    public static string Action(string name) => In("action", name.ToLowerInvariant());

    /// <summary>Code that outsiders propose to a repository.</summary>
    public static string PullRequests(string repository) => In("pull-requests", repository.ToLowerInvariant());

    public static string Environment(string repository, string name) => In("environment", repository.ToLowerInvariant() + "/" + name);

    public static string Runner(string repository, string labels) => In("runner", repository.ToLowerInvariant() + "/" + labels);

    public static string Organization(string owner) => In("organization", owner.ToLowerInvariant());

    /// <summary>Whether the text is `owner/name`.</summary>
    public static bool IsRepository(string text) => RepositoryName().IsMatch(text);

    private static string In(string space, string name) => "github:" + space + "/" + Uri.EscapeDataString(SecretLooking.Find(name) is null ? name : "(hidden)");

    [GeneratedRegex(@"\A[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})/[A-Za-z0-9._-]{1,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RepositoryName();
}
