using static IdentityGraph.Graph.Properties;
using static IdentityGraph.Graph.PropertyType;

namespace IdentityGraph.Graph;

/// <summary>Every node kind, one line each: the place to add one.</summary>
public static class NodeKinds
{
    /// <summary>An end of an edge that no run ever described: a placeholder, never live.</summary>
    public static readonly NodeKind Unknown = new("Unknown", "Placeholders", "Something an edge names and no source ever described.");

    public static readonly NodeKind Person = new("Person", "People", "A natural person.", properties: [HrId, Email, EmailVerified, EmployeeNumber, CorrelationKeys]);
    public static readonly NodeKind Employment = new("Employment", "People", "One engagement of a person.", properties:
        [EmploymentKind, StartAt, EndAt, Tz, EmploymentStatus, Department, JobRole, ManagerId]);
    public static readonly NodeKind Organization = new("Organization", "People", "A legal party: ourselves, a vendor or a customer.", properties: [OrganizationKind]);
    public static readonly NodeKind Team = new("Team", "People", "An internal unit.");

    public static readonly NodeKind Account = new("Account", "Identities", "How a system knows a human; shared and break-glass accounts too.", principal: true, properties:
        [State, AuthMethods, Mfa, Privileged, Guest, Gates, LastUsedAt, HrId, Email, EmailVerified, EmployeeNumber]);
    public static readonly NodeKind ServiceIdentity = new("ServiceIdentity", "Identities", "What a program signs in as.", principal: true, properties: [State, NhiKind, Mfa, LastUsedAt, Gates, Privileged]);
    public static readonly NodeKind Agent = new("Agent", "Identities", "An AI agent.", principal: true, properties:
        [State, new("uid", Text, "Stable id of the agent."), new("charter", TextList, "Node ids or names of approved tools and scopes."), new("framework", Text, "What it is built with."), Mfa, LastUsedAt]);
    public static readonly NodeKind Group = new("Group", "Identities", "A set of members that can be given rights.", properties: [new("dynamicRule", Text, "The rule that fills it."), Tier]);
    public static readonly NodeKind Role = new("Role", "Identities", "A bundle of rights that can be assigned.", properties: [new("dynamicRule", Text, "The rule that fills it."), Tier]);

    public static readonly NodeKind Credential = new("Credential", "Credentials", "Proof of identity, known by id, kind, times and keyed fingerprint; never its value.", properties:
        [State, CredentialKind, IssuedAt, NotBefore, ExpiresAt, RevokedAt, RevokedBy, RotatedAt, LastUsedAt, Renewable, MaxRenewals, Ttl, Extractable, SenderConstraint, NetworkConstraint, Fingerprint, Audience, ScopeIds, StandsFor]);
    public static readonly NodeKind OAuthGrant = new("OAuthGrant", "Credentials", "A client's grant on a resource tenant with scopes (RFC 6749).", properties: [State, GrantType, Offline, SurvivesAuthoriserDisable, ExpiresAt]);
    public static readonly NodeKind Assignment = new("Assignment", "Credentials", "A principal's hold on a group, role or entitlement, as a thing approvals and reviews can point at.", properties:
        [State, AssignmentKind, StartAt, ExpiresAt, Gates]);
    public static readonly NodeKind Scope = new("Scope", "Credentials", "A right in a vendor's words.");
    public static readonly NodeKind Entitlement = new("Entitlement", "Credentials", "A right in one system.");
    public static readonly NodeKind Capability = new("Capability", "Credentials", "A normalised ability.");

    public static readonly NodeKind Application = new("Application", "Systems", "An OAuth client, product, action or package.", properties: [State, ThirdParty, StandsFor]);
    public static readonly NodeKind Connector = new("Connector", "Systems", "An installed integration between systems.", properties: [State, Capabilities, ReapprovalPeriod, MonitoredUntil, Trigger]);
    public static readonly NodeKind System = new("System", "Systems", "A directory, SaaS, cloud, vault, network or the like.", properties:
        [Category, Env, Tier, Criticality, SupportsDeprovisioning, Gates, CrownJewel, .. CredentialKind.Words.Select(Cascade)]);
    public static readonly NodeKind Tenant = new("Tenant", "Systems", "A trust boundary.", properties: [Env]);
    public static readonly NodeKind Resource = new("Resource", "Systems", "Data set, repository, mailbox, host, secret store, queue, ticket, chat channel, document.", properties: [StoreKind, Classification, Criticality, CrownJewel, Properties.Kind]);

    public static readonly NodeKind BusinessProcess = new("BusinessProcess", "Work", "Why access exists.", properties: [ProcessState, Sensitivity]);
    public static readonly NodeKind Workflow = new("Workflow", "Work", "A definition of automated work (versioned).", properties: [State, new("version", Text, "Version of the definition."), MonitoredUntil, Trigger, new("replacedBy", Text, "Node id of what replaced it.")]);
    public static readonly NodeKind Step = new("Step", "Work", "A part of a workflow.", properties: [PropertyLevel, new("maxTokenTtl", Duration, "Longest lifetime a token of this step may have.")]);
    public static readonly NodeKind Run = new("Run", "Work", "One execution of a workflow, or an agent's session.", properties: [new("startedAt", Instant, "When it began."), new("endedAt", Instant, "When it ended.", nullable: true), new("status", Text, "How it went."), new("instanceUid", Text, "Session id.")]);
    public static readonly NodeKind StepRun = new("StepRun", "Work", "One execution of a step.", properties: [new("startedAt", Instant, "When it began."), new("endedAt", Instant, "When it ended.", nullable: true), new("status", Text, "How it went.")]);
    public static readonly NodeKind Handoff = new("Handoff", "Work", "A transfer of work between step runs.", properties: [Method, OccurredAt, CorrelationId, OnBehalfOf]);
    public static readonly NodeKind LifecycleEvent = new("LifecycleEvent", "Work", "A joiner, mover, leaver, leave or rehire event.", properties: [EventKind, new("effectiveAt", Instant, "When it takes effect."), new("enteredAt", Instant, "When HR entered it."), new("source", Text, "Where it was entered.")]);
    public static readonly NodeKind ProvisioningAction = new("ProvisioningAction", "Work", "An intended change on one target.", properties:
        [new("op", Text, "What was to be done."), new("requestedAt", Instant, "When it was asked for."), new("acceptedAt", Instant, "When the target accepted it.", nullable: true), new("appliedAt", Instant, "When it took effect.", nullable: true), new("verifiedAt", Instant, "When it was read back.", nullable: true), new("outcome", Text, "How it ended.")]);

    public static readonly NodeKind Policy = new("Policy", "Governance", "A governing rule, or a policy object that grants.", properties: [new("version", Text, "Version of the rule."), Aal]);
    public static readonly NodeKind EntitlementRule = new("EntitlementRule", "Governance", "Role logic: attribute equalities and the entitlements they expect.", properties: [new("when", TextList, "Attribute equalities, each as `attribute=value`.")]);
    public static readonly NodeKind Approval = new("Approval", "Governance", "A decision on access.", properties: [Properties.At, ScopeIds, new("duration", Duration, "For how long."), new("decision", Text, "What was decided.")]);
    public static readonly NodeKind Ticket = new("Ticket", "Governance", "A reference to a ticket.", properties: [new("reference", Text, "Its number or address."), OpenState, new("closedAt", Instant, "When it was closed.", nullable: true)]);
    public static readonly NodeKind ReviewCampaign = new("ReviewCampaign", "Governance", "A campaign of certifications.", properties: [OpenState, new("closedAt", Instant, "When it was closed.", nullable: true), new("kind", Text, "Access or licence.")]);
    public static readonly NodeKind ReviewItem = new("ReviewItem", "Governance", "One certification.", properties:
        [OpenState, new("facet", Word, "What is certified.", words: ["object", "trigger", "path"]), Capability_, new("decision", Text, "What was decided; absent: undecided.", nullable: true), new("basis", TextList, "What the decision rests on."), Properties.At]);
    public static readonly NodeKind Exception = new("Exception", "Governance", "A waiver.", properties: [new("reason", Text, "Why."), new("owner", Text, "Node id of who owns it."), ExpiresAt, new("renewals", Integer, "How often it was renewed.")]);

    public static readonly NodeKind Exposure = new("Exposure", "Evidence", "A marked compromise or leak.", properties: [Properties.At, Until, new("basis", Text, "Why it is held to be one.")]);
    public static readonly NodeKind UsageObservation = new("UsageObservation", "Evidence", "Aggregated use; ranks, never decides.", properties: [new("window", Duration, "Over how long."), new("count", Integer, "How often."), new("lastAt", Instant, "Last use in the window."), new("sourceIpClass", Text, "From where.")]);
    public static readonly NodeKind AuditTrail = new("AuditTrail", "Evidence", "A log source.", properties: [new("from", Instant, "Start of its coverage."), Until, CorrelationKey]);
    public static readonly NodeKind Evidence = new("Evidence", "Evidence", "A record reference with its hash.", properties: [new("ref", Text, "Where it is."), new("hash", Text, "Hash of the record."), new("grade", Text, "Its evidence grade.")]);
    public static readonly NodeKind CollectorRun = new("CollectorRun", "Evidence", "One run of a collector.", properties: [new("completeness", Text, "How far it got."), new("scope", Text, "What it covered.")]);
    public static readonly NodeKind AnalysisRun = new("AnalysisRun", "Evidence", "One analysis: inputs and policy version.", properties: [new("policyVersion", Text, "Version of the policy used.")]);
    public static readonly NodeKind Finding = new("Finding", "Evidence", "One breach found.", properties: [new("fingerprint", Text, "Lasting id of the breach.")]);

    /// <summary>Every kind in the order of its index.</summary>
    public static readonly IReadOnlyList<NodeKind> All = Number(
    [
        Unknown,
        Person, Employment, Organization, Team,
        Account, ServiceIdentity, Agent, Group, Role,
        Credential, OAuthGrant, Assignment, Scope, Entitlement, Capability,
        Application, Connector, System, Tenant, Resource,
        BusinessProcess, Workflow, Step, Run, StepRun, Handoff, LifecycleEvent, ProvisioningAction,
        Policy, EntitlementRule, Approval, Ticket, ReviewCampaign, ReviewItem, Exception,
        Exposure, UsageObservation, AuditTrail, Evidence, CollectorRun, AnalysisRun, Finding,
    ]);

    internal static readonly Dictionary<string, NodeKind> ByName = All.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>The property of a System that says how fast a credential of that kind dies with its subject.</summary>
    public static string CascadeOf(string credentialKind) => "cascade_" + credentialKind;

    private static Property PropertyLevel => Properties.Level;

    private static Property Capability_ => Properties.Capability;

    private static Property Cascade(string credentialKind) => new(
        CascadeOf(credentialKind),
        Word,
        $"When a {credentialKind} of an account of this system dies with the account.",
        protective: true,
        words: ["Immediate", "AtExpiry", "Never"]);

    private static NodeKind[] Number(NodeKind[] kinds)
    {
        for (var i = 0; i < kinds.Length; i++)
        {
            kinds[i].Index = (byte)i;
        }

        return kinds;
    }
}
