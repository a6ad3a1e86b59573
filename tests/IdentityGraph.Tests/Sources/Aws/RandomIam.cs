using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>A request and the policies that decide it.</summary>
public sealed record IamCase(IamPolicies Policies, IamRequest Request)
{
    public override string ToString() => string.Join('\n',
    [
        $"{Request.Principal} {Request.Action} {Request.Resource} {{{string.Join(", ", Request.Context.Select(pair => $"{pair.Key}={pair.Value}"))}}}",
        .. Policies.Identity.Select(text => $"identity {text}"),
        $"boundary {Policies.Boundary ?? "none"}",
        .. Policies.ServiceControl.SelectMany((level, at) => level.Select(text => $"control {at} {text}")),
        $"trust {Policies.Trust ?? "none"}",
    ]);
}

/// <summary>Random policies over few words, so that matches, denials, exceptions and wildcards meet often.</summary>
internal static class RandomIam
{
    private const string Home = "111111111111";
    private const string Away = "222222222222";
    private const string Full = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";

    private static readonly string[] s_callers =
    [
        $"arn:aws:iam::{Home}:user/alice", $"arn:aws:iam::{Home}:user/staff/bob", $"arn:aws:iam::{Home}:role/dev",
        $"arn:aws:sts::{Home}:assumed-role/dev/one", $"arn:aws:iam::{Away}:user/eve", $"arn:aws:iam::{Away}:role/ops",
    ];

    private static readonly (string Action, string[] Resources)[] s_requests =
    [
        ("iam:CreateAccessKey", [$"arn:aws:iam::{Home}:user/alice", $"arn:aws:iam::{Home}:user/staff/bob"]),
        ("iam:PassRole", [$"arn:aws:iam::{Home}:role/app", $"arn:aws:iam::{Away}:role/ops"]),
        ("iam:ListUsers", ["*"]),
        ("lambda:UpdateFunctionCode", [$"arn:aws:lambda:eu-west-1:{Home}:function:pay", $"arn:aws:lambda:us-east-1:{Home}:function:pay:live"]),
        ("s3:GetObject", ["arn:aws:s3:::ledger/2026/alice", "arn:aws:s3:::Ledger/2026/bob"]),
    ];

    private static readonly string[] s_actions =
    [
        "*", "iam:*", "IAM:createaccesskey", "iam:CreateAccessKey", "iam:Create*", "iam:?assRole", "iam:PassRole", "iam:List*", "lambda:*", "lambda:Update*Code",
        "s3:Get*", "S3:GETOBJECT", "s3:PutObject", "sts:AssumeRole", "sts:Assume*", "sts:*", "sts:TagSession", "iam:CreateUser",
    ];

    private static readonly string[] s_resources =
    [
        "*", $"arn:aws:iam::{Home}:user/alice", $"arn:aws:iam::{Home}:user/*", $"arn:aws:iam::*:user/staff/*", "arn:aws:iam::*", $"arn:aws:iam::{Home}:role/app",
        "arn:aws:iam::*:role/*", $"arn:aws:iam::{Away}:role/o?s", $"arn:aws:iam::{Home}:user/${{aws:username}}", "arn:aws:iam::*:user/*/${AWS:UserName}",
        $"arn:aws:lambda:*:{Home}:function:pay", $"arn:aws:lambda:eu-*:{Home}:function:*", $"arn:aws:lambda:e*1:{Home}:function:pay", "arn:aws:lambda:u*1:function:pay:live",
        $"arn:aws:lambda:us-east-1:{Home}:function:p*e", "arn:aws:s3:::ledger/*", "arn:aws:s3:::?edger/*/alice", "arn:aws:s3:::ledger/*/${aws:PrincipalTag/cost}", "arn:aws:s3:::ledger/*/${aws:PrincipalTag/Team}", "arn:aws:s3:::*",
        "arn:aws:s3:::ledger/*/${aws:PrincipalTag/cost, 'alice'}", $"arn:aws:iam::{Home}:user/${{aws:username, 'alice'}}", "arn:aws:s3:::ledger/2026/${*}", "arn:aws:s3:::ledger/202${?}/alice",
    ];

    private static readonly string[] s_principals =
        ["*", Home, Away, $"arn:aws:iam::{Home}:root", $"arn:aws:iam::{Away}:root", .. s_callers, $"arn:aws:iam::{Home}:user/*", "333333333333"];

    private static readonly (string Test, string Key, string[] Values)[] s_conditions =
    [
        ("StringEquals", "iam:PassedToService", ["lambda.amazonaws.com", "ec2.amazonaws.com"]),
        ("StringNotEquals", "iam:passedtoservice", ["lambda.amazonaws.com", "ec2.amazonaws.com"]),
        ("StringLike", "aws:PrincipalTag/team", ["pay*", "core", "?ay"]),
        ("StringNotLike", "aws:principaltag/Team", ["pay*", "core"]),
        ("StringEqualsIfExists", "aws:PrincipalTag/team", ["pay", "core"]),
        ("ForAnyValue:StringEquals", "aws:PrincipalTag/team", ["pay", "core"]),
        ("ForAllValues:StringEquals", "aws:PrincipalTag/cost", ["pay", "core"]),
        ("ForAnyValue:StringNotEquals", "aws:PrincipalTag/cost", ["pay", "core"]),
        ("Null", "aws:principaltag/cost", ["true", "false"]),
        ("ArnLike", "aws:PrincipalArn", [$"arn:aws:iam::{Home}:user/*", $"arn:aws:iam::*:role/dev", $"arn:aws:iam::{Away}:*"]),
        ("ArnNotEquals", "aws:principalarn", [$"arn:aws:iam::{Home}:user/alice", $"arn:aws:iam::{Away}:role/o*"]),
        ("StringEquals", "AWS:PrincipalArn", [$"arn:aws:iam::{Home}:user/staff/bob", $"arn:aws:iam::{Home}:role/dev", $"arn:aws:iam::{Home}:user/*"]),
        ("StringEquals", "aws:PrincipalAccount", [Home, Away]),
        ("StringNotLike", "aws:PrincipalAccount", ["1111*", "333333333333"]),
        ("StringEquals", "aws:SourceAccount", [Home, Away]),
        ("StringEquals", "aws:RequestedRegion", ["eu-west-1", "us-east-1"]),
        ("StringNotEquals", "aws:RequestedRegion", ["eu-west-1"]),
        ("StringLike", "aws:UserAgent", ["*console*"]),
        ("ForAllValues:StringEquals", "aws:TagKeys", ["team"]),
        ("StringEquals", "aws:PrincipalOrgID", ["o-a1b2c3d4e5"]),
        ("StringEquals", "aws:PrincipalType", ["User", "AssumedRole", "Account"]),
        ("StringLike", "aws:username", ["al*", "bob"]),
        ("StringNotEqualsIfExists", "aws:UserName", ["alice", "eve"]),
        ("Bool", "aws:PrincipalIsAWSService", ["true", "false"]),
        ("StringEqualsIfExists", "iam:PassedToService", ["lambda.amazonaws.com"]),
        ("StringNotEquals", "aws:SourceAccount", [Home, Away]),
        ("StringEqualsIfExists", "aws:sourceAccount", [Home]),
        ("StringEqualsIgnoreCase", "sts:ExternalId", ["MAGIC", "other"]),
        ("ArnLike", "aws:SourceArn", ["arn:aws:s3:::ledger", "arn:aws:*:::led*"]),
        ("ArnNotEquals", "aws:SourceArn", ["arn:aws:s3:::ledger"]),
        ("Null", "sts:ExternalId", ["true", "false"]),
        ("Bool", "aws:MultiFactorAuthPresent", ["true", "false"]),
        ("BoolIfExists", "aws:MultiFactorAuthPresent", ["false"]),
        ("IpAddress", "aws:SourceIp", ["192.0.2.0/24", "192.0.2.64/26", "2001:db8::/33"]),
        ("NotIpAddress", "aws:SourceIp", ["192.0.2.0/24", "192.0.2.65", "2001:db8::/32"]),
        ("DateGreaterThan", "aws:CurrentTime", ["2026-01-01T00:00:00Z", "2026-05-02", "1777777777"]),
        ("DateLessThanEquals", "aws:CurrentTime", ["2026-01-01T00:00:00Z", "2026-05"]),
        ("DateNotEqualsIfExists", "aws:CurrentTime", ["2026-05-01T02:00:00+02:00"]),
        ("DateEquals", "aws:CurrentTime", ["2026-05-01T02:00:00+02:00", "1777593600"]),
        ("NumericLessThan", "aws:EpochTime", ["1777593600", "1777593601"]),
        ("NumericLessThan", "aws:MultiFactorAuthAge", ["3600"]),
        ("NumericLessThanEquals", "s3:max-keys", ["10", "10.5"]),
        ("NumericGreaterThanEquals", "s3:max-keys", ["9", "10.0"]),
        ("NumericGreaterThan", "s3:max-keys", ["9", "10"]),
        ("NumericEquals", "s3:max-keys", ["10", "100"]),
        ("NumericNotEquals", "s3:max-keys", ["10.0", "7"]),
    ];

    private static readonly (string Key, string[] Values)[] s_stated =
    [
        ("iam:passedtoservice", ["lambda.amazonaws.com", "ecs.amazonaws.com"]),
        ("aws:principaltag/team", ["pay", "core", "alice"]),
        ("aws:principaltag/cost", ["pay", "\0", "\0"]),
        ("sts:externalid", ["magic"]),
        ("aws:sourcearn", ["arn:aws:s3:::ledger", "arn:aws:sns:eu-west-1:111111111111:bell"]),
        ("aws:sourceip", ["192.0.2.65", "198.51.100.7", "2001:db8:8000::1"]),
        ("aws:currenttime", ["2026-05-01T00:00:00Z", "2025-12-31T23:59:59Z"]),
        ("aws:epochtime", ["1777593600"]),
        ("s3:max-keys", ["10", "9", "1000"]),
    ];

    public static Arbitrary<IamCase> Arbitrary { get; } = Arb.From(Cases(1, 3));

    /// <summary>The same with documents of many statements.</summary>
    public static Arbitrary<IamCase> Large { get; } = Arb.From(Cases(17, 24));

    private static Gen<IamCase> Cases(int least, int most) =>
        from assumes in Chance(45)
        from caller in Gen.Elements(s_callers)
        from kind in Gen.Elements(s_requests)
        from resource in assumes ? Gen.Elements($"arn:aws:iam::{Home}:role/app", $"arn:aws:iam::{Away}:role/ops") : Gen.Elements(kind.Resources)
        from stated in Context()
        from identity in Several(Document(false, 76, least, most), 1, 3)
        from bounded in Chance(30)
        from boundary in Document(false, 85, least, most)
        from levels in Gen.Choose(0, 5)
        from control in Several(Several(Gen.Frequency((3, Gen.Constant(Full)), (2, Document(false, 70, least, most))), 1, 2), 2, 2)
        from trust in Document(true, 84, least, most)
        select new IamCase(
            new() { Identity = identity, Boundary = bounded ? boundary : null, ServiceControl = [.. control.Take(levels / 2)], Trust = assumes ? trust : null },
            new(caller, assumes ? "sts:AssumeRole" : kind.Action, resource) { Context = stated });

    private static Gen<string> Document(bool trust, int allows, int least, int most) =>
        from version in Gen.Frequency((4, Gen.Constant<string?>("2012-10-17")), (1, Gen.Constant<string?>("2008-10-17")), (1, Gen.Constant<string?>(null)))
        from statements in Several(Statement(trust, allows), least, most)
        from alone in Chance(50)
        select Text(version, alone && statements.Count == 1 ? statements[0] : new JsonArray([.. statements]));

    private static Gen<JsonNode> Statement(bool trust, int allows) =>
        from allow in Chance(allows)
        from positive in Chance(80)
        from actions in Some(s_actions)
        from all in Chance(trust ? 60 : 30)
        from about in Chance(80)
        from resources in Some(s_resources)
        from principals in Some(s_principals)
        from others in Chance(25)
        from everyone in Chance(15)
        from any in Chance(30)
        from conditioned in Chance(trust ? 55 : 45)
        from conditions in Several(Condition(), 1, 2)
        select (JsonNode)Body(new()
        {
            ["Effect"] = allow ? "Allow" : "Deny",
            [positive ? "Action" : "NotAction"] = all && positive ? trust ? "sts:AssumeRole" : "*" : actions,
            [trust ? !allow && others ? "NotPrincipal" : "Principal" : about ? "Resource" : "NotResource"] =
                !trust ? any && about ? "*" : resources : everyone ? "*" : new JsonObject { ["AWS"] = principals },
        }, conditioned ? conditions : []);

    private static Gen<(string Test, string Key, JsonNode Values)> Condition() =>
        from condition in Gen.Elements(s_conditions)
        from values in Some(condition.Values)
        select (condition.Test, condition.Key, values);

    private static Gen<IReadOnlyDictionary<string, string>> Context() =>
        from known in Several(Chance(25), s_stated.Length, s_stated.Length)
        from which in Several(Gen.Choose(0, 11), s_stated.Length, s_stated.Length)
        select (IReadOnlyDictionary<string, string>)s_stated.Index().Where(pair => known[pair.Index])
            .ToDictionary(pair => pair.Item.Key, pair => pair.Item.Values[which[pair.Index] % pair.Item.Values.Length]);

    private static JsonObject Body(JsonObject body, IReadOnlyList<(string Test, string Key, JsonNode Values)> conditions)
    {
        if (conditions.Count > 0)
        {
            JsonObject block = [];
            foreach (var (test, key, values) in conditions)
            {
                ((JsonObject)(block[test] ??= new JsonObject()))[key] = values.DeepClone();
            }

            body["Condition"] = block;
        }

        return body;
    }

    private static string Text(string? version, JsonNode statements)
    {
        JsonObject document = [];
        if (version is not null)
        {
            document["Version"] = version;
        }

        document["Statement"] = statements.DeepClone();
        return document.ToJsonString(JsonSerializerOptions.Web);
    }

    private static Gen<bool> Chance(int percent) => Gen.Choose(0, 99).Select(drawn => drawn < percent);

    private static Gen<IReadOnlyList<T>> Several<T>(Gen<T> each, int least, int most) =>
        from count in Gen.Choose(least, most)
        from list in Gen.ListOf(each, count)
        select (IReadOnlyList<T>)[.. list];

    /// <summary>One as a text, or one to three as a list.</summary>
    private static Gen<JsonNode> Some(string[] words) =>
        from list in Several(Gen.Elements(words), 1, 3)
        from alone in Chance(50)
        select alone ? (JsonNode)JsonValue.Create(list[0]) : new JsonArray([.. list.Distinct().Select(word => JsonValue.Create(word))]);
}
