using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>
/// What is said of somebody is the same whoever else is there: of random accounts, in which many have the same policies and differ in who they are,
/// every user and role is judged once beside all others and once with nobody else who has anything. Nobody may tag others there, nor has a
/// policy that may say anything: what somebody else may change of one is not certain, as it should be.
/// </summary>
public sealed class HolderAloneTests
{
    private const int Accounts = 60;

    [Fact]
    public void Everybody_is_judged_beside_others_as_alone() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => Broken(new Shared(new Random(seed))) is { Count: > 0 } broken ? throw new InvalidOperationException($"account {seed}:\n{string.Join('\n', broken)}") : true)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Accounts).WithReplay(20250602, 7));

    [Fact]
    public void Those_who_have_the_same_are_told_apart_by_their_names_tags_and_devices()
    {
        var together = AwsImport.OfText(new MadeUpAccount()
            .User("ann", more: Attached("own"))
            .User("ben", more: Attached("own"))
            .Policy("own", MadeUpAccount.Allow("s3:GetObject", "arn:aws:s3:::home/${aws:username}", ",\"Condition\":{\"StringEquals\":{\"aws:username\":\"ann\"}}"))
            .ToString().Replace(",\"AttachedManagedPolicies\":[],", ",", StringComparison.Ordinal));

        Assert.Contains("aws-111122223333:resource/arn%3Aaws%3As3%3A%3A%3Ahome%2Fann rights=DR", RightsOf(together, "aws-111122223333:user/ann"));
        Assert.Empty(RightsOf(together, "aws-111122223333:user/ben"));
    }

    [Fact]
    public void A_boundary_that_asks_for_a_name_is_asked_for_each_who_shares_it()
    {
        const string Bound = ",\"PermissionsBoundary\":{\"PermissionsBoundaryArn\":\"arn:aws:iam::111122223333:policy/bound\"}";
        var imported = AwsImport.OfText(new MadeUpAccount()
            .User("ann", more: Attached("own") + Bound)
            .User("ben", more: Attached("own") + Bound)
            .Policy("own", MadeUpAccount.Allow("iam:PassRole macie2:CreateClassificationJob"))
            .Policy("bound", MadeUpAccount.Allow("iam:*") + "," + MadeUpAccount.Allow("macie2:*", more: ",\"Condition\":{\"StringEquals\":{\"aws:username\":\"ann\"}}"))
            .Role("worker", MadeUpAccount.Service("macie2"))
            .ToString().Replace(",\"AttachedManagedPolicies\":[],", ",", StringComparison.Ordinal));

        Assert.Equal(["user/ann -> role/worker if conditions:unread"], imported.All("CAN_ISSUE_CREDENTIAL"));
    }

    private static string Attached(params string[] policies) =>
        $",\"AttachedManagedPolicies\":[{string.Join(',', policies.Select(policy => $"{{\"PolicyName\":\"{policy}\",\"PolicyArn\":\"arn:aws:iam::111122223333:policy/{policy}\"}}"))}]";

    private static List<string> Broken(Shared account)
    {
        var together = AwsImport.OfText(account.Text(null));
        List<string> broken = [];
        foreach (var (kind, name) in account.Holders)
        {
            var (beside, alone) = (RightsOf(together, $"aws-111122223333:{kind}/{name}"), RightsOf(AwsImport.OfText(account.Text(name)), $"aws-111122223333:{kind}/{name}"));
            broken.AddRange(beside.Except(alone).Select(right => $"{kind}/{name} beside others only: {right}"));
            broken.AddRange(alone.Except(beside).Select(right => $"{kind}/{name} alone only: {right}"));
        }

        if (broken.Count > 0)
        {
            broken.Add(account.Text(null));
        }

        return broken;
    }

    /// <summary>Every right and ability that the facts give it, by whatever way they go; what a group gives may stand apart from it.</summary>
    private static HashSet<string> RightsOf(AwsImport imported, string node)
    {
        var edges = imported.Edges.ToLookup(edge => edge.Of, StringComparer.Ordinal);
        Stack<string> open = new([node]);
        HashSet<string> seen = new(StringComparer.Ordinal) { node };
        HashSet<string> rights = new(StringComparer.Ordinal);
        while (open.TryPop(out var at))
        {
            foreach (var edge in edges[at])
            {
                if (edge.Kind is "MEMBER_OF" or "HAS_ROLE" or "HAS_ENTITLEMENT" || edge.To.Contains(":ability/", StringComparison.Ordinal))
                {
                    if (seen.Add(edge.To))
                    {
                        open.Push(edge.To);
                    }
                }
                else if (edge.Kind == "ENTITLES" || edge.Kind.StartsWith("CAN_", StringComparison.Ordinal))
                {
                    var asked = edge.Properties.Where(property => property.Key is "rights" or "level" or "gates" or "conditions" or "maxLevel").Select(property => $"{property.Key}={property.Value}").Order(StringComparer.Ordinal);
                    rights.Add($"{(edge.Kind == "ENTITLES" ? "" : edge.Kind + " ")}{edge.To.Replace(":group-policies/", ":group/", StringComparison.Ordinal)} {string.Join(' ', asked)}");
                }
            }
        }

        return rights;
    }

    /// <summary>A random account: a few policies, and many users and roles that share them.</summary>
    private sealed class Shared
    {
        private const string Home = "111122223333";

        private static readonly string[] s_resources =
        [
            "*", "arn:aws:s3:::ledger/*", "arn:aws:s3:::home/${aws:username}/*", "arn:aws:s3:::team/${aws:PrincipalTag/team}/*", $"arn:aws:iam::{Home}:user/${{aws:username}}", $"arn:aws:iam::{Home}:user/*", $"arn:aws:iam::{Home}:role/r0",
        ];

        private static readonly string[] s_actions = ["s3:GetObject", "s3:*", "iam:CreateAccessKey", "iam:PassRole", "sts:AssumeRole", "lambda:*", "iam:AttachUserPolicy", "iam:AddUserToGroup", "macie2:*", "iam:UpdateUser"];

        private static readonly (string Operator, string Key, string Value)[] s_conditions =
        [
            ("StringEquals", "aws:username", "u1"), ("StringLike", "aws:username", "u*"), ("StringEquals", "aws:PrincipalTag/team", "pay"), ("Bool", "aws:MultiFactorAuthPresent", "true"),
            ("IpAddress", "aws:SourceIp", "10.0.0.0/16"), ("StringEquals", "aws:RequestedRegion", "eu-west-1"), ("ArnLike", "aws:PrincipalArn", $"arn:aws:iam::{Home}:user/u2"),
        ];

        private readonly Random _random;
        private readonly List<JsonObject> _users = [];
        private readonly List<JsonObject> _roles = [];
        private readonly JsonArray _groups = [];
        private readonly JsonArray _policies = [];

        public Shared(Random random)
        {
            _random = random;
            for (var number = 0; number < 4; number++)
            {
                _policies.Add(new JsonObject { ["PolicyName"] = $"p{number}", ["Arn"] = Policy(number), ["DefaultVersionId"] = "v1", ["PolicyVersionList"] = new JsonArray(new JsonObject { ["VersionId"] = "v1", ["IsDefaultVersion"] = true, ["Document"] = Document() }) });
            }

            var mayEnrol = random.Next(2) == 0;
            for (var number = 0; number < 2; number++)
            {
                _groups.Add(new JsonObject { ["GroupName"] = $"g{number}", ["Arn"] = $"arn:aws:iam::{Home}:group/g{number}", ["GroupPolicyList"] = Inline(), ["AttachedManagedPolicies"] = Attached() });
            }

            // Few different sets of what one has, so that several share each.
            var sets = Enumerable.Range(0, 3).Select(_ => (Inline: Inline(), Attached: Attached(), Groups: Groups(), Boundary: random.Next(4) == 0 ? Policy(random.Next(4)) : null)).ToArray();
            for (var number = 0; number < 6; number++)
            {
                var set = sets[random.Next(sets.Length)];
                var user = Entry("user", $"u{number}", set);
                user["GroupList"] = set.Groups.DeepClone();
                _users.Add(user);
            }

            for (var number = 0; number < 3; number++)
            {
                var role = Entry("role", $"r{number}", sets[random.Next(sets.Length)]);
                var trusted = random.Next(4) switch { 0 => "\"*\"", 1 => $"{{\"AWS\":\"{Home}\"}}", 2 => MadeUpAccount.Service("lambda"), _ => MadeUpAccount.Service("macie2") };
                role["AssumeRolePolicyDocument"] = JsonNode.Parse("{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":" + trusted + ",\"Action\":\"sts:AssumeRole\"}]}");
                _roles.Add(role);
            }

            if (mayEnrol)
            {
                // Roles and groups may be any user's that may enrol a device: this one is always there.
                var zed = Entry("user", "zed", (new JsonArray(), new JsonArray(), new JsonArray(), null));
                zed["UserPolicyList"] = JsonNode.Parse("""[{"PolicyName":"p","PolicyDocument":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:EnableMFADevice","Resource":"*"}}}]""");
                _users.Add(zed);
                _policies[0]!["PolicyVersionList"]![0]!["Document"]!["Statement"]!.AsArray().Add(JsonNode.Parse("""{"Effect":"Allow","Action":"iam:EnableMFADevice","Resource":"arn:aws:iam::111122223333:user/${aws:username}"}"""));
            }
        }

        public IEnumerable<(string Kind, string Name)> Holders => _users.Select(user => ("user", (string)user["UserName"]!)).Concat(_roles.Select(role => ("role", (string)role["RoleName"]!)));

        /// <param name="only">Who has anything; null: all have what they have.</param>
        public string Text(string? only) => new JsonObject
        {
            ["UserDetailList"] = new JsonArray([.. _users.Select(user => Bare(user, (string)user["UserName"]!, only))]),
            ["GroupDetailList"] = _groups.DeepClone(),
            ["RoleDetailList"] = new JsonArray([.. _roles.Select(role => Bare(role, (string)role["RoleName"]!, only))]),
            ["Policies"] = _policies.DeepClone(),
        }.ToJsonString();

        private static JsonObject Bare(JsonObject entry, string name, string? only)
        {
            var copy = entry.DeepClone().AsObject();
            if (only is null || name == only || name == "zed")
            {
                return copy;
            }

            copy[copy.ContainsKey("UserName") ? "UserPolicyList" : "RolePolicyList"] = new JsonArray();
            copy["AttachedManagedPolicies"] = new JsonArray();
            copy.Remove("PermissionsBoundary");
            if (copy.ContainsKey("GroupList"))
            {
                copy["GroupList"] = new JsonArray();
            }

            return copy;
        }

        private JsonObject Entry(string kind, string name, (JsonArray Inline, JsonArray Attached, JsonArray Groups, string? Boundary) set)
        {
            var list = kind == "user" ? "User" : "Role";
            var entry = new JsonObject
            {
                [list + "Name"] = name,
                ["Arn"] = $"arn:aws:iam::{Home}:{kind}/{name}",
                ["CreateDate"] = "2024-01-02T03:04:05Z",
                [list + "PolicyList"] = set.Inline.DeepClone(),
                ["AttachedManagedPolicies"] = set.Attached.DeepClone(),
                ["Tags"] = _random.Next(2) == 0 ? new JsonArray() : new JsonArray(new JsonObject { ["Key"] = "team", ["Value"] = _random.Next(2) == 0 ? "pay" : "ops" }),
            };
            if (set.Boundary is { } boundary)
            {
                entry["PermissionsBoundary"] = new JsonObject { ["PermissionsBoundaryType"] = "Policy", ["PermissionsBoundaryArn"] = boundary };
            }

            return entry;
        }

        private static string Policy(int number) => $"arn:aws:iam::{Home}:policy/p{number}";

        private JsonArray Inline() => _random.Next(2) == 0 ? [] : [new JsonObject { ["PolicyName"] = "own", ["PolicyDocument"] = Document() }];

        private JsonArray Attached() => [.. Enumerable.Range(0, 4).Where(_ => _random.Next(3) == 0).Select(number => (JsonNode)new JsonObject { ["PolicyName"] = $"p{number}", ["PolicyArn"] = Policy(number) })];

        private JsonArray Groups() => [.. Enumerable.Range(0, 2).Where(_ => _random.Next(2) == 0).Select(number => (JsonNode)JsonValue.Create($"g{number}"))];

        private JsonObject Document() => new() { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray([.. Enumerable.Range(0, 1 + _random.Next(2)).Select(_ => Statement())]) };

        private JsonObject Statement()
        {
            var statement = new JsonObject
            {
                ["Effect"] = _random.Next(5) == 0 ? "Deny" : "Allow",
                ["Action"] = s_actions[_random.Next(s_actions.Length)],
                [_random.Next(10) == 0 ? "NotResource" : "Resource"] = s_resources[_random.Next(s_resources.Length)],
            };
            if (_random.Next(2) == 0)
            {
                var (operation, key, value) = s_conditions[_random.Next(s_conditions.Length)];
                statement["Condition"] = new JsonObject { [operation] = new JsonObject { [key] = value } };
            }

            return statement;
        }
    }
}
