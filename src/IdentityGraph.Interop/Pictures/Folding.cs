namespace IdentityGraph.Interop.Pictures;

/// <summary>
/// Makes a picture small enough to be read: alike boxes become one bundle that says how many it stands for. What is most alike goes
/// first, what is marked last, and nothing is left out.
/// </summary>
public static class Folding
{
    private const int Deepest = 12;
    private const int FewestOfBundle = 3;

    // What becomes alike once its neighbours are bundles goes in the next round.
    private const int Rounds = 6;

    /// <summary>
    /// What makes fewer boxes of siblings, step by step: many before few, what leads nowhere else before what does, and what is marked last.
    /// What is held at the start, what is cut, and choke points stay.
    /// </summary>
    internal static IReadOnlyList<Func<Picture, Picture>> Siblings { get; } =
    [
        static picture => Merge(picture, Alike(picture, IsSpecial), 8),
        static picture => Merge(picture, Alike(picture, IsSpecial), 5),
        static picture => Merge(picture, Alike(picture, IsSpecial), FewestOfBundle),
        static picture => Merge(picture, Alike(picture, IsSpecial), FewestOfBundle),
        static picture => Merge(picture, EndsBeside(picture), FewestOfBundle),
        static picture => Merge(picture, OfOneWay(picture, IsSpecial), FewestOfBundle),
        static picture => Merge(picture, Alike(picture, IsSpecial), 2),
        static picture => Merge(picture, OfOneWay(picture, IsSpecial), 2),
        static picture => Merge(picture, Alike(picture, Marks.IsAnchor), 5),
        static picture => Merge(picture, Alike(picture, Marks.IsAnchor), 2),
        static picture => Merge(picture, OfOneWay(picture, Marks.IsAnchor), FewestOfBundle),
        static picture => Merge(picture, OfOneWay(picture, Marks.IsAnchor), 2),
        static picture => Merge(picture, Alike(picture, Marks.IsAnchor), 2),
        static picture => Merge(picture, OfOneWay(picture, Marks.IsAnchor), 2),
    ];

    /// <param name="picture">What is to be drawn.</param>
    /// <param name="readable">Above so many boxes, ends with the same way to them become bundles.</param>
    /// <param name="most">Never more boxes than this; at least 30.</param>
    public static Picture Fold(Picture picture, int readable, int most)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 30);
        picture = picture with { Whole = picture.Boxes.Sum(static box => box.Count) };
        if (picture.Boxes.Count <= Math.Min(readable, most))
        {
            return picture;
        }

        for (var round = 0; round < Rounds && picture.Boxes.Count > readable; round++)
        {
            picture = Merge(picture, Alike(picture, IsSpecial), FewestOfBundle);
        }

        picture = picture.Boxes.Count > readable ? Merge(picture, EndsBeside(picture), FewestOfBundle) : picture;
        Func<Picture, Func<int, object?>>[] coarser = [OfOneRank, ButForPillars, Everything, static shown => place => shown.Boxes[place].Kind];
        foreach (var level in coarser)
        {
            if (picture.Boxes.Count <= most)
            {
                break;
            }

            picture = Merge(picture, level(picture), 2);
        }

        return picture;
    }

    /// <summary>Hops from what nothing leads to, the fewest; what only lies on cycles: 0.</summary>
    public static int[] Depths(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var depths = new int[picture.Boxes.Count];
        Array.Fill(depths, -1);
        var next = picture.Arrows.SelectMany(static arrow => arrow.From.Select(from => (From: from, arrow.To))).ToLookup(static pair => pair.From, static pair => pair.To);
        var led = picture.Arrows.Select(static arrow => arrow.To).ToHashSet();
        var open = new Queue<int>();
        for (var place = 0; place < depths.Length; place++)
        {
            if (!led.Contains(place) || picture.Boxes[place].Marks.Contains(Marks.Start))
            {
                depths[place] = 0;
                open.Enqueue(place);
            }
        }

        while (open.TryDequeue(out var at))
        {
            foreach (var to in next[at].Where(to => depths[to] < 0))
            {
                depths[to] = depths[at] + 1;
                open.Enqueue(to);
            }
        }

        return Array.ConvertAll(depths, static depth => Math.Max(0, depth));
    }

    /// <summary>Boxes of one kind to which the same boxes lead by the same rules, and which lead to the same ones.</summary>
    private static Func<int, object?> Alike(Picture picture, Predicate<Box> stays)
    {
        var into = picture.Arrows.ToLookup(static arrow => arrow.To, static arrow => $"{string.Join(',', arrow.From)} {arrow.Label} {arrow.Sureness} {arrow.PointsBack}");
        var outOf = picture.Arrows.SelectMany(static arrow => arrow.From.Select(from => (From: from, To: $"{arrow.To} {string.Join(',', arrow.From.Where(other => other != from))} {arrow.Label} {arrow.Sureness} {arrow.PointsBack}"))).ToLookup(static pair => pair.From, static pair => pair.To);
        return place => picture.Boxes[place] is var box && stays(box) ? null
            : (box.Kind, box.Sureness, box.Tag, box.Rank, string.Join(',', box.Marks), string.Join('|', into[place].Order(StringComparer.Ordinal)), string.Join('|', outOf[place].Order(StringComparer.Ordinal)));
    }

    /// <summary>Ends of one kind to which the same boxes lead.</summary>
    private static Func<int, object?> EndsBeside(Picture picture)
    {
        var starts = picture.Arrows.SelectMany(static arrow => arrow.From).ToHashSet();
        var ways = picture.Arrows.ToLookup(static arrow => arrow.To);
        return place => picture.Boxes[place] is var box && (IsSpecial(box) || starts.Contains(place)) ? null
            : (box.Kind, box.Sureness, box.Rank, string.Join(',', ways[place].SelectMany(static way => way.From).Distinct().Order()));
    }

    /// <summary>Boxes of one kind to which the same ways lead, wherever they lead to; before the middle of a chain, boxes that lead to the same.</summary>
    private static Func<int, object?> OfOneWay(Picture picture, Predicate<Box> stays)
    {
        var into = picture.Arrows.ToLookup(static arrow => arrow.To, static arrow => $"{string.Join(',', arrow.From)} {arrow.Label}");
        var outOf = picture.Arrows.SelectMany(static arrow => arrow.From.Select(from => (From: from, To: $"{arrow.To} {arrow.Label}"))).ToLookup(static pair => pair.From, static pair => pair.To);
        return place =>
        {
            var box = picture.Boxes[place];
            var ways = box.Rank < 0 ? outOf[place] : into[place];
            return stays(box) || !ways.Any() ? null
                : (box.Kind, box.Sureness, box.Rank, string.Join(',', box.Marks.Where(static mark => mark != Marks.Kept)), string.Join('|', ways.Distinct().Order(StringComparer.Ordinal)));
        };
    }

    /// <summary>What is only kept is one of many; every other mark is looked for.</summary>
    private static bool IsSpecial(Box box) => box.Marks.Any(static mark => mark != Marks.Kept);

    private static Func<int, object?> OfOneRank(Picture picture)
    {
        var depths = Depths(picture);
        return place => IsSpecial(picture.Boxes[place]) ? null : (picture.Boxes[place].Kind, picture.Boxes[place].Rank ?? depths[place]);
    }

    private static Func<int, object?> ButForPillars(Picture picture)
    {
        var depths = Depths(picture);
        return place => Marks.IsPillar(picture.Boxes[place]) ? null : (picture.Boxes[place].Kind, Math.Min(Deepest, depths[place]));
    }

    private static Func<int, object?> Everything(Picture picture)
    {
        var depths = Depths(picture);
        return place => (picture.Boxes[place].Kind, Math.Min(Deepest, depths[place]));
    }

    /// <summary>Boxes with the same key become one; null: it stays as it is.</summary>
    private static Picture Merge(Picture picture, Func<int, object?> keyOf, int fewest)
    {
        var keys = Enumerable.Range(0, picture.Boxes.Count).Select(keyOf).ToArray();
        var groups = Enumerable.Range(0, keys.Length).GroupBy(place => keys[place] ?? place).Select(static group => group.ToArray())
            .SelectMany(group => group.Length >= fewest && keys[group[0]] is not null ? [group] : group.Select(static place => new[] { place }))
            .OrderBy(static group => group[0]).ToList();
        var places = new int[picture.Boxes.Count];
        for (var number = 0; number < groups.Count; number++)
        {
            foreach (var place in groups[number])
            {
                places[place] = number;
            }
        }

        return picture with
        {
            Boxes = [.. groups.Select(group => group.Length == 1 ? picture.Boxes[group[0]] : Bundle([.. group.Select(place => picture.Boxes[place])]))],
            Arrows = Merge(picture.Arrows, places),
        };
    }

    private static Box Bundle(IReadOnlyList<Box> boxes)
    {
        const int Named = 3;
        var count = boxes.Sum(static box => box.Count);
        return new Box
        {
            Id = string.Join(", ", boxes.Take(Named).Select(static box => box.Id)) + (count > Named ? ", …" : ""),
            Kind = boxes[0].Kind,
            Name = null,
            Sureness = boxes.Min(static box => box.Sureness),
            Tag = boxes.All(box => box.Tag == boxes[0].Tag) ? boxes[0].Tag : "",
            Marks = [.. boxes.SelectMany(static box => box.Marks).Distinct()],
            Count = count,
            Rank = boxes.Min(static box => box.Rank),
            Anchor = boxes[0].Anchor,
        };
    }

    private static List<Arrow> Merge(IReadOnlyList<Arrow> arrows, int[] places)
    {
        List<Arrow> merged = [];
        Dictionary<(string, int, bool), int> known = [];
        foreach (var arrow in arrows)
        {
            var to = places[arrow.To];
            int[] from = [.. arrow.From.Select(place => places[place]).Distinct().Where(place => place != to).Order()];
            if (from.Length == 0)
            {
                continue;
            }

            var key = (string.Join(',', from), to, arrow.PointsBack);
            if (!known.TryGetValue(key, out var at))
            {
                known[key] = merged.Count;
                merged.Add(arrow with { From = from, To = to });
                continue;
            }

            var before = merged[at];
            merged[at] = before with
            {
                Label = Joined(before.Label, arrow.Label),
                Sureness = (Sureness)Math.Min((int)before.Sureness, (int)arrow.Sureness),
                IsCut = before.IsCut || arrow.IsCut,
            };
        }

        return merged;
    }

    /// <summary>Two labels as one, each word once; of many the first few.</summary>
    internal static string Joined(string one, string other)
    {
        const int Words = 3;
        var words = one.Split(", ").Concat(other.Split(", ")).Distinct().ToList();
        return words.Count > Words ? string.Join(", ", words.Take(Words).Where(static word => word != "…").Append("…")) : string.Join(", ", words);
    }
}
