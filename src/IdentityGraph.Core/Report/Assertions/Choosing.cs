using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Ownership;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report.Assertions;

/// <summary>The nodes a claim means by a description, and what the facts leave open about who else is meant.</summary>
internal static class Choosing
{
    private static readonly NodeKind[] s_nonHuman = [NodeKinds.ServiceIdentity, NodeKinds.Agent, NodeKinds.Application, NodeKinds.Connector];
    private static readonly NodeKind[] s_places = [NodeKinds.System, NodeKinds.Resource];

    /// <summary>Each once, those named first.</summary>
    /// <param name="view">The facts.</param>
    /// <param name="chosen">Who is meant.</param>
    /// <param name="known">Finds an id, or throws.</param>
    /// <param name="judgement">Is told what is left open.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static List<Node> Of(GraphView view, Chosen chosen, Func<string, Node> known, Judgement judgement, CancellationToken cancellationToken)
    {
        var excepted = chosen.Except.Select(id => known(id).Index).ToHashSet();
        List<Node> nodes = [.. chosen.Ids.Select(known)];
        foreach (var node in Described(view, chosen))
        {
            cancellationToken.ThrowIfCancellationRequested();
            nodes.Add(node);
        }

        nodes = [.. nodes.DistinctBy(static node => node.Index).Where(node => !excepted.Contains(node.Index))];
        Tell(view, chosen, judgement);
        return nodes;
    }

    /// <summary>Those that the description may mean too: the tier of their system is not known, or sources disagree on whether they are crown jewels.</summary>
    /// <param name="view">The facts.</param>
    /// <param name="chosen">Who is meant.</param>
    /// <param name="meant">Those that surely are.</param>
    public static IEnumerable<Node> Perhaps(GraphView view, Chosen chosen, IReadOnlyCollection<Node> meant)
    {
        if (chosen.Tier is null && !chosen.CrownJewels)
        {
            return [];
        }

        var known = meant.Select(static node => node.Index).ToHashSet();
        return from node in Candidates(view, chosen)
               where !known.Contains(node.Index) && !chosen.Except.Contains(node.Id)
               where chosen.Tier is null || (Tiers.Of(node) ?? chosen.Tier) == chosen.Tier
               where !chosen.CrownJewels || node[Properties.CrownJewel] is { Flag: Truth.True } or { Known: Known.Disputed }
               select node;
    }

    private static IEnumerable<Node> Described(GraphView view, Chosen chosen) =>
        from node in Candidates(view, chosen)
        where chosen.Tier is null || Tiers.Of(node) == chosen.Tier
        where !chosen.CrownJewels || node[Properties.CrownJewel].Flag == Truth.True
        select node;

    private static IEnumerable<Node> Candidates(GraphView view, Chosen chosen)
    {
        var kinds = chosen.Kinds.Select(NodeKind.Find).OfType<NodeKind>().ToList();
        if (kinds.Count == 0 && !chosen.NonHuman && (chosen.Tier is not null || chosen.CrownJewels))
        {
            kinds.AddRange(s_places);
        }

        return kinds.SelectMany(view.Of)
            .Concat(chosen.NonHuman ? s_nonHuman.SelectMany(view.Of).Where(static node => !Owners.OnlyStandsForARight(node)) : [])
            .Where(static node => node.Present != Truth.False);
    }

    /// <summary>A description that rests on what nobody stated means less than it says.</summary>
    private static void Tell(GraphView view, Chosen chosen, Judgement judgement)
    {
        if (chosen.Tier is { } tier && Candidates(view, chosen).Count(static node => Tiers.Of(node) is null) is > 0 and var tierless)
        {
            judgement.Note($"{tierless} that may be of tier {tier} are not judged: no source states the tier of their system");
        }

        if (chosen.CrownJewels && Candidates(view, chosen).Count(static node => !node[Properties.CrownJewel].IsReported) is > 0 and var plain)
        {
            judgement.Note($"{plain} are not taken for crown jewels: no source says that they are");
        }
    }
}
