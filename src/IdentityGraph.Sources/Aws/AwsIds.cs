using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// Node ids of an AWS account: `aws-ACCOUNT:kind/name` (in another partition `aws-cn-ACCOUNT`…). Names of users, groups, roles and
/// policies are unique in an account whatever their path, and every policy of any account names them so.
/// </summary>
internal sealed class AwsIds(string partition, string account)
{
    private const int Longest = 512;
    private const int Room = 160;

    /// <summary>Letters and digits of two names that stand in an id together, and nothing in it can look like a secret.</summary>
    private const int MostTogether = 24;

    private static readonly SearchValues<char> s_plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    private readonly string _head = $"{partition}-{account}:";

    public string Account { get; } = account;

    public string Partition { get; } = partition;

    /// <summary>The account itself, a System.</summary>
    public string System { get; } = $"{partition}-{account}:account/{account}";

    public string Tenant => In("tenant", Account);

    /// <summary>Whoever the account lets act, where its own policies were not read.</summary>
    public string Anyone => In("principals", "any");

    /// <summary>Anybody with an account at AWS.</summary>
    public static string Everyone => "aws:principals/everyone";

    /// <summary>Whom a trust names otherwise than by an ARN, and the files do not describe: of a unique id, the same in every account.</summary>
    public static string Undescribed(string text) => "aws:principal/" + Uri.EscapeDataString(Hidden.Unless(text.Length <= Room ? text : $"~{Digest(text)}"));

    /// <summary>The account's root, whom no policy binds.</summary>
    public string Root => In("root", Account);

    /// <summary>A credential of a user that has no id of its own: `password`, `access_key_1`…</summary>
    /// <param name="which">Tells it from others of the user.</param>
    /// <param name="subject">Node id of the user.</param>
    public string Credential(string which, string subject) => In("credential", $"{subject[(subject.IndexOf(':', StringComparison.Ordinal) + 1)..]}/{which}");

    public string User(string name) => In("user", name);

    public string User(SafeName name) => Told("user", name.IsSecret ? Hidden.Text : name.Text, name.Text);

    public string Role(string name) => In("role", name);

    public string Role(SafeName name) => Told("role", name.IsSecret ? Hidden.Text : name.Text, name.Text);

    public string Group(string name) => In("group", name);

    /// <summary>What the policies of a group give, where not every member has it.</summary>
    public string GroupPolicies(string name) => In("group-policies", name);

    /// <summary>A managed policy by its ARN; one of AWS's own is apart from the account's.</summary>
    public string Policy(string arn) => Arn.Parse(arn) is { } parts ? In(parts.Account == "aws" ? "aws-policy" : "policy", parts.Name) : In("policy", arn);

    /// <summary>A policy that is part of a user, group or role.</summary>
    /// <param name="kind">`user`, `group` or `role`.</param>
    /// <param name="holder">Its name.</param>
    /// <param name="name">The policy's.</param>
    public string InlinePolicy(string kind, string holder, string name)
    {
        using var joined = new AwsIdText(stackalloc char[Room]);
        joined.Plain(kind);
        joined.Plain("/");
        joined.Plain(holder);
        joined.Plain("/");
        joined.Plain(name);
        return In("inline-policy", joined.Text);
    }

    /// <summary>The same, and <see cref="Rights"/> of it.</summary>
    public (string Policy, string Rights) Inline(string kind, string holder, string name)
    {
        if (holder.Length + name.Length > MostTogether || holder.AsSpan().ContainsAnyExcept(s_plain) || name.AsSpan().ContainsAnyExcept(s_plain))
        {
            var policy = InlinePolicy(kind, holder, name);
            return (policy, Rights(policy));
        }

        return (string.Concat([_head, "inline-policy/", kind, "%2F", holder, "%2F", name]), string.Concat([_head, "rights/inline-policy%2F", kind, "%252F", holder, "%252F", name]));
    }

    /// <summary>What a policy gives who has it.</summary>
    public string Rights(string policy) => In("rights", policy.AsSpan(policy.IndexOf(':', StringComparison.Ordinal) + 1));

    /// <summary>What a combination of policies leaves, once denials and boundaries are taken off.</summary>
    public string Combination(string key) => In("effective-rights", Digest(key));

    public string InstanceProfile(string name) => In("instance-profile", name);

    /// <summary>All resources of a service in the account.</summary>
    public string Service(string prefix) => In("service", prefix);

    /// <summary>Patterns of a service of which it is not known what takes them in.</summary>
    public string Uncompared(string service) => In("uncompared", service);

    /// <summary>The resources a pattern means.</summary>
    public string Resource(string pattern) => In("resource", Hidden.Unless(pattern));

    /// <summary>What several principals can do to the same targets.</summary>
    public string Ability(string what) => In("ability", what);

    /// <summary>Whoever shows a token of an identity provider with that subject.</summary>
    public string Subject(string provider, string subject) => In("federated", Hidden.Unless(provider) + "/" + Hidden.Unless(subject));

    /// <summary>What IAM calls a group of that name, its path apart.</summary>
    public string GroupArn(string name) => $"arn:{Partition}:iam::{Account}:group/{name}";

    public static string Key(string id) => "aws:key/" + Uri.EscapeDataString(id);

    /// <summary>The principal of an ARN, whichever account it is of; null where it is none, or looks like a secret.</summary>
    public static string? Principal(string text) => SecretLooking.Find(text) is not null ? null : Arn.Parse(text) is not { Service: "iam" or "sts" } arn || !Iam.Arn.IsAccountId(arn.Account) ? null : arn.Type switch
    {
        "user" => new AwsIds(arn.Partition, arn.Account).User(arn.Name),
        "role" or "assumed-role" when arn.RoleName is { } role => new AwsIds(arn.Partition, arn.Account).Role(role),
        _ => null,
    };

    /// <summary>Sixteen hexadecimal digits that stand for the text.</summary>
    public static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));

    /// <summary>The same of texts with a blank between them, one behind the other.</summary>
    /// <param name="texts">The first directly before the second.</param>
    public static string Digest(IEnumerable<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (index, text) in texts.Index())
        {
            hash.AppendData(Encoding.UTF8.GetBytes(index > 1 ? " " + text : text));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    private string In(string kind, ReadOnlySpan<char> name) => Told(kind, SecretLooking.Find(name) is null ? name : Hidden.Text, name);

    /// <param name="kind">What stands before it.</param>
    /// <param name="shown">What the id says.</param>
    /// <param name="name">Tells ids apart that are too long.</param>
    private string Told(string kind, ReadOnlySpan<char> shown, ReadOnlySpan<char> name)
    {
        using var id = new AwsIdText(stackalloc char[Room]);
        id.Plain(_head);
        id.Plain(kind);
        id.Plain("/");
        id.Encoded(shown);
        return id.Text.Length <= Longest ? new string(id.Text) : $"{id.Text[..(Longest - 17)]}~{Digest(new string(name))}";
    }
}
