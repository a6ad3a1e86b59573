using System.Globalization;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report.Assertions;

/// <summary>Claims as people say them.</summary>
internal static class ClaimWords
{
    private const int Named = 5;

    public static string Of(Assertion claim) => claim switch
    {
        NoPathAssertion path => $"no path from {Of(path.From)}{(path.Each ? ", one at a time," : "")} to {Of(path.To)}{(path.Level is { } level and not Level.L0 ? $" at {level} or more" : "")}",
        MaxBlastAssertion blast => $"the blast radius of {Of(blast.Of)}{(blast.Together ? ", held together," : "")} is at most {Budgets(blast)}",
        NoOrphansAssertion orphans => $"somebody in employment answers for every {(orphans.Kinds.Count == 0 ? "identity" : string.Join(", ", orphans.Kinds))} that can authenticate{Except(orphans.Except)}",
        NoLiveLeaverAssertion leavers => $"{(leavers.Persons.Count == 0 ? "no leaver still reaches" : $"{Ids(leavers.Persons)} do not reach")} anything past the time allowed{Except(leavers.Except)}",
        _ => claim.Kind,
    };

    private static string Of(Chosen chosen)
    {
        List<string> parts = [];
        if (chosen.Ids.Count > 0)
        {
            parts.Add(Ids(chosen.Ids));
        }

        var described = chosen.NonHuman ? ["non-human identity", .. chosen.Kinds] : chosen.Kinds;
        if (described.Count > 0 || chosen.Tier is not null || chosen.CrownJewels)
        {
            parts.Add($"every {(chosen.CrownJewels ? "crown jewel " : "")}{(described.Count == 0 ? "system and resource" : string.Join(", ", described))}{(chosen.Tier is { } tier ? $" of tier {tier}" : "")}");
        }

        return string.Join(" and ", parts) + Except(chosen.Except);
    }

    private static string Budgets(MaxBlastAssertion claim)
    {
        List<string> parts = [];
        if (claim.Limits is { } limits)
        {
            parts.Add(Of(limits));
        }

        parts.AddRange(claim.PerTier.OrderBy(static tier => tier.Key).Select(static tier => $"{Of(tier.Value)} in tier {tier.Key}"));
        if (claim.UnknownTier is { } unknown)
        {
            parts.Add($"{Of(unknown)} where the tier is unknown");
        }

        return string.Join("; ", parts);
    }

    private static string Of(BlastLimits limits) => string.Join(", ", ((string?[])
    [
        limits.Nodes is { } nodes ? $"{nodes} nodes" : null,
        limits.Score is { } score ? string.Create(CultureInfo.InvariantCulture, $"score {score:0.##}") : null,
        limits.Share is { } share ? string.Create(CultureInfo.InvariantCulture, $"share {share:0.####}") : null,
        limits.CrownJewels is { } jewels ? $"{jewels} crown jewels" : null,
    ]).OfType<string>());

    private static string Except(IReadOnlyList<string> ids) => ids.Count == 0 ? "" : $" except {Ids(ids)}";

    private static string Ids(IReadOnlyList<string> ids) => string.Join(", ", ids.Take(Named)) + (ids.Count > Named ? $" and {ids.Count - Named} more" : "");
}
