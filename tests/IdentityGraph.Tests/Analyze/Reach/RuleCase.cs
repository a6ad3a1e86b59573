using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Analyze.Reach;

/// <summary>A rule opening something, or not opening it where one premise fails.</summary>
/// <param name="Rule">D1 to D20.</param>
/// <param name="Story">What is told, as a sentence.</param>
/// <param name="Opens">Whether the target is certainly attained, by this rule last; else it is not even possible.</param>
/// <param name="Seed">Where control begins.</param>
/// <param name="Target">What it is about.</param>
/// <param name="Facts">The facts.</param>
/// <param name="Right">The letter of the right asked about.</param>
/// <param name="SeedRights">Rights on the seed in place of the usual ones; "" for those.</param>
internal sealed record RuleCase(string Rule, string Story, bool Opens, string Seed, string Target, Action<Facts.Lines> Facts, string Right = "U", string SeedRights = "")
{
    public override string ToString() => $"{Rule} {Story}";
}
