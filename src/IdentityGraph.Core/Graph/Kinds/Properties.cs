using static IdentityGraph.Graph.PropertyType;

namespace IdentityGraph.Graph;

/// <summary>The properties that several kinds share, or that rules read by name.</summary>
public static class Properties
{
    public static readonly Property Name = new("name", Text, "What people call it.");
    public static readonly Property State = new("state", Word, "Whether it is usable in its own system.", protective: true, words: ["Active", "Suspended", "Locked", "Disabled", "Deleted"]);
    public static readonly Property OpenState = new("state", Word, "Open or closed.", protective: true, words: ["open", "closed", "Open", "Closed"]);
    public static readonly Property ProcessState = new("state", Word, "Whether the business still does it.", protective: true, words: ["Active", "Ended"]);
    public static readonly Property Tier = new("tier", Integer, "Administrative tier; 0 controls identities.");
    public static readonly Property Criticality = new("criticality", Integer, "Weight in the blast radius score, 1 to 10; not stated: 3, flagged.");
    public static readonly Property CrownJewel = new("crownJewel", Flag, "Whether losing it would be a disaster.");
    public static readonly Property Gates = new("gates", TextList, "What must be satisfied to use it: mfaFactor, allowListIp(x), corpNetwork, managedDevice, humanApproval, pamApproval, senderKey.", protective: true, words: [.. Words.Gates.Select(gate => gate.Name)]);
    public static readonly Property LastUsedAt = new("lastUsedAt", Instant, "Last use that was seen; ranks only.", nullable: true);

    public static readonly Property HrId = new("hrId", Text, "The HR system's number of the person or the account's holder.");
    public static readonly Property Email = new("email", Text, "E-mail address.");
    public static readonly Property EmailVerified = new("emailVerified", Flag, "Whether the source has verified the e-mail address.");
    public static readonly Property EmployeeNumber = new("employeeNumber", Text, "Employee number as the source states it.");
    public static readonly Property CorrelationKeys = new("correlationKeys", TextList, "Keys other systems know the person by, each as `type:value`.");

    public static readonly Property Kind = new("kind", Text, "The kind within its label.");
    public static readonly Property EmploymentKind = new("kind", Word, "Kind of engagement.", words: ["employee", "contractor", "vendor", "intern"]);
    public static readonly Property OrganizationKind = new("kind", Word, "Our own, a vendor, or a customer.", words: ["self", "vendor", "customer"]);
    public static readonly Property EventKind = new("kind", Word, "What happened in the person's working life.", words: ["joiner", "mover", "leaver", "leave", "rehire"]);
    public static readonly Property CredentialKind = new("kind", Word, "Form of the credential.", words:
        ["password", "apiKey", "pat", "accessToken", "refreshToken", "clientSecret", "privateKey", "certificate", "sshKey", "sessionCookie", "webhookSecret", "federationKey", "encryptionKey", "mfaFactor", "deviceKey"]);
    public static readonly Property StartAt = new("startAt", Instant, "When it begins (inclusive).");
    public static readonly Property EndAt = new("endAt", Instant, "When it ends (exclusive); null: no end.", nullable: true);
    public static readonly Property EmploymentStatus = new("status", Word, "Status as HR states it.", words: ["active", "onLeave", "pending", "ended"]);
    public static readonly Property Tz = new("tz", Text, "IANA time zone in which dates without a time are meant.");
    public static readonly Property Department = new("department", Text, "Department.");
    public static readonly Property JobRole = new("jobRole", Text, "Role in the organisation.");
    public static readonly Property ManagerId = new("managerId", Text, "Node id of the manager's person.", nullable: true);

    public static readonly Property AuthMethods = new("authMethods", WordList, "How one signs in.", words: ["sso", "local", "key"]);
    public static readonly Property Mfa = new("mfa", Flag, "Whether a second factor is demanded.", protective: true, nullable: true);
    public static readonly Property Privileged = new("privileged", Flag, "Whether the account is privileged.");
    public static readonly Property Guest = new("guest", Flag, "Whether it is a guest of another tenant.");
    public static readonly Property NhiKind = new("nhiKind", Word, "Form of the service identity.", words: ["serviceAccount", "servicePrincipal", "managedIdentity", "iamRole", "bot", "machine", "workload"]);

    public static readonly Property IssuedAt = new("issuedAt", Instant, "When it was issued.");
    public static readonly Property NotBefore = new("notBefore", Instant, "Not usable before (inclusive).", protective: true, nullable: true);
    public static readonly Property ExpiresAt = new("expiresAt", Instant, "When it stops being usable (exclusive); null: never.", protective: true, nullable: true);
    public static readonly Property RevokedAt = new("revokedAt", Instant, "When it was revoked; null: it was not.", protective: true, nullable: true);
    public static readonly Property RevokedBy = new("revokedBy", Text, "Node id or name of who revoked it.");
    public static readonly Property RotatedAt = new("rotatedAt", Instant, "When its secret was last replaced; null: never.", protective: true, nullable: true);
    public static readonly Property Renewable = new("renewable", Flag, "Whether it can be renewed after its paper expiry.", nullable: true);
    public static readonly Property MaxRenewals = new("maxRenewals", Integer, "How often it can be renewed; null: without limit.", nullable: true);
    public static readonly Property Ttl = new("ttl", Duration, "Lifetime of one issue.");
    public static readonly Property Extractable = new("extractable", Flag, "Whether its holder can copy it out.", protective: true, nullable: true);
    public static readonly Property SenderConstraint = new("senderConstraint", Word, "What binds it to its sender.", protective: true, nullable: true, words: ["none", "mtls", "dpop"]);
    public static readonly Property NetworkConstraint = new("networkConstraint", Text, "Network gate on its use, as a gate word; null or `none`: anywhere.", protective: true, nullable: true);
    public static readonly Property Fingerprint = new("fingerprint", Text, "Keyed fingerprint of the secret (per-installation key), to see reuse; never the secret.");
    public static readonly Property Audience = new("audience", TextList, "For whom it was issued.");
    public static readonly Property ScopeIds = new("scopeIds", TextList, "Node ids of the scopes it carries.");
    public static readonly Property GrantType = new("type", Word, "On whose rights the client acts.", words: ["delegated", "application", "domainWide"]);
    public static readonly Property Offline = new("offline", Flag, "Whether it works without its user being present.");
    public static readonly Property SurvivesAuthoriserDisable = new("survivesAuthoriserDisable", Flag, "Whether it lives on when who consented is disabled.", nullable: true);
    public static readonly Property AssignmentKind = new("assignmentKind", Word, "Standing, eligible (to be activated) or for a time.", words: ["standing", "eligible", "timeBound"]);

    public static readonly Property StandsFor = new("standsFor", Word, "What it only stands for: made by a reader to carry facts that no single object of the source carries; nobody signs in as it, so nobody is asked to own it.", words: ["directoryRight", "memoryProtection", "outsideProposals"]);
    public static readonly Property ThirdParty = new("thirdParty", Flag, "Whether someone else makes and runs it.");
    public static readonly Property Capabilities = new("capabilities", WordList, "What the integration can do in what it connects.", words:
        ["provision", "deprovision", "issueCredential", "refreshCredential", "manageGroup", "manageLicence", "readData", "writeData", "runWorkflow"]);
    public static readonly Property ReapprovalPeriod = new("reapprovalPeriod", Duration, "How often it must be approved anew.");
    public static readonly Property MonitoredUntil = new("monitoredUntil", Instant, "Until when somebody watches it.", nullable: true);
    public static readonly Property Trigger = new("trigger", Word, "What starts it.", words: ["event", "schedule", "manual"]);
    public static readonly Property Category = new("category", Word, "What the system is for.", words:
        ["directory", "saas", "cloud", "cicd", "chat", "ticketing", "hris", "wfm", "pam", "vault", "spreadsheet", "production", "network"]);
    public static readonly Property Env = new("env", Text, "Environment, such as prod or nonprod.");
    public static readonly Property SupportsDeprovisioning = new("supportsDeprovisioning", Flag, "Whether removals reach it by themselves.");
    public static readonly Property StoreKind = new("storeKind", Word, "What kind of store it is, where secrets are kept.", words: ["vault", "code", "config", "ci", "chat", "ticket", "spreadsheet", "mailbox", "personal"]);
    public static readonly Property Classification = new("classification", Text, "Data classification; `restricted` counts in severity.");
    public static readonly Property Sensitivity = new("sensitivity", Word, "How sensitive the process is.", words: ["low", "standard", "regulated", "customerFacing"]);

    public static readonly Property Method = new("method", Word, "How the work was handed over.", words: ["api", "webhook", "tokenExchange", "message", "ticket", "manual", "file", "spreadsheet"]);
    public static readonly Property OccurredAt = new("occurredAt", Instant, "When it happened.");
    public static readonly Property CorrelationId = new("correlationId", Text, "Correlation id in the record.");
    public static readonly Property OnBehalfOf = new("onBehalfOf", Text, "For whom the record says it was done; null: the record was read and names nobody.", nullable: true);
    public static readonly Property At = new("at", Instant, "When.");
    public static readonly Property Until = new("until", Instant, "Until when (exclusive); null: no end.", nullable: true);

    public static readonly Property Level = new("level", PropertyType.Level, "Named set of rights.", protective: true, nullable: true);
    public static readonly Property RightLetters = new("rights", PropertyType.Rights, "Rights as letters out of DRWUAC; wins over level.", protective: true);
    public static readonly Property Right = new("right", Text, "The vendor's own name of the right.");
    public static readonly Property MaxLevel = new("maxLevel", PropertyType.Level, "Highest level that can be given; null: no limit.", protective: true, nullable: true);
    public static readonly Property Capability = new("capability", Word, "Normalised ability.", words:
        ["discover", "provision", "deprovision", "issueCredential", "refreshCredential", "manageGroup", "grant", "manageLicence", "readData", "writeData", "runWorkflow", "manageIdentity"]);
    public static readonly Property Inherits = new("inherits", Flag, "Whether rights on the container hold for what it contains; not stated: yes.", protective: true);
    public static readonly Property Pinned = new("pinned", Flag, "Whether the dependency is fixed to immutable content.", protective: true, nullable: true);
    public static readonly Property Protected = new("protected", Flag, "Whether changes need another person.", protective: true, nullable: true);
    public static readonly Property Sanctioned = new("sanctioned", Flag, "Whether secrets may be kept there.", protective: true, nullable: true);
    public static readonly Property MayUse = new("mayUse", Flag, "Whether the holder may use it without copying it; not stated: yes.", protective: true);
    public static readonly Property Mode = new("mode", Word, "How the one came from the other.", words: ["refresh", "exchange", "rotate", "copy"]);
    public static readonly Property Conditions = new("conditions", Word, "Whether the conditions on it were read.", words: ["none", "read", "unread"]);
    public static readonly Property Mapping = new("mapping", TextList, "Entries of `subject pattern=>principal id`; null or empty: none.", nullable: true);
    public static readonly Property Side = new("side", Word, "Which side of the integration the system is.", words: ["source", "target"]);
    public static readonly Property OwnerRole = new("role", Word, "What the owner answers for.", words: ["accountable", "scopeApproval", "usageMonitoring", "revocation", "technical", "business"]);
    public static readonly Property Confidence = new("confidence", Number, "0 to 1; not stated: 1, the source itself says so.");
    public static readonly Property MatchRule = new("matchRule", Text, "The rule that linked them.");
    public static readonly Property Aal = new("aal", Text, "Authenticator assurance level (NIST SP 800-63B): at consent, or the one a policy asks for.");
    public static readonly Property ActDepth = new("actDepth", Integer, "Depth in the actor chain; 0 is the current actor (RFC 8693).");
    public static readonly Property CorrelationKey = new("correlationKey", Text, "Key under which the trail can be joined.");
}
