namespace IdentityGraph.Analyze.Reach;

/// <summary>Which of what gave the same in the same hop is told.</summary>
internal sealed partial class ProofSearch
{
    private readonly List<int> _considered = [];

    private ProofApplication Choose(int node, uint bit) => ChooseQuickly(node, bit) ?? ChooseWritten(node, bit);

    /// <summary>The application by which something attained is proved; null where more than rule, premise and edges may have to be looked at.</summary>
    internal ProofApplication? ChooseQuickly(int node, uint bit)
    {
        var (last, hop) = (_result.LastOn(node), -1);
        for (var number = last; number >= 0; number = _derivations[number].Previous)
        {
            hop = (_derivations[number].Bits & bit) != 0 ? _derivations[number].Hop : hop;
        }

        return _ties.Best(last, bit, hop) is >= 0 and var best ? Simple(node, _derivations[best]) : null;
    }

    /// <summary>The same by writing out whatever may be the best.</summary>
    internal ProofApplication ChooseWritten(int node, uint bit)
    {
        var hop = _result.HopOf(node, bit);
        ProofApplication? best = null;
        _considered.Clear();
        for (var number = _result.LastOn(node); number >= 0; number = _derivations[number].Previous)
        {
            ref readonly var derivation = ref _derivations[number];
            if (derivation.Hop != hop || (derivation.Bits & bit) == 0 || (best is not null && ComesAfter(derivation, best)))
            {
                continue;
            }

            _considered.Add(number);
            if (best is null || !IsSurelyNoBetter(derivation, best))
            {
                var candidate = Written(node, bit, derivation);
                best = best is null || ProofApplication.Order.Compare(candidate, best) < 0 ? candidate : best;
            }
        }

        // What is left out of a proof first: facts without which the same rule concludes the same.
        foreach (var number in _considered)
        {
            ref readonly var derivation = ref _derivations[number];
            if (RestsOnPartOf(derivation, best!))
            {
                var part = Written(node, bit, derivation);
                best = part.Edges.Count < best!.Edges.Count && part.Edges.All(best.Edges.Contains) && part.Needs.All(best.Needs.Contains) ? part : best;
            }
        }

        return best!;
    }

    /// <summary>With one premise, the same as the other's, and edges that come after: seen without writing it out.</summary>
    private bool IsSurelyNoBetter(Derivation derivation, ProofApplication best)
    {
        if (derivation.Clause < 0 || best.PremiseRanks.Count != 1)
        {
            return false;
        }

        ref readonly var clause = ref _store[derivation.Clause];
        if (clause.Rule != best.RuleNumber || clause.Own >= 0 || clause.Entry >= 0 || clause.Kind == ClauseKind.Inherit)
        {
            return false;
        }

        var facts = _store.FactsOf(derivation.Clause);
        if (facts.Length == 0 || !facts[0].IsEdge || EdgesIn(facts) > 1)
        {
            return false;
        }

        var isWalked = Walker.IsWalked(_view[clause.From].Kind);
        var origin = isWalked ? _walks.OriginOf(clause.From).Origin : clause.From;
        return _ranks[origin] == best.PremiseRanks[0] && best.CompareEdges(isWalked ? _walks.Sorted(clause.From) : [], facts[0].Index) > 0;
    }

    private static int EdgesIn(ReadOnlySpan<Fact> facts)
    {
        var edges = 0;
        foreach (var fact in facts)
        {
            edges += fact.IsEdge ? 1 : 0;
        }

        return edges;
    }

    /// <summary>Whether its own edges are all among the other's.</summary>
    private bool RestsOnPartOf(Derivation derivation, ProofApplication best)
    {
        if (derivation.Clause >= 0 && derivation.Clause != best.Clause)
        {
            foreach (var fact in _store.FactsOf(derivation.Clause))
            {
                if (fact.IsEdge && !best.Edges.Contains(fact.Index))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Whether the order prefers the other by rule, or by its first premise, alone: then it need not be written out to be left.</summary>
    private bool ComesAfter(Derivation derivation, ProofApplication best)
    {
        if (derivation.Clause < 0)
        {
            return false;
        }

        ref readonly var clause = ref _store[derivation.Clause];
        if (clause.Rule != best.RuleNumber)
        {
            return clause.Rule > best.RuleNumber;
        }

        if (clause.Own >= 0 || clause.Entry >= 0 || clause.Kind == ClauseKind.Inherit || best.PremiseRanks.Count == 0)
        {
            return false;
        }

        var origin = Walker.IsWalked(_view[clause.From].Kind) ? _walks.OriginOf(clause.From).Origin : clause.From;
        return _ranks[origin] > best.PremiseRanks[0];
    }
}
