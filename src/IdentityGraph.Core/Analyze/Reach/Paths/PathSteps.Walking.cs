using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach.Paths;

/// <summary>Walks over memberships, which are part of the application at their end.</summary>
internal sealed partial class PathSteps
{
    private readonly Dictionary<(int End, int Hops), PathWalks> _walks = [];

    private PathWalks WalksTo(int end, int hops)
    {
        if (!_walks.TryGetValue((end, hops), out var walks))
        {
            _walks[(end, hops)] = walks = Walked(end, hops);
        }

        return walks;
    }

    /// <summary>All walks to a node of those who are attained by then. A group that is a seed walks itself.</summary>
    private PathWalks Walked(int end, int hops)
    {
        var walks = new PathWalks(end);
        var open = new Stack<int>([end]);
        HashSet<int> seen = [end];
        while (open.TryPop(out var node) && !GaveUp)
        {
            if (!Walker.IsWalked(_view[node].Kind) || IsSeed(new PathLiteral(node, Rights.Use)))
            {
                walks.Origins.Add(node);
                continue;
            }

            for (var premise = _into.LastOf(node); premise >= 0;)
            {
                ref readonly var into = ref _into[premise];
                _looked++;
                if (into.IsFirst && IsAttained(into.From, hops) && Walks(into.Clause, hops))
                {
                    IsJoint |= !into.IsWalk;
                    walks.Add(into.From, node, into.Clause);
                    if (seen.Add(into.From))
                    {
                        open.Push(into.From);
                    }
                }

                premise = into.Before;
            }
        }

        return walks;
    }

    private bool Walks(int number, int hops)
    {
        ref readonly var clause = ref _store[number];
        return (clause.Cells & _cell) != 0 && Held(clause.From).Has(clause.Premise) && !IsCut(number, clause) && MayHold(clause, hops);
    }
}
