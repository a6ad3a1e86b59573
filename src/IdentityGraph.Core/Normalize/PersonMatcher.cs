using IdentityGraph.Graph;
using IdentityGraph.Graph.Fold;

namespace IdentityGraph.Normalize;

/// <summary>
/// Links accounts with people across sources by <see cref="MatchRule.All"/>, anew in every fold: links are conclusions (grade
/// Inference) from what was known, never stored. A link holds while both sides state the key.
/// What a source itself states of whose an account is wins for its time; certain rules leave no room for candidates; several people
/// at one time are all kept, and then none of them is certain.
/// </summary>
public sealed class PersonMatcher : FactDerivation
{
    /// <summary>Changes whenever the same facts would be linked otherwise; evidence of every link.</summary>
    public const string Version = "idgraph:person-match/2";

    internal override void Derive(FactCollector facts, CancellationToken cancellationToken)
    {
        var people = new PersonIndex(facts, cancellationToken);
        var stated = StatedLinks(facts);
        var accounts = facts.Nodes.Count;
        for (var node = 0; node < accounts; node++)
        {
            if (facts.Nodes.LabelOf(node) == NodeKinds.Account.Name)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Link(facts, node, Matches(facts, node, people), [.. stated[node]]);
            }
        }
    }

    private static ILookup<int, Stretch> StatedLinks(FactCollector facts)
    {
        var stated = new List<(int Account, Stretch While)>();
        for (var edge = 0; edge < facts.Edges.Count; edge++)
        {
            if (facts.Edges.Kind[edge] != EdgeKinds.BelongsTo.Index)
            {
                continue;
            }

            for (var row = facts.EdgeSightings.Head(edge); row >= 0; row = facts.EdgeSightings.Rows[row].Next)
            {
                var sighting = facts.EdgeSightings.Rows[row];
                if (!sighting.IsBareEnd)
                {
                    var from = sighting.Has(SightingMarks.FromStated) ? facts.Times[sighting.From] : Instants.Earliest;
                    stated.Add((facts.Edges.Of[edge], new Stretch(from, facts.Times[sighting.Until])));
                }
            }
        }

        return stated.ToLookup(link => link.Account, link => link.While);
    }

    private static void Link(FactCollector facts, int account, List<Match> matches, List<Stretch> taken)
    {
        // Strongest first, whatever the order of runs and nodes.
        matches.Sort((left, right) => (-left.Confidence, left.Order, left.While.From).CompareTo((-right.Confidence, right.Order, right.While.From)) is not 0 and var order
            ? order
            : string.CompareOrdinal(facts.Nodes.Ids[left.Person], facts.Nodes.Ids[right.Person]));
        var certain = new List<Stretch>();
        var linked = new Dictionary<int, List<Stretch>>();
        foreach (var match in matches)
        {
            if (!linked.TryGetValue(match.Person, out var mine))
            {
                linked[match.Person] = mine = [];
            }

            var closed = taken.Concat(mine).Concat(match.Confidence >= MatchRule.Certain ? [] : certain);
            foreach (var stretch in match.While.Without(closed).ToList())
            {
                facts.Conclude(new Conclusion
                {
                    Kind = EdgeKinds.BelongsTo,
                    Of = account,
                    To = match.Person,
                    Key = match.Rule.Name,
                    From = stretch.From,
                    FromStated = match.FromStated || stretch.From != match.While.From,
                    Until = stretch.Until,
                    FirstAt = match.FirstAt,
                    LastAt = match.LastAt,
                    Streams = match.Streams,
                    Properties = [(Properties.Confidence, PropertyValue.Of(match.Confidence)), (Properties.MatchRule, PropertyValue.Of(match.Rule.Name))],
                    Evidence = Version,
                });
                mine.Add(stretch);
                if (match.Confidence >= MatchRule.Certain)
                {
                    certain.Add(stretch);
                }
            }
        }
    }

    private static List<Match> Matches(FactCollector facts, int account, PersonIndex people)
    {
        var matches = new List<Match>();
        foreach (var key in KeyStatements.Of(facts, account, Properties.HrId, PersonIndex.Exact))
        {
            Find(MatchRule.HrId, MatchRule.HrId, key);
        }

        foreach (var key in KeyStatements.Of(facts, account, Properties.EmployeeNumber, PersonIndex.Exact))
        {
            Find(MatchRule.EmployeeNumber, MatchRule.EmployeeNumber, key);
        }

        foreach (var key in KeyStatements.Of(facts, account, Properties.Email, PersonIndex.AnyCase))
        {
            var verified = KeyStatements.Flag(facts, account, Properties.EmailVerified, key.Owner) is true;
            Find(MatchRule.VerifiedEmail, verified ? MatchRule.VerifiedEmail : MatchRule.Email, key);
            Find(MatchRule.Email, MatchRule.Email, key);
        }

        foreach (var key in KeyStatements.Of(facts, account, Properties.Name, KeyStatements.PlainName))
        {
            Find(MatchRule.DisplayName, MatchRule.DisplayName, key);
            Find(MatchRule.Login, MatchRule.Login, key);
            if (SystemInstance(facts.Nodes.Ids[account]) is { } system)
            {
                Find(MatchRule.CorrelationKey, MatchRule.CorrelationKey, key with { Value = $"{system}:{key.Value}" });
            }
        }

        foreach (var name in NamesOf(facts.Nodes.Ids[account]))
        {
            Find(MatchRule.CorrelationKey, MatchRule.CorrelationKey, new KeyStatement(name, Stretch.Always, true, false, Instants.Earliest, Instants.Latest, -1, -1));
        }

        return matches;

        void Find(MatchRule among, MatchRule rule, KeyStatement mine)
        {
            foreach (var (person, theirs) in people.Of(among, mine.Value))
            {
                var both = mine.While.And(theirs.While);
                if (!both.IsEmpty)
                {
                    matches.Add(Match.Of(rule, person, both, mine, theirs));
                }
            }
        }
    }

    /// <summary>What a correlation key may call the account by: its id, or its system instance and external id.</summary>
    private static IEnumerable<string> NamesOf(string id)
    {
        if (PersonIndex.AnyCase(id) is { } whole)
        {
            yield return whole;
        }

        var slash = id.IndexOf('/', StringComparison.Ordinal);
        if (SystemInstance(id) is { } system && slash > 0 && PersonIndex.AnyCase(Uri.UnescapeDataString(id[(slash + 1)..])) is { } external)
        {
            yield return $"{system}:{external}";
        }
    }

    private static string? SystemInstance(string id) =>
        id.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? PersonIndex.AnyCase(Uri.UnescapeDataString(id[..colon])) : null;

    /// <summary>An account and a person that state one key at one time.</summary>
    private readonly record struct Match(MatchRule Rule, double Confidence, int Order, int Person, Stretch While, bool FromStated, long FirstAt, long LastAt, int[] Streams)
    {
        public static Match Of(MatchRule rule, int person, Stretch both, KeyStatement mine, KeyStatement theirs)
        {
            var later = mine.While.From > theirs.While.From ? mine.FromStated
                : theirs.While.From > mine.While.From ? theirs.FromStated
                : mine.FromStated && theirs.FromStated;
            var confidence = mine.Disputed || theirs.Disputed ? Math.Min(rule.Confidence, MatchRule.Disputed) : rule.Confidence;
            int[] streams = mine.Stream < 0 ? [theirs.Stream] : [mine.Stream, theirs.Stream];
            var order = 0;
            while (MatchRule.All[order] != rule)
            {
                order++;
            }

            return new Match(rule, confidence, order, person, both, later, Math.Max(mine.FirstAt, theirs.FirstAt), Math.Min(mine.LastAt, theirs.LastAt), streams);
        }
    }
}
