using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>One system in which the leaver had something, or that their leaving is declared to reach.</summary>
public sealed record FootprintSystem
{
    /// <summary>Null: what lies in no system that anybody names.</summary>
    public required Node? System { get; init; }

    /// <summary>By code, then id.</summary>
    public required IReadOnlyList<Anchor> Anchors { get; init; }

    /// <summary>Those of <see cref="Anchors"/> that no fact puts here: what they open, act for or run as lies here.</summary>
    public IReadOnlySet<Anchor> Indirect { get; init; } = new HashSet<Anchor>();

    /// <summary>Of its least advanced anchor.</summary>
    public required Removal Removal { get; init; }

    /// <summary>Every anchor has been removed, as shown by a source that is still fresh.</summary>
    public required bool IsProved { get; init; }

    /// <summary>How long after leaving it may stay open.</summary>
    public required TimeSpan Grace { get; init; }

    /// <summary>Each anchor's own removal, in the order of <see cref="Anchors"/>.</summary>
    public required IReadOnlyList<Removal> Removals { get; init; }

    /// <summary>What else a change of this leaving was to remove here, and its removal; by id.</summary>
    public IReadOnlyList<(Node Thing, Removal Removal)> Declared { get; init; } = [];
}

/// <summary>Every system where any anchor existed since 400 days before the person left, and declared targets.</summary>
internal sealed class Footprint(AnchorWindow window, Removals removals, GracePeriods grace, Liveness liveness)
{
    /// <summary>By id of the system; what lies in none comes last.</summary>
    public IReadOnlyList<FootprintSystem> Of(Node person, IReadOnlyList<Anchor> anchors)
    {
        var systems = new AnchorSystems(window);
        var declared = new DeclaredTargets(person, window, systems, liveness);
        var within = new SortedDictionary<int, (List<Anchor> Anchors, List<Node> Things)>();
        foreach (var anchor in anchors)
        {
            foreach (var place in PlacesOf(systems.Of(anchor)))
            {
                At(place).Anchors.Add(anchor);
            }
        }

        foreach (var thing in declared.Things.Where(thing => !anchors.Any(anchor => anchor.Node == thing)).OrderBy(thing => thing.Id, StringComparer.Ordinal))
        {
            foreach (var place in PlacesOf(systems.Of(thing)))
            {
                At(place).Things.Add(thing);
            }
        }

        List<FootprintSystem> footprint = [.. within.Select(place => Judge(place.Key < 0 ? null : person.View[place.Key], place.Value.Anchors, place.Value.Things, declared, systems))];
        foreach (var target in declared.Systems.Keys.Where(target => !within.ContainsKey(target.Index)))
        {
            var removal = declared.Judge(target);
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

        (List<Anchor> Anchors, List<Node> Things) At(int place) => within.TryGetValue(place, out var there) ? there : within[place] = ([], []);
    }

    private static IEnumerable<int> PlacesOf(IReadOnlyList<Node> systems) => systems.Select(system => system.Index).DefaultIfEmpty(-1);

    private FootprintSystem Judge(Node? system, List<Anchor> anchors, List<Node> things, DeclaredTargets declared, AnchorSystems places)
    {
        var asked = system is { } whole && declared.Systems.TryGetValue(whole, out var actions) ? actions : [];
        var states = anchors.ConvertAll(anchor => Advanced(removals.Of(anchor), anchor.Node, asked));
        var others = things.ConvertAll(thing => (thing, Advanced(removals.Of(thing), thing, asked)));
        List<Removal> all = [.. states, .. others.Select(other => other.Item2)];
        var least = all.Min(removal => removal.State);
        return new FootprintSystem
        {
            System = system,
            Anchors = anchors,
            Indirect = system is null ? new HashSet<Anchor>() : anchors.Where(anchor => !places.IsIn(anchor.Node)).ToHashSet(),
            Removals = states,
            Declared = others,
            Removal = all.Where(removal => removal.State == least).OrderByDescending(removal => removal.Evidence?.At).First(),
            IsProved = all.All(removal => removal.IsProved),
            Grace = grace.Of(system, [.. anchors.Select(anchor => anchor.Node), .. things]),
        };
    }

    /// <summary>What was asked of the whole system was asked of everything in it.</summary>
    private static Removal Advanced(Removal own, Node node, List<Node> asked) =>
        own.State is RemovalState.NotStarted or RemovalState.Unknown ? RemovalActions.Furthest(asked, node.IsPlaceholder ? null : Removals.ReadAt(node)) ?? own : own;
}
