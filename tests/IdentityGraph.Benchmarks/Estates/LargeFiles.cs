using System.Globalization;

namespace IdentityGraph.Benchmarks.Estates;

/// <summary>A large file of each format, made by rule: objects as a real collection has them, with every end described.</summary>
internal static class LargeFiles
{
    private const string Domain = "S-1-5-21-3130019616-2776909439-2417379446";

    /// <summary>Name of the file and what writes its objects, the first numbered 0; at least the bytes given.</summary>
    public static IReadOnlyList<(string Name, Action<TextWriter, long> Write)> All { get; } =
    [
        ("20250102030405_users.json", static (to, bytes) => List(to, bytes, "{\"data\":[", "],\"meta\":{\"methods\":521215,\"type\":\"users\",\"count\":0,\"version\":6}}", User)),
        ("20250102030405_groups.json", static (to, bytes) => List(to, bytes, "{\"data\":[", "],\"meta\":{\"methods\":521215,\"type\":\"groups\",\"count\":0,\"version\":6}}", Group)),
        ("opengraph.json", static (to, bytes) => Graph(to, bytes)),
        ("azurehound.json", static (to, bytes) => List(to, bytes, "{\"data\":[", "],\"meta\":{\"type\":\"azure\",\"version\":5,\"count\":0}}", AzureUser)),
        ("scim.json", static (to, bytes) => List(to, bytes, "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],\"totalResults\":1,\"Resources\":[", "]}", ScimUser)),
        ("aws.json", static (to, bytes) => Aws(to, bytes)),
    ];

    private static void List(TextWriter to, long bytes, string head, string tail, Func<int, string> entry)
    {
        to.Write(head);
        long written = 0;
        for (var number = 0; written < bytes; number++)
        {
            var text = entry(number);
            to.Write(number == 0 ? text : "," + text);
            written += text.Length + 1;
        }

        to.Write(tail);
    }

    private static string Sid(int number) => string.Create(CultureInfo.InvariantCulture, $"{Domain}-{1000 + number}");

    private static string Guid(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:x8}-4c1f-4a8e-9d4d-2b1f6a7c{number % 65536:x4}");

    private static string Aces(int number) => string.Join(',', Enumerable.Range(0, 8).Select(i => $$$$"""
        {"PrincipalSID":"{{{{Sid(number + 1 + i)}}}}","PrincipalType":"{{{{(i % 2 == 0 ? "Group" : "User")}}}}","RightName":"{{{{(i % 4) switch { 0 => "GenericAll", 1 => "WriteDacl", 2 => "Owns", _ => "AddMember" }}}}}","IsInherited":{{{{(i % 2 == 0 ? "true" : "false")}}}},"InheritanceHash":""}
        """));

    private static string User(int n) => $$$$"""
        {"AllowedToDelegate":[],"PrimaryGroupSID":"{{{{Domain}}}}-513","HasSIDHistory":[],"SPNTargets":[],"UnconstrainedDelegation":false,"DomainSID":"{{{{Domain}}}}","Properties":{"domain":"EXAMPLE.TEST","name":"USER{{{{n}}}}@EXAMPLE.TEST","distinguishedname":"CN=USER{{{{n}}}},OU=STAFF,DC=EXAMPLE,DC=TEST","domainsid":"{{{{Domain}}}}","samaccountname":"user{{{{n}}}}","isaclprotected":false,"description":null,"whencreated":1700000000,"sensitive":false,"dontreqpreauth":false,"passwordnotreqd":false,"unconstraineddelegation":false,"pwdneverexpires":false,"enabled":true,"trustedtoauth":false,"lastlogon":1730000000,"lastlogontimestamp":1730000000,"pwdlastset":1700000000,"serviceprincipalnames":[],"hasspn":false,"displayname":"User {{{{n}}}}","email":"user{{{{n}}}}@example.test","title":null,"homedirectory":null,"admincount":false,"sidhistory":[]},"Aces":[{{{{Aces(n)}}}}],"ObjectIdentifier":"{{{{Sid(n)}}}}","IsDeleted":false,"IsACLProtected":false,"ContainedBy":{"ObjectIdentifier":"{{{{Guid(n % 50)}}}}","ObjectType":"OU"}}
        """;

    private static string Group(int n) => $$$$"""
        {"Members":[{{{{string.Join(',', Enumerable.Range(0, 20).Select(i => $"{{\"ObjectIdentifier\":\"{Sid(n + i + 1)}\",\"ObjectType\":\"User\"}}"))}}}}],"HasSIDHistory":[],"Properties":{"domain":"EXAMPLE.TEST","name":"GROUP{{{{n}}}}@EXAMPLE.TEST","distinguishedname":"CN=GROUP{{{{n}}}},DC=EXAMPLE,DC=TEST","domainsid":"{{{{Domain}}}}","samaccountname":"group{{{{n}}}}","isaclprotected":false,"description":null,"whencreated":1700000000,"admincount":false},"Aces":[{{{{Aces(n)}}}}],"ObjectIdentifier":"{{{{Sid(n)}}}}","IsDeleted":false,"IsACLProtected":false,"ContainedBy":null}
        """;

    private static void Graph(TextWriter to, long bytes)
    {
        var nodes = (int)(bytes / 1200);
        to.Write("{\"metadata\":{\"source_kind\":\"GitHub\"},\"graph\":{\"nodes\":[");
        for (var n = 0; n < nodes; n++)
        {
            to.Write($$$$"""{{{{(n == 0 ? "" : ",")}}}}{"id":"{{{{Guid(n)}}}}","kinds":["{{{{(n % 4 == 0 ? "GHTeam" : "GHUser")}}}}","GitHub"],"properties":{"name":"node{{{{n}}}}","login":"node{{{{n}}}}","email":"node{{{{n}}}}@example.test","company":"Example","created_at":"2024-01-02T03:04:05Z","updated_at":"2024-05-02T03:04:05Z","site_admin":false,"organization_name":"example","node_id":"{{{{Guid(n)}}}}"}}""");
        }

        to.Write("],\"edges\":[");
        for (var e = 0; e < nodes * 4; e++)
        {
            to.Write($$$$"""{{{{(e == 0 ? "" : ",")}}}}{"start":{"value":"{{{{Guid(e % nodes)}}}}","match_by":"id"},"end":{"value":"{{{{Guid((int)((e * 7919L) % nodes))}}}}","match_by":"id"},"kind":"GHMemberOf","properties":{"traversable":true}}""");
        }

        to.Write("]}}");
    }

    private static string AzureUser(int n) => n % 3 == 2
        ? $$$$"""{"kind":"AZGroupMember","data":{"groupId":"{{{{Guid(0)}}}}","members":[{{{{string.Join(',', Enumerable.Range(0, 5).Select(i => $$$$"""{"groupId":"{{{{Guid(0)}}}}","member":{"@odata.type":"#microsoft.graph.user","id":"{{{{Guid(n + i)}}}}"}}"""))}}}}]}}"""
        : $$$$"""{"kind":"{{{{(n % 3 == 0 ? "AZGroup" : "AZUser")}}}}","data":{"id":"{{{{Guid(n)}}}}","accountEnabled":true,"createdDateTime":"2024-01-02T03:04:05Z","displayName":"User {{{{n}}}}","jobTitle":"Engineer","mail":"user{{{{n}}}}@example.test","onPremisesSecurityIdentifier":"","onPremisesSyncEnabled":false,"userPrincipalName":"user{{{{n}}}}@example.test","userType":"Member","securityEnabled":true,"tenantId":"{{{{Guid(1)}}}}","tenantName":"Example"}}""";

    private static string ScimUser(int n) => $$$$"""
        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"{{{{Guid(n)}}}}","externalId":"E{{{{n}}}}","userName":"user{{{{n}}}}@example.test","name":{"givenName":"User","familyName":"N{{{{n}}}}"},"displayName":"User {{{{n}}}}","emails":[{"value":"user{{{{n}}}}@example.test","type":"work","primary":true}],"active":true,"groups":[{"value":"{{{{Guid(900_000_000 + (n % 100))}}}}","display":"Group {{{{n % 100}}}}"}],"meta":{"resourceType":"User","created":"2024-01-02T03:04:05Z","lastModified":"2024-05-02T03:04:05Z"}}
        """;

    private static void Aws(TextWriter to, long bytes)
    {
        to.Write("{\"UserDetailList\":[");
        List(to, bytes / 2, "", "", static n => $$$$"""
            {"Path":"/","UserName":"user{{{{n}}}}","UserId":"AIDA{{{{n:D17}}}}","Arn":"arn:aws:iam::123456789012:user/user{{{{n}}}}","CreateDate":"2024-01-02T03:04:05Z","GroupList":["group{{{{n % 50}}}}"],"AttachedManagedPolicies":[],"Tags":[{"Key":"team","Value":"team{{{{n % 20}}}}"}],"UserPolicyList":[{"PolicyName":"own","PolicyDocument":{"Version":"2012-10-17","Statement":[{"Sid":"Read","Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::bucket{{{{n % 100}}}}","arn:aws:s3:::bucket{{{{n % 100}}}}/*"]}]}}]}
            """);
        to.Write("],\"GroupDetailList\":[");
        to.Write(string.Join(',', Enumerable.Range(0, 50).Select(n => $$$$"""{"Path":"/","GroupName":"group{{{{n}}}}","GroupId":"AGPA{{{{n:D17}}}}","Arn":"arn:aws:iam::123456789012:group/group{{{{n}}}}","CreateDate":"2024-01-02T03:04:05Z","GroupPolicyList":[],"AttachedManagedPolicies":[]}""")));
        to.Write("],\"RoleDetailList\":[");
        List(to, bytes / 2, "", "", static n => $$$$"""
            {"Path":"/","RoleName":"role{{{{n}}}}","RoleId":"AROA{{{{n:D17}}}}","Arn":"arn:aws:iam::123456789012:role/role{{{{n}}}}","CreateDate":"2024-01-02T03:04:05Z","AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]},"InstanceProfileList":[],"RolePolicyList":[],"AttachedManagedPolicies":[],"Tags":[]}
            """);
        to.Write("],\"Policies\":[]}");
    }
}
