namespace IdentityGraph.Tests.Naive;

/// <summary>
/// Kinds and properties as the domain lists them. Truth in this folder is <c>bool?</c>: null is Unknown, <c>&amp;</c> is min
/// and <c>|</c> is max of False &lt; Unknown &lt; True.
/// </summary>
internal static class NaiveWords
{
    public static readonly string[] Principals = ["Account", "ServiceIdentity", "Agent"];

    /// <summary>Kinds that carry a <c>state</c>; all others are live while their fact is valid.</summary>
    public static readonly string[] WithState =
        ["Account", "ServiceIdentity", "Agent", "Application", "Connector", "Workflow", "OAuthGrant", "Credential", "Assignment"];

    /// <summary>Kinds whose Use is concluded only on a live node.</summary>
    public static readonly string[] LiveToBeUsed = [.. Principals, "Application", "Connector", "Workflow", "OAuthGrant"];

    /// <summary>Kinds that know no other right than Use.</summary>
    public static readonly string[] OnlyUse = [.. LiveToBeUsed, "Credential", "Step", "Organization", "Person"];

    /// <summary>Kinds that hold data: they end, and they know every right.</summary>
    public static readonly string[] Holders = ["System", "Resource"];

    /// <summary>Kinds that a blast radius lists; all others are proof steps.</summary>
    public static readonly string[] Listed =
        ["Person", .. Principals, "Application", "Connector", "Workflow", "Credential", "System", "Resource", "Organization"];

    /// <summary>Properties whose value can make something unreachable.</summary>
    public static readonly string[] Protective =
    [
        "state", "expiresAt", "revokedAt", "rotatedAt", "mfa", "extractable", "pinned", "protected", "sanctioned",
        "networkConstraint", "senderConstraint", "maxLevel", "level", "rights", "gates", "mayUse", "inherits", "notBefore",
    ];

    /// <summary>Names and classes: what a source said of them stays when the source is stale.</summary>
    public static readonly string[] NamesAndClasses =
    [
        "$kind", "name", "kind", "nhiKind", "category", "env", "tier", "criticality", "storeKind", "classification", "crownJewel", "type",
        "assignmentKind", "role", "right", "capability", "mode", "side", "thirdParty", "framework", "tz", "guest", "privileged",
    ];

    public static readonly string[] CredentialKinds =
    [
        "password", "apiKey", "pat", "accessToken", "refreshToken", "clientSecret", "privateKey", "certificate", "sshKey", "sessionCookie", "webhookSecret", "federationKey", "encryptionKey", "mfaFactor", "deviceKey",
    ];

    public static readonly string[] DeadStates = ["Suspended", "Locked", "Disabled", "Deleted"];

    private static readonly string[] Grades = ["Inference", "Attestation", "TicketRecord", "WorkflowRecord", "SystemEvent", "SystemState"];

    /// <summary>Rank of an evidence grade, 0 (Inference, or a word nobody knows) to 5 (SystemState).</summary>
    public static int GradeOf(string? word) => Math.Max(0, Array.IndexOf(Grades, word));

    public const int SystemState = 5;
    public const int SystemEvent = 4;

    /// <summary>The member of an edge's properties that stands for its <c>key</c> when none is stated.</summary>
    public static string? DefaultKey(string edgeKind) => edgeKind switch
    {
        "OWNED_BY" => "role",
        "BELONGS_TO" => "matchRule",
        "CONFERS" => "capability",
        "ENTITLES" => "right",
        _ => null,
    };

    /// <summary>The word answers use: True, False or Unknown.</summary>
    public static string Word(bool? truth) => truth switch { true => "True", false => "False", _ => "Unknown" };

    public static bool? Any(this IEnumerable<bool?> truths) => truths.Aggregate((bool?)false, (sum, truth) => sum | truth);

    public static bool? All(this IEnumerable<bool?> truths) => truths.Aggregate((bool?)true, (sum, truth) => sum & truth);

    /// <summary>
    /// "Premises that restrict": several edges of which one must be satisfied if there is any; certain needs, edge by edge,
    /// the edge False or satisfied, and one of those that surely are there satisfied.
    /// </summary>
    public static bool? Restrict(IReadOnlyCollection<(bool? Edge, bool? Satisfied)> edges)
    {
        var there = edges.Where(edge => edge.Edge is not false).ToList();
        var surely = there.Where(edge => edge.Edge is true).ToList();
        if (surely.Count == 0 ? there.All(edge => edge.Satisfied is true) : surely.Any(edge => edge.Satisfied is true))
            return true;
        return surely.Count == 0 || there.Any(edge => edge.Satisfied is not false) ? null : false;
    }
}
