using static IdentityGraph.Tests.Sources.Aws.MadeUpAccount;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>Where working something out takes too much, it stays possible: nothing is dropped.</summary>
public sealed class CarefulBudgetTests
{
    private const string Account = "aws-111122223333:";

    [Fact]
    public void Rights_on_a_pattern_go_over_to_the_narrower_ones_for_certain()
    {
        var edges = new MadeUpAccount().User("mara", Allow("s3:GetObject", "arn:aws:s3:::led*") + "," + Allow("s3:GetObject", "arn:aws:s3:::ledger/*") + "," + Allow("s3:GetObject", "arn:aws:s3:::other/*")).Import();

        Assert.Contains("resource/arn%3Aaws%3As3%3A%3A%3Aled%2A -> resource/arn%3Aaws%3As3%3A%3A%3Aledger%2F%2A", edges.All("CONTAINS"));
        Assert.DoesNotContain("resource/arn%3Aaws%3As3%3A%3A%3Aled%2A -> resource/arn%3Aaws%3As3%3A%3A%3Aother%2F%2A", edges.All("CONTAINS"));
        Assert.DoesNotContain(edges.Nodes, node => node.Id.Contains("uncompared", StringComparison.Ordinal));
    }

    [Fact]
    public void Patterns_too_many_to_compare_are_reached_possibly_by_whoever_has_a_wide_one()
    {
        // Chains of patterns, one in the other: pairs grow with the square.
        var chain = string.Join(' ', Enumerable.Range(1, 1_200).Select(length => $"arn:aws:s3:::{new string('a', length)}*"));
        var imported = new MadeUpAccount().User("mara", Allow("s3:PutObject", chain)).User("dave", Allow("s3:GetObject", "arn:aws:s3:::exactly")).User("ann", Allow("sqs:SendMessage", "arn:aws:sqs:*:111122223333:a*")).Import();

        Assert.Contains("rights/user%2Fmara%2Fp -> uncompared/s3 if conditions:unread", imported.All("ENTITLES").Select(edge => edge.Replace("rights/inline-policy%2F", "rights/", StringComparison.Ordinal).Replace("%252F", "%2F", StringComparison.Ordinal)));
        Assert.Contains(imported.All("CONTAINS"), edge => edge.StartsWith("uncompared/s3 -> resource/", StringComparison.Ordinal));
        Assert.Single(imported.Edges, edge => edge.Kind == "ENTITLES" && edge.To == Account + "uncompared/s3");
        Assert.DoesNotContain(imported.Nodes, node => node.Id == Account + "uncompared/sqs");
        Assert.Contains(imported.Report.Warnings, warning => warning.Contains("as possible only", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_Deny_leaves_is_possible_on_patterns_of_other_accounts_too_where_it_takes_too_much()
    {
        // Nothing of how they begin or end tells them apart.
        var many = string.Join(' ', Enumerable.Range(0, 4_000).Select(number => $"arn:aws:sqs:eu-west-1:999988887777:*q{number}*"));
        var imported = new MadeUpAccount().User("mara", string.Join(',', many.Split(' ').Select(arn => Allow("sqs:SendMessage", arn))) + "," + Deny("sqs:DeleteQueue")).Import();

        Assert.Contains(imported.Edges, edge => edge.Kind == "ENTITLES" && edge.To == "aws-999988887777:resource/arn%3Aaws%3Asqs%3Aeu-west-1%3A999988887777%3A%2Aq17%2A");
        Assert.Contains(imported.Report.Warnings, warning => warning.Contains("takes more than 20,000,000 comparisons", StringComparison.Ordinal));
    }

    [Fact]
    public void What_many_denials_leave_is_decided_where_patterns_begin_or_end_differently()
    {
        static string Half(string pattern) => string.Join(',', Enumerable.Range(0, 10_000).Select(number =>
            number % 2 == 0 ? Allow("s3:GetObject", pattern.Replace("N", $"{number}", StringComparison.Ordinal)) : Deny("s3:GetObject", pattern.Replace("N", $"{number}", StringComparison.Ordinal))));
        foreach (var (pattern, left) in new[] { ("arn:aws:s3:::bN/*", "b0%2F%2A"), ("arn:aws:s3:::*/N", "%2A%2F0") })
        {
            var imported = new MadeUpAccount().User("mara", Half(pattern)).Import();
            var given = imported.Edges.Where(edge => edge.Kind == "ENTITLES" && edge.Of.Contains("effective-rights", StringComparison.Ordinal)).ToList();

            Assert.Equal(5_000, given.Count);
            Assert.Contains(given, edge => edge.To.EndsWith(left, StringComparison.Ordinal));
            Assert.All(given, edge => Assert.DoesNotContain(edge.Properties, property => property.Key == "gates"));
            Assert.DoesNotContain(imported.Report.Warnings, warning => warning.Contains("comparisons", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_pattern_of_the_own_name_survives_a_Deny_elsewhere()
    {
        var imported = new MadeUpAccount().User("mara", Allow("s3:GetObject", "arn:aws:s3:::home/${aws:username}/*") + "," + Deny("sqs:*")).Import();

        Assert.Contains(imported.All("ENTITLES"), edge => edge.EndsWith("-> resource/arn%3Aaws%3As3%3A%3A%3Ahome%2Fmara%2F%2A", StringComparison.Ordinal));
        Assert.DoesNotContain(imported.All("ENTITLES"), edge => edge.Contains("dave", StringComparison.Ordinal) || edge.Contains("sqs", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pattern_with_a_variable_takes_in_what_it_may_mean()
    {
        var imported = new MadeUpAccount().User("mara", Allow("s3:GetObject", "arn:aws:s3:::home/${aws:username}/*")).User("dave", Allow("s3:GetObject", "arn:aws:s3:::home/mara/*") + "," + Allow("s3:GetObject", "arn:aws:s3:::away/mara/*")).Import();

        Assert.Contains(imported.All("CONTAINS"), edge => edge.Contains("username", StringComparison.Ordinal) && edge.EndsWith("home%2Fmara%2F%2A", StringComparison.Ordinal));
        Assert.DoesNotContain(imported.All("CONTAINS"), edge => edge.Contains("username%7D%2F%2A -> ", StringComparison.Ordinal) && edge.EndsWith("away%2Fmara%2F%2A", StringComparison.Ordinal));
    }
}
