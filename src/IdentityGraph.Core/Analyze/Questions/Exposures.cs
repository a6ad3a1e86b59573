using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Questions;

/// <summary>One who can attain the target, seeded alone.</summary>
/// <param name="Node">A principal or a credential.</param>
/// <param name="Reach">What it attains of the target, and how; of other nodes only what leads there.</param>
public sealed record Attacker(Node Node, ReachResult Reach);

/// <summary>
/// Who can attain a target: every principal and credential seeded by itself, the target left out. Only those that may lead to it are
/// searched from, and only what may lead to it is searched.
/// </summary>
public sealed class Exposures
{
    private readonly Rights _right;
    private readonly bool[]? _within;

    private Exposures(Node target, Rights right, bool[]? within, IReadOnlyList<Attacker> attackers, int asked, int untold) =>
        (Target, _right, _within, Attackers, Asked, Untold) = (target, right, within, attackers, asked, untold);

    public Node Target { get; }

    /// <summary>Those that attain it in some cell, by id.</summary>
    public IReadOnlyList<Attacker> Attackers { get; }

    /// <summary>How many principals and credentials hold at the moment, or may.</summary>
    public int Asked { get; }

    /// <summary>How many of them it was stopped before.</summary>
    public int Untold { get; }

    /// <summary>Those that certainly attain it so far, amplification included, of all asked; 0 to 1.</summary>
    public double Share => Asked == 0 ? 0 : (double)Attackers.Count(IsCertain) / Asked;

    /// <summary>Whether control of the node may lead to the target; true of all where it was stopped before that was known.</summary>
    public bool MayLead(Node node) => _within?[node.Index] ?? true;

    /// <summary>Finds them.</summary>
    /// <param name="control">Facts, moment and profile.</param>
    /// <param name="target">What is attained.</param>
    /// <param name="right">They attain this right on it; none: any.</param>
    /// <param name="stop">Ends it early, quietly.</param>
    /// <param name="cancellationToken">Throws when cancelled.</param>
    /// <param name="progress">Told how many of those that may lead to it were searched from; null: nobody watches.</param>
    public static Exposures Of(ControlGraph control, Node target, Rights right, CancellationToken stop, CancellationToken cancellationToken, Action<int, int>? progress = null)
    {
        List<Node> asked = [.. NodeKind.All
            .Where(kind => kind.IsPrincipal || kind == NodeKinds.Credential)
            .SelectMany(control.View.Of)
            .Where(node => node != target && node.Present != Truth.False)
            .OrderBy(node => node.Id, StringComparer.Ordinal)];
        var together = control.Reach(asked.SelectMany(node => Seeding.Of(node, control.Liveness)), new ReachOptions { Stop = stop }, cancellationToken);
        if (together.IsCutShort)
        {
            return new Exposures(target, right, null, [], asked.Count, asked.Count);
        }

        var within = control.LeadingTo(target);
        List<Attacker> attackers = [];
        var untold = 0;
        List<Node> leading = asked.FindAll(node => within[node.Index]);
        for (var number = 0; number < leading.Count; number++)
        {
            var node = leading[number];
            progress?.Invoke(number, leading.Count);
            cancellationToken.ThrowIfCancellationRequested();
            var reach = stop.IsCancellationRequested ? null : control.Reach(Seeding.Of(node, control.Liveness), new ReachOptions { Within = within, Stop = stop }, cancellationToken);
            if (reach is null || reach.IsCutShort)
            {
                untold++;
            }
            else if (reach[target] is { IsEmpty: false } cells && cells.PossibleAmplified.Has(right))
            {
                attackers.Add(new Attacker(node, reach));
            }
        }

        progress?.Invoke(leading.Count, leading.Count);
        return new Exposures(target, right, within, attackers, asked.Count, untold);
    }

    private bool IsCertain(Attacker one) => one.Reach[Target].CertainAmplified is var certain && certain != Rights.None && certain.Has(_right);
}
