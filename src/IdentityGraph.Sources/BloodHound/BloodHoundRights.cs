using IdentityGraph.Graph;
using static IdentityGraph.Sources.BloodHound.DirectoryKind;
using static IdentityGraph.Sources.BloodHound.Effect;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>What a relationship of BloodHound becomes.</summary>
internal enum Effect : byte
{
    /// <summary>
    /// Control of the target: CAN_ISSUE_CREDENTIAL of an account, CAN_GRANT of a group or domain, CAN_MODIFY of a policy object. Of a
    /// group, whose members then have it: the use of the target's administration, which can do that (of a policy object: what it controls).
    /// </summary>
    Control,

    /// <summary>ENTITLES on the target (a computer: its host) with the row's rights.</summary>
    Entitle,

    /// <summary>ENTITLES without a level: it counts only together with another right, or under conditions nobody read.</summary>
    EntitleUnknown,

    /// <summary>CAN_ASSUME; conditions none.</summary>
    Assume,

    /// <summary>CAN_ASSUME; conditions unread.</summary>
    AssumeUnread,

    /// <summary>MEMBER_OF.</summary>
    Member,

    /// <summary>A Resource that the start may read, in which a credential of the target is STORED_IN.</summary>
    ReadSecret,

    /// <summary>A credential of the target, STORED_IN the host, open to whoever acts as its system account.</summary>
    KeepsSecret,

    /// <summary>CONTAINS; of a group or policy object: its administration is DEFINED_IN the container.</summary>
    Contain,

    /// <summary>CONTAINS the other way round, handing no rights down.</summary>
    Offered,

    /// <summary>The policy GRANTS an entitlement that ENTITLES on where it is linked.</summary>
    Apply,

    /// <summary>TRUSTS between the tenants; foreign subjects act only as themselves.</summary>
    Trust,

    /// <summary>The same; and who administers the end holds its trust keys, by which the start can be administered.</summary>
    TrustInForest,

    /// <summary>Who administers the start holds its trust keys, by which the end can be administered as far as nobody read: level unknown.</summary>
    AbuseTrust,

    /// <summary>A local group's ENTITLES on its host, by the group's number.</summary>
    LocalGroup,
}

/// <summary>One line of the table.</summary>
/// <param name="Right">BloodHound's name of the relationship.</param>
/// <param name="Targets">Kinds of the end it is for.</param>
/// <param name="Effect">What it becomes.</param>
/// <param name="Letters">Rights out of DRWUAC, for <see cref="Effect.Entitle"/>.</param>
/// <param name="Why">What it lets the start do.</param>
internal sealed record RightRow(string Right, DirectoryKind[] Targets, Effect Effect, string? Letters, string Why)
{
    /// <summary>Whether use of it creates new access.</summary>
    public bool Amplifying => Effect == Control && !Targets.Contains(GPO);

    /// <summary>Properties of an ENTITLES by it, made once.</summary>
    public KeyValuePair<string, PropertyValue>[] Rights { get; } = FactList.Rights(Letters, Right);

    /// <summary>The same where use of the object's administration is what it gives.</summary>
    public KeyValuePair<string, PropertyValue>[] Use { get; } = FactList.Rights("U", Right);
}

/// <summary>
/// The one table from BloodHound's relationships to fact edges. A relationship without a row becomes an ENTITLES without a level,
/// reached in what is possible, and is counted.
/// </summary>
internal static class BloodHoundRights
{
    private static readonly DirectoryKind[] s_accounts = [User, Computer];
    private static readonly DirectoryKind[] s_groups = [Group, DirectoryKind.LocalGroup];
    private static readonly DirectoryKind[] s_certificates = [CertTemplate, EnterpriseCA, RootCA, AIACA, NTAuthStore, IssuancePolicy];
    private static readonly string Full = RightsLogic.Of(Level.L5).ToLetters();
    private static readonly string All = RightsLogic.Of(Level.L6).ToLetters();
    private static readonly string Edit = RightsLogic.Of(Level.L3).ToLetters();
    private static readonly string Run = RightsLogic.Of(Level.L4).ToLetters();

    public static IReadOnlyList<RightRow> Rows { get; } =
    [
        new("GenericAll", s_accounts, Control, null, "Sets a password, a key or a delegation of the account."),
        new("GenericWrite", s_accounts, Control, null, "Writes a key credential of the account."),
        new("WriteDacl", s_accounts, Control, null, "Gives itself every right on the account."),
        new("WriteOwnerRaw", s_accounts, Control, null, "Makes itself owner, then gives itself every right."),
        new("OwnsRaw", s_accounts, Control, null, "An owner may change the rights on the account."),
        new("AddKeyCredentialLink", s_accounts, Control, null, "Adds a key that signs in as the account."),
        new("AllExtendedRights", [User], Control, null, "Resets the password."),
        new("ForceChangePassword", [User], Control, null, "Resets the password."),
        new("AddAllowedToAct", [Computer], Control, null, "Lets an account of its own act for anybody on the computer."),
        new("WriteAccountRestrictions", [Computer], Control, null, "Lets an account of its own act for anybody on the computer."),
        new("WriteAccountRestrictions", [User], EntitleUnknown, null, "Lets another act towards the account's services, if it runs any."),
        new("WriteSPN", s_accounts, EntitleUnknown, null, "Makes the password guessable offline, if it is weak."),
        new("AllExtendedRights", [Computer], EntitleUnknown, null, "Reads the local administrator's password, if it is managed."),
        new("OwnsLimitedRights", s_accounts, EntitleUnknown, null, "An owner whose rights are limited by a rule of the object."),
        new("WriteOwnerLimitedRights", s_accounts, EntitleUnknown, null, "Becomes an owner whose rights are limited."),
        new("ReadGMSAPassword", s_accounts, ReadSecret, null, "Reads the managed password."),

        new("GenericAll", s_groups, Control, null, "Adds members."),
        new("GenericWrite", s_groups, Control, null, "Adds members."),
        new("WriteDacl", s_groups, Control, null, "Gives itself the right to add members."),
        new("WriteOwnerRaw", s_groups, Control, null, "Makes itself owner, then adds members."),
        new("OwnsRaw", s_groups, Control, null, "An owner may change the rights on the group."),
        new("AddMember", s_groups, Control, null, "Adds members."),
        new("AddSelf", s_groups, Control, null, "Adds itself."),
        new("AllExtendedRights", s_groups, Control, null, "Adds members."),

        new("GenericAll", [Domain], Entitle, All, "Does everything, replicating secrets included."),
        new("AllExtendedRights", [Domain], Entitle, All, "Replicates every secret."),
        new("GenericWrite", [Domain], Entitle, All, "Links a policy object to the whole domain."),
        new("WriteGPLink", [Domain], Entitle, All, "Links a policy object to the whole domain."),
        new("WriteDacl", [Domain], Control, null, "Gives anybody every right on the domain."),
        new("WriteOwnerRaw", [Domain], Control, null, "Makes itself owner, then gives every right."),
        new("OwnsRaw", [Domain], Control, null, "An owner may change the rights on the domain."),
        new("GetChanges", [Domain], EntitleUnknown, null, "Replicates secrets only together with GetChangesAll."),
        new("GetChangesAll", [Domain], EntitleUnknown, null, "Replicates secrets only together with GetChanges."),
        new("GetChangesInFilteredSet", [Domain], EntitleUnknown, null, "Replicates managed local passwords only together with GetChanges."),
        new("DCSync", [Domain], Entitle, All, "Holds GetChanges and GetChangesAll itself: replicates every secret."),
        new("DCFor", [Domain], Entitle, All, "A domain controller holds every secret of the domain."),
        new("CoerceToTGT", [Domain], EntitleUnknown, null, "Catches the ticket of a domain controller, if one can be made to connect."),

        new("GenericAll", [OU], Entitle, Full, "Hands rights down to what it contains."),
        new("GenericWrite", [OU], Entitle, Full, "Links a policy object to it."),
        new("WriteGPLink", [OU], Entitle, Full, "Links a policy object to it."),
        new("WriteDacl", [OU, Container], Entitle, Full, "Hands rights down to what it contains."),
        new("WriteOwnerRaw", [OU, Container], Entitle, Full, "Makes itself owner, then hands rights down."),
        new("OwnsRaw", [OU, Container], Entitle, Full, "An owner may hand rights down."),
        new("GenericAll", [Container], Entitle, Full, "Hands rights down to what it contains."),
        new("GenericWrite", [Container], Entitle, "DW", "Writes the container's own attributes, not what it contains."),

        new("GenericAll", [GPO], Control, null, "Changes what the policy does."),
        new("GenericWrite", [GPO], Control, null, "Changes what the policy does."),
        new("WriteDacl", [GPO], Control, null, "Gives itself the right to change it."),
        new("WriteOwnerRaw", [GPO], Control, null, "Makes itself owner, then changes it."),
        new("OwnsRaw", [GPO], Control, null, "An owner may change the rights on it."),

        new("GenericAll", s_certificates, Entitle, Full, "Changes who may enrol, and for what."),
        new("WriteDacl", s_certificates, Entitle, Full, "Changes who may enrol, and for what."),
        new("WriteOwnerRaw", s_certificates, Entitle, Full, "Makes itself owner."),
        new("OwnsRaw", s_certificates, Entitle, Full, "An owner may change the rights on it."),
        new("GenericWrite", s_certificates, Entitle, Edit, "Changes its settings."),
        new("WritePKINameFlag", [CertTemplate], Entitle, Edit, "Changes whose name a certificate may bear."),
        new("WritePKIEnrollmentFlag", [CertTemplate], Entitle, Edit, "Changes who must approve a certificate."),
        new("AllExtendedRights", s_certificates, Entitle, Run, "Enrols."),
        new("Enroll", s_certificates, Entitle, Run, "Enrols."),
        new("AutoEnroll", s_certificates, Entitle, Run, "Enrols."),
        new("ManageCertificates", [EnterpriseCA], Entitle, Run, "Approves requests."),
        new("ManageCA", [EnterpriseCA], Entitle, Full, "Administers the authority."),
        new("PublishedTo", [EnterpriseCA], Offered, null, "The authority issues by the template."),
        new("HostsCAService", [EnterpriseCA], Contain, null, "The host runs the authority."),
        new("RootCAFor", [Domain], Offered, null, "The domain keeps the root authority."),
        new("NTAuthStoreFor", [Domain], Offered, null, "The domain keeps the list of trusted authorities."),

        new("AdminTo", [Computer], Entitle, Full, "Administers the host."),
        new("ReadLAPSPassword", [Computer], Entitle, Full, "Reads the local administrator's password."),
        new("CanRDP", [Computer], Entitle, Edit, "Works on the host as an ordinary user."),
        new("CanPSRemote", [Computer], Entitle, Edit, "Works on the host as an ordinary user."),
        new("ExecuteDCOM", [Computer], Entitle, Edit, "Works on the host as an ordinary user."),
        new("SQLAdmin", [Computer], Entitle, Edit, "Administers a database on the host."),
        new("RemoteInteractiveLogonRight", [Computer], EntitleUnknown, null, "Signs in only together with the local remote desktop group."),
        new("LocalToComputer", [Computer], Effect.LocalGroup, null, "The group is one of the host's own."),
        new("HasSession", s_accounts, KeepsSecret, null, "The host keeps a session of the account."),
        new("DumpSMSAPassword", [User, Base], KeepsSecret, null, "The host keeps the password of the service account."),
        new("AllowedToDelegate", s_accounts, AssumeUnread, null, "Acts for users towards the target's services, under conditions that were not read."),
        new("AllowedToAct", s_accounts, Assume, null, "Acts for anybody on the computer."),

        new("HasSIDHistory", s_accounts, Assume, null, "Its tickets bear the other's identifier."),
        new("HasSIDHistory", s_groups, Member, null, "Its tickets bear the group's identifier."),
        new("MemberOf", [Group, DirectoryKind.LocalGroup, Base], Member, null, "Is a member."),
        new("MemberOfLocalGroup", s_groups, Member, null, "Is a member."),
        new("Contains", [User, Computer, Group, OU, Container, GPO, Domain, CertTemplate, EnterpriseCA, RootCA, AIACA, NTAuthStore, IssuancePolicy, Base], Contain, null, "Lies in the container."),
        new("GPLink", [Domain, OU], Apply, null, "The policy applies to it."),
        new("CrossForestTrust", [Domain], Trust, null, "Foreign subjects act as themselves; what they may is stated of them."),
        new("SameForestTrust", [Domain], TrustInForest, null, "Whoever controls one domain of a forest can control the others."),
        new("SpoofSIDHistory", [Domain], AbuseTrust, null, "Whoever controls the start can pretend to be subjects of the end."),
        new("AbuseTGTDelegation", [Domain], AbuseTrust, null, "Whoever controls the start can catch tickets of the end."),
    ];

    private static readonly Dictionary<(string Right, DirectoryKind Target), RightRow> s_byRight =
        Rows.SelectMany(row => row.Targets.Select(target => (Key: (row.Right, target), row))).ToDictionary(pair => pair.Key, pair => pair.row);

    private static readonly HashSet<string> s_names = Rows.Select(row => row.Right).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether any row has the relationship, whatever its end.</summary>
    public static bool Knows(string right) => s_names.Contains(right);

    /// <summary>The row for that relationship to an end of that kind, or null.</summary>
    public static RightRow? Find(string right, DirectoryKind target) => s_byRight.GetValueOrDefault((right, target));

    /// <summary>
    /// What a host's local group of that number (the last part of its identifier) may do on the host; null: it is powerful in ways that
    /// cannot be told (backup, print and server operators, virtualisation), or unknown.
    /// </summary>
    /// <remarks>Numbers: https://learn.microsoft.com/windows-server/identity/ad-ds/manage/understand-security-identifiers</remarks>
    public static string? OfLocalGroup(ReadOnlySpan<char> number) => number switch
    {
        "544" => Full,
        "555" or "562" or "580" => Edit,
        "545" or "546" or "552" or "554" or "556" or "557" or "558" or "559" or "560" or "561" or "568" or "569" or "571" or "572" or "573"
            or "574" or "575" or "576" or "577" or "579" or "581" or "582" or "583" => "D",
        _ => null,
    };
}
