namespace IdentityGraph.Tests.Naive;

/// <summary>What something made, and what is live and unused, read off the facts.</summary>
/// <param name="view">The facts at one moment.</param>
/// <param name="profile">Which attacker.</param>
internal sealed class NaiveNamedQuestions(NaiveView view, NaiveProfile profile)
{
    private static readonly string[] s_asked = ["Account", "ServiceIdentity", "Agent", "Application", "Connector"];

    /// <summary>Every (child, parent, surely) below the root: to have been made does not end.</summary>
    public IReadOnlySet<(string Child, string By, bool Surely)> Spawned(string root)
    {
        HashSet<string> parents = [root];
        HashSet<(string, string, bool)> made = [];
        for (var before = -1; before < made.Count;)
        {
            before = made.Count;
            foreach (var edge in view.Facts.EdgeIds.Where(edge => edge.Kind == "SPAWNED" && edge.Of != edge.To && parents.Contains(edge.Of)).ToList())
            {
                var keys = view.Facts.EdgeIds.Where(other => (other.Kind, other.Of, other.To) == (edge.Kind, edge.Of, edge.To)).Select(HasHeld).ToList();
                if (keys.All(held => held is false))
                    continue;
                made.Add((edge.To, edge.Of, keys.Contains(true)));
                parents.Add(edge.To);
            }
        }

        return made;
    }

    /// <summary>"Dormant P90D": live or possibly, last used so long ago or never; with the highest level attained of a system or resource.</summary>
    public IReadOnlyDictionary<string, string> Dormant()
    {
        var live = new NaiveLiveness(view);
        return view.Facts.NodeIds
            .Where(node => s_asked.Contains(view.Kind(node)) && !view.Facts.IsPlaceholder(node) && live.Live(node) is not false && IsUnused(node))
            .ToDictionary(node => node, Level);
    }

    private string Level(string node)
    {
        var reach = new NaiveReach(new NaiveWorld(view, profile), [new NaiveSeed(node)]);
        var (certain, possible) = (Highest(reach.CertainAmplified), Highest(reach.PossibleAmplified));
        return certain > 0 ? $"L{certain}" : $"L{possible}?";

        int Highest(NaiveFixpoint cell) => cell.Attained.Where(place => place != node && view.Kind(place) is "System" or "Resource").Select(place => NaiveRights.LevelOf(cell.Rights(place))).DefaultIfEmpty(0).Max();
    }

    private bool IsUnused(string node)
    {
        var stated = view.Of(node, "lastUsedAt");
        List<DateTimeOffset?> uses = [stated.Instant ?? (stated.IsStale ? NaiveValue.InstantOf(stated.Candidates[0]?.ToString()) : null)];
        uses.AddRange(view.Facts.EdgeIds.Where(edge => edge.Kind == "TARGETS" && edge.To == node && view.Kind(edge.Of) == "UsageObservation").Select(edge => view.Of(edge.Of, "lastAt").Instant));
        return uses.Max() is { } last ? last <= view.AsOf - TimeSpan.FromDays(90) : stated.Said is NaiveSaid.None;
    }

    private bool? HasHeld(NaiveEdge edge) => view.Facts.SpansOf(edge)
        .Select(span => view.AsOf >= span.Begin && span.Begin != span.EndHigh ? true : span.UnknownFrom <= view.AsOf && span.UnknownFrom != span.EndHigh ? null : (bool?)false)
        .Any();
}
