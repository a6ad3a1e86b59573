using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>An end whose node is found, or known not to be there.</summary>
/// <param name="End">The node.</param>
/// <param name="Entry">Its number in the index; -1 where it has none.</param>
/// <param name="IsDescribed">Whether a node of the import is it.</param>
internal readonly record struct FoundEnd(ObjectEnd End, int Entry, bool IsDescribed);

/// <summary>Finds the nodes that the ends of relationships mean.</summary>
internal sealed class EndFinder(PayloadNodes nodes, ValidationReport validation, EndLookup lookup)
{
    /// <summary>Ends named by name or property.</summary>
    public EndLookup Lookup { get; } = lookup;

    /// <summary>The nodes an end may mean; one, unless it is named by what several bear.</summary>
    /// <param name="end">The end.</param>
    /// <param name="relationship">Of which relationship.</param>
    /// <param name="where">Its place.</param>
    /// <param name="one">Room for one node, which is handed back where it is one.</param>
    /// <param name="breaches">What is wrong with it is added.</param>
    public FoundEnd[] Find(EndRecord end, string relationship, string where, FoundEnd[] one, ref Breach breaches)
    {
        if (end.By == MatchBy.Id)
        {
            one[0] = ById(end, relationship, where, ref breaches);
            return one;
        }

        var found = Lookup.Find(end);
        if (found.Count == 0)
        {
            var said = EndLookup.Shown(end);
            var shown = said.ToUpperInvariant();
            if (SecretLooking.Find(said) is not null)
            {
                return [Hidden(shown, ref breaches)];
            }

            breaches |= Missing(shown, where);
            return [new(new(shown, IdSystem.OpenGraph, KindSaid(end, shown, relationship)), -1, false)];
        }

        breaches |= found.Count > 1 ? Breach.EndAmbiguous : Breach.None;
        return [.. found.Select(node => new FoundEnd(new(node.Identifier, ObjectIds.SystemOf(node.Identifier, node.Kind), node.Kind), nodes.Find(Encoding.UTF8.GetBytes(node.Identifier), out var entry) ? entry : -1, true))];
    }

    private FoundEnd ById(EndRecord end, string relationship, string where, ref Breach breaches)
    {
        if (end.Find(nodes) is >= 0 and var entry)
        {
            var known = nodes.EndAt(entry, end.Id);
            breaches |= end.Kind is { } wanted && !known.Kind.All.Contains(wanted) ? Breach.EndKind : Breach.None;
            return new FoundEnd(known, entry, true);
        }

        var identifier = end.Id.ToString();
        if (SecretLooking.Find(end.Id.Said) is not null)
        {
            return Hidden(identifier, ref breaches);
        }

        breaches |= Missing(identifier, where);
        var said = KindSaid(end, identifier, relationship);
        entry = nodes.Mention(end.Id.Bytes, said, out var isNew);
        if (!isNew && !nodes.Learns(entry, said) && said == nodes.Kinds.None)
        {
            said = nodes.KindAt(entry);
        }

        var mentioned = new ObjectEnd(identifier, ObjectIds.SystemOf(identifier, said, relationship), said);
        breaches |= DirectoryIds.Fits(mentioned.Beside("administration")) ? Breach.None : Breach.IdTooLong;
        return new(mentioned, entry, false);
    }

    /// <summary>What looks like a secret is no end, and is remembered nowhere.</summary>
    private FoundEnd Hidden(string identifier, ref Breach breaches)
    {
        breaches |= Breach.IdSecret;
        return new(new(identifier, IdSystem.OpenGraph, nodes.Kinds.None), -1, false);
    }

    private Breach Missing(string shown, string where)
    {
        validation.Missing(shown, where);
        return Breach.EndNotDescribed;
    }

    /// <summary>The kind said at an end. A word of the directory's is one only where the id or the relationship is the directory's too.</summary>
    private ObjectKind KindSaid(EndRecord end, string identifier, string relationship) =>
        end.Kind is not { Length: > 0 } kind ? nodes.Kinds.None
        : ObjectKinds.DirectoryOf(kind) != DirectoryKind.Base && (ObjectIds.IsSid(identifier) || BloodHoundRights.Knows(relationship)) ? nodes.Kinds.Of([kind, "Base"])
        : nodes.Kinds.Of(kind);
}
