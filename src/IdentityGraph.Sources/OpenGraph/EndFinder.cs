using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>An end whose node is found, or known not to be there.</summary>
/// <param name="End">The node.</param>
/// <param name="Entry">Its number in the index; -1 where it has none.</param>
/// <param name="IsDescribed">Whether a node of the import is it.</param>
internal readonly record struct FoundEnd(ObjectEnd End, int Entry, bool IsDescribed);

/// <summary>Finds the nodes that the ends of relationships mean.</summary>
internal sealed class EndFinder(PayloadNodes nodes, ValidationReport validation, EndLookup lookup)
{
    /// <summary>Breaches after which nothing about the end is certain.</summary>
    public const Breach Unsure = Breach.EndAmbiguous | Breach.EndAlike;

    /// <summary>Nodes that an end may mean and that each have the relationship themselves; more are gathered in a crowd.</summary>
    private const int MostAlone = 10;

    /// <summary>Ends that no node is, as they were found last; what falls on a taken place takes it.</summary>
    private readonly Lost?[] _lost = new Lost?[1 << 8];

    private readonly Dictionary<string, Crowd> _crowds = new(StringComparer.Ordinal);

    /// <summary>Ends named by name or property.</summary>
    public EndLookup Lookup { get; } = lookup;

    /// <summary>The crowds that ends mean, in the order in which they were first meant.</summary>
    public IReadOnlyCollection<Crowd> Crowds => _crowds.Values;

    /// <summary>The nodes an end may mean; one, unless it is named by what several bear.</summary>
    /// <param name="end">The end.</param>
    /// <param name="isStart">Whether it is where the relationship starts.</param>
    /// <param name="relationship">Of which relationship.</param>
    /// <param name="where">Its place.</param>
    /// <param name="one">Room for one node, which is handed back where it is one.</param>
    /// <param name="breaches">What is wrong with it is added.</param>
    public FoundEnd[] Find(EndRecord end, bool isStart, string relationship, string where, FoundEnd[] one, ref Breach breaches)
    {
        if (end.By == MatchBy.Id)
        {
            if (end.Find(nodes) is >= 0 and var entry)
            {
                one[0] = Known(end, entry, ref breaches);
                return one;
            }

            ref var lost = ref _lost[(uint)JsonRepeats.Hash(end.Id.SaidBytes) >> 24];
            if (lost?.Is(end, relationship) == true)
            {
                validation.MissingAgain(where);
                breaches |= lost.Breaches;
                one[0] = lost.Found;
                return one;
            }

            if (nodes.AlikeTo(end.Id) is { Count: > 0 } alike)
            {
                breaches |= Breach.EndAlike;
                return Several(end, isStart, alike, where, ref breaches);
            }

            var wrong = Breach.None;
            one[0] = Nowhere(end, end.Id.ToString(), end.Id.Said, relationship, where, ref wrong);
            if (one[0] is { Entry: >= 0, End.Kind: var itsKind } && itsKind != nodes.Kinds.None && end.Kind is { Length: > 0 } word)
            {
                lost = new(end.Id.SaidBytes.ToArray(), word, relationship, one[0], wrong);
            }

            breaches |= wrong;
            return one;
        }

        var found = Lookup.Find(end, out var isAlike);
        if (!Lookup.Seeks(end) || found is { IsCut: true })
        {
            breaches |= Breach.EndMissing;
            return [];
        }

        if (found is null || found.Entries.Count == 0)
        {
            var said = EndLookup.Shown(end);
            one[0] = Nowhere(end, said.ToUpperInvariant(), said, relationship, where, ref breaches);
            return one;
        }

        breaches |= isAlike ? Breach.EndAlike : Breach.None;
        return Several(end, isStart, found.Entries, where, ref breaches);
    }

    /// <summary>The node, where it is one; those of the kind said at the end, or all where none is.</summary>
    private FoundEnd[] Several(EndRecord end, bool isStart, IReadOnlyList<int> entries, string where, ref Breach breaches)
    {
        if (end.Kind is { } kind && !nodes.Kinds.IsFull)
        {
            // A node of which no kind is said may be of any.
            var fitting = entries.Where(entry => nodes.KindAt(entry).Said is var said && (said.Count == 0 || said.Contains(kind))).ToArray();
            breaches |= fitting.Length == 0 ? Breach.EndKind | Breach.EndAmbiguous : Breach.None;
            entries = fitting.Length == 0 ? entries : fitting;
        }

        breaches |= entries.Count > 1 ? Breach.EndAmbiguous : Breach.None;
        return entries.Count > MostAlone ? [new(CrowdOf(end, isStart, entries, where).End, -1, true)] : [.. entries.Select(entry => new FoundEnd(nodes.EndAt(entry), entry, nodes.IsDescribed(entry)))];
    }

    private Crowd CrowdOf(EndRecord end, bool isStart, IReadOnlyList<int> entries, string where)
    {
        const int longest = 100;
        var said = end.By == MatchBy.Id ? end.Id.Said : EndLookup.Shown(end);
        var first = nodes.EndAt(entries[0]).Identifier;
        var called = (said.Length > longest || SecretLooking.Find(said) is not null ? first : said.ToUpperInvariant()) + (end.Kind is { } kind && kind.Length <= longest ? " " + kind : "");
        var key = $"ANY OF {entries.Count} {(isStart ? "FROM" : "TO")} {called}";
        if (!_crowds.TryGetValue(key, out var crowd))
        {
            _crowds[key] = crowd = new(new(key, IdSystem.OpenGraph, nodes.Kinds.Of("AnyOf")), isStart, entries, where);
        }

        return crowd;
    }

    private FoundEnd Known(EndRecord end, int entry, ref Breach breaches)
    {
        var known = nodes.EndAt(entry, end.Id);
        breaches |= end.Kind is { } wanted && !known.Kind.Said.Contains(wanted) ? Breach.EndKind : Breach.None;
        return new FoundEnd(known, entry, true);
    }

    /// <summary>An end that no node of the import is.</summary>
    private FoundEnd Nowhere(EndRecord end, string identifier, string said, string relationship, string where, ref Breach breaches)
    {
        if (SecretLooking.Find(said) is not null)
        {
            // What looks like a secret is no end, and is remembered nowhere.
            breaches |= Breach.IdSecret;
            return new(new(identifier, IdSystem.OpenGraph, nodes.Kinds.None), -1, false);
        }

        if (!DirectoryIds.Fits(identifier))
        {
            breaches |= Breach.IdTooLong;
            return new(new("", IdSystem.OpenGraph, nodes.Kinds.None), -1, false);
        }

        validation.Missing(identifier, where);
        breaches |= Breach.EndNotDescribed;
        var kind = KindSaid(end, identifier, relationship);
        var entry = nodes.Mention(Encoding.UTF8.GetBytes(identifier), kind, out var isNew);
        if (!isNew && !nodes.Learns(entry, kind) && kind == nodes.Kinds.None)
        {
            kind = nodes.KindAt(entry);
        }

        var mentioned = new ObjectEnd(identifier, end.By == MatchBy.Id ? ObjectIds.SystemOf(identifier, kind, relationship) : IdSystem.OpenGraph, kind);
        breaches |= DirectoryIds.Fits(mentioned.Beside("administration")) ? Breach.None : Breach.IdTooLong;
        return new(mentioned, entry, false);
    }

    /// <summary>The kind said at an end. A word of the directory's is one only where the id or the relationship is the directory's too.</summary>
    private ObjectKind KindSaid(EndRecord end, string identifier, string relationship) =>
        end.Kind is not { Length: > 0 } kind ? nodes.Kinds.None
        : ObjectKinds.DirectoryOf(kind) != DirectoryKind.Base && (ObjectIds.IsSid(identifier) || BloodHoundRights.Knows(relationship)) ? nodes.Kinds.Of([kind, "Base"])
        : nodes.Kinds.Of(kind);
}

/// <summary>
/// An end that no node of the import is, and whose kind is said: it is the same wherever it is said so again, for nothing else is learnt of it.
/// </summary>
/// <param name="Said">The id as the file says it.</param>
/// <param name="Kind">The kind said of it.</param>
/// <param name="Relationship">What it is an end of.</param>
/// <param name="Found">What it was found to be.</param>
/// <param name="Breaches">What is wrong with it.</param>
internal sealed record Lost(byte[] Said, string Kind, string Relationship, FoundEnd Found, Breach Breaches)
{
    /// <summary>Whether the end, which is named by id, is the same.</summary>
    public bool Is(EndRecord end, string relationship) => end.Kind == Kind && relationship == Relationship && end.Id.SaidBytes.SequenceEqual(Said);
}

/// <summary>Many nodes that one end may mean: relationships lead to the crowd, and from it, as possible, to each of them; or from each to it.</summary>
/// <param name="End">What stands for all of them; it can do no more than lead on.</param>
/// <param name="IsStart">Whether relationships start at it.</param>
/// <param name="Entries">The nodes, by number.</param>
/// <param name="Where">The first relationship that means it.</param>
internal sealed record Crowd(ObjectEnd End, bool IsStart, IReadOnlyList<int> Entries, string Where);
