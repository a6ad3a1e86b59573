using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>
/// The three fixpoints of a leaver, with amplification: what they can use (R1), what continues on their authority (R3), and what
/// would be attained only were their suspended and unusable accounts usable (R2).
/// </summary>
/// <param name="person">The leaver.</param>
/// <param name="anchors">What ties them to anything.</param>
/// <param name="accounts">Their accounts.</param>
/// <param name="control">Compiled for the profile Leaver and this person.</param>
internal sealed class LeaverReach(Node person, IReadOnlyList<Anchor> anchors, IReadOnlyList<OwnAccount> accounts, ControlGraph control)
{
    private static readonly AnchorCode[] s_material = [AnchorCode.A1, AnchorCode.A2, AnchorCode.A3, AnchorCode.A7, AnchorCode.A8];
    private static readonly AnchorCode[] s_automation = [AnchorCode.A5, AnchorCode.A6, AnchorCode.A10];

    /// <summary>What the leaver can use.</summary>
    public ReachResult Usable { get; private set; } = null!;

    /// <summary>Their suspended or locked accounts, and live ones they have certainly no way into.</summary>
    public IReadOnlyList<Node> Latent { get; private set; } = [];

    /// <summary>Every search made: usable, automation, latent.</summary>
    public IReadOnlyList<ReachResult> Searches { get; private set; } = [];

    /// <summary>Every path of every class, by class, then target.</summary>
    public IReadOnlyList<LeaverPath> Paths(GracePeriods grace, CancellationToken cancellationToken)
    {
        // What is held with others is seeded as known, so the plain rule about holders must not speak for it.
        var options = new ReachOptions { DeadEdges = SharedHoldings() };
        var held = anchors.Where(anchor => anchor.Code == AnchorCode.A2 && anchor.Now == Truth.True).Select(anchor => anchor.Node).ToHashSet();

        // What they hold themselves is drawn as held, known besides or not.
        Seed[] usable = [Seed.Of(person), .. anchors.Where(anchor => anchor.Code is AnchorCode.A8 || (anchor.Code is AnchorCode.A3 && !held.Contains(anchor.Node))).Select(Late)];
        Usable = control.Reach(usable, options, cancellationToken);
        var automation = control.Reach(Automation(), null, cancellationToken);
        List<Seed> asIf = LatentSeeds();
        Latent = [.. asIf.Select(seed => seed.Node)];
        List<LeaverPath> paths = [];
        Collect(PathClass.R1, Usable, s_material, grace, paths);
        Collect(PathClass.R3, automation, s_automation, grace, paths);
        Searches = [Usable, automation];
        if (asIf.Count > 0)
        {
            var latent = control.Reach([.. usable, .. asIf], options, cancellationToken);
            Searches = [.. Searches, latent];
            Collect(PathClass.R2, latent, s_material, grace, paths);
        }

        return [.. paths.OrderBy(path => path.Class).ThenBy(path => path.Target.Id, StringComparer.Ordinal)];
    }

    private HashSet<int> SharedHoldings()
    {
        HashSet<int> shared = [];
        foreach (var held in person.In(EdgeKinds.HeldBy))
        {
            foreach (var other in held.Of.Out(EdgeKinds.HeldBy))
            {
                if (other.To != person && other.Holds != Truth.False && !accounts.Any(own => own.Account == other.To && own.Ever == Truth.True))
                {
                    shared.Add(held.Index);
                }
            }
        }

        return shared;
    }

    private static Seed Late(Anchor anchor) => new() { Node = anchor.Node, Truth = anchor.Now, IsLate = true, Rights = Rights.Use };

    private IEnumerable<Seed> Automation() =>
        from anchor in anchors
        where s_automation.Contains(anchor.Code)
        select new Seed { Node = anchor.Node, Truth = anchor.Now.And(RunsAtAll(anchor.Node)), Rights = Rights.Use };

    /// <summary>A step runs only while its workflow does; that of a workflow nobody described may.</summary>
    private Truth RunsAtAll(Node node)
    {
        if (node.Kind != NodeKinds.Step)
        {
            return Truth.True;
        }

        var runs = (Truth?)null;
        foreach (var edge in node.Out(EdgeKinds.StepOf))
        {
            runs = edge.Holds.And(edge.To.IsPlaceholder ? Truth.Unknown : control.Liveness.Of(edge.To)).Or(runs ?? Truth.False);
        }

        return runs ?? Truth.True;
    }

    private List<Seed> LatentSeeds()
    {
        List<Seed> seeds = [];
        foreach (var own in accounts)
        {
            var state = own.Account[Properties.State].Text;
            if (state is "Suspended" or "Locked")
            {
                seeds.Add(new Seed { Node = own.Account, Truth = own.Now.And(own.Account.Present), AsIfLive = true, IsLate = true });
            }
            else if (Usable[own.Account].IsEmpty)
            {
                seeds.Add(new Seed { Node = own.Account, Truth = own.Now, IsLate = true });
            }
        }

        return [.. seeds.Where(seed => seed.Truth != Truth.False && (control.WordOf(seed) & CellBits.All) != 0)];
    }

    private void Collect(PathClass pathClass, ReachResult reach, AnchorCode[] codes, GracePeriods grace, List<LeaverPath> paths)
    {
        foreach (var target in reach.Attained)
        {
            if (target.Kind != NodeKinds.System && target.Kind != NodeKinds.Resource)
            {
                continue;
            }

            var (cells, usable) = (reach[target], pathClass == PathClass.R2 ? Usable[target] : default);
            var certain = cells.CertainAmplified.Has(Rights.Read) && !usable.CertainAmplified.Has(Rights.Read);
            var possible = cells.PossibleAmplified.Has(Rights.Read) && !usable.PossibleAmplified.Has(Rights.Read);
            if (!certain && !possible)
            {
                continue;
            }

            var cell = certain ? Cell.CertainAmplified : Cell.PossibleAmplified;
            var proof = reach.Proof(target, cells.Highest(cell), cell)!;
            paths.Add(new LeaverPath
            {
                Class = pathClass,
                Anchor = AnchorOf(proof, codes, certain ? Truth.True : Truth.Unknown),
                Target = target,
                Level = cells.Of(cell).LevelOf(),
                IsCertain = certain,
                Proof = proof,
                Grace = grace.Of(proof),
            });
        }
    }

    /// <summary>
    /// The anchor the proof starts from: of what lies one hop from the person and is one still, as sure as the proof before what is less so,
    /// the first by code, then id.
    /// </summary>
    private Anchor AnchorOf(Proof proof, AnchorCode[] codes, Truth asSure)
    {
        var first = proof.Steps.Where(line => line.Node != person && (line.Rule is null || line.From.Contains(person))).Select(line => line.Node).ToHashSet();
        return anchors
            .Where(anchor => codes.Contains(anchor.Code) && first.Contains(anchor.Node) && anchor.Now != Truth.False)
            .OrderByDescending(anchor => anchor.Now >= asSure)
            .FirstOrDefault()
            ?? new Anchor { Code = codes[0], Node = first.FirstOrDefault(person), Now = Truth.Unknown, Ever = Truth.Unknown };
    }
}
