using IdentityGraph.Collect;

namespace IdentityGraph.Tests.Collect;

/// <summary>Which texts are not looked at closely: so short and plain that no secret is. Every value is made up, and put together at run time.</summary>
public sealed class HarmlessTextTests
{
    private const string Chance = "aB1cD2eF3aB4cD5eF6aB7cD8eF9aB1cD2eF3aB4cD5";

    /// <summary>Each sort as short as it may be.</summary>
    public static TheoryData<string> Shortest =>
    [
        "1//0" + Chance[..30], "dapi" + "0123456789abcdef0123456789abcdef", "AIza" + Chance[..35], "ATATT3" + Chance[..33], "xoxb-" + Chance[..10], "sk_live_" + Chance[..10], "eyJ" + Chance[..8] + "." + Chance[..8] + ".",
        "ghp_" + Chance[..20], "glpat-" + Chance[..16], "whsec_" + Chance[..16], "hvs." + Chance[..20], "s." + Chance[..24], "GOCSPX-" + Chance[..20], "pwd=hunter22", "pwd:hunter22!", "a://:b@",
    ];

    [Theory]
    [MemberData(nameof(Shortest))]
    [MemberData(nameof(SecretLookingTests.Secrets), MemberType = typeof(SecretLookingTests))]
    public void No_secret_is_harmless_however_short(string text, string sort = "")
    {
        Assert.False(SecretLooking.IsHarmless(text), sort);
        Assert.NotNull(SecretLooking.Find(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("user12345")]
    [InlineData("svc-deploy.v2")]
    [InlineData("user/maraschino/own")]
    [InlineData("user%2Fmara%2Fown")]
    public void Short_names_and_parts_of_ids_are(string text)
    {
        Assert.True(SecretLooking.IsHarmless(text));
        Assert.Null(SecretLooking.Find(text));
    }

    [Theory]
    [InlineData("svc-deploy.v2-x")]
    [InlineData("user mara")]
    [InlineData("role/abcdefghijklmnopqrstuvwxyz0123456")]
    [InlineData("mära")]
    public void What_is_longer_or_has_other_signs_is_looked_at(string text)
    {
        Assert.False(SecretLooking.IsHarmless(text));
        Assert.Null(SecretLooking.Find(text));
    }
}
