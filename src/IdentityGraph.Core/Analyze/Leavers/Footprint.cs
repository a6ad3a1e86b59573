using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>One system in which the leaver had something, or that their leaving is declared to reach.</summary>
public sealed record FootprintSystem
{
    /// <summary>Null: what lies in no system that anybody names.</summary>
    public required Node? System { get; init; }

    /// <summary>By code, then id.</summary>
    public required IReadOnlyList<Anchor> Anchors { get; init; }

    /// <summary>Of its least advanced anchor.</summary>
    public required Removal Removal { get; init; }

    /// <summary>Every anchor has been removed, as shown by a source that is still fresh.</summary>
    public required bool IsProved { get; init; }

    /// <summary>How long after leaving it may stay open.</summary>
    public required TimeSpan Grace { get; init; }

    /// <summary>Each anchor's own removal, in the order of <see cref="Anchors"/>.</summary>
    public required IReadOnlyList<Removal> Removals { get; init; }
}

/// <summary>Every system where any anchor existed since 400 days before the person left, and declared targets.</summary>
internal sealed class Footprint(AnchorWindow window, Removals removals, GracePeriods grace)
{
    /// <summary>By id of the system; what lies in none comes last.</summary>
    public IReadOnlyList<FootprintSystem> Of(Node person, IReadOnlyList<Anchor> anchors)
    {
        var systems = new AnchorSystems(window);
        var within = new Dictionary<int, List<Anchor>>();
        foreach (var anchor in anchors)
        {
            var places = systems.Of(anchor).Select(system => system.Index).DefaultIfEmpty(-1);
            foreach (var place in places)
            {
                (within.TryGetValue(place, out var there) ? there : within[place] = []).Add(anchor);
            }
        }

        List<FootprintSystem> footprint = [.. within.Select(place => Judge(place.Key < 0 ? null : person.View[place.Key], place.Value))];
        foreach (var target in DeclaredTargets.Of(person, systems).Keys.Where(target => !within.ContainsKey(target.Index)))
        {
            var removal = DeclaredTargets.Judge(target, window);
            footprint.Add(new FootprintSystem
            {
                System = target,
                Anchors = [],
                Removals = [],
                Removal = removal,
                IsProved = removal.IsProved,
                Grace = grace.Of(target, []),
            });
        }

        return [.. footprint.OrderBy(place => place.System is null).ThenBy(place => place.System?.Id, StringComparer.Ordinal)];
    }

    private FootprintSystem Judge(Node? system, List<Anchor> anchors)
    {
        var states = anchors.ConvertAll(removals.Of);
        var least = states.Min(removal => removal.State);
        return new FootprintSystem
        {
            System = system,
            Anchors = anchors,
            Removals = states,
            Removal = states.Where(removal => removal.State == least).OrderByDescending(removal => removal.Evidence?.At).First(),
            IsProved = states.All(removal => removal.IsProved),
            Grace = grace.Of(system, anchors),
        };
    }
}
