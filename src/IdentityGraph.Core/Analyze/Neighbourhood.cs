using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze;

/// <summary>
/// The part of the graph in which the facts lie that can make or end a finding: nodes reached over some kinds of edges, whether they
/// hold, held or will hold.
/// </summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Outward">Kinds followed from start to end.</param>
/// <param name="Inward">Kinds followed from end to start.</param>
public sealed record Neighbourhood(IReadOnlyList<Node> Start, IReadOnlyList<EdgeKind> Outward, IReadOnlyList<EdgeKind> Inward)
{
    private const int Enough = 4_000;

    /// <summary>Whether something can authenticate: itself, its credentials and grants, and those they hang on.</summary>
    public static IReadOnlyList<EdgeKind> LivingOutward { get; } =
    [
        EdgeKinds.AuthenticatesAs, EdgeKinds.BackedBy, EdgeKinds.ConsentedBy, EdgeKinds.OnBehalfOf, EdgeKinds.DerivedFrom, EdgeKinds.InSystem,
        EdgeKinds.BelongsTo, EdgeKinds.EmployedAs,
    ];

    public static IReadOnlyList<EdgeKind> LivingInward { get; } = [EdgeKinds.AuthenticatesAs, EdgeKinds.GrantedTo];

    /// <summary>Who answers for something as well.</summary>
    public static IReadOnlyList<EdgeKind> OwningOutward { get; } = [.. LivingOutward, EdgeKinds.OwnedBy, EdgeKinds.SponsoredBy, EdgeKinds.InstanceOf, EdgeKinds.GrantedTo];

    public static IReadOnlyList<EdgeKind> OwningInward { get; } =
    [
        .. LivingInward, EdgeKinds.MemberOf, EdgeKinds.MemberOfTeam, EdgeKinds.Assigns, EdgeKinds.Holds, EdgeKinds.Targets, EdgeKinds.Reviews, EdgeKinds.Approves,
    ];

    /// <summary>Instants, UTC ticks, at which something in it may change; null: it is too large to list.</summary>
    internal SortedSet<long>? Moments(Liveness liveness)
    {
        var moments = new SortedSet<long>();
        var seen = Start.ToHashSet();
        var work = new Queue<Node>(seen);
        while (work.TryDequeue(out var node))
        {
            AddMoments(node, liveness, moments);
            foreach (var kind in Outward)
            {
                foreach (var edge in node.Out(kind))
                {
                    AddMoments(edge, moments);
                    Visit(edge.To);
                }
            }

            foreach (var kind in Inward)
            {
                foreach (var edge in node.In(kind))
                {
                    AddMoments(edge, moments);
                    Visit(edge.Of);
                }
            }

            if (seen.Count > Enough)
            {
                return null;
            }
        }

        return moments;

        void Visit(Node next)
        {
            if (seen.Add(next))
            {
                work.Enqueue(next);
            }
        }
    }

    private static void AddMoments(Node node, Liveness liveness, SortedSet<long> moments)
    {
        var columns = node.View.Columns;
        foreach (ref readonly var span in columns.NodeSpans.AsSpan(columns.NodeSpanStarts[node.Index]..columns.NodeSpanStarts[node.Index + 1]))
        {
            foreach (var rank in (ReadOnlySpan<int>)[span.UnknownFrom, span.From, span.EndsNotBefore, span.Until, span.FirstAt, span.LastAt])
            {
                moments.Add(columns.Times[rank]);
            }

            if (node.Kind == NodeKinds.Credential)
            {
                moments.UnionWith(columns.FullStarts[span.Stream]);
            }
        }

        AddMoments(node.Statements(), moments);
        if (node.Kind == NodeKinds.Employment)
        {
            Add(HrDates.Start(node), moments);
            Add(HrDates.End(node), moments);
        }
        else if (node.Kind == NodeKinds.Credential && liveness.EffectiveExpiry(node) is { Kind: ExpiryKind.At } end)
        {
            moments.Add(end.Ticks);
        }
    }

    private static void AddMoments(Edge edge, SortedSet<long> moments)
    {
        foreach (var claim in edge.Claims)
        {
            moments.UnionWith([claim.From, claim.BeginsNotBefore, claim.Until, claim.EndsNotBefore, claim.FirstAt, claim.LastAt]);
        }

        AddMoments(edge.Statements(), moments);
    }

    private static void AddMoments(IReadOnlyList<Statement> statements, SortedSet<long> moments)
    {
        foreach (var said in statements)
        {
            moments.UnionWith([said.From, said.Until, said.At]);
            Add(said.Value.AsInstant(), moments);
        }
    }

    private static void Add(DateTimeOffset? instant, SortedSet<long> moments)
    {
        if (instant is { } known)
        {
            moments.Add(known.UtcTicks);
        }
    }
}
