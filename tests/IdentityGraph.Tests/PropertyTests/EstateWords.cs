using System.Text.Json.Nodes;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>Which properties a random node or edge of a kind may state, most often values that let a rule fire.</summary>
internal static class EstateWords
{
    /// <summary>The day estates are about, 00:00 UTC.</summary>
    public static readonly DateTimeOffset Day = new(2025, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] s_gates = ["mfaFactor", "allowListIp(v)", "corpNetwork", "managedDevice", "humanApproval", "pamApproval", "senderKey", "corpNetwork", "managedDevice", "pamApproval", "moonPhase"];
    private static readonly int[] s_offsets = [-420, -90, -40, -20, -10, -5, -1, 0, 1, 5, 10, 20, 60, 420];

    /// <summary>Edge kinds whose gates are read.</summary>
    private static readonly HashSet<string> s_gated =
    [
        "OPERATED_BY", "ENTITLES", "MEMBER_OF", "HAS_ROLE", "HAS_ENTITLEMENT", "AUTHENTICATED_VIA", "AUTHENTICATES_AS", "DERIVED_FROM", "BACKED_BY",
        "CAN_ASSUME", "CAN_ISSUE_CREDENTIAL", "CAN_PROVISION", "CAN_GRANT", "CAN_MODIFY", "RECOVERY_FOR",
    ];

    public static string Instant(Random random) => RandomEstate.Text(Day.AddDays(s_offsets[random.Next(s_offsets.Length)]));

    public static string Past(Random random) => RandomEstate.Text(Day.AddDays(s_offsets[random.Next(7)]));

    public static JsonObject OfNode(Random random, string kind, string id)
    {
        var props = new JsonObject();
        switch (kind)
        {
            case "Account":
                State();
                Maybe("mfa", 0.7, () => Flag(0.3));
                Maybe("authMethods", 0.7, () => Words("local", "key", "sso"));
                Maybe("gates", 0.12, Gates);
                break;
            case "ServiceIdentity":
                State();
                Maybe("mfa", 0.5, () => Flag(0.3));
                Maybe("authMethods", 0.2, () => Words("local", "key"));
                break;
            case "Agent" or "Connector" or "Workflow" or "Application":
                State();
                if (kind == "Connector")
                {
                    Maybe("capabilities", 0.6, () => Words("provision", "issueCredential", "manageGroup", "readData"));
                }
                else if (kind == "Application")
                {
                    Maybe("thirdParty", 0.4, () => Flag(0.5));
                }

                break;
            case "OAuthGrant":
                State();
                Maybe("type", 0.85, () => Word("delegated", "delegated", "application", "domainWide"));
                Maybe("survivesAuthoriserDisable", 0.6, () => Flag(0.4));
                break;
            case "Assignment":
                State();
                Maybe("assignmentKind", 0.9, () => Word("standing", "standing", "timeBound", "eligible"));
                Maybe("startAt", 0.3, () => Instant(random));
                Maybe("expiresAt", 0.4, () => OrNone(0.3, () => Instant(random)));
                Maybe("gates", 0.2, Gates);
                break;
            case "Credential":
                Credential();
                break;
            case "Employment":
                Maybe("startAt", 0.9, () => "2020-01-01T00:00:00Z");
                Maybe("endAt", 0.6, () => OrNone(0.4, () => Instant(random)));
                Maybe("status", 0.6, () => Word("active", "active", "onLeave", "pending", "ended"));
                Maybe("tz", 0.1, () => "Europe/Prague");
                break;
            case "System":
                Maybe("category", 0.5, () => Word("directory", "vault", "saas", "cloud"));
                Maybe("gates", 0.1, Gates);
                foreach (var credential in (string[])["apiKey", "password", "accessToken", "sessionCookie", "pat"])
                {
                    Maybe("cascade_" + credential, 0.35, () => Word("Immediate", "AtExpiry", "Never"));
                }

                break;
            case "Exposure":
                Maybe("at", 0.9, () => Past(random));
                Maybe("until", 0.3, () => OrNone(0.3, () => Instant(random)));
                break;
            case "Organization":
                Maybe("kind", 0.7, () => Word("self", "vendor", "vendor", "customer"));
                break;
            case "BusinessProcess":
                Maybe("state", 0.8, () => Word("Active", "Ended"));
                break;
            case "LifecycleEvent":
                Maybe("kind", 0.9, () => Word("mover", "leaver"));
                Maybe("effectiveAt", 0.9, () => Past(random));
                break;
        }

        return props;

        void State() => Maybe("state", 0.93, () => random.Next(12) > 0 ? "Active" : Word("Suspended", "Locked", "Disabled", "Deleted", "Frozen"));

        void Credential()
        {
            Maybe("kind", 0.92, () => Word(
                "apiKey", "apiKey", "password", "password", "pat", "accessToken", "refreshToken", "sessionCookie", "mfaFactor", "deviceKey", "federationKey", "encryptionKey", "sshKey", "wand"));
            Maybe("state", 0.3, () => random.Next(6) > 0 ? "Active" : Word("Disabled", "Deleted"));
            Maybe("expiresAt", 0.85, () => OrNone(0.65, () => Instant(random)));
            Maybe("extractable", 0.65, () => Flag(0.7));
            Maybe("renewable", 0.45, () => Flag(0.8));
            Maybe("maxRenewals", 0.3, () => OrNone(0.4, () => JsonValue.Create(random.Next(1, 4))));
            Maybe("ttl", 0.3, () => Word("PT1H", "P1D", "P30D"));
            Maybe("issuedAt", 0.3, () => Past(random));
            Maybe("notBefore", 0.1, () => OrNone(0.2, () => Instant(random)));
            Maybe("revokedAt", 0.12, () => OrNone(0.4, () => Instant(random)));
            Maybe("rotatedAt", 0.25, () => OrNone(0.3, () => Instant(random)));
            Maybe("networkConstraint", 0.1, () => OrNone(0.2, () => Word("corpNetwork", "allowListIp(v)", "allowListIp(w)", "none")));
            Maybe("senderConstraint", 0.1, () => OrNone(0.1, () => Word("none", "mtls", "dpop", "mtls", "dpop")));
            Maybe("fingerprint", 0.12, () => Word("f1", "f2"));
        }

        void Maybe(string name, double chance, Func<JsonNode?> value) => Set(props, random, name, chance, value);

        JsonNode Word(params string[] words) => JsonValue.Create(words[random.Next(words.Length)]);

        JsonNode? OrNone(double chance, Func<JsonNode?> value) => random.NextDouble() < chance ? null : value();

        JsonNode? Flag(double yes) => random.Next(12) == 0 ? null : JsonValue.Create(random.NextDouble() < yes);

        JsonNode Words(params string[] words) => new JsonArray([.. words.Where(_ => random.Next(2) == 0).Select(word => JsonValue.Create(word))]);

        JsonNode Gates() => GatesOf(random);
    }

    public static JsonObject OfEdge(Random random, string kind, Func<string, string?> node)
    {
        var props = new JsonObject();
        switch (kind)
        {
            case "ENTITLES":
                Rights();
                break;
            case "CONFERS":
                Rights();
                Maybe("capability", 0.35, () => Word("provision", "issueCredential", "manageGroup", "grant", "readData"));
                Maybe("maxLevel", 0.4, MaxLevel);
                break;
            case "CAN_PROVISION" or "CAN_GRANT":
                Maybe("maxLevel", 0.7, MaxLevel);
                break;
            case "CAN_ASSUME":
                Maybe("conditions", 0.2, () => Word("none", "read", "unread"));
                break;
            case "HELD_BY":
                Maybe("mayUse", 0.3, () => Flag(0.5));
                break;
            case "CONTAINS":
                Maybe("inherits", 0.3, () => Flag(0.5));
                break;
            case "DERIVED_FROM":
                Maybe("mode", 0.92, () => Word("refresh", "refresh", "exchange", "rotate", "copy", "copy"));
                break;
            case "DEFINED_IN":
                Maybe("protected", 0.8, () => Flag(0.3));
                break;
            case "DEPENDS_ON":
                Maybe("pinned", 0.8, () => Flag(0.3));
                break;
            case "CONNECTS":
                Maybe("side", 0.9, () => Word("target", "target", "source"));
                break;
            case "BELONGS_TO":
                Maybe("confidence", 0.3, () => JsonValue.Create(random.Next(2) == 0 ? 0.95 : 0.5));
                break;
            case "OWNED_BY":
                Maybe("role", 0.8, () => Word("accountable", "scopeApproval", "usageMonitoring", "revocation", "technical", "business"));
                break;
            case "TRUSTS":
                Maybe("mapping", 0.9, () => random.Next(10) == 0 ? null : Mapping());
                break;
        }

        if (s_gated.Contains(kind))
        {
            Maybe("gates", 0.22, () => GatesOf(random));
        }

        return props;

        void Rights()
        {
            Maybe("level", 0.8, () => Word("L1", "L2", "L2", "L3", "L4", "L5", "L5", "L6", "L0"));
            Maybe("rights", 0.2, () => Word("D", "DR", "R", "W", "RW", "DRA", "U", "C"));
        }

        JsonNode? MaxLevel() => random.Next(5) == 0 ? null : Word("L2", "L3", "L5", "L6");

        JsonNode Mapping() => new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => JsonValue.Create(random.Next(12) == 0
            ? "garbled"
            : $"{(random.Next(2) == 0 ? "*" : random.Next(2) == 0 ? node("Account") + "*" : "acc*")}=>{node("Account") ?? node("ServiceIdentity") ?? "nobody"}"))]);

        void Maybe(string name, double chance, Func<JsonNode?> value) => Set(props, random, name, chance, value);

        JsonNode Word(params string[] words) => JsonValue.Create(words[random.Next(words.Length)]);

        JsonNode? Flag(double yes) => random.Next(12) == 0 ? null : JsonValue.Create(random.NextDouble() < yes);
    }

    private static JsonArray GatesOf(Random random) =>
        new([.. Enumerable.Range(0, random.Next(6) == 0 ? 2 : random.Next(12) == 0 ? 0 : 1).Select(_ => JsonValue.Create(s_gates[random.Next(8) == 0 ? 0 : random.Next(s_gates.Length)]))]);

    private static void Set(JsonObject props, Random random, string name, double chance, Func<JsonNode?> value)
    {
        if (random.NextDouble() < chance)
        {
            props[name] = value();
        }
    }
}
