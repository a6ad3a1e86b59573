using System.Text.RegularExpressions;

namespace IdentityGraph.Tests.Sources;

/// <summary>Files of every format, in which any word may be a secret.</summary>
internal static partial class PlantedSecrets
{
    private const string Key = "Zk3mQ9xT7vB2nL5cR8wY1pD4sF6hJ0aEu2XoP7qW";

    /// <summary>Shorter parts of one say nothing by themselves.</summary>
    private const int ShortestPart = 36;

    public static IReadOnlyList<string> All { get; } =
    [
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwbGFudGVkLXRva2VuLW9mLWEtdGVzdCJ9.TIXdbzen52wJ0FD2bc1h8laOKyY12L9U5X46jO2BPM4",
        "ghp_Zk3mQ9xT7vB2nL5cR8wY1pD4sF6hJ0aEu2Xo",
        Key,
        "AKIAQ3EGRTUVZXW2K5LM:" + Key,
    ];

    /// <summary>Files that say more than the smallest ones do.</summary>
    public static IReadOnlyList<SourceSample> Larger { get; } =
    [
        new("azurehound", "azure.json", """
            {"data":[{"kind":"AZTenant","data":{"id":"/tenants/t1","tenantId":"t1","displayName":"T"}},{"kind":"AZUser","data":{"id":"u1","displayName":"u","tenantId":"t1","userPrincipalName":"u@x.example","onPremisesSecurityIdentifier":"S-1-5-21-1-2-3-4"}},
            {"kind":"AZGroup","data":{"id":"g1","displayName":"g","tenantId":"t1","membershipRule":"r"}},{"kind":"AZGroupMember","data":{"groupId":"g1","members":[{"groupId":"g1","member":{"@odata.type":"#microsoft.graph.user","id":"u1"}}]}},
            {"kind":"AZRole","data":{"id":"r1","templateId":"r1","displayName":"R","tenantId":"t1"}},{"kind":"AZRoleAssignment","data":{"roleDefinitionId":"r1","tenantId":"t1","roleAssignments":[{"id":"x","roleDefinitionId":"r1","principalId":"g1","directoryScopeId":"/administrativeUnits/n1"}]}},
            {"kind":"AZApp","data":{"id":"o1","appId":"a1","displayName":"app","tenantId":"t1","passwordCredentials":[{"keyId":"k1","displayName":"n"}]}},{"kind":"AZServicePrincipal","data":{"id":"s1","appId":"a1","displayName":"app","servicePrincipalType":"Application","tenantId":"t1","appOwnerOrganizationId":"t2"}},
            {"kind":"AZDevice","data":{"id":"d1","displayName":"d","tenantId":"t1"}},{"kind":"AZVM","data":{"id":"v1","name":"vm","tenantId":"t1"}},{"kind":"AZAppOwner","data":{"appId":"a1","owners":[{"appId":"a1","owner":{"@odata.type":"#microsoft.graph.user","id":"u1"}}]}}],"meta":{"type":"azure"}}
            """),
        new("scim", "users.json", """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":2,"Resources":[{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"1","externalId":"e","userName":"u","active":"true","emails":[{"value":"a@x.example"}],"roles":[{"value":"adm","display":"A"}],
            "groups":[{"value":"g"}],"meta":{"resourceType":"User","location":"https://host.example/v2/Users/1"}},{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"id":"g","displayName":"G","members":[{"value":"1"}]}]}
            """),
        new("oaa", "idp.json", """
            {"name":"Corp","idp_type":"custom","domains":[{"name":"d"}],"users":[{"name":"bob","identity":"1","email":"b@x.example","groups":[{"identity":"g1"}],"assumed_role_arns":[{"identity":"arn:aws:iam::123456789012:role/r"}]}],"groups":[{"name":"Ops","identity":"g1","groups":[{"identity":"g2"}],"assumed_role_arns":[]}]}
            """),
        new("n8n", "flow.json", """
            {"id":"7","name":"pay","active":true,"nodes":[{"id":"a","name":"in","type":"acme-nodes.webhook","credentials":{"acmeApi":{"id":"c1","name":"key"}},"parameters":{"path":"p"}},{"id":"b","name":"go","type":"n8n-nodes-base.executeWorkflow","parameters":{"workflowId":"8"}}],"connections":{"in":{"main":[[{"node":"go","type":"main"}]]}},"shared":[{"role":"workflow:owner","projectId":"p1","project":{"name":"P"}}]}
            """),
        new("bloodhound", "20250602080000_groups.json", """
            {"data":[{"ObjectIdentifier":"S-1-5-21-1-2-3-1106","Properties":{"name":"OPS","domain":"LAB.TEST","domainsid":"S-1-5-21-1-2-3"},"Members":[{"ObjectIdentifier":"S-1-5-21-1-2-3-1105","ObjectType":"User"}],"Aces":[{"RightName":"GenericAll","PrincipalSID":"S-1-5-21-1-2-3-500","PrincipalType":"User","IsInherited":false}]}],"meta":{"methods":0,"type":"groups","count":1,"version":6}}
            """),
        new("aws-iam", "authorization-details.json", """
            {"UserDetailList":[{"Path":"/dev/","UserName":"u1","UserId":"AIDA1","Arn":"arn:aws:iam::111122223333:user/dev/u1","CreateDate":"2024-01-02T03:04:05Z","GroupList":["g1"],"Tags":[{"Key":"team","Value":"pay"}],
            "UserPolicyList":[{"PolicyName":"p1","PolicyDocument":{"Version":"2012-10-17","Statement":[{"Sid":"s1","Effect":"Allow","Action":["iam:CreateAccessKey","s3:Get*","newservice:Frob"],"NotResource":["arn:aws:iam::111122223333:user/other"],"Condition":{"StringEquals":{"aws:PrincipalTag/team":"pay","aws:SourceVpc":"vpc-1"}}},{"Sid":"s2","Effect":"Perhaps"}]}}],
            "AttachedManagedPolicies":[{"PolicyName":"p2","PolicyArn":"arn:aws:iam::111122223333:policy/p2"},{"PolicyName":"gone","PolicyArn":"arn:aws:iam::111122223333:policy/gone"}],"PermissionsBoundary":{"PermissionsBoundaryType":"Policy","PermissionsBoundaryArn":"arn:aws:iam::111122223333:policy/p2"}}],
            "GroupDetailList":[{"GroupName":"g1","GroupId":"AGPA1","Arn":"arn:aws:iam::111122223333:group/g1","GroupPolicyList":[{"PolicyName":"p3","PolicyDocument":{"Statement":{"Effect":"Deny","NotAction":"iam:PassRole","Resource":"arn:aws:s3:::ledger/${aws:username}/*"}}}],"AttachedManagedPolicies":[]}],
            "RoleDetailList":[{"RoleName":"r1","RoleId":"AROA1","Arn":"arn:aws:iam::111122223333:role/r1","AssumeRolePolicyDocument":{"Statement":[{"Sid":"t1","Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111122223333:user/dev/u1","AIDA2","arn:aws:iam::444455556666:role/far"],"Service":"ec2.amazonaws.com","Federated":"cognito-identity.amazonaws.com"},"Action":["sts:AssumeRole","sts:AssumeRoleWithWebIdentity"],"Condition":{"StringLike":{"sts:ExternalId":"x1"}}}]},
            "InstanceProfileList":[{"InstanceProfileName":"i1","Arn":"arn:aws:iam::111122223333:instance-profile/i1"}],"RolePolicyList":[],"AttachedManagedPolicies":[],"RoleLastUsed":{"LastUsedDate":"2025-01-02T03:04:05Z","Region":"eu-west-1"}},
            {"RoleName":"r2","Arn":"arn:aws:iam::111122223333:role/r2","AssumeRolePolicyDocument":{"Statement":[{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringLike":{"token.actions.githubusercontent.com:sub":"repo:acme/app:ref"}}}]},"RolePolicyList":[{"PolicyName":"p4","PolicyDocument":{"Statement":[{"Effect":"Allow","Action":"iam:PassRole","Resource":"*"},{"Effect":"Allow","Action":"macie2:CreateClassificationJob","Resource":"*"}]}}],"AttachedManagedPolicies":[]}],
            "Policies":[{"PolicyName":"p2","Arn":"arn:aws:iam::111122223333:policy/p2","DefaultVersionId":"v1","PolicyVersionList":[{"VersionId":"v1","IsDefaultVersion":true,"Document":"%7B%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22iam%3AGet%2A%22%2C%22Resource%22%3A%22%2A%22%7D%7D"}]}],
            "ServiceControlPolicies":[{"TargetId":"r-1","AccountId":"111122223333","Policies":[{"Name":"guard","Content":{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}}]}]}
            """),
        new("graphml", "graph.graphml", """
            <graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="k" for="node" attr.name="kind" attr.type="string"/><key id="n" for="all" attr.name="name" attr.type="string"/><key id="e" for="edge" attr.name="kind" attr.type="string"><default>MEMBER_OF</default></key>
            <graph id="g" edgedefault="directed"><node id="n1"><data key="k">Account</data><data key="n">kim</data></node><node id="n2"><data key="k">Group</data></node><edge id="e1" source="n1" target="n2"><data key="e">MEMBER_OF</data><data key="n">member</data></edge></graph></graphml>
            """),
        new("governance", "governance.yaml", """
            owners:
              - { asset: "okta:app/1", owner: "okta:user/1", role: accountable }
              - { asset: "okta:app/2", ownerText: "platform team" }
            tiers:
              - { asset: "okta:app/1", tier: 0 }
            """),
    ];

    /// <summary>The smallest file of each format, and the larger ones.</summary>
    public static IReadOnlyList<SourceSample> Samples { get; } = [.. SourceSamples.All.Select(sample => sample with { Text = sample.Text.Replace("#", "mara", StringComparison.Ordinal) }), .. Larger];

    /// <summary>The sample with a secret in the place of each word, and of the end of each word that has a slash.</summary>
    public static IEnumerable<(string Text, string Secret, string Place)> In(SourceSample sample)
    {
        var number = 0;
        foreach (Match word in Word().Matches(sample.Text))
        {
            var slash = word.Value.LastIndexOf('/');
            foreach (var from in slash < 0 ? [0] : new[] { 0, slash + 1 })
            {
                var secret = All[number++ % All.Count];
                yield return (sample.Text[..(word.Index + from)] + secret + sample.Text[(word.Index + word.Length)..], secret, $"{word.Value} at {word.Index + from}");
            }
        }
    }

    /// <summary>Where an id is encoded, the token stands apart from what is around it.</summary>
    public static IEnumerable<string> PartsOf(string secret) => secret.Split(':', '.').Where(part => part.Length >= ShortestPart);

    [GeneratedRegex("[A-Za-z][^\\s\",:;{}\\[\\]<>=]*")]
    private static partial Regex Word();
}
