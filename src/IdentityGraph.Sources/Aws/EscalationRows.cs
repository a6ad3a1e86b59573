using IdentityGraph.Graph;

namespace IdentityGraph.Sources.Aws;

/// <summary>What an action of IAM gives whoever may take it.</summary>
internal enum Gain : byte
{
    /// <summary>A new way to act as the user or role it is about.</summary>
    Credential,

    /// <summary>A way to act as the user before some services only, if it is of use there.</summary>
    ServiceCredential,

    /// <summary>What the group it is about has.</summary>
    Membership,

    /// <summary>Whatever it writes into the policies of the user, role or group it is about: everything, if it acts as that one.</summary>
    OwnPolicies,

    /// <summary>The same through a policy that is attached to somebody.</summary>
    AttachedPolicy,

    /// <summary>What an older version of a policy gave; nobody looked at which.</summary>
    OlderVersion,

    /// <summary>What its boundary keeps from it.</summary>
    Unbound,

    /// <summary>What a Deny keeps from it.</summary>
    Undenied,

    /// <summary>What it may do to users or groups of the name that it gives.</summary>
    Renamed,
}

/// <summary>One action and what it gives: a line of data.</summary>
/// <param name="Action">As AWS spells it.</param>
/// <param name="About">`user`, `role`, `group` or `policy`: what its resource is.</param>
/// <param name="Gain">What it gives.</param>
/// <param name="Sentence">Why.</param>
internal sealed record EscalationRow(string Action, string About, Gain Gain, string Sentence);

/// <summary>Every action of IAM that gives more than it says, one line each.</summary>
/// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html</remarks>
internal static class EscalationRows
{
    public static IReadOnlyList<EscalationRow> All { get; } =
    [
        new("iam:CreateAccessKey", "user", Gain.Credential, "Makes an access key of the user."),
        new("iam:CreateLoginProfile", "user", Gain.Credential, "Gives the user a console password."),
        new("iam:UpdateLoginProfile", "user", Gain.Credential, "Changes the user's console password."),
        new("iam:UpdateAssumeRolePolicy", "role", Gain.Credential, "Lets anybody assume the role."),
        new("iam:CreateServiceSpecificCredential", "user", Gain.ServiceCredential, "Makes a password or key of the user for one service."),
        new("iam:ResetServiceSpecificCredential", "user", Gain.ServiceCredential, "Changes the user's password for one service."),
        new("iam:UploadSSHPublicKey", "user", Gain.ServiceCredential, "Lets its own key into repositories as the user."),
        new("iam:UploadSigningCertificate", "user", Gain.ServiceCredential, "Lets its own certificate sign as the user."),
        new("iam:AddUserToGroup", "group", Gain.Membership, "Puts a user into the group."),
        new("iam:AttachUserPolicy", "user", Gain.OwnPolicies, "Attaches any policy to the user."),
        new("iam:PutUserPolicy", "user", Gain.OwnPolicies, "Writes a policy into the user."),
        new("iam:AttachRolePolicy", "role", Gain.OwnPolicies, "Attaches any policy to the role."),
        new("iam:PutRolePolicy", "role", Gain.OwnPolicies, "Writes a policy into the role."),
        new("iam:AttachGroupPolicy", "group", Gain.OwnPolicies, "Attaches any policy to the group."),
        new("iam:PutGroupPolicy", "group", Gain.OwnPolicies, "Writes a policy into the group."),
        new("iam:CreatePolicyVersion", "policy", Gain.AttachedPolicy, "Writes the policy anew."),
        new("iam:SetDefaultPolicyVersion", "policy", Gain.OlderVersion, "Puts an older version of the policy in force."),
        new("iam:DeleteUserPermissionsBoundary", "user", Gain.Unbound, "Takes the boundary off the user."),
        new("iam:PutUserPermissionsBoundary", "user", Gain.Unbound, "Gives the user another boundary."),
        new("iam:DeleteRolePermissionsBoundary", "role", Gain.Unbound, "Takes the boundary off the role."),
        new("iam:PutRolePermissionsBoundary", "role", Gain.Unbound, "Gives the role another boundary."),
        new("iam:DetachUserPolicy", "user", Gain.Undenied, "Takes a policy off the user."),
        new("iam:DeleteUserPolicy", "user", Gain.Undenied, "Takes a policy out of the user."),
        new("iam:DetachRolePolicy", "role", Gain.Undenied, "Takes a policy off the role."),
        new("iam:DeleteRolePolicy", "role", Gain.Undenied, "Takes a policy out of the role."),
        new("iam:DetachGroupPolicy", "group", Gain.Undenied, "Takes a policy off the group."),
        new("iam:DeleteGroupPolicy", "group", Gain.Undenied, "Takes a policy out of the group."),
        new("iam:RemoveUserFromGroup", "group", Gain.Undenied, "Takes a user out of the group."),
        new("iam:UpdateUser", "user", Gain.Renamed, "Gives the user a name under which more is allowed."),
        new("iam:UpdateGroup", "group", Gain.Renamed, "Gives the group a name under which more is allowed."),
    ];

    /// <summary>The edge that states it.</summary>
    public static EdgeKind EdgeOf(Gain gain) => gain is Gain.Credential or Gain.ServiceCredential ? EdgeKinds.CanIssueCredential : EdgeKinds.CanGrant;
}
