using System.Collections.Frozen;

namespace IdentityGraph.Sources.Aws;

/// <summary>A service that roles trust, and what its actions begin with.</summary>
/// <param name="Row">The way that may be there.</param>
/// <param name="Prefix">What its actions begin with; null: not known, and any service's may be meant.</param>
internal sealed record PassedService(ComputeRow Row, string? Prefix)
{
    /// <summary>A role is handed to its machines in an instance profile.</summary>
    public const string Machines = "ec2.amazonaws.com";

    private const string WrittenTo = "ToPermissionSet";
    private const string TakenFrom = "FromPermissionSet";

    /// <summary>Services whose name is not what their actions begin with.</summary>
    private static readonly FrozenDictionary<string, string> s_prefixes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ec2scheduled"] = "ec2",
        ["ecs-tasks"] = "ecs",
        ["edgelambda"] = "lambda",
        ["eks-fargate-pods"] = "eks",
        ["eks-nodegroup"] = "eks",
        ["airflow-env"] = "airflow",
        ["email"] = "ses",
        ["opensearchservice"] = "es",
        ["spotfleet"] = "ec2",
        ["transitgateway"] = "ec2",
        ["vmie"] = "ec2",
        ["vpc-flow-logs"] = "ec2",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Services of Identity Center, which hands out roles of its own.</summary>
    private static readonly FrozenSet<string> s_center = new[] { "sso", "sso-directory", "identitystore", "identity-sync" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>What takes away from somebody.</summary>
    private static readonly string[] s_takes = ["Delete", "Disable", "Remove", "Disassociate", "Stop"];

    /// <summary>Stands for what manages Identity Center: its permission sets, who has them, and who signs in.</summary>
    public static PassedService Center { get; } = OfCenter("manages IAM Identity Center");

    /// <summary>The part of it that writes what permission sets may do.</summary>
    public static PassedService PermissionSets { get; } = OfCenter("writes permission sets");

    public bool IsCenter { get; private init; }

    /// <summary>Stands for whatever a policy that cannot be read may allow there.</summary>
    public string Anything => (Prefix ?? "any") + ":Unread";

    /// <param name="service">`quicksight.amazonaws.com`, in lower case.</param>
    /// <param name="prefixes">Those that the catalogue knows.</param>
    public static PassedService Of(string service, IReadOnlySet<string> prefixes)
    {
        var row = new ComputeRow(service, [], true, false, "Does more than read in a service that the role may be passed to.")
        {
            Key = $"iam:PassRole to {service}",
            ByInstanceProfile = service == Machines,
        };
        var prefix = service.Split('.').Where(label => label is not ("amazonaws" or "com")).Select(label => s_prefixes.GetValueOrDefault(label, label)).FirstOrDefault(prefixes.Contains);
        return new(row, prefix);
    }

    /// <summary>Whether actions that begin so may be about it. Those of identities hand no role to a service.</summary>
    public bool Means(string prefix) => IsCenter ? s_center.Contains(prefix) : Prefix is null ? prefix is not ("iam" or "sts") : prefix == Prefix;

    /// <summary>Whether the action, which does more than read, is of no use: it tags or takes away. To take from a permission set may take a Deny, and a second factor a question.</summary>
    public bool IsHarmless(string action)
    {
        var name = action.AsSpan(action.IndexOf(':', StringComparison.Ordinal) + 1);
        if (ReferenceEquals(this, PermissionSets))
        {
            return !name.Contains(WrittenTo, StringComparison.OrdinalIgnoreCase) && !name.Contains(TakenFrom, StringComparison.OrdinalIgnoreCase);
        }

        return Begins(name, "Tag") || Begins(name, "Untag")
            || (IsCenter ? IsTaking(name) && !name.Contains(TakenFrom, StringComparison.OrdinalIgnoreCase) && !name.Contains("Mfa", StringComparison.OrdinalIgnoreCase) : Begins(name, "Delete"));
    }

    private static PassedService OfCenter(string key) => new(new ComputeRow(TokenTrust.IdentityCenter, [], false, false, "") { Key = key, ByToken = true }, null) { IsCenter = true };

    private static bool IsTaking(ReadOnlySpan<char> name)
    {
        foreach (var verb in s_takes)
        {
            if (Begins(name, verb))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Begins(ReadOnlySpan<char> name, string verb) => name.StartsWith(verb, StringComparison.OrdinalIgnoreCase);
}
