using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Findings;

/// <summary>
/// Who or what something is cannot be told: an account with two candidate persons, an owner that is only a text, or two sources that
/// state different values of a property with equal evidence at the same time.
/// </summary>
public sealed class AmbiguousIdentity : IAnalyzer
{
    public FindingRule Rule { get; } = new("IG-D02", "Identity correlation ambiguous", Severity.Low)
    {
        Fires = "An account has two or more candidate persons, an owner is only a text, or sources of equal grade and time state different values.",
        Remediation = "Confirm the match, name the owner by id, or name the source of truth.",
        Frameworks = new([], ["PR.AA-02"], ["IA-4"], []),
    };

    public IEnumerable<Finding> Analyze(Analysis analysis)
    {
        for (var index = 0; index < analysis.View.NodeCount; index++)
        {
            foreach (var finding in Of(analysis, analysis.View[index]))
            {
                yield return finding;
            }
        }
    }

    public IEnumerable<Finding> Of(Analysis analysis, Node subject)
    {
        if (subject.Present is Truth.False)
        {
            yield break;
        }

        if (subject.Kind == NodeKinds.Account && analysis.Links.Of(subject) is { Count: > 1 } candidates)
        {
            yield return Rule.On(subject, Truth.True, $"{candidates.Count} candidate persons", candidates.Select(link => link.Edge)) with
            {
                Discriminator = "candidates",
                Others = [.. candidates.Select(link => link.Person)],
                Count = candidates.Count,
                Details = Detail.Of(("candidates", candidates.Select(link => link.Person)), ("matchRules", candidates.Select(link => link.Edge[Properties.MatchRule].Text ?? link.Edge.Key).Distinct())),
            };
        }

        foreach (var owned in subject.Out(EdgeKinds.OwnedBy))
        {
            if (owned.Holds is not Truth.False && owned.To.Kind == NodeKinds.Unknown && owned.To.Id.StartsWith("text:", StringComparison.Ordinal))
            {
                yield return Rule.On(subject, owned.Holds, "owner is only a text", owned) with
                {
                    Discriminator = owned.To.Id,
                    Others = [owned.To],
                    Details = Detail.Of(("text", owned.To.Id["text:".Length..]), ("role", owned[Properties.OwnerRole].Text)),
                };
            }
        }

        foreach (var (property, values) in Contradictions(subject))
        {
            yield return Rule.On(subject, Truth.True, $"sources contradict each other on {property}") with
            {
                Discriminator = property,
                Count = values.Count,
                Details = Detail.Of(("property", property), ("values", values)),
            };
        }
    }

    public Neighbourhood? Around(Finding finding) => new([finding.Node!.Value], [EdgeKinds.BelongsTo, EdgeKinds.OwnedBy], []);

    /// <summary>Properties of which the strongest latest statements of different sources differ, each as "source: value".</summary>
    private static IEnumerable<(string Property, IReadOnlyList<string> Values)> Contradictions(Node node)
    {
        if (node.Sources.Count < 2)
        {
            yield break;
        }

        var asOf = node.View.AsOf.UtcTicks;
        foreach (var said in node.Statements().Where(said => said.From <= asOf && asOf < said.Until && said.At <= asOf).GroupBy(said => said.Property))
        {
            if (node.Kind.FindProperty(said.Key) is not { } property || node[property].Known is not Known.Disputed)
            {
                continue;
            }

            var latest = said.GroupBy(one => (one.Source, one.Tenant)).Select(one => one.MaxBy(statement => (statement.From, statement.At))!).ToList();
            var top = latest.Max(one => (one.Grade, one.At));
            var equal = latest.Where(one => (one.Grade, one.At) == top).ToList();
            if (equal.Select(one => one.Value).Distinct().Count() > 1)
            {
                yield return (said.Key, [.. equal.Select(one => $"{one.Source}: {one.Value}").Order(StringComparer.Ordinal)]);
            }
        }
    }
}
