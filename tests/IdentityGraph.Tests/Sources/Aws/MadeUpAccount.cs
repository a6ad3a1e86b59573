using System.Text;
using IdentityGraph.Collect;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>A made-up account in the shape of `aws iam get-account-authorization-details`.</summary>
internal sealed class MadeUpAccount(string account = "111122223333")
{
    private readonly List<string> _users = [];
    private readonly List<string> _groups = [];
    private readonly List<string> _roles = [];
    private readonly List<string> _policies = [];
    private string _more = "";

    /// <param name="name">Also the last part of its ARN.</param>
    /// <param name="allows">Statements of an inline policy `p`; "": none.</param>
    /// <param name="more">Other members, each with a comma before it.</param>
    public MadeUpAccount User(string name, string allows = "", string more = "")
    {
        _users.Add($$"""{"UserName":"{{name}}","UserId":"AIDA{{name}}","Arn":"arn:aws:iam::{{account}}:user/{{name}}","CreateDate":"2024-01-02T03:04:05+00:00","UserPolicyList":{{Inline(allows)}},"AttachedManagedPolicies":[]{{more}}}""");
        return this;
    }

    public MadeUpAccount Group(string name, string allows)
    {
        _groups.Add($$"""{"GroupName":"{{name}}","Arn":"arn:aws:iam::{{account}}:group/{{name}}","GroupPolicyList":{{Inline(allows)}},"AttachedManagedPolicies":[]}""");
        return this;
    }

    /// <param name="name">Also the last part of its ARN.</param>
    /// <param name="trusts">The Principal of its trust.</param>
    /// <param name="allows">Statements of an inline policy `p`; "": none.</param>
    /// <param name="condition">A member of the trust's statement, with a comma before it.</param>
    /// <param name="more">Other members, each with a comma before it.</param>
    public MadeUpAccount Role(string name, string trusts, string allows = "", string condition = "", string more = "")
    {
        _roles.Add($$"""{"RoleName":"{{name}}","Arn":"arn:aws:iam::{{account}}:role/{{name}}","AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{{trusts}},"Action":"sts:AssumeRole"{{condition}}}]},"RolePolicyList":{{Inline(allows)}},"AttachedManagedPolicies":[]{{more}}}""");
        return this;
    }

    public MadeUpAccount Policy(string name, string allows, int versions = 1)
    {
        var older = string.Concat(Enumerable.Range(0, versions - 1).Select(number => $$""",{"VersionId":"v{{number + 1}}","IsDefaultVersion":false,"Document":{"Statement":[]} }"""));
        _policies.Add($$"""{"PolicyName":"{{name}}","Arn":"arn:aws:iam::{{account}}:policy/{{name}}","DefaultVersionId":"v{{versions}}","PolicyVersionList":[{"VersionId":"v{{versions}}","IsDefaultVersion":true,"Document":{{Document(allows)}}}{{older}}]}""");
        return this;
    }

    /// <summary>Service control policies, one level each.</summary>
    public MadeUpAccount Under(params string[] levels)
    {
        _more = $$""","ServiceControlPolicies":[{{string.Join(',', levels.Select(statements => $$"""{"TargetId":"r-1","Policies":[{"Name":"guard","Content":{{Document(statements)}}}]}"""))}}]""";
        return this;
    }

    public static string Allow(string actions, string resources = "*", string more = "") => $$"""{"Effect":"Allow","Action":[{{Quoted(actions)}}],"Resource":[{{Quoted(resources)}}]{{more}}}""";

    public static string Deny(string actions, string resources = "*", string more = "") => $$"""{"Effect":"Deny","Action":[{{Quoted(actions)}}],"Resource":[{{Quoted(resources)}}]{{more}}}""";

    public static string Service(string name) => $$"""{"Service":"{{name}}.amazonaws.com"}""";

    public override string ToString() =>
        $$"""{"UserDetailList":[{{string.Join(',', _users)}}],"GroupDetailList":[{{string.Join(',', _groups)}}],"RoleDetailList":[{{string.Join(',', _roles)}}],"Policies":[{{string.Join(',', _policies)}}]{{_more}}}""";

    public AwsImport Import() => AwsImport.OfText(ToString());

    public ImportRequest Request() => new() { Path = "-", StandardInput = new MemoryStream(Encoding.UTF8.GetBytes(ToString())), CollectedAt = AwsImport.Collected };

    private static string Inline(string statements) => statements.Length == 0 ? "[]" : $$"""[{"PolicyName":"p","PolicyDocument":{{Document(statements)}}}]""";

    private static string Document(string statements) => $$"""{"Version":"2012-10-17","Statement":[{{statements}}]}""";

    private static string Quoted(string words) => string.Join(',', words.Split(' ').Select(word => $"\"{word}\""));
}
