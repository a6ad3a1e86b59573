using IdentityGraph.Collect;
using IdentityGraph.Sources;

namespace IdentityGraph.Tests.Sources;

/// <summary>
/// Where a list should stand stands something else: nobody knows what it was to hold, so the stream it belongs to is not whole, whoever
/// vouches for it.
/// </summary>
public sealed class EveryListOfASource
{
    private const string ScimUser = """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"1","userName":"mara","active":true,"meta":{"resourceType":"User","location":"https://idp.example/Users/1"}""";
    private const string SharpHound = """{"ObjectIdentifier":"S-1-5-21-1-2-3-1105","Properties":{"name":"MARA@LAB.TEST","domain":"LAB.TEST"}""";
    private const string AwsUser = """{"UserName":"mara","Arn":"arn:aws:iam::111122223333:user/mara","CreateDate":"2024-01-02T03:04:05Z"}""";
    private const string Application = """{"name":"crm","application_type":"crm","local_users":[{"id":"1","name":"mara"}]""";

    /// <summary>Format, file, stream that is whole with the list and without it is not, and the file with the list between bars.</summary>
    private static readonly (string Format, string File, string Stream, string Text)[] s_lists =
    [
        ("bloodhound", "20250602080000_users.json", "users", """{"data":|[{"ObjectIdentifier":"S-1-5-21-1-2-3-1105","Aces":[]}]|,"meta":{"methods":0,"type":"users","version":6}}"""),
        .. new[] { "Aces", "HasSIDHistory", "AllowedToDelegate", "SPNTargets", "ContainedBy\":null,\"Members", "Links", "ChildObjects" }.Select(list =>
            ("bloodhound", "20250602080000_users.json", "users", $$$$"""{"data":[{{{{SharpHound}}}},"{{{{list}}}}":|[]|}],"meta":{"methods":0,"type":"users","version":6}}""")),
        .. new[] { "LocalGroups", "UserRights", "DumpSMSAPassword", "AllowedToAct", "Sessions\":{\"Collected\":true,\"Results", "LocalGroups\":[{\"ObjectIdentifier\":\"S-1-5-32\",\"Collected\":true,\"Results" }.Select(list =>
            ("bloodhound", "20250602080000_computers.json", "computers", $$$$"""{"data":[{{{{SharpHound}}}},"{{{{list}}}}":|[]|{{{{(list.Contains('[', StringComparison.Ordinal) ? "}]" : list.Contains('{', StringComparison.Ordinal) ? "}" : "")}}}}}],"meta":{"methods":0,"type":"computers","version":6}}""")),
        ("bloodhound", "20250602080000_domains.json", "domains", $$$$"""{"data":[{{{{SharpHound}}}},"Trusts":|[]|}],"meta":{"methods":0,"type":"domains","version":6}}"""),
        ("opengraph", "graph.json", "opengraph", """{"graph":{"nodes":|[{"id":"1","kinds":["Robot"]},{"id":"2","kinds":["Robot"]}]|,"edges":[{"kind":"Waves","start":{"value":"1"},"end":{"value":"2"}}]}}"""),
        ("opengraph", "graph.json", "opengraph", """{"graph":{"nodes":[{"id":"1","kinds":["Robot"]}],"edges":|[]|}}"""),
        ("opengraph", "graph.json", "opengraph", """{"graph":{"nodes":[{"id":"1","kinds":|["Robot"]|},{"id":"2","kinds":["Robot"]}],"edges":[]}}"""),
        ("azurehound", "azure.json", "AZApp", """{"data":|[{"kind":"AZApp","data":{"appId":"a1","tenantId":"t1"}}]|,"meta":{"type":"azure"}}"""),
        .. new[] { "passwordCredentials", "keyCredentials", "federatedIdentityCredentials" }.Select(list =>
            ("azurehound", "azure.json", "AZApp", $$$$"""{"data":[{"kind":"AZApp","data":{"appId":"a1","tenantId":"t1","{{{{list}}}}":|[]|}}],"meta":{"type":"azure"}}""")),
        ("azurehound", "azure.json", "AZGroupMember", """{"data":[{"kind":"AZGroupMember","data":{"groupId":"g1","tenantId":"t1","members":|[]|}}],"meta":{"type":"azure"}}"""),
        ("azurehound", "azure.json", "AZAppOwner", """{"data":[{"kind":"AZAppOwner","data":{"appId":"a1","tenantId":"t1","owners":|[]|}}],"meta":{"type":"azure"}}"""),
        ("azurehound", "azure.json", "AZVMOwner", """{"data":[{"kind":"AZVMOwner","data":{"virtualMachineId":"/subscriptions/s/v","tenantId":"t1","owners":|[]|}}],"meta":{"type":"azure"}}"""),
        ("azurehound", "azure.json", "AZRoleAssignment", """{"data":[{"kind":"AZRoleAssignment","data":{"roleDefinitionId":"r1","tenantId":"t1","roleAssignments":|[]|}}],"meta":{"type":"azure"}}"""),
        ("azurehound", "azure.json", "AZKeyVaultAccessPolicy", """{"data":[{"kind":"AZKeyVaultAccessPolicy","data":{"keyVaultId":"/subscriptions/s/k","objectId":"o1","tenantId":"t1","permissions":{"secrets":|["get"]|}}}],"meta":{"type":"azure"}}"""),
        ("aws-iam", "authz.json", "users", $$$$"""{"IsTruncated":false,"UserDetailList":|[{{{{AwsUser}}}}]|,"GroupDetailList":[{"GroupName":"g","Arn":"arn:aws:iam::111122223333:group/g"}],"RoleDetailList":[],"Policies":[]}"""),
        .. new[] { ("GroupDetailList", "groups"), ("RoleDetailList", "roles"), ("Policies", "policies") }.Select(list =>
            ("aws-iam", "authz.json", list.Item2, $$$$"""{"IsTruncated":false,"UserDetailList":[{{{{AwsUser}}}}],"{{{{list.Item1}}}}":|[]|}""")),
        ("scim", "users.json", "Users", $$$$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":1,"Resources":|[{{{{ScimUser}}}}}]|}"""),
        ("scim", "pages.json", "Users", $$$$"""[{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"Resources":|[]|},{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":1,"Resources":[{{{{ScimUser}}}}}]}]"""),
        .. new[] { "groups", "roles", "entitlements" }.Select(list =>
            ("scim", "users.json", "Users", $$$$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":1,"Resources":[{{{{ScimUser}}}},"{{{{list}}}}":|[]|}]}""")),
        ("n8n", "flows.json", "workflows", """{"data":|[{"id":"7","name":"pay","active":true,"nodes":[{"id":"a","name":"set","type":"n8n-nodes-base.set","parameters":{}}],"connections":{}}]|}"""),
        ("n8n", "flow.json", "workflows", """[{"id":"7","name":"pay","active":true,"nodes":|[]|,"connections":{}},{"id":"8","nodes":[{"id":"a","name":"set","type":"n8n-nodes-base.set"}]}]"""),
        ("n8n", "flow.json", "workflows", """[{"id":"7","name":"pay","active":true,"nodes":[{"id":"a","name":"set","type":"n8n-nodes-base.set"}],"connections":{"set":{"main":|[]|}}}]"""),
        ("oaa", "crm.json", "users", $$$$"""{"name":"crm","permissions":[{"name":"edit"}],"applications":|[{{{{Application}}}}}]|}"""),
        .. new[] { "permissions", "identity_to_permissions" }.Select(list =>
            ("oaa", "crm.json", "users", $$$$"""{"applications":[{{{{Application}}}}}],"{{{{list}}}}":|[]|}""")),
        .. new[] { ("local_users", "applications"), ("local_groups", "applications"), ("local_roles", "applications"), ("local_access_creds", "applications"), ("resources", "applications"), ("owners", "applications") }.Select(list =>
            ("oaa", "crm.json", list.Item2, $$$$"""{"applications":[{"name":"crm","application_type":"crm","{{{{list.Item1}}}}":|[]|}],"permissions":[],"identity_to_permissions":[]}""")),
        .. new[] { ("application_permissions", "identity_to_permissions"), ("role_assignments", "identity_to_permissions") }.Select(list =>
            ("oaa", "crm.json", list.Item2, $$$$"""{"applications":[{{{{Application}}}}}],"permissions":[],"identity_to_permissions":[{"identity":"1","identity_type":"local_user","{{{{list.Item1}}}}":|[]|}]}""")),
        .. new[] { ("permissions", "permission_type"), ("permissions", "resource_types") }.Select(list =>
            ("oaa", "crm.json", list.Item1, $$$$"""{"applications":[{{{{Application}}}}}],"permissions":[{"name":"edit","{{{{list.Item2}}}}":|[]|}],"identity_to_permissions":[]}""")),
        ("oaa", "idp.json", "users", """{"name":"idp","idp_type":"ldap","domains":[{"name":"d"}],"users":[{"name":"mara","identity":"1","groups":|[]|}],"groups":[]}"""),
        ("oaa", "hr.json", "employees", """{"name":"hr","hris_type":"workday","employees":[{"id":"1","managers":|[]|,"groups":[]}],"groups":[]}"""),
        ("github-workflows", "deploy.yml", "workflows", "on: push\njobs:\n  deploy:\n    runs-on: linux\n    steps: |[{run: ls}]|\n"),
        ("governance", "owners.yaml", "owners", "complete: [owners]\nowners: |[{asset: \"okta:app/1\", ownerText: Mara}]|\n"),
    ];

    public static TheoryData<int> Lists() => [.. Enumerable.Range(0, s_lists.Length)];

    [Theory]
    [MemberData(nameof(Lists))]
    public void Is_whole_where_it_is_a_list_and_never_where_it_is_none(int number)
    {
        var (format, file, stream, text) = s_lists[number];
        var parts = text.Split('|');
        Assert.Contains(stream, Read(format, file, stream, string.Concat(parts)).Whole);

        foreach (var odd in (string[])["{}", """{"a":{"b":1}}""", "\"x\"", "null", "7", "false"])
        {
            // The standard has null and an empty list say the same of an attribute: it is unassigned.
            if ((format, odd) is ("scim", "null") && text.Contains(",\"Resources\":[{", StringComparison.Ordinal) && !text.Contains("Resources\":|", StringComparison.Ordinal))
            {
                continue;
            }

            // A person who writes `complete` and leaves the section empty says that there is none.
            if ((format, odd) is ("governance", "null"))
            {
                continue;
            }

            try
            {
                var (whole, rejects) = Read(format, file, stream, parts[0] + odd + parts[2]);
                Assert.False(whole.Contains(stream), $"{format}: {parts[0]}{odd}{parts[2]}");
                Assert.All(rejects, reject => Assert.True(reject.Length > 10));
            }
            catch (RefusedInputException refused)
            {
                Assert.NotEmpty(refused.Message);
            }
        }
    }

    /// <summary>A member in other letters is none that the format has.</summary>
    [Theory]
    [InlineData("scim", "Users", """{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"resources":[{"id":"1"}]}""")]
    [InlineData("oaa", "users", """{"applications":[{"name":"crm","application_type":"crm","local_users":[{"id":"1"}]}],"Permissions":[]}""")]
    [InlineData("azurehound", "AZUser", """{"Data":[{"kind":"AZUser"}],"data":[{"kind":"AZUser","data":{"id":"u1","tenantId":"t1"}}],"meta":{"type":"azure"}}""")]
    [InlineData("n8n", "workflows", """{"data":[{"id":"8","nodes":[{"id":"a","name":"set","type":"n8n-nodes-base.set"}]}],"DATA":[]}""")]
    [InlineData("aws-iam", "users", """{"IsTruncated":false,"userDetailList":[{"UserName":"dave","Arn":"arn:aws:iam::111122223333:user/dave"}],"UserDetailList":[{"UserName":"mara","Arn":"arn:aws:iam::111122223333:user/mara"}]}""")]
    public void In_other_letters_it_is_refused_with_the_right_ones(string format, string stream, string text)
    {
        var (whole, rejects) = Read(format, "file.json", stream, text);

        Assert.DoesNotContain(stream, whole);
        Assert.Contains("in these letters", Assert.Single(rejects));
    }

    private static (string[] Whole, string[] Rejects) Read(string format, string file, string stream, string text)
    {
        using var story = new FileStory(FileFormats.Find(format)!);
        story.Read(new ImportRequest { Path = story.Write(file, text), CollectedAt = FileStory.Day, Complete = [stream], Tenant = format == "github-workflows" ? "acme/pay" : null });
        return ([.. story.Whole], [.. story.Rejects]);
    }
}
