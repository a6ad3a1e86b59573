using IdentityGraph.Analyze;
using IdentityGraph.Analyze.Questions;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    /// <summary>Everything whose state lifecycle sources, workflows or integrations decide: what is wrong if they are.</summary>
    /// <param name="ask">As of when, as known when.</param>
    /// <param name="sources">Node ids.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="UnknownIdentityException">An id that nobody stated.</exception>
    public async ValueTask<Answer<InfluenceAnswer>> InfluenceAsync(Ask ask, IReadOnlyList<string> sources, CancellationToken cancellationToken = default)
    {
        var opened = await OpenAsync(ask, cancellationToken).ConfigureAwait(false);
        using var clock = new AskClock(ask, time, cancellationToken);
        List<Node> named = [.. sources.Distinct(StringComparer.Ordinal).Select(id => Known(opened.View, id))];
        IReadOnlyList<Influenced> influenced = [];
        string? truncated = null;
        try
        {
            influenced = new Influence(Control(opened).Liveness).Of(named, clock.Token);
        }
        catch (OperationCanceledException) when (clock.IsSpent)
        {
            truncated = "time budget: what is influenced was not followed to its end, and none of it is listed";
        }

        var data = new InfluenceAnswer
        {
            Sources = [.. named.Select(node => node.Id).Order(StringComparer.Ordinal)],
            Influenced = [.. influenced.Select(Told)],
        };
        List<string> warnings = [.. named.Where(node => node.Present == Truth.False).Select(node => $"`{node.Id}` is not there at that moment")];
        if (influenced.Count == 0 && truncated is null)
        {
            warnings.Add("no fact says what these trigger, write to, run as, can provision or grant, or made; that may not have been collected");
        }

        return Seal(opened, "influence", data, truncated, [.. warnings, .. NotFollowed(opened.View, node => named.Contains(node) || influenced.Any(one => one.Node == node))]);
    }

    private static InfluencedAnswer Told(Influenced one) => new()
    {
        Id = one.Node.Id,
        Kind = one.Node.Kind.Name,
        Name = one.Node.Name,
        Certainty = (one.Truth is Truth.True ? Certainty.Certain : Certainty.Possible).ToString(),
        Hops = one.Hops,
        Way = [.. one.Way.Select(ProofSteps.Of)],
    };
}
