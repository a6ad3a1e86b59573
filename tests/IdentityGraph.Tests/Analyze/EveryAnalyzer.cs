using IdentityGraph.Analyze;
using IdentityGraph.Report;
using IdentityGraph.Tests.Analyze.Findings;

namespace IdentityGraph.Tests.Analyze;

/// <summary>What must hold for every rule.</summary>
public sealed class EveryAnalyzer
{
    public static TheoryData<string> Stories => [.. FindingCases.All.Select(one => one.ToString())];

    public static TheoryData<string> Rules => [.. Analyzers.All.Select(analyzer => analyzer.Rule.Id)];

    [Theory]
    [MemberData(nameof(Stories))]
    public void Finds_what_it_says_and_nothing_nearby(string story)
    {
        var one = FindingCases.All.Single(other => other.ToString() == story);

        var found = FindingCase.Evaluate(one.Facts(), one.AsOf, one.Rule).Findings.Where(finding => finding.Subject == one.Subject).Select(FindingCase.Say).Order(StringComparer.Ordinal);

        Assert.Equal(one.Found ?? "", string.Join(" | ", found));
    }

    [Fact]
    public void Has_a_story_in_which_it_is_found_and_one_in_which_it_is_not()
    {
        var expected = Analyzers.All.SelectMany(analyzer => new[] { (analyzer.Rule.Id, true), (analyzer.Rule.Id, false) });

        Assert.Equal(expected.ToHashSet(), FindingCases.All.Select(one => (one.Rule, one.Found is not null)).ToHashSet());
    }

    [Fact]
    public void Has_an_id_of_its_own() =>
        Assert.Equal(Analyzers.All.Select(analyzer => analyzer.Rule.Id).Distinct(), Analyzers.All.Select(analyzer => analyzer.Rule.Id));

    [Fact]
    public void Gives_each_breach_one_fingerprint() => Assert.All(FindingCases.All, one =>
    {
        var prints = FindingCase.Evaluate(one.Facts(), one.AsOf).Findings.Select(finding => finding.Fingerprint).ToList();
        Assert.Equal(prints.Distinct(), prints);
    });

    [Theory]
    [MemberData(nameof(Rules))]
    public void Has_a_page_whose_head_is_the_rule(string id)
    {
        var page = Repository.File($"docs/findings/{id}.md");
        var head = $"<!-- rule -->\n{RuleText.Head(Analyzers.Find(id)!.Rule)}<!-- /rule -->\n";
        var text = File.ReadAllText(page).ReplaceLineEndings("\n");
        var body = text[(text.IndexOf("<!-- /rule -->\n", StringComparison.Ordinal) + 15)..];
        if (Environment.GetEnvironmentVariable("IDENTITYGRAPH_WRITE_DOCS") is not null)
        {
            File.WriteAllText(page, head + body);
            return;
        }

        Assert.Equal(head, text[..^body.Length]);
        Assert.All(["## What", "## Why", "## It fires", "## It does not fire", "## False positives"], part => Assert.Contains(part, body, StringComparison.Ordinal));
    }
}
