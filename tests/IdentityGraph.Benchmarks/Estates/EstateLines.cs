using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Benchmarks.Estates;

/// <summary>An estate as one complete run of one collector, thrown while it is read: nothing but ids is kept.</summary>
internal sealed class EstateLines(Estate estate)
{
    public static readonly DateTimeOffset Day = new(2025, 6, 2, 8, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset s_begun = Day.AddDays(-400);
    private static readonly DateTimeOffset s_ended = Day.AddDays(-30);
    private static readonly KeyValuePair<string, PropertyValue> s_active = new(Properties.State.Name, PropertyValue.Of("Active"));
    private static readonly KeyValuePair<string, PropertyValue> s_disabled = new(Properties.State.Name, PropertyValue.Of("Disabled"));
    private static readonly KeyValuePair<string, PropertyValue> s_mfa = new(Properties.Mfa.Name, PropertyValue.Of(true));
    private static readonly KeyValuePair<string, PropertyValue> s_gated = new(Properties.Gates.Name, PropertyValue.Of(["corpNetwork"]));
    private static readonly KeyValuePair<string, PropertyValue> s_copied = new(Properties.Extractable.Name, PropertyValue.Of(true));
    private static readonly KeyValuePair<string, PropertyValue> s_key = new(Properties.Kind.Name, PropertyValue.Of("apiKey"));
    private static readonly KeyValuePair<string, PropertyValue> s_never = new(Properties.ExpiresAt.Name, PropertyValue.None);
    private static readonly KeyValuePair<string, PropertyValue> s_past = new(Properties.ExpiresAt.Name, PropertyValue.Of(s_ended));
    private static readonly KeyValuePair<string, PropertyValue>[] s_levels = [.. ((string[])["L2", "L3", "L5"]).Select(level => new KeyValuePair<string, PropertyValue>(Properties.Level.Name, PropertyValue.Of(level)))];

    private readonly string[] _ids = Ids(estate);

    public static RunHeader Header => new() { Source = "estate", StartedAt = Day, RecordedAt = Day, Interval = TimeSpan.FromDays(1), Collector = "estate/1.0" };

    /// <summary>The run as a store hands it to the fold.</summary>
    public static SealedRun Run => new(1, Header, new RunOutcome(), 0, new string('0', 64));

    /// <summary>Nodes, then edges, then the ends of their streams.</summary>
    public IEnumerable<Observation> All()
    {
        var dice = new Dice(estate.Options.Seed + 1);
        foreach (var part in estate.Parts)
        {
            for (var node = part.First; node < part.First + part.Count; node++)
            {
                yield return new Observation.SawNode { Id = _ids[node], Kind = part.Kind.Name, Properties = Described(part, node, ref dice) };
            }
        }

        foreach (var (kind, of, to) in estate.Edges())
        {
            yield return Stated(kind, of, to, ref dice);
        }

        foreach (var edge in estate.Options.Full ? Premises(dice.Next()) : [])
        {
            yield return edge;
        }

        foreach (var stream in estate.Parts.Select(part => part.Kind.Name).Concat(EdgeKind.All.Select(kind => kind.Name)))
        {
            yield return new Observation.EndOf { Stream = stream, Complete = true };
        }
    }

    private static string[] Ids(Estate estate)
    {
        var ids = new string[estate.Nodes];
        foreach (var part in estate.Parts)
        {
            for (var i = 0; i < part.Count; i++)
            {
                ids[part.First + i] = part.Prefix + i;
            }
        }

        return ids;
    }

    private KeyValuePair<string, PropertyValue>[] Described(EstatePart part, int node, ref Dice dice)
    {
        var full = estate.Options.Full;
        var name = new KeyValuePair<string, PropertyValue>(Properties.Name.Name, PropertyValue.Of(_ids[node]));
        if (part.Kind == NodeKinds.Credential)
        {
            return [name, s_key, s_copied, full && dice.Percent(30) ? s_past : s_never];
        }

        if (part.Kind != NodeKinds.Account && part.Kind != NodeKinds.ServiceIdentity)
        {
            return [name];
        }

        return full && dice.Percent(2) ? [name, s_mfa] : [name, full && dice.Percent(8) ? s_disabled : s_active, s_mfa];
    }

    private Observation.SawEdge Stated(EdgeKind kind, int of, int to, ref Dice dice)
    {
        KeyValuePair<string, PropertyValue>[] properties = [];
        DateTimeOffset? until = null;
        var full = estate.Options.Full;
        if (kind == EdgeKinds.Entitles)
        {
            var level = full ? dice.Below(100) : 99;
            properties = level < 5 ? [] : [s_levels[level < 65 ? 0 : level < 90 ? 1 : 2]];
        }

        if (full)
        {
            properties = kind != EdgeKinds.AuthenticatesAs && kind != EdgeKinds.BelongsTo && kind != EdgeKinds.StoredIn && dice.Percent(5) ? [.. properties, s_gated] : properties;
            until = dice.Percent(10) ? s_ended : null;
        }

        return new Observation.SawEdge { Kind = kind.Name, Of = _ids[of], To = _ids[to], From = full ? s_begun : null, Until = until, Properties = properties };
    }

    /// <summary>What needs two things together: keys that are encrypted, resources behind a service identity.</summary>
    private IEnumerable<Observation> Premises(ulong seed)
    {
        var dice = new Dice(seed);
        foreach (var (part, kind, other) in ((EstatePart, EdgeKind, EstatePart)[])[(estate.Credentials, EdgeKinds.EncryptedWith, estate.Credentials), (estate.Resources, EdgeKinds.ReachedThrough, estate.Services)])
        {
            for (var node = part.First; node < part.First + part.Count; node++)
            {
                if (dice.Percent(5))
                {
                    var unit = part.UnitOf(node);
                    var (first, end) = other.In(unit, unit + 1);
                    yield return new Observation.SawEdge { Kind = kind.Name, Of = _ids[node], To = _ids[first + dice.Below(end - first)] };
                }
            }
        }
    }
}
