using static IdentityGraph.Graph.NodeKinds;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Graph;

/// <summary>Every edge kind, one line each: the place to add one.</summary>
public static class EdgeKinds
{
    private static readonly NodeKind[] s_any = [];
    private static readonly NodeKind[] s_principal = [Account, ServiceIdentity, Agent];

    public static readonly EdgeKind EmployedAs = new("EMPLOYED_AS", [Person], [Employment], "The person is engaged so.");
    public static readonly EdgeKind BelongsTo = new("BELONGS_TO", [Account], [Person], "The account is the person's.", control: true, key: P.MatchRule, properties: [P.Confidence, P.MatchRule]);
    public static readonly EdgeKind MemberOfTeam = new("MEMBER_OF_TEAM", [Person], [Team, Group], "The person is in the team.");

    public static readonly EdgeKind InSystem = new("IN_SYSTEM", s_any, [NodeKinds.System], "The object lives in the system.", control: true);
    public static readonly EdgeKind InTenant = new("IN_TENANT", [NodeKinds.System], [Tenant], "The system lies in the tenant.", control: true);
    public static readonly EdgeKind Contains = new("CONTAINS", [NodeKinds.System, Resource], [Resource, .. s_principal], "The first contains the second.", control: true, properties: [P.Inherits]);
    public static readonly EdgeKind OperatedBy = new("OPERATED_BY", [Application, Connector, NodeKinds.System], [Organization], "The organization runs it.", control: true, properties: [P.Gates]);
    public static readonly EdgeKind SponsoredBy = new("SPONSORED_BY", [Organization, Person], [Person], "Someone internal answers for the external party.");

    public static readonly EdgeKind Holds = new("HOLDS", [.. s_principal, Group, Role], [Assignment], "The principal has the assignment.", control: true);
    public static readonly EdgeKind Assigns = new("ASSIGNS", [Assignment], [Group, Role, Entitlement, Policy], "The assignment gives it.", control: true);
    public static readonly EdgeKind Grants = new("GRANTS", [Role, Group, Policy], [Entitlement], "The bundle gives the entitlement.", control: true);
    public static readonly EdgeKind Entitles = new("ENTITLES", [Entitlement, .. s_principal, Group, Role], [Resource, NodeKinds.System, Application], "It gives rights on the target.", control: true, key: P.Right, properties: [P.Level, P.RightLetters, P.Right, P.Gates]);
    public static readonly EdgeKind MemberOf = new("MEMBER_OF", [.. s_principal, Group], [Group], "The first is a member of the group.", control: true, properties: [P.Gates]);
    public static readonly EdgeKind HasRole = new("HAS_ROLE", [.. s_principal, Group, Role], [Role], "The first has the role.", control: true, properties: [P.Gates]);
    public static readonly EdgeKind HasEntitlement = new("HAS_ENTITLEMENT", [.. s_principal, Group, Role], [Entitlement], "The first has the entitlement.", control: true, properties: [P.Gates]);

    public static readonly EdgeKind AuthenticatedVia = new("AUTHENTICATED_VIA", [Account], [Account], "Sign-in to the first goes through the second (SSO).", control: true, properties: [P.Gates]);
    public static readonly EdgeKind AuthenticatesAs = new("AUTHENTICATES_AS", [Credential], [.. s_principal, Application, Tenant], "The credential proves to be it.", control: true, properties: [P.Gates]);
    public static readonly EdgeKind HeldBy = new("HELD_BY", [Credential], [Person, .. s_principal, Application, Organization, Workflow, Connector, Resource], "The second possesses the credential.", control: true, properties: [P.MayUse]);
    public static readonly EdgeKind StoredIn = new("STORED_IN", [Credential], [Resource], "The credential is kept there.", control: true, properties: [P.Sanctioned]);
    public static readonly EdgeKind EncryptedWith = new("ENCRYPTED_WITH", [Credential], [Credential], "What is stored can be read only with the key.", control: true);
    public static readonly EdgeKind DerivedFrom = new("DERIVED_FROM", [Credential], [Credential], "The first came from the second.", control: true, properties: [P.Mode, P.Gates]);

    public static readonly EdgeKind BackedBy = new("BACKED_BY", [Credential], [OAuthGrant], "The token acts under the grant.", control: true, properties: [P.Gates]);
    public static readonly EdgeKind GrantedTo = new("GRANTED_TO", [OAuthGrant], [Application, ServiceIdentity, Agent], "The grant is the client's.", control: true);
    public static readonly EdgeKind OnBehalfOf = new("ON_BEHALF_OF", [OAuthGrant], [Account], "The grant acts for the account.", control: true);
    public static readonly EdgeKind ConsentedBy = new("CONSENTED_BY", [OAuthGrant], [Account], "The account authorised the grant.", properties: [P.At, P.Aal]);
    public static readonly EdgeKind IncludesScope = new("INCLUDES_SCOPE", [OAuthGrant], [Scope], "The grant has the scope.", control: true);
    public static readonly EdgeKind Confers = new("CONFERS", [Scope, Entitlement], [NodeKinds.System, Resource, NodeKinds.Capability], "It gives rights or an ability.", control: true, key: P.Capability, properties: [P.Level, P.RightLetters, P.Capability, P.MaxLevel]);

    public static readonly EdgeKind InstanceOf = new("INSTANCE_OF", [Connector, OAuthGrant], [Application, Connector], "The first is an installation of the second.", control: true);
    public static readonly EdgeKind Connects = new("CONNECTS", [Connector], [NodeKinds.System], "The integration connects the system.", control: true, properties: [P.Side]);
    public static readonly EdgeKind RunsAs = new("RUNS_AS", [Application, Connector, Workflow, Step, Agent, Resource], s_principal, "It acts as the principal.", control: true);
    public static readonly EdgeKind CanAssume = new("CAN_ASSUME", s_principal, s_principal, "The first may act as the second.", control: true, properties: [P.Gates, P.Conditions]);
    public static readonly EdgeKind CanIssueCredential = new("CAN_ISSUE_CREDENTIAL", [.. s_principal, Application, OAuthGrant, Connector], [.. s_principal, Application], "The first can make a credential of the second.", control: true, amplifying: true, properties: [P.Gates]);
    public static readonly EdgeKind CanProvision = new("CAN_PROVISION", [.. s_principal, Application, OAuthGrant, Connector], [NodeKinds.System], "The first can make principals in the system.", control: true, amplifying: true, properties: [P.MaxLevel, P.Gates]);
    public static readonly EdgeKind CanGrant = new("CAN_GRANT", [.. s_principal, Application, OAuthGrant, Connector], [Role, Group, Scope, NodeKinds.System], "The first can give the second to anybody.", control: true, amplifying: true, properties: [P.MaxLevel, P.Gates]);

    public static readonly EdgeKind CanModify = new("CAN_MODIFY", s_principal, [Workflow, Application, Policy], "The first can change what the second does.", control: true, properties: [P.Gates]);
    public static readonly EdgeKind DefinedIn = new("DEFINED_IN", [Workflow, Application], [Resource], "Its definition lies in the repository.", control: true, properties: [P.Protected]);
    public static readonly EdgeKind DependsOn = new("DEPENDS_ON", [Workflow, Application], [Application], "It runs the second's code.", control: true, properties: [P.Pinned]);
    public static readonly EdgeKind Trusts = new("TRUSTS", [Tenant], [Tenant], "The first accepts subjects of the second.", control: true, properties: [P.Mapping]);
    public static readonly EdgeKind RecoveryFor = new("RECOVERY_FOR", [Resource], [Account], "The channel can reset the account.", control: true, properties: [P.Gates]);
    public static readonly EdgeKind ReachedThrough = new("REACHED_THROUGH", [NodeKinds.System, Resource, Account], [.. s_principal, NodeKinds.System], "Whoever uses the first must also act as one of its alternatives.", control: true);

    public static readonly EdgeKind Exposes = new("EXPOSES", [Exposure], [Credential, .. s_principal, Resource, NodeKinds.System, Application], "The compromise opens it.", control: true);
    public static readonly EdgeKind Spawned = new("SPAWNED", [Connector, .. s_principal, Run], [Account, ServiceIdentity, Application, Credential, OAuthGrant], "The first made the second.");
    public static readonly EdgeKind OwnedBy = new("OWNED_BY", s_any, [Person, Group, Team, Account, ServiceIdentity, Organization], "The second answers for the first.", key: P.OwnerRole, properties: [P.OwnerRole]);
    public static readonly EdgeKind Serves = new("SERVES", s_any, [BusinessProcess, Workflow], "It exists for the process or workflow.");
    public static readonly EdgeKind GovernedBy = new("GOVERNED_BY", s_any, [Policy], "The policy governs it.");
    public static readonly EdgeKind Expects = new("EXPECTS", [EntitlementRule], [Entitlement], "The rule expects the entitlement.");
    public static readonly EdgeKind ExceptedBy = new("EXCEPTED_BY", s_any, [NodeKinds.Exception], "The waiver covers it.");

    public static readonly EdgeKind RequestedBy = new("REQUESTED_BY", [Approval], [Account], "The account asked for it.");
    public static readonly EdgeKind ApprovedBy = new("APPROVED_BY", [Approval], [Account], "The account approved it.");
    public static readonly EdgeKind ExecutedBy = new("EXECUTED_BY", [Approval], [Account], "The account carried it out.");
    public static readonly EdgeKind Benefits = new("BENEFITS", [Approval], [Account], "The account gains by it.");
    public static readonly EdgeKind Approves = new("APPROVES", [Approval], s_any, "The decision is about it.");
    public static readonly EdgeKind Reviews = new("REVIEWS", [ReviewItem], s_any, "The certification is about it.");
    public static readonly EdgeKind PartOf = new("PART_OF", [ReviewItem], [ReviewCampaign], "The item belongs to the campaign.");
    public static readonly EdgeKind DecidedBy = new("DECIDED_BY", [ReviewItem], [Account], "The account decided.");
    public static readonly EdgeKind BasedOn = new("BASED_ON", [ReviewItem], [Evidence, UsageObservation, Ticket], "The decision rests on it.");

    public static readonly EdgeKind CausedBy = new("CAUSED_BY", [ProvisioningAction], [LifecycleEvent, Run, Ticket], "The change came from it.");
    public static readonly EdgeKind Targets = new("TARGETS", [ProvisioningAction, UsageObservation, LifecycleEvent], s_any, "It is about the object.");
    public static readonly EdgeKind Triggers = new("TRIGGERS", [LifecycleEvent, NodeKinds.System, Workflow], [Workflow, Connector], "The first starts the second.");

    public static readonly EdgeKind RunOf = new("RUN_OF", [Run], [Workflow], "The run executes the workflow.");
    public static readonly EdgeKind StepOf = new("STEP_OF", [Step, StepRun], [Workflow, Run], "The part belongs to the whole.", control: true);
    public static readonly EdgeKind Next = new("NEXT", [Step], [Step], "The second follows the first.");
    public static readonly EdgeKind HandoffFrom = new("HANDOFF_FROM", [Handoff], [StepRun], "The work came from there.");
    public static readonly EdgeKind HandoffTo = new("HANDOFF_TO", [Handoff], [StepRun], "The work went there.");
    public static readonly EdgeKind UsedCredential = new("USED_CREDENTIAL", [Handoff], [Credential], "The handoff was made with the credential.");
    public static readonly EdgeKind InitiatedBy = new("INITIATED_BY", [Handoff, Run], s_principal, "The principal started it.");
    public static readonly EdgeKind ActsFor = new("ACTS_FOR", [Handoff], s_principal, "It was done for the principal (RFC 8693 act).", properties: [P.ActDepth]);
    public static readonly EdgeKind ActedOn = new("ACTED_ON", [StepRun], [Resource, NodeKinds.System], "The step worked on it.");
    public static readonly EdgeKind LoggedIn = new("LOGGED_IN", [StepRun], [AuditTrail], "The trail recorded it.", properties: [P.CorrelationKey]);

    public static readonly EdgeKind ObservedBy = new("OBSERVED_BY", s_any, [CollectorRun], "The run saw it.");
    public static readonly EdgeKind EvidencedBy = new("EVIDENCED_BY", s_any, [Evidence], "The record shows it.");

    /// <summary>Every kind in the order of its index.</summary>
    public static readonly IReadOnlyList<EdgeKind> All = Number(
    [
        EmployedAs, BelongsTo, MemberOfTeam,
        InSystem, InTenant, Contains, OperatedBy, SponsoredBy,
        Holds, Assigns, Grants, Entitles, MemberOf, HasRole, HasEntitlement,
        AuthenticatedVia, AuthenticatesAs, HeldBy, StoredIn, EncryptedWith, DerivedFrom,
        BackedBy, GrantedTo, OnBehalfOf, ConsentedBy, IncludesScope, Confers,
        InstanceOf, Connects, RunsAs, CanAssume, CanIssueCredential, CanProvision, CanGrant,
        CanModify, DefinedIn, DependsOn, Trusts, RecoveryFor, ReachedThrough,
        Exposes, Spawned, OwnedBy, Serves, GovernedBy, Expects, ExceptedBy,
        RequestedBy, ApprovedBy, ExecutedBy, Benefits, Approves, Reviews, PartOf, DecidedBy, BasedOn,
        CausedBy, Targets, Triggers,
        RunOf, StepOf, Next, HandoffFrom, HandoffTo, UsedCredential, InitiatedBy, ActsFor, ActedOn, LoggedIn,
        ObservedBy, EvidencedBy,
    ]);

    internal static readonly Dictionary<string, EdgeKind> ByName = All.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    private static EdgeKind[] Number(EdgeKind[] kinds)
    {
        for (var i = 0; i < kinds.Length; i++)
        {
            kinds[i].Index = (byte)i;
        }

        return kinds;
    }
}
