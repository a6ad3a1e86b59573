using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Report;

/// <summary>
/// Credentials that lead to a target, lie in a store that is attained, and are not taken from it: what restricts the taking is no
/// premise that can be left out, so it is said in words.
/// </summary>
internal static class NotTaken
{
    private const int Named = 5;

    /// <summary>One sentence a credential and store, by id.</summary>
    /// <param name="reach">What is attained.</param>
    /// <param name="target">What is not.</param>
    /// <param name="stop">Ends it early, quietly.</param>
    /// <param name="cancellationToken">Throws when cancelled.</param>
    public static IEnumerable<string> In(ReachResult reach, Node target, CancellationToken stop, CancellationToken cancellationToken)
    {
        List<(Node Credential, string Words)> all = [];
        foreach (var credential in reach.Graph.View.Of(NodeKinds.Credential).Where(node => reach[node].IsEmpty))
        {
            foreach (var stored in credential.Out(EdgeKinds.StoredIn))
            {
                if (stored.Holds != Truth.False && !reach[stored.To].IsEmpty && Why(reach, credential, stored.To) is { } why)
                {
                    all.Add((credential, $"`{credential.Id}` is stored in `{stored.To.Id}`, which is attained, {why}"));
                }
            }
        }

        if (all.Count == 0)
        {
            return [];
        }

        // What leads to the target is known of what was searched only.
        reach.Graph.Reach([.. all.SelectMany(one => Seeding.Of(one.Credential, reach.Graph.Liveness))], new ReachOptions { Stop = stop, WithoutProofs = true }, cancellationToken);
        var leading = reach.Graph.LeadingTo(target);
        List<string> found = [.. all.Where(one => leading[one.Credential.Index]).Select(static one => one.Words)];
        return found.Count <= Named ? found : [.. found.Take(Named), $"{found.Count - Named} more like that"];
    }

    private static string? Why(ReachResult reach, Node credential, Node store)
    {
        List<string> whys = [];
        var cells = reach[store];
        if (!cells.PossibleAmplified.Has(Rights.Read))
        {
            whys.Add($"but with {cells.PossibleAmplified.ToLetters()} only, and to take it needs read");
        }

        if (credential[Properties.Extractable].Flag == Truth.False)
        {
            whys.Add("but it cannot be taken out (extractable is false)");
        }

        List<Node> keys = [.. credential.Out(EdgeKinds.EncryptedWith).ToList().Where(static edge => edge.Holds != Truth.False).Select(static edge => edge.To).OrderBy(static node => node.Id, StringComparer.Ordinal)];
        if (keys.Count > 0 && keys.TrueForAll(key => reach[key].IsEmpty))
        {
            whys.Add($"but encrypted with {string.Join(" or ", keys.Take(Named).Select(static key => $"`{key.Id}`"))}, which is not attained");
        }

        return whys.Count == 0 ? null : string.Join(", ", whys);
    }
}
