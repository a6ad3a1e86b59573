using System.Text.Json.Nodes;
using IdentityGraph.Tests.Naive;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>Of what an answer about a random estate depends: what changes it when it is taken away from the rules or from the facts.</summary>
internal static class EstateStatistics
{
    public const string Claims = "claims";
    public const string Unknown = "unknown";

    private static readonly string[] s_gates = ["mfaFactor", "allowListIp", "corpNetwork", "managedDevice", "humanApproval", "pamApproval", "senderKey"];

    public static readonly IReadOnlyList<string> All = [.. Enumerable.Range(1, 20).Select(number => $"D{number}"), .. s_gates, Claims, Unknown];

    /// <summary>Which of those asked about decide something.</summary>
    public static IEnumerable<string> Decisive(RandomEstate estate, IReadOnlyCollection<string> asked)
    {
        var moment = MomentOf(estate);
        var answer = Reached(moment, estate, NaiveSwitches.None);
        foreach (var rule in asked.Where(word => word[0] == 'D'))
        {
            if (Reached(moment, estate, NaiveSwitches.WithoutRule(rule)) != answer)
            {
                yield return rule;
            }
        }

        var stated = estate.ToString();
        foreach (var gate in asked.Where(word => s_gates.Contains(word) && IsStated(word, stated)))
        {
            if (Reached(moment, estate, NaiveSwitches.WithoutGate(gate)) != answer)
            {
                yield return gate;
            }
        }

        if (asked.Contains(Unknown) && Reached(moment, estate, NaiveSwitches.None, possible: false) != Reached(moment, estate, NaiveSwitches.None, possible: true))
        {
            yield return Unknown;
        }

        if (asked.Contains(Claims) && estate.Lines.Any(IsClaim))
        {
            var sure = MomentOf(EstateShrinker.Without(estate, IsClaim));
            if (Known(sure, moment) != Known(moment, moment) || Reached(sure, estate, NaiveSwitches.None) != answer)
            {
                yield return Claims;
            }
        }
    }

    /// <summary>A factor is asked for by `mfa` as well, a sender's key by the constraint of a credential.</summary>
    private static bool IsStated(string gate, string lines) => gate is "mfaFactor" or "senderKey" || lines.Contains(gate);

    private static bool IsClaim(JsonObject line) => line["grade"] is { } grade && grade.ToString() != "SystemState";

    private static NaiveMoment MomentOf(RandomEstate estate) => new NaiveEvaluator(estate.Runs, estate.Question.AsKnownAt).At(estate.Question.AsOf);

    /// <summary>What is attained in the four cells, and what is kept.</summary>
    private static string Reached(NaiveMoment moment, RandomEstate estate, NaiveSwitches off)
    {
        var reach = new NaiveReach(new NaiveWorld(moment.View, Differential.ProfileOf(estate.Question.Profile), off), SeedsOf(moment, estate));
        return string.Join(';', new[] { reach.CertainDirect, reach.CertainAmplified, reach.PossibleDirect, reach.PossibleAmplified }.Select(Attained).Concat(reach.Durable));
    }

    private static string Reached(NaiveMoment moment, RandomEstate estate, NaiveSwitches off, bool possible) =>
        Attained(new NaiveFixpoint(new NaiveWorld(moment.View, Differential.ProfileOf(estate.Question.Profile), off), SeedsOf(moment, estate), possible, amplified: true));

    private static IEnumerable<NaiveSeed> SeedsOf(NaiveMoment moment, RandomEstate estate) =>
        estate.Question.Seeds.Where(moment.View.Facts.NodeIds.Contains).Select(seed => new NaiveSeed(seed));

    private static string Attained(NaiveFixpoint fixpoint) =>
        string.Join(' ', fixpoint.Attained.Order(StringComparer.Ordinal).Select(node => $"{node}:{fixpoint.Rights(node)}"));

    /// <summary>What is live, of everything there is with the claims.</summary>
    private static string Known(NaiveMoment moment, NaiveMoment all) => string.Join(' ', all.View.Facts.NodeIds.Select(id => NaiveWords.Word(moment.Live(id))));
}
