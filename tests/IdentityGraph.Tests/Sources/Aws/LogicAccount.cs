using System.Text.Json.Nodes;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>One account of a story, in the shape of `aws iam get-account-authorization-details`.</summary>
internal sealed class LogicAccount(string id)
{
    private readonly List<(string Kind, string Name, List<(string Word, string Said)> Has)> _entries = [];
    private readonly List<string[]> _levels = [];
    private readonly JsonArray _policies = [];

    public string Id => id;

    /// <param name="kind">`user`, `group` or `role`.</param>
    /// <param name="name">With its path before it.</param>
    public void Begin(string kind, string name) => _entries.Add((kind, name, []));

    /// <summary>What the last one has: `own`, `boundary`, `attached`, `older` (of what is attached), `older-boundary`, `trust`: a statement each; `in` a group, its unique `id`, `tag`, `profile`, `missing` policy.</summary>
    public void Add(string word, string rest) => _entries[^1].Has.Add((word, rest));

    /// <summary>A level of service control policies.</summary>
    public void Under(string[] statements) => _levels.Add(statements);

    public override string ToString()
    {
        var page = new JsonObject { ["UserDetailList"] = Entries("user"), ["GroupDetailList"] = Entries("group"), ["RoleDetailList"] = Entries("role"), ["Policies"] = _policies };
        if (_levels.Count > 0)
        {
            page["ServiceControlPolicies"] = new JsonArray([.. _levels.Select(level =>
                new JsonObject { ["TargetId"] = "r-1", ["AccountId"] = id, ["Policies"] = new JsonArray(new JsonObject { ["Name"] = "guard", ["Content"] = LogicStory.Document(level) }) })]);
        }

        return page.ToJsonString();
    }

    private JsonArray Entries(string kind) => new([.. _entries.Where(entry => entry.Kind == kind).Select(entry => Entry(kind, entry.Name, entry.Has.ToLookup(said => said.Word, said => said.Said)))]);

    private JsonObject Entry(string kind, string path, ILookup<string, string> said)
    {
        var (name, list) = (path[(path.LastIndexOf('/') + 1)..], kind switch { "user" => "User", "group" => "Group", _ => "Role" });
        var entry = new JsonObject
        {
            [list + "Name"] = name,
            ["Arn"] = $"arn:aws:iam::{id}:{kind}/{path}",
            [list + "PolicyList"] = said["own"].Any() ? new JsonArray(new JsonObject { ["PolicyName"] = "p", ["PolicyDocument"] = LogicStory.Document(said["own"]) }) : new JsonArray(),
            ["AttachedManagedPolicies"] = new JsonArray([.. said["missing"].Concat(said["attached"].Any() ? [Policy($"{kind}-{name}", said["attached"], said["older"])] : []).Select(arn => new JsonObject { ["PolicyName"] = "x", ["PolicyArn"] = arn })]),
            ["CreateDate"] = "2024-01-02T03:04:05+00:00",
        };
        if (said["boundary"].Any())
        {
            entry["PermissionsBoundary"] = new JsonObject { ["PermissionsBoundaryType"] = "Policy", ["PermissionsBoundaryArn"] = Policy($"{kind}-{name}-boundary", said["boundary"], said["older-boundary"]) };
        }

        if (said["id"].FirstOrDefault() is { } uniqueId)
        {
            entry[list + "Id"] = uniqueId;
        }

        if (kind is "user" or "role")
        {
            entry["Tags"] = new JsonArray([.. said["tag"].Select(tag => tag.Split('=')).Select(tag => new JsonObject { ["Key"] = tag[0], ["Value"] = tag[1] })]);
        }

        if (kind == "user")
        {
            entry["GroupList"] = new JsonArray([.. said["in"].Select(group => JsonValue.Create(group))]);
        }
        else if (kind == "role")
        {
            entry["AssumeRolePolicyDocument"] = LogicStory.Document(said["trust"]);
            entry["InstanceProfileList"] = new JsonArray([.. said["profile"].Select(profile => new JsonObject { ["InstanceProfileName"] = profile })]);
        }

        return entry;
    }

    /// <returns>Its ARN.</returns>
    private string Policy(string name, IEnumerable<string> statements, IEnumerable<string> older)
    {
        var arn = $"arn:aws:iam::{id}:policy/{name}";
        var versions = new JsonArray(new JsonObject { ["VersionId"] = "v2", ["IsDefaultVersion"] = true, ["Document"] = LogicStory.Document(statements) });
        if (older.Any())
        {
            versions.Add(new JsonObject { ["VersionId"] = "v1", ["IsDefaultVersion"] = false, ["Document"] = LogicStory.Document(older) });
        }

        _policies.Add(new JsonObject { ["PolicyName"] = name, ["Arn"] = arn, ["DefaultVersionId"] = "v2", ["PolicyVersionList"] = versions });
        return arn;
    }
}
