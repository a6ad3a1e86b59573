using IdentityGraph.Graph;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Analyze.Reach;

/// <summary>Small estates drawn by lot: every kind control reads, with properties stated, left out, disputed or denied.</summary>
internal sealed class RandomEstate(int seed)
{
    private static readonly EdgeKind[] s_edges = [.. EdgeKinds.All.Where(kind => kind.FeedsControl), EdgeKinds.ConsentedBy];
    private static readonly NodeKind[] s_nodes = [.. s_edges.SelectMany(kind => kind.From.Concat(kind.To)).Where(kind => kind.Name != "Capability").Distinct()];
    private readonly Random _random = new(seed);

    /// <summary>Says the estate; the same seed says the same.</summary>
    public void Say(Facts.Lines lines)
    {
        List<(string Id, NodeKind Kind)> nodes = [];
        foreach (var kind in s_nodes)
        {
            for (var i = 0; i < 2; i++)
            {
                var id = $"{kind.Name}:{i}";
                nodes.Add((id, kind));
                lines.Node(id, kind.Name, Props(kind.Properties));
            }
        }

        for (var i = 0; i < 140; i++)
        {
            var kind = s_edges[_random.Next(s_edges.Length)];
            var (of, to) = (Pick(nodes, kind.From), Pick(nodes, kind.To));
            if (of is not null && to is not null)
            {
                lines.Edge(kind.Name, of, to, Props(kind.Properties)).With(key: $"{i}");
            }
        }
    }

    private string? Pick(List<(string Id, NodeKind Kind)> nodes, IReadOnlyList<NodeKind> kinds)
    {
        var fitting = nodes.Where(node => kinds.Count == 0 || kinds.Contains(node.Kind)).ToList();
        return fitting.Count == 0 ? null : fitting[_random.Next(fitting.Count)].Id;
    }

    private (string, object?)[] Props(IReadOnlyList<Property> properties)
    {
        List<(string, object?)> props = [];
        foreach (var property in properties)
        {
            if (property == Properties.State)
            {
                props.Add((property.Name, One("Active", "Active", "Active", "Active", "Disabled", "Locked")));
            }
            else if (property == Properties.ExpiresAt && _random.Next(2) == 0)
            {
                props.Add((property.Name, null));
            }
            else if (IsSaid(property) && Value(property) is { } value)
            {
                props.Add((property.Name, value.Value));
            }
        }

        return [.. props];
    }

    /// <summary>What would make nearly every credential dead is said seldom.</summary>
    private bool IsSaid(Property property) => property == Properties.RevokedAt || property == Properties.NotBefore ? _random.Next(6) == 0 : _random.Next(3) != 0;

    private Stated? Value(Property property) => property.Nullable && _random.Next(5) == 0 ? new(null) : property.Type switch
    {
        PropertyType.Flag => new(_random.Next(2) == 0),
        PropertyType.Word => new(property.Words[_random.Next(property.Words.Count)]),
        PropertyType.WordList => new(property.Words.Where(_ => _random.Next(2) == 0).ToArray()),
        PropertyType.Level => new($"L{_random.Next(7)}"),
        PropertyType.Rights => new(One("R", "RW", "DU", "A")),
        PropertyType.Instant => new(One("2025-05-01T00:00:00Z", "2025-05-20T00:00:00Z", "2025-07-01T00:00:00Z")),
        PropertyType.Duration => new(One("P1D", "P90D")),
        _ when property == Properties.Gates => new(_random.Next(3) == 0 ? new[] { One("mfaFactor", "corpNetwork", "humanApproval", "oddWord") } : []),
        _ when property == Properties.Mapping => new(new[] { One("*=>Account:0", "Account:1=>ServiceIdentity:1", "garbled") }),
        _ when property == Properties.Fingerprint => new(One("f1", "f2", "f3")),
        _ when property == Properties.ScopeIds => new(new[] { "Scope:0" }),
        _ when property == Properties.Confidence => new(One(0.5, 0.9, 1.0)),
        _ when property == Properties.NetworkConstraint => new(One("none", "corpNetwork")),
        _ => null,
    };

    private sealed record Stated(object? Value);

    private T One<T>(params T[] choices) => choices[_random.Next(choices.Length)];
}
