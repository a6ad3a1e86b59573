using System.Text.Json;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>How a Principal element names who asks.</summary>
internal enum Named
{
    No,

    /// <summary>A session of the role, which may be the one that asks or another.</summary>
    SomeSession,

    /// <summary>By its account, which hands the decision to the account's own policies.</summary>
    Account,

    /// <summary>Everyone.</summary>
    Everyone,

    /// <summary>The role behind a session.</summary>
    Role,

    /// <summary>Exactly it.</summary>
    Itself,
}

/// <summary>Who asks: a user, a role, or a session of a role.</summary>
internal sealed class NaiveIamPrincipal(string arn, bool bounded)
{
    private readonly string[] _parts = arn.Split(':');

    public string Account => _parts[4];

    public bool IsUser => _parts[5].StartsWith("user/", StringComparison.Ordinal);

    public bool IsSession => _parts[2] == "sts";

    public string? UserName => IsUser ? _parts[5].Split('/')[^1] : null;

    /// <summary>
    /// What the request states and what every signed request has: the principal's account, and the ARN of a user or role (of a session the
    /// role's, whose path the session does not say), whether it is a user or a session of a role, and the name of a user. Only a call that
    /// a service makes for itself has a source account, and only one that passes a role says to which service
    /// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html).
    /// </summary>
    public Dictionary<string, string?> Context(IReadOnlyDictionary<string, string> stated, string action)
    {
        var context = new Dictionary<string, string?> { ["aws:principalaccount"] = Account, ["aws:sourceaccount"] = null, ["aws:principaltype"] = IsUser ? "User" : "AssumedRole", ["aws:username"] = UserName, ["aws:principalisawsservice"] = "false" };
        if (action != "iam:PassRole")
        {
            context["iam:passedtoservice"] = null;
        }

        if (!IsSession)
        {
            context["aws:principalarn"] = arn;
        }

        foreach (var (key, value) in stated)
        {
            context[key] = value == "\0" ? null : value;
        }

        return context;
    }

    private string? Sessions => _parts[5].StartsWith("role/", StringComparison.Ordinal) ? $"arn:aws:sts::{Account}:assumed-role/{_parts[5].Split('/')[^1]}/" : null;

    private string? Role => IsSession ? $"arn:aws:iam::{Account}:role/{_parts[5].Split('/')[1]}" : null;

    /// <summary>
    /// Whether a statement that denies all but those named is about it. Nothing is published on who is named but whose account, or
    /// role, is not: null. Whoever has a boundary is denied whoever is named
    /// (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html).
    /// </summary>
    public bool? IsLeftOutBy(JsonElement notPrincipal)
    {
        var named = Ways(notPrincipal).Distinct().ToList();
        return bounded || named.TrueForAll(each => each == Named.No) ? true
            : named.Contains(Named.Everyone) || (named.Contains(Named.Itself) && named.Contains(Named.Account) && (!IsSession || named.Contains(Named.Role))) ? false
            : null;
    }

    /// <summary>Every way in which a Principal or NotPrincipal element names it.</summary>
    public IEnumerable<Named> Ways(JsonElement element) => element.ValueKind == JsonValueKind.String
        ? [element.GetString() == "*" ? Named.Everyone : Named.No]
        : element.EnumerateObject().Where(member => member.Name == "AWS").SelectMany(member => NaiveIam.Texts(member.Value)).Select(By);

    private Named By(string text) =>
        text == "*" ? Named.Everyone
        : text == arn ? Named.Itself
        : text == Role ? Named.Role
        : Sessions is { } sessions && text.StartsWith(sessions, StringComparison.Ordinal) ? Named.SomeSession
        : text == Account || text == $"arn:aws:iam::{Account}:root" ? Named.Account
        : Named.No;
}
