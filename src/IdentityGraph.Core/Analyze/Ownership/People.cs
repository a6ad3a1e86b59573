using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Ownership;

/// <summary>Persons by id, each once, and whether somebody not named belongs to them. Shared between the many that one group answers for.</summary>
internal sealed record People(IReadOnlyList<Node> Persons, bool Open)
{
    public static readonly People Nobody = new([], false);
    public static readonly People Somebody = new([], true);

    /// <summary>All of them together; one of them as it is where it holds the others.</summary>
    public static People Union(IReadOnlyCollection<People> parts, bool open)
    {
        var all = open || parts.Any(part => part.Open);
        var named = parts.Where(part => part.Persons.Count > 0).ToList();
        if (named.Count == 0)
        {
            return all ? Somebody : Nobody;
        }

        var most = named.MaxBy(part => part.Persons.Count)!;
        if (named.TrueForAll(part => part == most || IsWithin(part.Persons, most.Persons)))
        {
            return most.Open == all ? most : most with { Open = all };
        }

        var persons = new SortedDictionary<string, Node>(StringComparer.Ordinal);
        foreach (var person in named.SelectMany(part => part.Persons))
        {
            persons[person.Id] = person;
        }

        return new People([.. persons.Values], all);
    }

    /// <summary>Both are by id, so one look through the larger tells.</summary>
    private static bool IsWithin(IReadOnlyList<Node> few, IReadOnlyList<Node> many)
    {
        var at = 0;
        foreach (var person in few)
        {
            while (at < many.Count && many[at] != person)
            {
                at++;
            }

            if (at == many.Count)
            {
                return false;
            }
        }

        return true;
    }
}
