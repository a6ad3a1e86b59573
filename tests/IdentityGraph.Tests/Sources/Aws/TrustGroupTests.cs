using System.Text;
using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Sources.Aws;
using IdentityGraph.Sources.Aws.Iam;
using static IdentityGraph.Tests.Sources.Aws.MadeUpAccount;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>Roles that trust everyone, everyone but some, or another account: decided by groups, as each pair by itself would be.</summary>
public sealed class TrustGroupTests
{
    private const string Home = "111122223333";
    private const string Away = "444455556666";
    private const string Mfa = ",\"Condition\":{\"Bool\":{\"aws:MultiFactorAuthPresent\":\"true\"}}";
    private const string Region = ",\"Condition\":{\"StringEquals\":{\"aws:RequestedRegion\":\"eu-west-1\"}}";

    [Fact]
    public void Each_principal_assumes_the_roles_that_a_decision_on_the_two_alone_allows()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var drawn = new Drawn(new Random(seed));
            var assumed = Expanded(drawn.Import());
            foreach (var (caller, own) in drawn.Principals)
            {
                foreach (var (role, trust) in drawn.Trusts.Where(role => role.Key != caller))
                {
                    var decision = IamDecision.Decide(new IamPolicies { Identity = own, Trust = trust }, new IamRequest(caller, "sts:AssumeRole", role));
                    var found = assumed.GetValueOrDefault((Short(caller), Short(role)));
                    Assert.True(
                        decision.Verdict == (found is null ? IamVerdict.Denied : found.Contains("") ? IamVerdict.Allowed : IamVerdict.Depends),
                        $"seed {seed}: {caller} -> {role} is {decision.Verdict}, found {(found is null ? "nothing" : string.Join(" or ", found))}; {string.Join(' ', own)}; {trust}");
                }
            }
        }
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(10_000)]
    public void Pairs_decided_grow_with_roles_and_principals_not_with_their_product(int each)
    {
        var account = new MadeUpAccount();
        for (var number = 0; number < each; number++)
        {
            account.User($"u{number}", (number % 5) switch { 0 => "", 1 => Deny("sts:*", $"arn:aws:iam::{Home}:role/r{number % 50}"), _ => Allow("sts:AssumeRole", $"arn:aws:iam::{Home}:role/r{number % 7}*") });
            account.Role($"r{number}", number % 2 == 0 ? "\"*\"" : $"{{\"AWS\":\"arn:aws:iam::{Home}:root\"}}", condition: "}," + $$"""{"Effect":"Deny","Principal":{"AWS":"arn:aws:iam::{{Home}}:user/u{{number % 20}}"},"Action":"sts:AssumeRole" """);
        }

        var standing = StandingOf(account.ToString());
        var abilities = new Abilities(standing);
        var trust = new TrustMapping(standing, new Dictionary<string, Standing> { [Home] = standing }, abilities, new ImportReport());

        Assert.NotEmpty(trust.Map().ToList());
        Assert.InRange(trust.Decided, each, 20L * each);
    }

    private static Standing StandingOf(string json)
    {
        var report = new ImportReport();
        var models = new AccountModels(report);
        new AccountFiles(models, report).ReadFile("made-up.json", new MemoryStream(Encoding.UTF8.GetBytes(json)), false, TestContext.Current.CancellationToken);
        models.Conclude();
        return new Standing(Assert.Single(models.All));
    }

    /// <summary>What each pair takes; "" where it takes nothing. What goes through a node that stands for an ability is as if it did not.</summary>
    private static Dictionary<(string Of, string To), HashSet<string>> Expanded(AwsImport imported)
    {
        var targets = imported.Edges.Where(edge => edge.Kind == "RUNS_AS" && edge.Of.Contains(":ability/", StringComparison.Ordinal)).ToLookup(edge => edge.Of, edge => edge.To);
        Dictionary<(string Of, string To), HashSet<string>> found = [];
        foreach (var edge in imported.Edges.Where(edge => edge.Kind is "CAN_ASSUME" or "ENTITLES"))
        {
            foreach (var to in edge.Kind == "CAN_ASSUME" ? [edge.To] : targets[edge.To])
            {
                if (!found.TryGetValue((edge.Of, to), out var ways))
                {
                    found.Add((edge.Of, to), ways = []);
                }

                var unread = edge.Properties.Any(property => property.Key == "conditions" && property.Value.AsText() == "unread");
                ways.Add(string.Join(' ', edge.Properties.Where(property => property.Key == "gates").SelectMany(property => property.Value.AsTexts())) + (unread ? "?" : ""));
            }
        }

        return found;
    }

    /// <summary>`aws-ACCOUNT:user/NAME` of an ARN.</summary>
    private static string Short(string arn) => $"aws-{arn.Split(':')[4]}:{arn.Split(':')[5]}";

    /// <summary>Two accounts drawn at random, as texts and as files.</summary>
    private sealed class Drawn
    {
        private readonly StringBuilder _json = new();

        public Drawn(Random random)
        {
            foreach (var account in new[] { Home, Away })
            {
                var made = new MadeUpAccount(account);
                for (var number = 0; number < 8; number++)
                {
                    var allows = string.Join(',', Enumerable.Range(0, random.Next(3)).Select(_ => Statement(random)));
                    made.User($"u{number}", allows);
                    Principals[$"arn:aws:iam::{account}:user/u{number}"] = allows.Length == 0 ? [] : [Document(allows)];
                }

                for (var number = 0; number < 8; number++)
                {
                    var (allows, trusts) = (random.Next(2) == 0 ? "" : Statement(random), Enumerable.Range(0, random.Next(1, 3)).Select(_ => Trust(random)).ToArray());
                    var (principal, rest) = (JsonDocument.Parse(trusts[0].Principal).RootElement.GetRawText(), string.Concat(trusts.Skip(1).Select(more => "},{" + more.Text)));
                    made.Role($"r{number}", principal, allows, trusts[0].Condition + rest);
                    Principals[$"arn:aws:iam::{account}:role/r{number}"] = allows.Length == 0 ? [] : [Document(allows)];
                    Trusts[$"arn:aws:iam::{account}:role/r{number}"] = Document($$"""{"Effect":"Allow","Principal":{{principal}},"Action":"sts:AssumeRole"{{trusts[0].Condition}}{{rest}}}""");
                }

                _json.Append(made);
            }
        }

        public Dictionary<string, string[]> Principals { get; } = [];

        public Dictionary<string, string> Trusts { get; } = [];

        public AwsImport Import() => AwsImport.OfText(_json.ToString());

        private static string Document(string statements) => $$"""{"Version":"2012-10-17","Statement":[{{statements}}]}""";

        private static string Statement(Random random)
        {
            var resource = new[] { "*", $"arn:aws:iam::{Home}:role/r{random.Next(8)}", $"arn:aws:iam::{Away}:role/*", $"arn:aws:iam::*:role/r{random.Next(8)}" }[random.Next(4)];
            var more = new[] { "", "", Mfa, Region }[random.Next(4)];
            return random.Next(4) == 0 ? Deny("sts:AssumeRole", resource, more) : Allow("sts:*", resource, more);
        }

        private static (string Principal, string Condition, string Text) Trust(Random random)
        {
            var account = random.Next(3) == 0 ? Away : Home;
            var principal = new[] { "\"*\"", $"{{\"AWS\":\"{account}\"}}", $"{{\"AWS\":\"arn:aws:iam::{account}:root\"}}", $"{{\"AWS\":\"arn:aws:iam::{account}:user/u{random.Next(8)}\"}}", $"{{\"AWS\":[\"arn:aws:iam::{account}:role/r{random.Next(8)}\",\"{Home}\"]}}", "{\"Service\":\"ec2.amazonaws.com\"}" }[random.Next(6)];
            var condition = new[] { "", "", Mfa, Region }[random.Next(4)];
            var denies = random.Next(2) == 0;
            return (principal, condition, $$"""
                "Effect":"{{(denies ? "Deny" : "Allow")}}","{{(denies && random.Next(2) == 0 ? "NotPrincipal" : "Principal")}}":{{principal}},"Action":"sts:AssumeRole"{{condition}}
                """);
        }
    }
}
