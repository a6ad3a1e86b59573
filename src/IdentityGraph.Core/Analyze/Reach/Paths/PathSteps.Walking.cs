using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach.Paths;

/// <summary>Walks over memberships, which are part of the application at their end.</summary>
internal sealed partial class PathSteps
{
    /// <summary>One step for each way somebody walks to where the clause starts. A group that is a seed walks itself.</summary>
    private void WriteWalks(int number, int end, int hops, List<PathStep> steps)
    {
        // Clauses from the end back, the last one first.
        var open = new Stack<(int Node, Walked? Before)>([(end, null)]);
        while (open.TryPop(out var at))
        {
            _looked++;
            if (GaveUp)
            {
                return;
            }

            var use = new PathLiteral(at.Node, Rights.Use);
            if (!Walker.IsWalked(_view[at.Node].Kind) || IsSeed(use))
            {
                int[] clauses = [.. ClausesOf(at.Before), number];
                steps.Add(new PathStep(_view, use, _store[number].Rule, clauses, EdgesOf(clauses)));
                continue;
            }

            for (var premise = _into.LastOf(at.Node); premise >= 0;)
            {
                ref readonly var into = ref _into[premise];
                _looked++;
                if (into.IsFirst && IsAttained(into.From, hops) && !Passes(at.Before, into.From, end) && Walks(into.Clause, hops))
                {
                    IsJoint |= !into.IsWalk;
                    open.Push((into.From, new Walked(into.Clause, into.From, at.Before)));
                }

                premise = into.Before;
            }
        }
    }

    private bool Walks(int number, int hops)
    {
        ref readonly var clause = ref _store[number];
        return (clause.Cells & _cell) != 0 && Held(clause.From).Has(clause.Premise) && !IsCut(number, clause) && MayHold(clause, hops);
    }

    private static bool Passes(Walked? walked, int node, int end)
    {
        for (; walked is not null; walked = walked.After)
        {
            if (walked.From == node)
            {
                return true;
            }
        }

        return node == end;
    }

    private static IEnumerable<int> ClausesOf(Walked? walked)
    {
        for (; walked is not null; walked = walked.After)
        {
            yield return walked.Clause;
        }
    }

    /// <param name="Clause">Of the step.</param>
    /// <param name="From">Where it starts.</param>
    /// <param name="After">The step after it; null: it comes to the end.</param>
    private sealed record Walked(int Clause, int From, Walked? After);
}
