namespace IdentityGraph.Tests.Sources;

/// <summary>The smallest file of a format that says something, with `#` where a name stands.</summary>
/// <param name="Format">What `--from` calls the format.</param>
/// <param name="File">Name it is written under.</param>
/// <param name="Text">Its content.</param>
/// <param name="Tenant">What the format must be told besides; null: nothing.</param>
/// <param name="StatesTime">Whether the file itself says when it was collected, and is believed.</param>
internal sealed record SourceSample(string Format, string File, string Text, string? Tenant = null, bool StatesTime = false);

internal static class SourceSamples
{
    public static IReadOnlyList<SourceSample> All { get; } =
    [
        new("ndjson", "facts.ndjson", """
            {"idgraph":1,"source":"okta","startedAt":"2025-06-02T08:00:00Z"}
            {"node":"okta:user/1","kind":"Account","props":{"name":"#"}}
            {"node":"okta:user/2","kind":"Account","props":{"name":"kim"}}
            """, StatesTime: true),
        new("bloodhound", "20250602080000_users.json", """{"data":[{"ObjectIdentifier":"S-1-5-21-1-2-3-1105","Properties":{"name":"#","domain":"LAB.TEST","enabled":true},"Aces":[]}],"meta":{"methods":0,"type":"users","count":1,"version":6}}"""),
        new("opengraph", "graph.json", """{"graph":{"nodes":[{"id":"1","kinds":["MSSQL_Login"],"properties":{"name":"#","disabled":false}},{"id":"2","kinds":["Robot"]}],"edges":[{"kind":"Waves","start":{"value":"1"},"end":{"value":"2"}}]}}"""),
        new("graphml", "graph.graphml", """<graphml><key id="k" attr.name="kind"/><key id="n" attr.name="name"/><graph edgedefault="directed"><node id="1"><data key="k">Account</data><data key="n">#</data></node></graph></graphml>"""),
        new("hr-csv", "people.csv", "Employee ID,Name,Start Date,Status\n17,#,2024-01-10,Active\n"),
        new("governance", "owners.yaml", "owners:\n  - { asset: okta:app/1, ownerText: \"#\" }\n"),
        new("azurehound", "azure.json", """{"data":[{"kind":"AZUser","data":{"id":"6b29fc40-ca47-1067-b31d-00dd010662da","userPrincipalName":"#","accountEnabled":true,"tenantId":"7c9e6679-7425-40de-944b-e07fc1f90ae7"}}],"meta":{"type":"azure"}}"""),
        new("aws-iam", "authorization-details.json", """{"UserDetailList":[{"UserName":"#","Arn":"arn:aws:iam::111122223333:user/u1","CreateDate":"2024-01-02T03:04:05Z","UserPolicyList":[{"PolicyName":"#","PolicyDocument":{"Version":"2012-10-17","Statement":[{"Sid":"#","Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::#"}]}}]}],"GroupDetailList":[],"RoleDetailList":[],"Policies":[]}"""),
        new("aws-credential-report", "credential-report.csv", "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,mfa_active,access_key_1_active,access_key_1_last_rotated\n#,arn:aws:iam::111122223333:user/#,2024-01-02T03:04:05+00:00,true,no_information,2024-01-02T03:04:05+00:00,false,true,2024-02-02T03:04:05+00:00\n"),
        new("scim", "users.json", """{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":1,"Resources":[{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"1","userName":"#","externalId":"#","active":true}]}"""),
        new("github-workflows", "deploy.yml", "name: \"#\"\non: push\njobs:\n  deploy:\n    runs-on: \"#\"\n    steps:\n      - name: \"#\"\n        run: \"echo #\"\n", Tenant: "acme/pay"),
        new("n8n", "flow.json", """{"id":"7","name":"#","active":true,"nodes":[{"id":"a","name":"#","type":"n8n-nodes-base.set","parameters":{"value":"#"}}],"connections":{}}"""),
        new("oaa", "crm.json", """{"applications":[{"name":"crm","application_type":"crm","local_users":[{"id":"1","name":"#","is_active":true}]}],"permissions":[],"identity_to_permissions":[]}"""),
    ];
}
