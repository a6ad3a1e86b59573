using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Measures;

/// <summary>
/// Trust boundaries that proofs cross: distinct pairs of tenant, environment and operating organization, from a premise to its
/// conclusion. A node's are those of its system; where one is not known nothing is crossed.
/// </summary>
public sealed class Boundaries
{
    private readonly HashSet<(string, string)> _tenants = [];
    private readonly HashSet<(string, string)> _environments = [];
    private readonly HashSet<(string, string)> _organizations = [];
    private readonly Dictionary<int, (string? Tenant, string? Environment, string? Organization)> _places = [];

    public int Tenants => _tenants.Count;

    public int Environments => _environments.Count;

    public int Organizations => _organizations.Count;

    /// <summary>Takes in the steps of a proof.</summary>
    public void Cross(IEnumerable<ProofLine> steps)
    {
        foreach (var step in steps)
        {
            Cross(step);
        }
    }

    /// <summary>Takes in one step; the same one again adds nothing.</summary>
    public void Cross(ProofLine step)
    {
        foreach (var from in step.From)
        {
            Cross(from, step.Node);
        }
    }

    private void Cross(Node from, Node to)
    {
        var (here, there) = (PlaceOf(from), PlaceOf(to));
        Add(_tenants, here.Tenant, there.Tenant);
        Add(_environments, here.Environment, there.Environment);
        Add(_organizations, here.Organization, there.Organization);
    }

    private static void Add(HashSet<(string, string)> pairs, string? from, string? to)
    {
        if (from is not null && to is not null && from != to)
        {
            pairs.Add((from, to));
        }
    }

    private (string? Tenant, string? Environment, string? Organization) PlaceOf(Node node)
    {
        if (_places.TryGetValue(node.Index, out var known))
        {
            return known;
        }

        var system = Containment.SystemsOf(node).OrderBy(one => one.Id, StringComparer.Ordinal).Select(one => (Node?)one).FirstOrDefault();
        var operated = node.Kind == NodeKinds.Organization ? node.Id : First(node, EdgeKinds.OperatedBy);
        var place = system is not { } at
            ? (null, null, operated)
            : (First(at, EdgeKinds.InTenant), at[Properties.Env].Text, operated ?? First(at, EdgeKinds.OperatedBy));
        return _places[node.Index] = place;
    }

    private static string? First(Node node, EdgeKind kind)
    {
        foreach (var edge in node.Out(kind))
        {
            if (edge.Holds != Truth.False)
            {
                return edge.To.Id;
            }
        }

        return null;
    }
}
