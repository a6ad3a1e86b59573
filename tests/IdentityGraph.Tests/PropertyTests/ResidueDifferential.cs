using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Naive;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>What is left after a containment, beside the naive reading.</summary>
internal static class ResidueDifferential
{
    private static readonly bool[] s_both = [false, true];

    public static IReadOnlyList<string> Compare(RandomEstate estate)
    {
        var asked = new AskedEstate(estate);
        return asked.IsSettled && asked.Seeds.Count > 0 ? [.. After(asked, Contained(asked), TimeDifferential.Beginning(estate))] : [];
    }

    /// <summary>The first seed, or what lies half way to the farthest target, by the estate.</summary>
    private static List<string> Contained(AskedEstate asked)
    {
        var targets = asked.Targets(asked.Seeds);
        return targets.Count == 0 || targets.Count % 2 == 0 ? [asked.Seeds[0]] : [targets[targets.Count / 2]];
    }

    private static IEnumerable<string> After(AskedEstate asked, List<string> contained, DateTimeOffset from)
    {
        var at = asked.View.AsOf;
        var answer = asked.Answer(investigation => investigation.ResidueAsync(asked.Ask, asked.Seeds, contained, at, from, proofs: false));
        var dead = contained.Concat(asked.Facts.EdgeIds.Where(edge => edge.Kind == "EXPOSES" && contained.Contains(edge.Of) && asked.View.Kind(edge.Of) == "Exposure").Select(edge => edge.To)).Distinct().ToList();
        var cells = s_both.SelectMany(_ => s_both, (possible, amplified) => NaiveResidue.Of(asked.Facts, asked.Profile, asked.Seeds, dead, possible, amplified, from, at)).ToList();
        var (starts, made) = (cells.SelectMany(cell => cell.Starts).ToHashSet(), cells.SelectMany(cell => cell.HypotheticalStarts).ToHashSet());
        var (observed, hypothetical) = (cells[^1].Observed, cells[^1].Hypothetical);
        var told = $"from {from:s} until {at:s} without {string.Join(' ', contained)}";

        string Observed(string node) => starts.Contains(node) ? $"{node} a start" : $"{node} {string.Join('/', cells.Select(cell => cell.Observed.Rights(node)))}";
        string Hypothetical(string node) => made.Contains(node) ? $"{node} a start" : $"{node} {string.Join('/', cells.Select(cell => cell.Hypothetical.Rights(node)))}";
        bool IsMore(string node) => made.Contains(node)
            ? !starts.Contains(node) && (!observed.Attained.Contains(node) || cells.Any(cell => cell.Hypothetical.Rights(node) != cell.Observed.Rights(node)))
            : cells.Any(cell => cell.Hypothetical.Rights(node) != cell.Observed.Rights(node));

        var left = observed.Attained.Where(node => IsListed(asked, node) && (!starts.Contains(node) || observed.IsConcluded(node)));
        var more = hypothetical.Attained.Where(node => IsListed(asked, node) && IsMore(node));
        return
        [
            .. CutsDifferential.Differing($"observed {told}", left.Select(Observed), answer.Observed.Select(row => starts.Contains(row.Id) ? $"{row.Id} a start" : Told(row))),
            .. CutsDifferential.Differing($"hypothetical {told}", more.Select(Hypothetical), answer.Hypothetical.Where(row => !starts.Contains(row.Id)).Select(row => made.Contains(row.Id) ? $"{row.Id} a start" : Told(row))),
            .. starts.Where(node => !asked.Facts.IsPlaceholder(node) && asked.View.Kind(node) == "Credential").Except(answer.Durable).Select(node => $"durable {told}: missing {node}"),
        ];
    }

    private static bool IsListed(AskedEstate asked, string node) => NaiveWords.Listed.Contains(asked.View.Kind(node)) && !asked.Facts.IsPlaceholder(node);

    private static string Told(ReachedNode row) => $"{row.Id} {row.Certain.Direct}/{row.Certain.Amplified}/{row.Possible.Direct}/{row.Possible.Amplified}";
}
