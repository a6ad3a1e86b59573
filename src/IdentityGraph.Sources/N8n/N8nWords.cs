using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Sources.Records;
using static IdentityGraph.Sources.BloodHound.JsonReading;

namespace IdentityGraph.Sources.N8n;

/// <summary>What n8n's words for nodes and credentials mean.</summary>
/// <remarks>https://docs.n8n.io/integrations/builtin/core-nodes/</remarks>
internal static class N8nWords
{
    private static readonly string[] s_passwords = ["httpBasicAuth", "httpDigestAuth", "postgres", "mySql", "microsoftSql", "mongoDb", "smtp", "imap", "ftp", "sftp", "sshPassword", "redis", "rabbitmq", "ldap"];
    private static readonly string[] s_keys = ["httpHeaderAuth", "httpQueryAuth", "httpBearerAuth"];

    /// <summary>The node's type without its package: `n8n-nodes-base.webhook` is `webhook`.</summary>
    public static string Plain(string type) => type[(type.LastIndexOf('.') + 1)..];

    /// <summary>The package of a node; null: n8n's own.</summary>
    public static string? ForeignPackage(string type)
    {
        var package = type.LastIndexOf('.') is > 0 and var dot ? type[..dot] : "";
        return package is "" or "n8n-nodes-base" || package.StartsWith("@n8n/", StringComparison.Ordinal) ? null : package;
    }

    /// <summary>What starts a workflow with that node in it: event, schedule, manual; null: nothing.</summary>
    public static string? Trigger(string plain) => plain switch
    {
        "manualTrigger" or "start" or "executeWorkflowTrigger" => "manual",
        "scheduleTrigger" or "cron" or "interval" => "schedule",
        "webhook" => "event",
        _ => plain.EndsWith("Trigger", StringComparison.Ordinal) ? "event" : null,
    };

    /// <summary>Whether the node is an address on which anybody may call, unless it asks for authentication.</summary>
    public static bool IsOpenDoor(string plain) => plain is "webhook" or "formTrigger" or "chatTrigger";

    /// <summary>Whether the node starts another workflow.</summary>
    public static bool CallsWorkflow(string plain) => plain is "executeWorkflow" or "toolWorkflow" or "retrieverWorkflow";

    /// <summary>The kind of credential behind n8n's type; null: not known.</summary>
    public static string? CredentialKind(string type) =>
        s_passwords.Contains(type) ? "password"
        : s_keys.Contains(type) ? "apiKey"
        : type == "sshPrivateKey" ? "sshKey"
        : type.EndsWith("OAuth2Api", StringComparison.Ordinal) || type == "oAuth2Api" ? "refreshToken"
        : type.EndsWith("Api", StringComparison.Ordinal) ? "apiKey"
        : null;

    /// <summary>An id that stands as a text, or in n8n's resource locator (`__rl`); null: none, or an expression.</summary>
    public static string? Located(JsonValue value)
    {
        var text = value.ValueKind == JsonValueKind.Object ? Text(value, "value") : value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return text is { Length: > 0 } && !text.StartsWith('=') ? text : null;
    }

    /// <summary>Places in the parameters of a node where a text looks like a secret, with the sort of it; no value.</summary>
    public static IEnumerable<(string Where, string Sort)> Secrets(JsonValue value, string where)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var named = Text(value, "name");
                foreach (var member in value.EnumerateObject())
                {
                    var name = member.Name == "value" && named is not null ? named : member.Name;
                    if (member.Value.ValueKind == JsonValueKind.String)
                    {
                        if (member.Value.GetString() is { } text && !text.StartsWith('=') && SecretLooking.FindIn(name, text) is { } sort)
                        {
                            yield return ($"{where}.{(SecretLooking.Find(member.Name) is null ? member.Name : "?")}", sort);
                        }
                    }
                    else
                    {
                        foreach (var inner in Secrets(member.Value, $"{where}.{(SecretLooking.Find(member.Name) is null ? member.Name : "?")}"))
                        {
                            yield return inner;
                        }
                    }
                }

                break;
            case JsonValueKind.Array:
                foreach (var (item, index) in value.EnumerateArray().Select((item, index) => (item, index)))
                {
                    foreach (var inner in Secrets(item, $"{where}[{index}]"))
                    {
                        yield return inner;
                    }
                }

                break;
            case JsonValueKind.String when value.GetString() is { } text && SecretLooking.Find(text) is { } sort:
                yield return (where, sort);
                break;
        }
    }
}
