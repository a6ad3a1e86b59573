using IdentityGraph.Collect;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>Texts that look like a secret: none enters an id, a name, an evidence or a message.</summary>
internal static class Hidden
{
    /// <summary>Stands for such a text; several become one.</summary>
    public const string Text = "(hidden)";

    public static string Unless(string text) => SecretLooking.Find(text) is null ? text : Text;

    /// <summary>What the first such text of a policy looks like; null: none does.</summary>
    public static string? In(HeldPolicy policy) => policy.Document.Statements
        .SelectMany(statement => Texts(statement).Prepend(statement.Sid ?? ""))
        .Select(text => SecretLooking.Find(text))
        .FirstOrDefault(sort => sort is not null);

    private static IEnumerable<string> Texts(PolicyStatement statement) =>
        (statement.Resources ?? []).Select(resource => resource.Text).Concat(statement.Principals is { } principals ? principals.Aws.Concat(principals.Federated) : []);
}
