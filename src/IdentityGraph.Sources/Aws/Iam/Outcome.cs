using IdentityGraph.Graph;

namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>One way in which a request is allowed: all its gates must be satisfied.</summary>
/// <param name="Gates">Gate words, sorted; none: nothing is asked for.</param>
/// <param name="Unread">Whether a condition nobody can judge must hold too.</param>
internal sealed record Way(IReadOnlyList<string> Gates, bool Unread)
{
    /// <summary>When it ceases to be one; null: it does not.</summary>
    public DateTimeOffset? Until { get; init; }

    public static Way Free { get; } = new([], false);

    public static Way Unknown { get; } = new([], true);

    public static Way Gate(string word) => new([word], false);

    /// <summary>Equal for ways that ask for the same; "" where nothing is asked for.</summary>
    public string Text => (Gates.Count == 0 ? Unread ? "?" : "" : string.Join(',', Gates) + (Unread ? "?" : "")) + (Until is { } end ? " until " + Instants.ToText(end) : "");

    public bool IsFree => Gates.Count == 0 && !Unread && Until is null;

    public Way And(Way other) =>
        IsFree ? other : other.IsFree ? this : new([.. Gates.Union(other.Gates).Order(StringComparer.Ordinal)], Unread || other.Unread) { Until = other.Until is null || Until < other.Until ? Until : other.Until };

    /// <summary>The same where somebody may open the gate for itself, which nobody knows; null: it has no such gate.</summary>
    public Way? Without(string gate) => Gates.Contains(gate) ? this with { Gates = [.. Gates.Where(word => word != gate)], Unread = true } : null;

    /// <summary>Whether it asks for no more than the other.</summary>
    public bool IsNoHarderThan(Way other) => (!Unread || other.Unread) && (Until is null || Until >= other.Until) && Gates.All(other.Gates.Contains);
}

/// <summary>The ways in which a request is allowed; none: it is denied. Three-valued: free, on conditions, denied.</summary>
internal sealed class Outcome
{
    /// <summary>More ways than this are one of which nothing is known.</summary>
    private const int MostWays = 8;

    private Outcome(IReadOnlyList<Way> ways) => Ways = ways;

    public static Outcome Denied { get; } = new([]);

    public static Outcome Allowed { get; } = new([Way.Free]);

    public static Outcome Unknown { get; } = new([Way.Unknown]);

    /// <summary>None asks for no more than another.</summary>
    public IReadOnlyList<Way> Ways { get; }

    public bool IsDenied => Ways.Count == 0;

    public bool IsAllowed => Ways is [{ IsFree: true }];

    public static Outcome Of(IEnumerable<Way> ways)
    {
        List<Way> kept = [];
        foreach (var way in ways)
        {
            if (way.IsFree)
            {
                return Allowed;
            }

            if (kept.Exists(other => other.IsNoHarderThan(way)))
            {
                continue;
            }

            kept.RemoveAll(way.IsNoHarderThan);
            kept.Add(way);
            if (kept.Count > MostWays)
            {
                return Unknown;
            }
        }

        return kept.Count == 0 ? Denied : new Outcome(kept);
    }

    /// <summary>The same for one that may open the gate for itself, which nobody knows.</summary>
    public Outcome EvenWithout(string gate) => Ways.Any(way => way.Gates.Contains(gate)) ? Of(Ways.Concat(Ways.Select(way => way.Without(gate)).OfType<Way>())) : this;

    public Outcome And(Outcome other) =>
        IsDenied || other.IsDenied ? Denied
        : IsAllowed ? other
        : other.IsAllowed ? this
        : Of(Ways.SelectMany(way => other.Ways.Select(way.And)));

    public Outcome Or(Outcome other) =>
        IsAllowed || other.IsDenied ? this
        : other.IsAllowed || IsDenied ? other
        : Of(Ways.Concat(other.Ways));
}
