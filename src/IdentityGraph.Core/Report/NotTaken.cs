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
    public static IEnumerable<string> In(ReachResult reach, Node target)
    {
        var leading = reach.Graph.LeadingTo(target);
        List<string> found = [];
        foreach (var credential in reach.Graph.View.Of(NodeKinds.Credential).Where(node => (node == target || leading[node.Index]) && reach[node].IsEmpty))
        {
            foreach (var stored in credential.Out(EdgeKinds.StoredIn))
            {
                if (stored.Holds != Truth.False && !reach[stored.To].IsEmpty && Why(reach, credential, stored.To) is { } why)
                {
                    found.Add($"`{credential.Id}` is stored in `{stored.To.Id}`, which is attained, {why}");
                }
            }
        }

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
