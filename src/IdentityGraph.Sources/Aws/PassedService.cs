using System.Collections.Frozen;

namespace IdentityGraph.Sources.Aws;

/// <summary>A service that roles trust, and what its actions begin with.</summary>
/// <param name="Row">The way that may be there.</param>
/// <param name="Prefix">What its actions begin with; null: not known, and any service's may be meant.</param>
internal sealed record PassedService(ComputeRow Row, string? Prefix)
{
    /// <summary>A role is handed to its machines in an instance profile.</summary>
    public const string Machines = "ec2.amazonaws.com";

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
    public bool Means(string prefix) => Prefix is null ? prefix is not ("iam" or "sts") : prefix == Prefix;
}
