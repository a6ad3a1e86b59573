using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <param name="Account">The account; a placeholder where nobody described it.</param>
/// <param name="Link">BELONGS_TO.</param>
/// <param name="Now">Whether it is theirs at the moment asked about.</param>
/// <param name="Ever">Whether it was theirs at some instant of the window.</param>
public readonly record struct OwnAccount(Node Account, Edge Link, Truth Now, Truth Ever);

/// <summary>The accounts of a person, present and past: one that was deleted still says whose consent a grant rests on.</summary>
public static class OwnAccounts
{
    /// <summary>By id; each account once.</summary>
    public static IReadOnlyList<OwnAccount> Of(Node person, AnchorWindow window, Liveness liveness, double enough)
    {
        var found = new SortedDictionary<string, OwnAccount>(StringComparer.Ordinal);
        foreach (var link in person.In(EdgeKinds.BelongsTo))
        {
            var now = liveness.Belongs(link);
            var ever = now.Or(EverTheirs(link, window, enough));
            if (ever != Truth.False && (!found.TryGetValue(link.Of.Id, out var other) || (other.Now, other.Ever).CompareTo((now, ever)) < 0))
            {
                found[link.Of.Id] = new OwnAccount(link.Of, link, now, ever);
            }
        }

        return [.. found.Values];
    }

    /// <summary>As at any instant: one candidate of enough confidence is certain, one beside another only possible.</summary>
    private static Truth EverTheirs(Edge link, AnchorWindow window, double enough)
    {
        var had = window.Had(link);
        if (had != Truth.True)
        {
            return had;
        }

        var confidence = link.Statements().LastOrDefault(said => said.Property == Properties.Confidence.Name)?.Value.AsNumber();
        if (confidence < enough)
        {
            return Truth.Unknown;
        }

        var alone = AnchorWindow.Stretches(link)
            .Where(stretch => stretch.Truth == Truth.True && stretch.From <= window.Now && stretch.Until > window.From)
            .Any(stretch => !Others(link).Any(other => AnchorWindow.During(other, Math.Max(stretch.From, window.From), Math.Min(stretch.Until, window.Now + 1)) != Truth.False));
        return alone ? Truth.True : Truth.Unknown;
    }

    private static IEnumerable<Edge> Others(Edge link)
    {
        foreach (var other in link.Of.Out(EdgeKinds.BelongsTo))
        {
            if (other.To != link.To)
            {
                yield return other;
            }
        }
    }
}
