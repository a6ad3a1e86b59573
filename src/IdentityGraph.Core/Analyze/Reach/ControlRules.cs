using static IdentityGraph.Graph.EdgeKinds;

namespace IdentityGraph.Analyze.Reach;

/// <summary>Every control rule, one line each, in the order of their numbers.</summary>
public static class ControlRules
{
    public static readonly ControlRule Authenticate = new("D1", "Whoever has a live credential acts as what it authenticates as.", Given.Start,
        [AuthenticatesAs], "revoke, add gate", ["T1078", "T1550.001", "T1550.004"]);
    public static readonly ControlRule HeldCredential = new("D2", "Whoever acts as the holder can use the credential, and keeps it where it can be copied out.", Given.End,
        [HeldBy], "remove from holder", ["T1528", "T1539"], durable: true);
    public static readonly ControlRule StoredCredential = new("D3", "Whoever reads the store has the credentials kept there, with the key where they are encrypted.", Given.End,
        [StoredIn, EncryptedWith], "move to vault, rotate", ["T1552.001", "T1552.008", "T1555.006", "T1213"], durable: true);
    public static readonly ControlRule Entitled = new("D4", "Whoever acts as the principal has the rights that groups, roles and entitlements give it.", Given.Start,
        [Holds, Assigns, MemberOf, HasRole, HasEntitlement, Grants, Entitles], "remove membership", ["T1078.004", "T1098.003"]);
    public static readonly ControlRule Granted = new("D5", "Whoever acts as the client, or has its token, uses the grant and what its scopes confer, delegated ones as far as the user's own rights go.", Given.Either,
        [GrantedTo, BackedBy, IncludesScope, Confers, OnBehalfOf], "revoke grant, narrow scope", ["T1550.001", "T1671"]);
    public static readonly ControlRule RunsAsPrincipal = new("D6", "Whoever controls what runs acts as the principal it runs as.", Given.Start,
        [RunsAs, InstanceOf, StepOf], "separate identity", ["T1552.005"]);
    public static readonly ControlRule Modify = new("D7", "Whoever can change a workflow, application or policy, or the unprotected repository it is defined in, makes it do their will.", Given.Either,
        [CanModify, DefinedIn, Grants, Entitles], "branch or change protection", ["T1195.002"]);
    public static readonly ControlRule Assume = new("D8", "Whoever acts as the first principal can act as the second.", Given.Start,
        [CanAssume], "narrow trust", ["T1548.005", "T1550.001"]);
    public static readonly ControlRule IssueCredential = new("D9", "Whoever can make a credential of a principal can act as it, and keeps the new credential.", Given.Start,
        [CanIssueCredential], "remove right, approval gate", ["T1098.001"], amplifying: true, durable: true);
    public static readonly ControlRule Provision = new("D10", "Whoever can make principals in a system has the rights such a principal can be given.", Given.Start,
        [CanProvision], "cap maxLevel", ["T1136.003"], amplifying: true, durable: true);
    public static readonly ControlRule GrantRights = new("D11", "Whoever can give a role, group, scope or system to anybody has what it gives.", Given.Start,
        [CanGrant], "remove right, consent policy", ["T1098.003"], amplifying: true, durable: true);
    public static readonly ControlRule Contain = new("D12", "Whoever has rights on a container has them on what it contains; its administrator can act as the principals in it.", Given.Start,
        [Contains, InSystem], "tiering", ["T1098"]);
    public static readonly ControlRule SingleSignOn = new("D13", "Whoever acts as a live account of an identity provider signs in to the accounts behind it.", Given.End,
        [AuthenticatedVia], "disable both", ["T1078.004"]);
    public static readonly ControlRule Vendor = new("D14", "Whoever controls the operating organization controls what it operates.", Given.End,
        [OperatedBy], "constrain IP or sender, drop vendor", ["T1199"]);
    public static readonly ControlRule Dependency = new("D15", "Whoever controls a dependency that is not pinned controls its consumers.", Given.End,
        [DependsOn], "pin", ["T1195.001"]);
    public static readonly ControlRule Federation = new("D16", "Whoever acts as a subject that another tenant trusts, or signs for its tenant, acts as what it is mapped to.", Given.Either,
        [Trusts, InSystem, InTenant, AuthenticatesAs], "limit mapping", ["T1199"]);
    public static readonly ControlRule Refresh = new("D17", "Whoever has a live renewable credential has what is made from it by refresh or exchange.", Given.End,
        [DerivedFrom], "rotate and revoke the family", ["T1528"], durable: true);
    public static readonly ControlRule Recover = new("D18", "Whoever reads the recovery channel can reset the account.", Given.Start,
        [RecoveryFor], "MFA on reset", ["T1098"]);
    public static readonly ControlRule OwnAccount = new("D19", "A person signs in to their own accounts, by a login of its own or through single sign-on.", Given.End,
        [BelongsTo, AuthenticatedVia], "disable", ["T1078"]);
    public static readonly ControlRule SameSecret = new("D20", "Whoever has one copy of a secret has the others.", Given.Either,
        [DerivedFrom], "rotate all copies", ["T1552"], durable: true);

    /// <summary>Every rule, D1 first.</summary>
    public static readonly IReadOnlyList<ControlRule> All = Number(
    [
        Authenticate, HeldCredential, StoredCredential, Entitled, Granted, RunsAsPrincipal, Modify, Assume, IssueCredential, Provision,
        GrantRights, Contain, SingleSignOn, Vendor, Dependency, Federation, Refresh, Recover, OwnAccount, SameSecret,
    ]);

    private static ControlRule[] Number(ControlRule[] rules)
    {
        for (var i = 0; i < rules.Length; i++)
        {
            rules[i].Index = (byte)i;
        }

        return rules;
    }
}
