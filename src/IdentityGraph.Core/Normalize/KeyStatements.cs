using System.Text;
using IdentityGraph.Graph;
using IdentityGraph.Graph.Fold;

namespace IdentityGraph.Normalize;

/// <summary>One value that a source gave a person or an account as a key, and while it did.</summary>
/// <param name="Value">Trimmed, NFC; lower case where the key is compared so.</param>
/// <param name="While">From when it was stated to hold until the same source stated another.</param>
/// <param name="FromStated">Whether the source stated since when; else the stretch begins with its first reading.</param>
/// <param name="Disputed">The same source gave another value for the same time.</param>
/// <param name="FirstAt">When it was first read, UTC ticks.</param>
/// <param name="LastAt">When it was last read, UTC ticks.</param>
/// <param name="Stream">Number of the stream that said it.</param>
/// <param name="Owner">Number of the (source, tenant) that said it.</param>
internal readonly record struct KeyStatement(string Value, Stretch While, bool FromStated, bool Disputed, long FirstAt, long LastAt, int Stream, int Owner);

/// <summary>Reads the keys of one node out of what was collected.</summary>
internal static class KeyStatements
{
    // What exports write where there is nothing.
    private static readonly HashSet<string> s_nothing = new(["", "-", "0", "n/a", "na", "none", "null", "unknown", "tbd"], StringComparer.OrdinalIgnoreCase);

    /// <summary>A value as it is compared; null where it says nothing.</summary>
    public static string? Plain(string value, bool ignoreCase)
    {
        var plain = Nfc.Of(value.Trim());
        if (s_nothing.Contains(plain))
        {
            return null;
        }

        return ignoreCase ? Nfc.Of(plain.ToLowerInvariant()) : plain;
    }

    /// <summary>A name as it is compared: case aside, runs of white space as one.</summary>
    public static string? PlainName(string value)
    {
        var name = new StringBuilder(value.Length);
        foreach (var word in value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            name.Append(name.Length > 0 ? " " : "").Append(word);
        }

        return Plain(name.ToString(), ignoreCase: true);
    }

    /// <summary>Every value of the property, each with the time in which its source held to it.</summary>
    /// <param name="facts">What was collected.</param>
    /// <param name="node">Number of the node.</param>
    /// <param name="property">Text or list of texts.</param>
    /// <param name="plain">How a value is compared; null from it drops the value.</param>
    public static IEnumerable<KeyStatement> Of(FactCollector facts, int node, Property property, Func<string, string?> plain)
    {
        var number = facts.PropertyNames.Find(property.Name);
        if (number < 0)
        {
            yield break;
        }

        var sayings = Sayings(facts, node, number);
        for (var i = 0; i < sayings.Count; i++)
        {
            var saying = sayings[i];
            var owner = facts.Streams[saying.Stream].Owner;
            var hold = new Stretch(facts.Times[saying.From], facts.Times[saying.Until]);
            var disputed = false;
            for (var j = i + 1; j < sayings.Count; j++)
            {
                var later = sayings[j];
                if (facts.Streams[later.Stream].Owner != owner || later.Value == saying.Value)
                {
                    continue;
                }

                if (later.From == saying.From && later.LastAt == saying.LastAt)
                {
                    disputed = true;
                    continue;
                }

                hold = hold with { Until = Math.Min(hold.Until, facts.Times[later.From]) };
            }

            disputed |= sayings.Take(i).Any(before => before.From == saying.From && before.LastAt == saying.LastAt && before.Value != saying.Value && facts.Streams[before.Stream].Owner == owner);
            if (hold.IsEmpty)
            {
                continue;
            }

            foreach (var text in facts.Values[saying.Value].AsTexts())
            {
                if (plain(text) is { } value)
                {
                    yield return new KeyStatement(value, hold, saying.FromStated, disputed, facts.Times[saying.FirstAt], facts.Times[saying.LastAt], saying.Stream, owner);
                }
            }
        }
    }

    /// <summary>What one source says of a flag: false where it ever said so, else true where it said that, else null.</summary>
    public static bool? Flag(FactCollector facts, int node, Property property, int owner)
    {
        var number = facts.PropertyNames.Find(property.Name);
        bool? said = null;
        foreach (var saying in number < 0 ? [] : Sayings(facts, node, number).Where(saying => facts.Streams[saying.Stream].Owner == owner))
        {
            if (facts.Values[saying.Value].AsFlag() is not { } flag)
            {
                continue;
            }

            said = (said ?? true) && flag;
        }

        return said;
    }

    // In the order of their beginnings, then of their readings.
    private static List<Saying> Sayings(FactCollector facts, int node, int property)
    {
        var sayings = new List<Saying>();
        for (var row = facts.NodeSayings.Head(node); row >= 0; row = facts.NodeSayings.Rows[row].Next)
        {
            if (facts.NodeSayings.Rows[row].Property == property)
            {
                sayings.Add(facts.NodeSayings.Rows[row]);
            }
        }

        sayings.Sort((left, right) => (facts.Times[left.From], facts.Times[left.LastAt], left.Value).CompareTo((facts.Times[right.From], facts.Times[right.LastAt], right.Value)));
        return sayings;
    }
}
