using IdentityGraph.Graph.Columns;

namespace IdentityGraph.Graph;

/// <summary>An edge in a view: two words, no object behind it.</summary>
public readonly struct Edge(GraphView view, int index) : IEquatable<Edge>
{
    public GraphView View { get; } = view;

    /// <summary>Dense index in the snapshot, 0 to EdgeCount - 1; edges of one kind are contiguous.</summary>
    public int Index { get; } = index;

    public EdgeKind Kind => EdgeKind.All[View.Columns.KindOfEdge(Index)];

    public Node Of => new(View, View.Columns.EdgeOf[Index]);

    public Node To => new(View, View.Columns.EdgeTo[Index]);

    public string Key => View.Columns.Keys[View.Columns.EdgeKey[Index]];

    /// <summary>Whether it holds at the view's instant: valid while any source that asserted it still does; Unknown where stale or within the bounds of an end.</summary>
    public Truth Holds => View.EdgeTruthAt(Index);

    public Reading this[Property property] => View.Read(View.Columns.EdgeStatements, Index, Spans, Holds, property);

    /// <summary>Since when what holds now holds without a break (UTC ticks), as far as stated; <see cref="Instants.Earliest"/> where no start is known.</summary>
    public long Since => EdgeSpans.Since(View.Columns, Spans, View.Now, View.Stale);

    /// <summary>When what holds now stops, as stated (UTC ticks); <see cref="Instants.Latest"/> where open.</summary>
    public long Until => EdgeSpans.Until(View.Columns, Spans, View.Now, View.Stale);

    /// <summary>Whether it holds or held before: what happened once stays so when nobody states it any more.</summary>
    internal Truth HasHeld
    {
        get
        {
            var now = View.AsOf.UtcTicks;
            return Claims.Aggregate(Truth.False, (held, claim) => held.Or(
                claim.From <= now && claim.From < claim.Until ? Truth.True
                : claim.BeginsNotBefore <= now && claim.BeginsNotBefore < claim.Until ? Truth.Unknown
                : Truth.False));
        }
    }

    /// <summary>When it first held, as stated by whoever states it earliest (UTC ticks); null where nobody states a beginning before the view's instant.</summary>
    internal long? FirstHeldAt
    {
        get
        {
            var now = View.AsOf.UtcTicks;
            return Claims
                .Where(claim => claim.From <= now && claim.From < claim.Until && claim.BeginsNotBefore == claim.From && claim.From > Instants.Always)
                .Select(claim => (long?)claim.From)
                .Min();
        }
    }

    /// <summary>Whether some source's claim begins at the instant (UTC ticks), or may; reading again what stands begins nothing.</summary>
    internal Truth BeginsAt(long instant) => EdgeSpans.BeginsAt(View.Columns, Spans, instant);

    /// <summary>Every claim of every source, oldest first, whatever the view's instant.</summary>
    public IReadOnlyList<EdgeClaim> Claims => EdgeSpans.Claims(View.Columns, Spans);

    public IReadOnlyList<Statement> Statements() => StatementList.Of(View.Columns, View.Columns.EdgeStatements, Index);

    /// <summary>References of every source that asserted it, distinct, ordinal order.</summary>
    public IReadOnlyList<string> Evidence => View.Columns.EdgeEvidence.GetValueOrDefault(Index, []);

    private ReadOnlySpan<Span> Spans => View.Columns.EdgeSpans.AsSpan(View.Columns.EdgeSpanStarts[Index]..View.Columns.EdgeSpanStarts[Index + 1]);

    public bool Equals(Edge other) => ReferenceEquals(View, other.View) && Index == other.Index;

    public override bool Equals(object? obj) => obj is Edge other && Equals(other);

    public override int GetHashCode() => Index;

    public static bool operator ==(Edge left, Edge right) => left.Equals(right);

    public static bool operator !=(Edge left, Edge right) => !left.Equals(right);

    public override string ToString() => $"{Of} -{Kind}-> {To}";
}
