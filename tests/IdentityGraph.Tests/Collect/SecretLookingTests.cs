using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Collect.Exchange;
using IdentityGraph.Graph;

namespace IdentityGraph.Tests.Collect;

/// <summary>Every value is made up. Where a scanner of this repository might take one for real, it is put together at run time.</summary>
public sealed class SecretLookingTests
{
    private static readonly string s_forty = string.Concat("wJalrXUtnFEMI", "/K7MDENG/bPxRfiCY", "EXAMPLEKEY");

    private static readonly string s_bare = string.Concat("Zk3mQ9xT7vB2nL5cR8wY", "1pD4sF6hJ0aEu2XoP7qW");

    private static readonly string s_storage = string.Concat(Enumerable.Range(0, 43).Select(at => $"{(char)('a' + (at % 26))}{(char)('A' + (at * 7 % 26))}")) + "==";

    public static TheoryData<string, string> Secrets => new()
    {
        { "-----BEGIN " + "RSA PRIVATE KEY-----\nMIIEow", "private key" },
        { "-----BEGIN " + "PRIVATE KEY-----", "private key" },
        { "key: -----BEGIN " + "OPENSSH PRIVATE KEY-----", "private key" },
        { "-----BEGIN PGP " + "PRIVATE KEY BLOCK-----", "private key" },
        { "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P", "JWT" },
        { "see eyJhbGciOiJub25lIn0.eyJzdWIiOiJwYXQifQ. here", "JWT" },
        { "ghp_" + "0123456789abcdefghijABCDEFGHIJ012345", "GitHub" },
        { "gho_" + "0123456789abcdefghijABCDEFGHIJ012345", "GitHub" },
        { "github_pat_" + "11ABCDEFG0123456789_abcdefghijklmnop", "GitHub" },
        { "AZghp_" + "0123456789abcdefghijABCDEFGHIJ012345", "GitHub" },
        { "TOKEN_ghp_" + "0123456789abcdefghijABCDEFGHIJ012345", "GitHub" },
        { "GHP_" + "0123456789ABCDEFGHIJABCDEFGHIJ012345", "GitHub" },
        { "app:user/ghp_" + "0123456789abcdefghijabcdefghij012345", "GitHub" },
        { "deployghs_" + "0123456789abcdefghijABCDEFGHIJ012345", "GitHub" },
        { "OF_GITHUB_PAT_" + "11ABCDEFG0123456789_ABCDEFGHIJKLMNOP", "GitHub" },
        { "arn:aws:iam::123456789012:user/" + s_bare, "AWS secret key" },
        { "arn:aws:iam::123456789012:user/" + s_forty, "AWS secret key" },
        { "https://acme.example/keys/" + s_bare + "?v=1", "AWS secret key" },
        { "aws-123456789012:user/" + s_bare, "AWS secret key" },
        { "`" + s_bare + "` is unknown", "AWS secret key" },
        { "OWNED_BY " + s_bare + ":app/1", "AWS secret key" },
        { "arn:" + s_bare + ":iam::123456789012:user/pat", "AWS secret key" },
        { s_bare + "/app", "AWS secret key" },
        { "repo:acme/" + s_bare + ":ref:refs/heads/main", "AWS secret key" },
        { "arn:aws:iam::123456789012:user/path/of/2025/" + s_bare, "AWS secret key" },
        { "bot_xoxb-" + "1234567890-abcdefghijkl", "Slack" },
        { "sent {\"user\":\"pat\",\"password\":\"" + "hunter22!\"}", "behind the name of a secret" },
        { "{\"client_secret\" : \"" + "a1b2c3d4e5\"}", "behind the name of a secret" },
        { "glpat-" + "abcdEFGH1234ijklMNOP", "GitLab" },
        { "xoxb-" + "1234567890-abcdefghijkl", "Slack" },
        { "xoxp-" + "1234567890-abcdefghijkl", "Slack" },
        { "https://hooks.slack.com/services/" + "T00000000/B00000000/XXXXXXXXXXXX", "Slack" },
        { "sk_live_" + "0123456789abcdefABCDEF", "Stripe" },
        { "SG." + "abcdefghijklmnopqrst.uvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456", "SendGrid" },
        { "npm_" + "0123456789abcdefghijABCDEFGHIJ012345", "registry" },
        { "AIza" + "SyA-1234567890abcdefghijklmnopqrstu", "cloud" },
        { "hvs." + "CAESIJ0123456789abcdefghij", "vault" },
        { "sk-" + "0123456789abcdef0123456789abcdef", "API key" },
        { "pypi-" + "AgEIcHlwaS5vcmcCJDAwMDAwMDAwLTAwMDA", "package registry" },
        { "sk-" + "proj-0123456789abcdefghijABCDEFGHIJ0123456789", "API key" },
        { s_forty, "AWS secret key" },
        { "postgres://app:s3cr3tpass@db.acme.example/prod", "password in it" },
        { "https://:hunter22@acme.example", "password in it" },
        { "Authorization: Bearer abcdefghijklmnopqrstuvwxyz", "authorization header" },
        { "authorization: basic cGF0Omh1bnRlcjIyMg==", "authorization header" },
        { "Server=db;User Id=app;Password=hunter22;", "behind the name" },
        { "https://acme.example/?access_token=abcdef123456", "behind the name" },
        { "aws_secret_access_key = " + s_forty, "behind the name" },
        { "https://acme.blob.example/c?sv=2024&sig=abcdefabcdef", "behind the name" },
        { "Ab1" + "8Q~" + "cdefGHIJ-klmn_OPQR.stuv~WXYZ0123", "Entra" },
        { "client secret value Ab1" + "8Q~" + "cdefGHIJ-klmn_OPQR.stuv~WXYZ012345, ends in May", "Entra" },
        { "00" + "aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789-_aB", "Okta" },
        { "okta token: 00" + "aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789-_aB", "Okta" },
        { "Authorization: SSWS 00" + "aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789-_aB", "authorization header" },
        { "ATATT3" + "xFfGF0aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789-_=1A2B3C4D", "Atlassian" },
        { "dapi" + "0123456789abcdef0123456789abcdef", "cloud" },
        { "hf_" + "aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH", "API key" },
        { "hvb." + "AAAAAQJ0123456789abcdefghij", "vault" },
        { "s." + "aBcDeFgHiJkL0123MnOpQrSt", "vault" },
        { "vault login s." + "aBcDeFgHiJkL0123MnOpQrSt now", "vault" },
        { "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=" + s_storage, "storage" },
        { s_storage, "Azure storage" },
        { "key of acme: " + s_storage, "Azure storage" },
        { "GOCSPX-" + "aBcDeFgHiJkLmNoPqRsTuVwXyZ01", "cloud" },
        { "xoxe.xoxp-" + "1-Mi0yLTEyMzQ1Njc4OTA", "Slack" },
        { "xoxc-" + "1234567890-abcdefghijkl", "Slack" },
        { "xoxd-" + "abcdef%2Bghijkl", "Slack" },
        { "glrt-" + "abcdEFGH1234ijklMNOP", "GitLab" },
        { "glpat-" + "abcdEFGH1234ijklMNOP.01.0a1b2c3d4", "GitLab" },
        { "sk_test_" + "0123456789abcdefABCDEF", "Stripe" },
        { "dckr_pat_" + "aBcDeFgHiJkLmNoPqRsTuVwXyZ0", "cloud" },
        { "password: " + "hunter22", "behind the name" },
        { "Password for svc-deploy: " + "Summer2024!", "behind the name" },
        { "db_password:" + "hunter22", "behind the name" },
        { "pwd=" + "hunter2", "behind the name" },
        { "the passwd is " + "hunter2 until May", "behind the name" },
        { "password is now '" + "Winter#Time'", "behind the name" },
        { "API key: " + "a1b2c3d4e5f6g7h8i9", "behind the name" },
        { "client secret is " + "a1b2c3d4e5f6g7h8i9", "behind the name" },
        { "AKIAIOSFODNN7EXAMPLE " + s_forty, "AWS secret key" },
        { "key AKIAIOSFODNN7EXAMPLE, secret: " + s_forty + ".", "AWS secret key" },
    };

    public static TheoryData<string> Harmless =>
    [
        "AKIAIOSFODNN7EXAMPLE",
        "aws:key/AKIAIOSFODNN7EXAMPLE",
        "arn:aws:iam::123456789012:user/pat",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
        "hmac-sha256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "S-1-5-21-3130019616-2776909439-2417379446-1105",
        "11111111-2222-3333-4444-555555555555",
        "clientSecret", "refreshToken", "webhookSecret", "privateKey", "apiKey", "password",
        "Reset password of pat", "password reset", "token rotation is late", "the secret is kept in the vault", "Secret Santa",
        "https://acme.example/login?next=%2Ftokens", "https://pat@acme.example/", "ssh://git@acme.example:22/repo.git", "https://acme.example:8443/a@b",
        "https://acme.example/audit/7", "mailto:pat@acme.example", "redis://cache:6379/0",
        "postgres://app:***@db.acme.example/prod", "postgres://app:<redacted>@db.acme.example/prod", "postgres://app:${DB_PASSWORD}@db",
        "password=***", "password=<redacted>", "password=${DB_PASSWORD}", "client_secret={{ vault }}",
        "ghp_ tokens", "github_pat_", "sk_live_ keys", "SG.1", "eyJ", "eyJhbGciOiJIUzI1NiJ9", "xoxb-", "glpat-short", "npm_install", "sk-stockholm", "boxob-1234567890", "laughs_at_everything_and_everybody",
        "laughs_" + "0123456789abcdefghijABCDEFGHIJ01234", "weighs_on_everything_and_everybody_that_there_is", "ghp_" + "0123456789abcdefghi",
        "https://git.acme.example/repo/commit/da39a3ee5e6b4b0d3255bfef95601890afd80709", "arn:aws:iam::123456789012:role/TheReaderOfAllBillsOfTheAcmeGroupInParis", "arn:aws:iam::123456789012:role/path/AcmeBillingReaderOfAccountsInTheWestEu01",
        "repos/acme/Payments/blob/Main/Api/V2/Get/Bill/ById", "arn:aws:s3:::acme-eu/2025/06/AbC123dEf456", "aws:role/" + s_bare[..39], "aws:role/" + s_bare + "x",
        "SHA256:4q/" + s_bare, "sha-256=aB/" + s_bare, "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ7a/" + s_bare + " pat@acme", "kid-" + s_bare, s_bare + "_of", "%2F" + s_bare, "x9Y/" + s_bare,
        "glpat-rotation-of-the-platform-team", "pypi-publish-workflow-of-the-platform-team", "gcp:sa/sk-production-identity-provider-service-account", "{\"password\":\"required\"}", "{\"password\": \"***\"}",
        "-----BEGIN CERTIFICATE-----", "-----BEGIN PUBLIC KEY-----", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample pat@acme",
        "Bearer tokens", "Basic access", "bearer of bad news", "basic authentication",
        "ThisIsAVeryLongCamelCaseNameOfAProject12", "Users/AliceSmith/Documents/Projects/Foo12", "Basic English", "", " ",
        "password policy", "Password policy v2 of 2025", "password: see vault", "password: vault:kv/prod/db1", "password: kv/prod/db1", "password is required", "password is stored in vault2", "Password is SHA256-hashed", "password: 90days", "password: 2025-06-02",
        "password: $DB_PASS1", "password: pat1@acme.example", "pwd: /home/pat/work1", "Passwords: rotated", "password expired 12 days ago", "API key: AKIAIOSFODNN7EXAMPLE", "api key: 11111111-2222-3333-4444-555555555555", "access token: expires in 3600 seconds", "client secret: ends 2026-01-01T00:00:00Z",
        "sha512-" + s_storage, "SHA512:" + s_storage, "QUJDREVGR0hJSktMTU5P", "cGF0OmFjbWU6MTIzNDU=", "0123456789abcdef0123456789abcdef01234567", "00u1abcdEFGH5678ijkl", "okta:user/00u1abcdEFGH5678ijkl", "the token of team 00", "000000000000000000000000000000000000000001",
        "dapi0123", "hf_models", "hf_internal_testing_tiny_random_gpt2_model", "s.smith@acme.example", "dc01.corps.example", "Teams. aBcDeFgHiJkL0123MnOpQrSt", "Q~", "3Q~2 and 4Q~1", "xoxo-friends", "glpat-", "GOCSPX-", "asia-southeast1/projects/payments", "AKIAIOSFODNN7EXAMPLE of arn:aws:iam::123456789012:user/pat",
        "AKIAIOSFODNN7EXAMPLE at da39a3ee5e6b4b0d3255bfef95601890afd80709", "dckr_pat_", "CN=Payments,OU=Groups,DC=acme,DC=example",
    ];

    [Theory]
    [MemberData(nameof(Secrets))]
    public void The_quick_look_passes_over_no_secret(string text, string sort)
    {
        var ascii = System.Text.Encoding.ASCII.GetBytes(text.Replace('\n', ' '));

        Assert.True(SecretLooking.MayBe(ascii), sort);
    }

    [Theory]
    [InlineData("okta:user/00u1")]
    [InlineData("Mara")]
    public void The_quick_look_is_enough_for_plain_ids_and_names(string text) => Assert.False(SecretLooking.MayBe(System.Text.Encoding.ASCII.GetBytes(text)));

    [Theory]
    [MemberData(nameof(Secrets))]
    public void What_looks_like_a_secret_is_named_by_its_sort_and_never_quoted(string text, string sort)
    {
        var found = SecretLooking.Find(text);

        Assert.NotNull(found);
        Assert.Contains(sort, found, StringComparison.Ordinal);
        Assert.DoesNotContain(text, found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("app:address/postgres%3A%2F%2Fapp%3Ahunter22%40db.acme.example", true)]
    [InlineData("app:address/postgres%3A%2F%2Fdb.acme.example", false)]
    [InlineData("app:header/Authorization%3A%20Basic%20YXBwOmh1bnRlcjIy", true)]
    [InlineData("app:header/100%25%zz", false)]
    public void An_id_is_looked_at_as_it_was_before_it_was_encoded(string id, bool isSecret)
    {
        var line = Encoding.UTF8.GetBytes($$"""{"node":"{{id}}"}""");
        byte[] padded = [.. line, .. new byte[LineMarks.Block]];

        Assert.Equal(isSecret, SecretLooking.FindInId(id) is not null);
        Assert.Equal(isSecret, new QuickLine().Read(padded, line.Length) is null);
        Assert.Equal(isSecret, Record.Exception(() => new LineParser(strict: false).Parse(line)) is BadLineException);
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    public void Ids_hashes_kinds_and_prose_are_no_secrets(string text) => Assert.Null(SecretLooking.Find(text));

    [Theory]
    [InlineData("password", "hunter2")]
    [InlineData("clientSecret", "abcdefgh")]
    [InlineData("client_secret", "abcdefgh")]
    [InlineData("apiKey", "12345678")]
    [InlineData("API-Key", "12345678")]
    [InlineData("accessToken", "opaque-1")]
    [InlineData("token", "opaque-1")]
    [InlineData("unixpassword", "hunter2")]
    public void The_name_of_a_property_can_tell(string property, string value) => Assert.NotNull(SecretLooking.FindIn(property, value));

    [Theory]
    [InlineData("passwordLastSet", "2025-06-02T08:00:00Z")]
    [InlineData("pwdlastset", "133612345678901234")]
    [InlineData("tokenId", "tok-1234")]
    [InlineData("secretName", "prod/db")]
    [InlineData("password", "***")]
    [InlineData("password", "<redacted>")]
    [InlineData("secret", "vault:kv/prod/db")]
    [InlineData("token", "yes")]
    [InlineData("kind", "clientSecret")]
    [InlineData("name", "password")]
    [InlineData("fingerprint", "47DEQpj8HBSa0TImW5JCeuQeRkm5NMpJWZG3hSuF")]
    [InlineData("hash", "z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==")]
    [InlineData("keyId", "AKIAIOSFODNN7EXAMPLE")]
    public void A_name_that_only_speaks_of_secrets_does_not(string property, string value) => Assert.Null(SecretLooking.FindIn(property, value));

    [Fact]
    public void No_kind_property_or_word_of_the_schema_is_taken_for_a_secret()
    {
        Assert.All(NodeKind.All.Select(kind => kind.Name).Concat(EdgeKind.All.Select(kind => kind.Name)), name => Assert.Null(SecretLooking.Find(name)));
        Assert.All(
            NodeKind.All.SelectMany(kind => kind.Properties).Concat(EdgeKind.All.SelectMany(kind => kind.Properties)),
            property =>
            {
                Assert.False(SecretLooking.NamesSecret(property.Name), property.Name);
                Assert.All(property.Words, word => Assert.Null(SecretLooking.FindIn(property.Name, word)));
            });
    }
}
