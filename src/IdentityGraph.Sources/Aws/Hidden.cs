using IdentityGraph.Collect;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>Texts that look like a secret: none enters an id, a name, an evidence or a message.</summary>
internal static class Hidden
{
    /// <summary>Stands for such a text; several become one.</summary>
    public const string Text = "(hidden)";

    /// <summary>Stands for an action that looks like one.</summary>
    public const string Action = "(hidden):(hidden)";

    public static string Unless(string text) => SecretLooking.Find(text) is null ? text : Text;

    /// <summary>What the first such text of a policy looks like; null: none does.</summary>
    public static string? In(IReadOnlyList<PolicyStatement> statements)
    {
        foreach (var statement in statements)
        {
            if ((Find(statement.Sid) ?? statement.About.Hides ?? In(statement.Resources) ?? (statement.Principals is { } principals ? In(principals.Aws) ?? In(principals.Federated) : null)) is { } sort)
            {
                return sort;
            }
        }

        return null;
    }

    private static string? In(IReadOnlyList<ResourcePattern>? resources)
    {
        foreach (var resource in resources ?? [])
        {
            if (Find(resource.Text) is { } sort)
            {
                return sort;
            }
        }

        return null;
    }

    private static string? In(IReadOnlyList<string> texts)
    {
        foreach (var text in texts)
        {
            if (Find(text) is { } sort)
            {
                return sort;
            }
        }

        return null;
    }

    private static string? Find(string? text) => text is null ? null : SecretLooking.Find(text);
}
