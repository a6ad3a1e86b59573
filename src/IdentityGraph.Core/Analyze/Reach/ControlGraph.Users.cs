using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>For whom a delegated grant acts, and what shows that they have the rights it uses.</summary>
public sealed partial class ControlGraph
{
    /// <summary>Other ways told for one target: each user of a grant can be one.</summary>
    private const int MostOtherUsers = 64;

    private static readonly UserWay s_nothing = new(RightsRange.AtMost(Rights.All), [], []);

    /// <summary>
    /// Each right by the fewest edges that show it, rights that the same edges show together. What is certain may be possible by fewer:
    /// by somebody's rights that were never collected; then that is told apart.
    /// </summary>
    /// <param name="grant">Delegated.</param>
    /// <param name="target">What its scope confers rights on.</param>
    /// <param name="bound">What of them its users have.</param>
    /// <param name="truth">Of the scope: where it is not certain, nothing is.</param>
    private List<UserWay> UserWays(Node grant, Node target, RightsRange bound, Truth truth)
    {
        if (bound.IsNone)
        {
            return [];
        }

        var users = UsersOf(grant, target);
        List<UserWay> ways = [.. users.SelectMany(user => user.Account is { } account ? _userRights.Ways(account, target).Select(way => By(user.Edge, way)) : [s_nothing]).OrderBy(way => way.Edges.Count)];
        List<UserWay> chosen = [];
        for (var left = (uint)bound.Possible; left != 0; left &= left - 1)
        {
            var right = (Rights)(left & ~(left - 1));
            var isSure = truth == Truth.True && bound.Certain.Has(right);
            var way = Chosen(right, isSure) ?? s_nothing;
            Add(isSure ? RightsRange.Exactly(right) : RightsRange.AtMost(right), way);
            if (isSure && ways.Find(other => other.Rights.Possible.Has(right) && other.Edges.Count < way.Edges.Count && other.Edges.All(way.Edges.Contains)) is { } fewer)
            {
                Add(RightsRange.AtMost(right), fewer);
            }
        }

        AddOthers(ways, bound, chosen);
        return chosen;

        UserWay? Chosen(Rights right, bool surely) =>
            ways.Find(way => (surely ? way.Rights.Certain : way.Rights.Possible).Has(right))
            ?? users.Where(user => user.Account is not null)
                .Select(user => _userRights.Together(user.Account!.Value, target, right, surely) is { } way ? By(user.Edge, way) : null)
                .FirstOrDefault(way => way is not null && (surely ? way.Rights.Certain : way.Rights.Possible).Has(right));

        void Add(RightsRange rights, UserWay way)
        {
            var at = chosen.FindIndex(known => ReferenceEquals(known.Edges, way.Edges));
            if (at < 0)
            {
                chosen.Add(way with { Rights = rights });
            }
            else
            {
                chosen[at] = chosen[at] with { Rights = chosen[at].Rights | rights };
            }
        }
    }

    /// <summary>Ways that need something else, each for what it shows itself: with an edge of the chosen one cut, another still shows it.</summary>
    private static void AddOthers(List<UserWay> ways, RightsRange bound, List<UserWay> chosen)
    {
        var most = chosen.Count + MostOtherUsers;
        foreach (var way in ways)
        {
            var shown = way with { Rights = way.Rights & bound };
            if (!shown.Rights.IsNone && chosen.Count < most && !chosen.Exists(known => Covers(known, shown)))
            {
                chosen.Add(shown);
            }
        }
    }

    private static bool Covers(UserWay known, UserWay way) => (known.Rights & way.Rights) == way.Rights && known.Edges.All(way.Edges.Contains);

    /// <summary>Shown by the user's edges, the grant acting for that user. By an edge that only may hold nothing is certain.</summary>
    private static UserWay By(Edge? onBehalf, UserWay way) => onBehalf is { } edge
        ? way with { Rights = way.Rights.Under(edge.Holds), Edges = [edge, .. way.Edges] }
        : way with { Rights = RightsRange.AtMost(way.Rights.Possible) };

    /// <summary>
    /// Whom it is stated to act for; where that may be nobody, everybody in the target's tenant as well; and anybody, as far as the scope
    /// goes, where no tenant is known.
    /// </summary>
    private List<(Edge? Edge, Node? Account)> UsersOf(Node grant, Node target)
    {
        List<(Edge? Edge, Node? Account)> users = [];
        var sure = false;
        foreach (var edge in grant.Out(EdgeKinds.OnBehalfOf))
        {
            if (edge.Holds != Truth.False)
            {
                sure |= edge.Holds == Truth.True;
                users.Add((edge, edge.To));
            }
        }

        if (!sure && _userRights.AccountsAround(target) is { } accounts)
        {
            users.AddRange(accounts.Select(account => ((Edge?)null, (Node?)account)));
        }
        else if (!sure)
        {
            users.Add((null, null));
        }

        return users;
    }
}
