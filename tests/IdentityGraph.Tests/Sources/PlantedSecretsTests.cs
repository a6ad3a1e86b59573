using System.Text.RegularExpressions;
using IdentityGraph.Collect;
using IdentityGraph.Sources;

namespace IdentityGraph.Tests.Sources;

/// <summary>A secret in the place of any word of a file gets nowhere: neither as it is, nor in other letters, in which nobody would know it again.</summary>
public sealed partial class PlantedSecretsTests
{
    private const string Key = "Zk3mQ9xT7vB2nL5cR8wY1pD4sF6hJ0aEu2XoP7qW";

    private static readonly string[] s_secrets =
    [
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwbGFudGVkLXRva2VuLW9mLWEtdGVzdCJ9.TIXdbzen52wJ0FD2bc1h8laOKyY12L9U5X46jO2BPM4",
        "ghp_Zk3mQ9xT7vB2nL5cR8wY1pD4sF6hJ0aEu2Xo",
        Key,
        "AKIAQ3EGRTUVZXW2K5LM:" + Key,
    ];

    /// <summary>Files that say more than the smallest ones do.</summary>
    private static readonly (string Format, string File, string Text)[] s_larger =
    [
        ("azurehound", "azure.json", """
            {"data":[{"kind":"AZTenant","data":{"id":"/tenants/t1","tenantId":"t1","displayName":"T"}},{"kind":"AZUser","data":{"id":"u1","displayName":"u","tenantId":"t1","userPrincipalName":"u@x.example","onPremisesSecurityIdentifier":"S-1-5-21-1-2-3-4"}},
            {"kind":"AZGroup","data":{"id":"g1","displayName":"g","tenantId":"t1","membershipRule":"r"}},{"kind":"AZGroupMember","data":{"groupId":"g1","members":[{"groupId":"g1","member":{"@odata.type":"#microsoft.graph.user","id":"u1"}}]}},
            {"kind":"AZRole","data":{"id":"r1","templateId":"r1","displayName":"R","tenantId":"t1"}},{"kind":"AZRoleAssignment","data":{"roleDefinitionId":"r1","tenantId":"t1","roleAssignments":[{"id":"x","roleDefinitionId":"r1","principalId":"g1","directoryScopeId":"/administrativeUnits/n1"}]}},
            {"kind":"AZApp","data":{"id":"o1","appId":"a1","displayName":"app","tenantId":"t1","passwordCredentials":[{"keyId":"k1","displayName":"n"}]}},{"kind":"AZServicePrincipal","data":{"id":"s1","appId":"a1","displayName":"app","servicePrincipalType":"Application","tenantId":"t1","appOwnerOrganizationId":"t2"}},
            {"kind":"AZDevice","data":{"id":"d1","displayName":"d","tenantId":"t1"}},{"kind":"AZVM","data":{"id":"v1","name":"vm","tenantId":"t1"}},{"kind":"AZAppOwner","data":{"appId":"a1","owners":[{"appId":"a1","owner":{"@odata.type":"#microsoft.graph.user","id":"u1"}}]}}],"meta":{"type":"azure"}}
            """),
        ("scim", "users.json", """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":2,"Resources":[{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"1","externalId":"e","userName":"u","active":"true","emails":[{"value":"a@x.example"}],"roles":[{"value":"adm","display":"A"}],
            "groups":[{"value":"g"}],"meta":{"resourceType":"User","location":"https://host.example/v2/Users/1"}},{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"id":"g","displayName":"G","members":[{"value":"1"}]}]}
            """),
        ("oaa", "idp.json", """
            {"name":"Corp","idp_type":"custom","domains":[{"name":"d"}],"users":[{"name":"bob","identity":"1","email":"b@x.example","groups":[{"identity":"g1"}],"assumed_role_arns":[{"identity":"arn:aws:iam::123456789012:role/r"}]}],"groups":[{"name":"Ops","identity":"g1","groups":[{"identity":"g2"}],"assumed_role_arns":[]}]}
            """),
        ("n8n", "flow.json", """
            {"id":"7","name":"pay","active":true,"nodes":[{"id":"a","name":"in","type":"acme-nodes.webhook","credentials":{"acmeApi":{"id":"c1","name":"key"}},"parameters":{"path":"p"}},{"id":"b","name":"go","type":"n8n-nodes-base.executeWorkflow","parameters":{"workflowId":"8"}}],"connections":{"in":{"main":[[{"node":"go","type":"main"}]]}},"shared":[{"role":"workflow:owner","projectId":"p1","project":{"name":"P"}}]}
            """),
        ("bloodhound", "20250602080000_groups.json", """
            {"data":[{"ObjectIdentifier":"S-1-5-21-1-2-3-1106","Properties":{"name":"OPS","domain":"LAB.TEST","domainsid":"S-1-5-21-1-2-3"},"Members":[{"ObjectIdentifier":"S-1-5-21-1-2-3-1105","ObjectType":"User"}],"Aces":[{"RightName":"GenericAll","PrincipalSID":"S-1-5-21-1-2-3-500","PrincipalType":"User","IsInherited":false}]}],"meta":{"methods":0,"type":"groups","count":1,"version":6}}
            """),
    ];

    /// <summary>Where every word is a name that a refusal quotes, or a part of a policy, planting is tested beside the format.</summary>
    private static readonly string[] s_beside = ["graphml", "governance", "aws-iam"];

    public static TheoryData<int> Files() =>
        [.. Enumerable.Range(0, SourceSamples.All.Count + s_larger.Length).Where(number => number >= SourceSamples.All.Count || !s_beside.Contains(SourceSamples.All[number].Format))];

    [Theory]
    [MemberData(nameof(Files))]
    public void In_the_place_of_any_word_it_gets_nowhere_in_any_letters(int number)
    {
        var small = number < SourceSamples.All.Count ? SourceSamples.All[number] : null;
        var (format, file, text) = small is not null ? (small.Format, small.File, small.Text.Replace("#", "mara", StringComparison.Ordinal)) : s_larger[number - SourceSamples.All.Count];
        var taken = 0;
        foreach (var (word, index) in Word().Matches(text).Select((word, index) => (word, index)))
        {
            var secret = s_secrets[index % s_secrets.Length];
            taken += Read(format, file, text[..word.Index] + secret + text[(word.Index + word.Length)..], small?.Tenant, secret, word.Value) ? 1 : 0;
        }

        Assert.True(taken > 0, "nothing was read with a secret in it");
    }

    [Theory]
    [MemberData(nameof(Tenants))]
    public void A_tenant_that_is_one_is_left_out_and_the_object_is_kept(string secret)
    {
        var text = s_larger[0].Text.Replace("\"tenantId\":\"t1\"", $"\"tenantId\":\"{secret}\"", StringComparison.Ordinal);

        Assert.True(Read("azurehound", "azure.json", text, null, secret, "tenantId"));
        using var story = new FileStory(FileFormats.Find("azurehound")!);
        Assert.Equal("", story.Read("azure.json", text).Runs.Single().Header.Tenant);
        Assert.Contains("azure:object/u1", story.Nodes("Account"));
        Assert.Contains(story.Rejects, reject => reject.Contains("tenantId", StringComparison.Ordinal));
    }

    public static TheoryData<string> Tenants() => [.. s_secrets];

    private static bool Read(string format, string file, string text, string? tenant, string secret, string place)
    {
        using var story = new FileStory(FileFormats.Find(format)!);
        var said = "";
        try
        {
            story.Read(new ImportRequest { Path = story.Write(file, text), Tenant = tenant, CollectedAt = FileStory.Day });
        }
        catch (RefusedInputException refused)
        {
            said = refused.Message;
        }

        var kept = string.Join('\n', story.All.OfType<Observation>().SelectMany(observation => observation.Unrecognised).Select(pair => pair.Key + pair.Value));
        foreach (var all in (string[])[said, kept, story.Everything()])
        {
            // Where an id is encoded, the token stands apart from what is around it.
            foreach (var part in secret.Split(':', '.').Where(part => part.Length >= 36))
            {
                Assert.False(all.Contains(part, StringComparison.OrdinalIgnoreCase), $"{format}: in the place of `{place}`");
            }
        }

        return said.Length == 0;
    }

    [GeneratedRegex("[A-Za-z][^\\s\",:;{}\\[\\]<>=]*")]
    private static partial Regex Word();
}
