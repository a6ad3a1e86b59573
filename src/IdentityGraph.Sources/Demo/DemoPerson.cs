namespace IdentityGraph.Sources.Demo;

/// <summary>One person of everyday life: everything follows from the number.</summary>
internal sealed class DemoPerson(int number, DemoSize size)
{
    private static readonly string[] s_given = ["Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gia", "Hugo", "Ines", "Jon", "Kai", "Lea", "Max", "Nia", "Otto", "Pia", "Quin", "Rosa", "Sam", "Tess"];
    private static readonly string[] s_family = ["Abel", "Berg", "Cruz", "Dahl", "Ekman", "Falk", "Gruber", "Holm", "Ivers", "Jansen", "Kern", "Lund", "Moreau", "Nagy", "Ortiz", "Petit", "Quist", "Ricci", "Sato", "Torres"];

    public int Number { get; } = number;

    public string Id { get; } = $"hr:person/{number:D6}";

    public string Employment => $"hr:employment/{Number:D6}";

    public string Name => $"{s_given[Number % s_given.Length]} {s_family[Number / s_given.Length % s_family.Length]} {Number}";

    /// <summary>One in three.</summary>
    public bool IsEngineer => Number % 3 == 0;

    /// <summary>One in fifteen began within the history; the others long before.</summary>
    public DateTimeOffset HiredAt => Number % 15 == 7 ? size.Begin.AddDays(30 + Spread(300)) : size.Begin.AddDays(-30 - Spread(1_200));

    /// <summary>One in eighteen left within the history, at least three months before its end; null: still here.</summary>
    public DateTimeOffset? LeftAt => Number % 18 == 11 ? size.Begin.AddDays(60 + Spread(380)).AddHours(17) : null;

    /// <summary>One in twenty moved to another department; null: never.</summary>
    public DateTimeOffset? MovedAt => Number % 20 == 13 && LeftAt is null ? size.Begin.AddDays(340 + Spread(60)) : null;

    /// <summary>Whether somebody may rely on them to answer for things: neither left nor moved.</summary>
    public bool IsSettled => LeftAt is null && MovedAt is null && Number % 15 != 7;

    /// <summary>The person who answers for what this one built: the next lower settled number.</summary>
    public DemoPerson Answering
    {
        get
        {
            for (var number = Number; number >= 0; number--)
            {
                var person = new DemoPerson(number, size);
                if (person.IsSettled)
                {
                    return person;
                }
            }

            return this;
        }
    }

    public string Account(string source) => $"{source}:user/{Number:D6}";

    /// <summary>A number below <paramref name="below"/> that looks random and is always the same.</summary>
    public int Spread(int below)
    {
        var mixed = unchecked(((uint)Number + 1) * 2_654_435_761);
        return (int)((mixed ^ (mixed >> 15)) % (uint)below);
    }
}
