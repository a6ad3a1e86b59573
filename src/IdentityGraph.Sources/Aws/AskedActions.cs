using System.Collections.Frozen;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>The actions that are asked for, as a set of bits.</summary>
internal static class AskedActions
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. new[] { "sts:AssumeRole", "iam:PassRole" }.Concat(ProviderMapping.Rows.SelectMany(row => row.Actions)).Concat(ProvisionMapping.Actions).Concat(ProfileMaking.Actions).Concat(Changeable.Actions)
            .Concat(EscalationRows.All.Select(row => row.Action)).Concat(ComputeRows.All.SelectMany(row => row.Actions)).Distinct(StringComparer.Ordinal),
    ];

    private static readonly FrozenDictionary<string, int> s_places = All.Index().ToFrozenDictionary(each => each.Item, each => each.Index, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, int[]> s_byService = All.Index()
        .GroupBy(each => each.Item[..each.Item.IndexOf(':', StringComparison.Ordinal)], StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(group => group.Key, group => group.Select(each => each.Index).ToArray(), StringComparer.OrdinalIgnoreCase);

    private static readonly int[] s_everyPlace = [.. Enumerable.Range(0, All.Count)];

    /// <summary>All of them.</summary>
    public static ActionSet Every { get; } = All.Aggregate(default(ActionSet), (all, action) => all | Of(action));

    /// <summary>The set of one action.</summary>
    public static ActionSet Of(string action) => ActionSet.At(s_places[action]);

    /// <summary>Those that a statement is about.</summary>
    public static ActionSet Of(ActionPatterns about)
    {
        var asked = default(ActionSet);
        var services = s_byService.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var pattern in about.Patterns)
        {
            var colon = pattern.IndexOf(':', StringComparison.Ordinal);
            var places = colon < 0 || Glob.HasWildcard(pattern.AsSpan(0, colon)) ? s_everyPlace : services.TryGetValue(pattern.AsSpan(0, colon), out var known) ? known : [];
            foreach (var place in places)
            {
                if (Glob.IsMatch(pattern, All[place], ignoreCase: true))
                {
                    asked |= ActionSet.At(place);
                }
            }
        }

        return about.Excluded ? Every.Without(asked) : asked;
    }
}

/// <summary>Some of the first 256 actions of a list.</summary>
internal readonly record struct ActionSet(UInt128 Low, UInt128 High)
{
    private const int Half = 128;

    public bool IsEmpty => Low == 0 && High == 0;

    /// <exception cref="ArgumentOutOfRangeException">The list has more than it can hold.</exception>
    public static ActionSet At(int place)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, 2 * Half);
        return place < Half ? new(UInt128.One << place, 0) : new(0, UInt128.One << (place - Half));
    }

    public bool Meets(ActionSet other) => (Low & other.Low) != 0 || (High & other.High) != 0;

    public bool Contains(ActionSet other) => (Low & other.Low) == other.Low && (High & other.High) == other.High;

    public ActionSet Without(ActionSet other) => new(Low & ~other.Low, High & ~other.High);

    public static ActionSet operator |(ActionSet one, ActionSet other) => new(one.Low | other.Low, one.High | other.High);
}
