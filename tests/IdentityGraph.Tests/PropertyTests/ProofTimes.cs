using System.Text.Json.Nodes;
using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Naive;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>
/// Since when the facts of a step hold: the beginning of the last stretch without a break in which each surely held, where nothing ended
/// it since; of what never surely held, since when it may. A property has to have been said as it is said now.
/// </summary>
/// <param name="view">The facts at the moment asked about.</param>
internal sealed class ProofTimes(NaiveView view)
{
    private readonly Dictionary<DateTimeOffset, NaiveMoment> _then = new() { [view.AsOf] = new NaiveMoment(view) };
    private readonly Dictionary<string, DateTimeOffset?> _since = [];
    private DateTimeOffset[]? _moments;

    public IEnumerable<string> Wrong(ProofStep step)
    {
        var since = step.Facts.Select(SinceOf).Max();
        if (since != step.Since)
        {
            yield return $"{step.Rule} {step.Node} holds since {since:O}, claimed {step.Since:O}; {string.Join(", ", step.Facts.Select(fact => $"{fact.Edge}{fact.Property} {SinceOf(fact):O}"))}";
        }
    }

    /// <summary>Null: as long as anything is known.</summary>
    private DateTimeOffset? SinceOf(ProofFact fact)
    {
        var text = $"{fact.Edge} {fact.Of} {fact.To} {fact.Key} {fact.Node} {fact.Property}";
        if (!_since.TryGetValue(text, out var since))
        {
            _since[text] = since = Begins(TruthOf(fact), fact.Property == "live");
        }

        return since;
    }

    private Func<NaiveMoment, bool?> TruthOf(ProofFact fact)
    {
        if (fact.Edge is not null)
        {
            var edge = new NaiveEdge(fact.Edge, fact.Of!, fact.To!, fact.Key ?? "");
            return then => then.View.Truth(edge);
        }

        var node = fact.Node!;
        if (fact.Property == "live" || (fact.Property == "state" && _then[view.AsOf].Live(node) is not false))
        {
            return then => then.Live(node);
        }

        // What a source that is stale said is what it said.
        var said = view.Of(node, fact.Property!);
        return then => then.View.Of(node, fact.Property!) is var other && IsSaidAlike(other, said) ? (other.IsStale ? null : true) : false;
    }

    /// <summary>Whether the same is said, stale or not.</summary>
    public static bool IsSaidAlike(NaiveValue one, NaiveValue other) => Shown(one) == Shown(other) && JsonNode.DeepEquals(one.Json, other.Json);

    private static NaiveSaid Shown(NaiveValue value) => !value.IsStale ? value.Said : value.Json is null ? NaiveSaid.None : NaiveSaid.Stated;

    private DateTimeOffset? Begins(Func<NaiveMoment, bool?> truth, bool isByTheClock)
    {
        _moments ??= [.. view.Facts.Moments.Where(moment => moment < view.AsOf).OrderDescending()];
        var (since, surely) = (view.AsOf, truth(Then(view.AsOf)) is true);
        foreach (var moment in _moments)
        {
            // What lives by the clock may be over before the next thing happens.
            if (isByTheClock && since.AddTicks(-1) > moment && !Goes(since.AddTicks(-1)))
            {
                return since;
            }

            if (!Goes(moment))
            {
                return since;
            }

            since = moment;
        }

        return Goes(DateTimeOffset.MinValue.AddTicks(1)) ? null : since;

        bool Goes(DateTimeOffset moment)
        {
            var then = truth(Then(moment));
            surely |= then is true;
            return surely ? then is true : then is null;
        }
    }

    private NaiveMoment Then(DateTimeOffset moment)
    {
        if (!_then.TryGetValue(moment, out var then))
        {
            _then[moment] = then = new NaiveMoment(view.Facts, moment);
        }

        return then;
    }
}
