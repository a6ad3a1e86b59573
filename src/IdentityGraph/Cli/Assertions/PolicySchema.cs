using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using IdentityGraph.Graph;

namespace IdentityGraph.Cli.Assertions;

/// <summary>How the value of a key is written.</summary>
internal enum PolicyValue
{
    Text,
    Texts,
    Flag,
    Count,
    Number,
    Share,
    Duration,
    Level,
    Profile,
    Kinds,
    Chosen,
    PerTier,
    Assertions,
    Word,
}

/// <summary>A key of a policy file.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Value">What its value is.</param>
/// <param name="Sentence">What it means.</param>
/// <param name="Required">Whether it must be written.</param>
internal sealed record PolicyKey(string Name, PolicyValue Value, string Sentence, bool Required = false);

/// <summary>A mapping of a policy file.</summary>
/// <param name="Name">`policy`, the word after `assert:`, or the name of a value.</param>
/// <param name="Sentence">What it says.</param>
/// <param name="Keys">Its keys; others are errors.</param>
internal sealed record PolicyPart(string Name, string Sentence, params PolicyKey[] Keys)
{
    public string[] Names => Array.ConvertAll(Keys, static key => key.Name);
}

/// <summary>The published schema of a policy file: the reader, the page and the JSON schema are made from it.</summary>
internal static class PolicySchema
{
    private static readonly PolicyKey s_assert = new("assert", PolicyValue.Word, "Which claim it is.", Required: true);
    private static readonly PolicyKey s_name = new("name", PolicyValue.Text, "What people call it; not written: the claim in words.");
    private static readonly PolicyKey s_profile = new("profile", PolicyValue.Profile, "Which gates an attacker satisfies; not written: as the command says.");

    public static readonly PolicyPart File = new("policy", "The file.",
        new PolicyKey("policy", PolicyValue.Text, "What the policy is called.", Required: true),
        new PolicyKey("story", PolicyValue.Text, "Why, for people."),
        new PolicyKey("allowPossible", PolicyValue.Flag, "What is only possibly broken passes."),
        new PolicyKey("requireComplete", PolicyValue.Flag, "Exit code 4 unless every source is complete and fresh."),
        new PolicyKey("maxAge", PolicyValue.Duration, "Exit code 4 where a source's last complete reading is older."),
        new PolicyKey("assertions", PolicyValue.Assertions, "The claims, at least one.", Required: true));

    public static readonly PolicyPart Chosen = new("chosen", "An id, a list of ids, or a description. Written as a description, at least one of `ids`, `kinds`, `nonHuman`, `tier`, `crownJewels`.",
        new PolicyKey("ids", PolicyValue.Texts, "These."),
        new PolicyKey("kinds", PolicyValue.Kinds, "Every node of these kinds."),
        new PolicyKey("nonHuman", PolicyValue.Flag, "Every service identity, agent, application and connector."),
        new PolicyKey("tier", PolicyValue.Count, "Of the kinds described (none: systems and resources), only what lies in a system of this tier."),
        new PolicyKey("crownJewels", PolicyValue.Flag, "Of the kinds described (none: systems and resources), only crown jewels."),
        new PolicyKey("except", PolicyValue.Texts, "Ids that are left out."));

    public static readonly PolicyPart Limits = new("limits", "A budget; at least one of these.",
        new PolicyKey("nodes", PolicyValue.Count, "Nodes reached at most."),
        new PolicyKey("score", PolicyValue.Number, "Criticality that falls at most."),
        new PolicyKey("share", PolicyValue.Share, "The same as part of all criticality."),
        new PolicyKey("crownJewels", PolicyValue.Count, "Crown jewels attained at most."));

    public static readonly PolicyPart NoPath = new("no-path", "Control of the starts does not give the targets, not even possibly.",
        s_assert, s_name, s_profile,
        new PolicyKey("from", PolicyValue.Chosen, "The starts, held together.", Required: true),
        new PolicyKey("to", PolicyValue.Chosen, "The targets; none may be attained.", Required: true),
        new PolicyKey("level", PolicyValue.Level, "The highest right of this level may not be attained; not written: no right may."),
        new PolicyKey("each", PolicyValue.Flag, "The starts are held one at a time."));

    public static readonly PolicyPart MaxBlast = new("max-blast", "What falls with each of the chosen stays within its budget. At least one limit, or `perTier`.",
        [s_assert, s_name, s_profile,
        new PolicyKey("of", PolicyValue.Chosen, "What is held.", Required: true),
        new PolicyKey("together", PolicyValue.Flag, "All of it is held together rather than one at a time."),
        .. Limits.Keys,
        new PolicyKey("perTier", PolicyValue.PerTier, "Budgets by the tier of what is held: a whole number, or `unknown`, each with limits.")]);

    public static readonly PolicyPart NoOrphans = new("no-orphans", "Somebody in employment answers for everything that can authenticate.",
        s_assert, s_name,
        new PolicyKey("kinds", PolicyValue.Kinds, "Only these kinds."),
        new PolicyKey("except", PolicyValue.Texts, "Ids that are not judged."));

    public static readonly PolicyPart NoLiveLeaver = new("no-live-leaver", "No leaver, nor automation on their authority, still reaches anything past the time allowed. Judged with the profile Leaver.",
        s_assert, s_name,
        new PolicyKey("persons", PolicyValue.Texts, "Only these; not written: every leaver."),
        new PolicyKey("except", PolicyValue.Texts, "Ids that are not judged."));

    /// <summary>The claims.</summary>
    public static readonly IReadOnlyList<PolicyPart> Claims = [NoPath, MaxBlast, NoOrphans, NoLiveLeaver];

    /// <summary>A heading and a table in Markdown for each part.</summary>
    public static string Listing()
    {
        var text = new StringBuilder();
        foreach (var part in (PolicyPart[])[File, .. Claims, Chosen, Limits])
        {
            text.Append("### ").Append(part.Name).Append('\n').Append(part.Sentence).Append("\n\n| key | value | meaning |\n|---|---|---|\n");
            foreach (var key in part.Keys)
            {
                text.Append("| `").Append(key.Name).Append(key.Required ? "` (required) | " : "` | ").Append(ValueOf(key.Value, part)).Append(" | ").Append(key.Sentence).Append(" |\n");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The same as a JSON schema (draft 2020-12), for editors.</summary>
    public static string Json()
    {
        var schema = Of(File);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "IdentityGraph policy file");
        schema["$defs"] = new JsonObject
        {
            ["texts"] = JsonNode.Parse("""{"oneOf":[{"type":"string","minLength":1},{"type":"array","items":{"type":"string","minLength":1},"minItems":1}]}"""),
            ["chosen"] = new JsonObject { ["oneOf"] = new JsonArray(Reference("texts"), Of(Chosen)) },
            ["limits"] = Of(Limits, atLeastOne: true),
            ["claim"] = new JsonObject { ["oneOf"] = new JsonArray([.. Claims.Select(static claim => (JsonNode)Of(claim))]) },
        };
        return schema.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
    }

    private static JsonObject Of(PolicyPart part, bool atLeastOne = false)
    {
        var properties = new JsonObject();
        foreach (var key in part.Keys)
        {
            var value = Of(key.Value, part);
            value["description"] = key.Sentence;
            properties[key.Name] = value;
        }

        var schema = new JsonObject { ["type"] = "object", ["description"] = part.Sentence, ["properties"] = properties, ["additionalProperties"] = false };
        string[] required = [.. part.Keys.Where(static key => key.Required).Select(static key => key.Name)];
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray([.. required.Select(static name => (JsonNode)name)]);
        }

        if (atLeastOne)
        {
            schema["minProperties"] = 1;
        }

        return schema;
    }

    private static JsonObject Of(PolicyValue value, PolicyPart part) => value switch
    {
        PolicyValue.Texts => Reference("texts"),
        PolicyValue.Flag => new JsonObject { ["type"] = "boolean" },
        PolicyValue.Count => new JsonObject { ["type"] = "integer", ["minimum"] = 0 },
        PolicyValue.Number => new JsonObject { ["type"] = "number", ["minimum"] = 0 },
        PolicyValue.Share => new JsonObject { ["type"] = "number", ["minimum"] = 0, ["maximum"] = 1 },
        PolicyValue.Level => Enumeration(Enum.GetNames<Level>().Skip(1)),
        PolicyValue.Kinds => new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = Enumeration(NodeKind.All.Select(static kind => kind.Name)) },
        PolicyValue.Chosen => Reference("chosen"),
        PolicyValue.PerTier => new JsonObject
        {
            ["type"] = "object",
            ["minProperties"] = 1,
            ["patternProperties"] = new JsonObject { ["^([0-9]+|unknown)$"] = Reference("limits") },
            ["additionalProperties"] = false,
        },
        PolicyValue.Assertions => new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = Reference("claim") },
        PolicyValue.Word => new JsonObject { ["const"] = part.Name },
        _ => new JsonObject { ["type"] = "string", ["minLength"] = 1 },
    };

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/$defs/{name}" };

    private static JsonObject Enumeration(IEnumerable<string> words) => new() { ["enum"] = new JsonArray([.. words.Select(static word => (JsonNode)word)]) };

    private static string ValueOf(PolicyValue value, PolicyPart part) => value switch
    {
        PolicyValue.Texts => "id or list of ids",
        PolicyValue.Flag => "true, false",
        PolicyValue.Count => "whole number",
        PolicyValue.Number => "number",
        PolicyValue.Share => "0 to 1",
        PolicyValue.Duration => "ISO 8601 duration",
        PolicyValue.Level => "L1 to L6",
        PolicyValue.Profile => "ExternalBearer, Insider, VendorInfra(v), Leaver",
        PolicyValue.Kinds => "list of kinds of the schema",
        PolicyValue.Chosen => "[chosen](#chosen)",
        PolicyValue.PerTier => "tiers with [limits](#limits)",
        PolicyValue.Assertions => "list of claims",
        PolicyValue.Word => $"`{part.Name}`",
        _ => "text",
    };
}
