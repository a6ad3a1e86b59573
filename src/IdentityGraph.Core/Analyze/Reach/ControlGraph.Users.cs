using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>For whom a delegated grant acts, and what shows that they have the rights it uses.</summary>
public sealed partial class ControlGraph
{
    // Other ways told of one right: with an edge of one cut, another may still show it.
    private const int MostWays = 64;

    private static readonly UserWay s_nothing = new(RightsRange.AtMost(Rights.All), [], []);

    /// <summary>
    /// The ways in which edges show rights of the users, without those of which a part shows as much; rights that the same edges show
    /// together. What is certain may be possible by fewer edges: by somebody's rights that were never collected.
    /// </summary>
    /// <param name="grant">Delegated.</param>
    /// <param name="target">What its scope confers rights on.</param>
    /// <param name="bound">What of them its users have.</param>
    /// <param name="truth">Of the scope: where it is not certain, nothing is.</param>
    private List<UserWay> UserWays(Node grant, Node target, RightsRange bound, Truth truth)
    {
        List<UserWay> chosen = [];
        if (bound.IsNone)
        {
            return chosen;
        }

        var users = UsersOf(grant, target);
        var ways = WaysOf(users, target, bound.Possible);
        for (var left = (uint)bound.Possible; left != 0; left &= left - 1)
        {
            var right = (Rights)(left & ~(left - 1));
            var isSure = truth == Truth.True && bound.Certain.Has(right);
            var sure = isSure ? ways.FindAll(way => way.Rights.Certain.Has(right)) : [];
            var possible = ways.FindAll(way => way.Rights.Possible.Has(right));
            if ((isSure ? sure : possible).Count == 0)
            {
                (isSure ? sure : possible).Add(Together(users, target, right, isSure));
            }

            Minimal(sure).ForEach(way => Add(way, RightsRange.Exactly(right)));
            Minimal(possible).FindAll(way => !sure.Contains(way)).ForEach(way => Add(way, RightsRange.AtMost(right)));
        }

        return chosen;

        void Add(UserWay way, RightsRange rights)
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

    /// <summary>By whom it is stated to act for, all; of everybody else in the tenant enough to tell of. The shortest first.</summary>
    private List<UserWay> WaysOf(List<(Edge? Edge, Node? Account)> users, Node target, Rights wanted)
    {
        List<UserWay> ways = [];
        foreach (var (edge, account) in users)
        {
            if (edge is null && IsEnough(ways, wanted))
            {
                break;
            }

            ways.AddRange(account is { } user ? _userRights.Ways(user, target).Select(way => By(edge, way)) : [s_nothing]);
        }

        return [.. ways.OrderBy(way => way.Edges.Count)];
    }

    private static bool IsEnough(List<UserWay> ways, Rights wanted)
    {
        for (var left = (uint)wanted; left != 0; left &= left - 1)
        {
            var right = (Rights)(left & ~(left - 1));
            if (ways.Count(way => way.Rights.Possible.Has(right)) < MostWays && !ways.Exists(way => way.Edges.Count == 0))
            {
                return false;
            }
        }

        return true;
    }

    private static List<UserWay> Minimal(List<UserWay> ways) =>
        [.. ways.Where(way => !ways.Exists(other => other.Edges.Count < way.Edges.Count && other.Edges.All(way.Edges.Contains))).Take(MostWays)];

    /// <summary>For a right that no way shows alone, one by several walks of one user.</summary>
    private UserWay Together(List<(Edge? Edge, Node? Account)> users, Node target, Rights right, bool surely)
    {
        foreach (var (edge, account) in users)
        {
            if (account is { } user && _userRights.Together(user, target, right, surely) is { } shown
                && By(edge, shown) is var way && (surely ? way.Rights.Certain : way.Rights.Possible).Has(right))
            {
                return way;
            }
        }

        return s_nothing;
    }

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
