namespace IdentityGraph.Graph;

/// <summary>
/// What control of a node allows. Letters in answers, in this order: D R W U A C.
/// Principals, credentials, grants, applications, connectors, workflows, steps and organizations only know <see cref="Use"/>.
/// </summary>
[Flags]
public enum Rights : byte
{
    None = 0,
    Discover = 1,
    Read = 2,
    Write = 4,

    /// <summary>Act as, run, use.</summary>
    Use = 8,
    Admin = 16,
    ControlPlane = 32,
    All = 63,
}

/// <summary>A named set of rights, ordered; the level of a set is that of its highest right.</summary>
public enum Level : byte
{
    /// <summary>Nothing.</summary>
    L0 = 0,

    /// <summary>Discover.</summary>
    L1 = 1,

    /// <summary>Discover, read.</summary>
    L2 = 2,

    /// <summary>Discover, read, write.</summary>
    L3 = 3,

    /// <summary>Discover, use.</summary>
    L4 = 4,

    /// <summary>Everything but the control plane.</summary>
    L5 = 5,

    /// <summary>Everything.</summary>
    L6 = 6,
}

public static class RightsLogic
{
    private const string Letters = "DRWUAC";

    private static readonly string[] s_spelt = [.. Enumerable.Range(0, 64).Select(rights => Spell((Rights)rights))];

    public static Rights Of(Level level) => level switch
    {
        Level.L0 => Rights.None,
        Level.L1 => Rights.Discover,
        Level.L2 => Rights.Discover | Rights.Read,
        Level.L3 => Rights.Discover | Rights.Read | Rights.Write,
        Level.L4 => Rights.Discover | Rights.Use,
        Level.L5 => Rights.All & ~Rights.ControlPlane,
        Level.L6 => Rights.All,
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "a level is L0 to L6"),
    };

    /// <summary>The level of the highest right in the set; L0 for none.</summary>
    public static Level LevelOf(this Rights rights) =>
        (Level)(rights == Rights.None ? 0 : System.Numerics.BitOperations.Log2((uint)rights) + 1);

    public static bool Has(this Rights rights, Rights wanted) => (rights & wanted) == wanted;

    /// <summary>Letters in the order DRWUAC; "" for none.</summary>
    public static string ToLetters(this Rights rights) => s_spelt[(int)(rights & Rights.All)];

    /// <summary>Reads letters out of DRWUAC in any order, each at most once; false where another character occurs.</summary>
    public static bool TryParseLetters(ReadOnlySpan<char> letters, out Rights rights)
    {
        rights = Rights.None;
        foreach (var letter in letters)
        {
            var bit = Letters.IndexOf(letter, StringComparison.Ordinal);
            if (bit < 0)
            {
                return false;
            }

            rights |= (Rights)(1 << bit);
        }

        return true;
    }

    /// <summary>Reads "L0" to "L6"; false for anything else.</summary>
    public static bool TryParseLevel(ReadOnlySpan<char> text, out Level level)
    {
        level = Level.L0;
        if (text.Length != 2 || text[0] != 'L' || text[1] is < '0' or > '6')
        {
            return false;
        }

        level = (Level)(text[1] - '0');
        return true;
    }

    private static string Spell(Rights rights)
    {
        Span<char> letters = stackalloc char[6];
        var count = 0;
        for (var bit = 0; bit < 6; bit++)
        {
            if (((byte)rights & (1 << bit)) != 0)
            {
                letters[count++] = Letters[bit];
            }
        }

        return new string(letters[..count]);
    }
}
