namespace IdentityGraph.Tests.Naive;

/// <summary>One rule application.</summary>
/// <param name="Rule">D1 to D20.</param>
/// <param name="Node">What it concludes on.</param>
/// <param name="Rights">The rights it concludes, before they are cut to those the kind knows.</param>
/// <param name="Premises">What it stands on.</param>
/// <param name="Durable">The conclusion is a credential that the attacker keeps.</param>
/// <param name="NeedsLive">Whether Use of a principal, application… is concluded only on a live node.</param>
internal sealed record NaiveStep(string Rule, string Node, string Rights, NaiveWay Premises, bool Durable = false, bool NeedsLive = true);

/// <summary>
/// One of the four fixpoints over the rules: certain uses True premises, possible True or Unknown ones; direct leaves amplifying
/// rules out. All rules are applied over and over until nothing new is concluded and no proof gets shorter.
/// </summary>
internal sealed partial class NaiveFixpoint
{
    private readonly NaiveWorld _world;
    private readonly bool _possible;
    private readonly bool _amplified;
    private readonly Dictionary<(string Node, char Right), (int Hops, int Rule, NaiveWay From)> _proofs = [];
    private readonly HashSet<string> _durable = [];
    private readonly HashSet<string> _seeds = [];
    private readonly IReadOnlySet<NaiveEdge>? _without;
    private NaiveApplication? _applied;

    public NaiveFixpoint(NaiveWorld world, IEnumerable<NaiveSeed> seeds, bool possible, bool amplified, IReadOnlySet<NaiveEdge>? without = null, NaiveApplication? within = null)
    {
        _without = without;
        _applied = within;
        _world = world;
        _possible = possible;
        _amplified = amplified;
        Plant([.. seeds]);
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var step in s_rules.Where(rule => !world.Off.Rules.Contains(rule)).SelectMany(Rule).ToList())
                changed |= Conclude(step);
        }
    }

    /// <summary>The same where only some applications are allowed.</summary>
    /// <param name="world">What holds.</param>
    /// <param name="seeds">Planted as always.</param>
    /// <param name="possible">True or Unknown premises.</param>
    /// <param name="amplified">With the amplifying rules.</param>
    /// <param name="held">Attained beside the seeds, whatever led there.</param>
    /// <param name="only">The applications, as often as needed and in any order.</param>
    public NaiveFixpoint(NaiveWorld world, IEnumerable<NaiveSeed> seeds, bool possible, bool amplified, IEnumerable<(string Node, string Rights)> held, IReadOnlyCollection<NaiveApplication> only)
    {
        _world = world;
        _possible = possible;
        _amplified = amplified;
        Plant([.. seeds]);
        foreach (var (node, rights) in held)
        {
            foreach (var right in rights)
                _proofs[(node, right)] = (0, 0, Free);
        }

        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var application in only)
            {
                Restrict(application);
                foreach (var step in Rule(application.Rule).Where(step => step.Node == application.Node).ToList())
                    changed |= Conclude(step);
            }
        }
    }

    private NaiveView View => _world.View;

    private NaiveLiveness Liveness => _world.Liveness;

    /// <summary>Attained rights as letters in the order DRWUAC.</summary>
    public string Rights(string node) => string.Concat(NaiveRights.All.Where(right => _proofs.ContainsKey((node, right))));

    /// <summary>Fewest hops by which a right is attained; null: it is not.</summary>
    public int? Hops(string node, char right) => _proofs.TryGetValue((node, right), out var proof) ? proof.Hops : null;

    /// <summary>"`durable`: D3, D17, D20 always, D2 if extractable … seed credentials too."</summary>
    public bool IsDurable(string node) => _durable.Contains(node);

    /// <summary>The seeds that were planted, an Exposure's nodes among them.</summary>
    public IEnumerable<string> Seeds => _seeds;

    /// <summary>Every right of every node that the chosen proof of a right stands on, itself and the seeds included.</summary>
    public IReadOnlyCollection<(string Node, char Right)> Proof(string node, char right)
    {
        var steps = new HashSet<(string Node, char Right)> { (node, right) };
        for (var before = 0; before < steps.Count;)
        {
            before = steps.Count;
            steps.UnionWith(steps.SelectMany(step => _proofs[step].From.Premises).ToList());
        }

        return steps;
    }

    /// <summary>Whether a rule concludes it now from what is attained, whether it was given or not.</summary>
    public bool IsConcluded(string node) => s_rules.Where(rule => !_world.Off.Rules.Contains(rule)).SelectMany(Rule).Any(step => step.Node == node && Follows(step).Rights.Length > 0);

    /// <summary>What D9 issues a new credential for.</summary>
    public IReadOnlyCollection<string> Issued => _amplified ? [.. D9().Where(step => Follows(step).Rights.Length > 0).Select(step => step.Node).Distinct()] : [];

    /// <summary>Systems on which D10 makes a new principal, with the rights it has there.</summary>
    public IReadOnlyCollection<(string System, string Rights)> Provisioned =>
        _amplified ? [.. D10().Select(step => (step.Node, Follows(step).Rights)).Where(made => made.Rights.Length > 0).Distinct()] : [];

    /// <summary>What the chosen proof of a right concludes it from.</summary>
    public IEnumerable<string> ConcludedFrom(string node, char right) => _proofs[(node, right)].From.Premises.Select(premise => premise.Node);

    public IEnumerable<string> Attained => _proofs.Keys.Select(key => key.Node).Distinct();

    private bool Holds(bool? truth) => _possible ? truth is not false : truth is true;

    private static NaiveWay Free => NaiveWay.Free;

    /// <summary>A principal, or what nobody described and may be one.</summary>
    private bool MayAct(string node) => NaiveWords.Principals.Contains(View.Kind(node)) || View.Facts.IsPlaceholder(node);

    private NaiveWay? Use(string node) => By(node, 'U');

    private NaiveWay? By(string node, char right) => Hops(node, right) is { } hops ? NaiveWay.By(node, right, hops) : null;

    private static readonly string[] s_rules = [.. Enumerable.Range(1, 20).Select(number => "D" + number)];

    private IEnumerable<NaiveStep> Rule(string rule) => rule switch
    {
        "D1" => D1(),
        "D2" => D2(),
        "D3" => D3(),
        "D4" => D4(),
        "D5" => [.. D5(), .. D5Token(), .. D5Scopes()],
        "D6" => D6(),
        "D7" => _amplified ? [.. D7(), .. D7Admin()] : D7(),
        "D8" => D8(),
        "D9" => _amplified ? D9() : [],
        "D10" => _amplified ? D10() : [],
        "D11" => _amplified ? D11() : [],
        "D12" => _amplified ? [.. D12Contained(), .. D12Principals()] : D12Contained(),
        "D13" => D13(),
        "D14" => D14(),
        "D15" => D15(),
        "D16" => D16(),
        "D17" => D17(),
        "D18" => D18(),
        "D19" => D19(),
        "D20" => D20(),
        _ => [],
    };

    /// <summary>What one application concludes from what is attained now, whether that was attained before or not.</summary>
    public string Concludes(NaiveApplication application)
    {
        Restrict(application);
        return Rule(application.Rule).Where(step => step.Node == application.Node).ToList().Aggregate("", (sum, step) => NaiveRights.Unite(sum, Follows(step).Rights));
    }

    private void Restrict(NaiveApplication application)
    {
        _applied = application;
        _ofAccounts.Clear();
    }

    private bool MayUse(NaiveEdge edge) => _without?.Contains(edge) != true && !_world.Off.DeadEdges.Contains(edge) && (_applied?.Edges.Contains(edge) ?? true);

    /// <summary>A premise on a property of a node, or on its being live: one application knows of it only where it names it.</summary>
    private bool? Named(bool? truth, string node, string property) => _applied?.Facts.Contains((node, property)) != false ? truth : false;

    /// <summary>A gate is passed by name.</summary>
    private bool IsNamed(string gate) => _applied?.Gates.Contains(gate) != false;

    private IEnumerable<(NaiveEdge Edge, bool? Truth)> EdgesOf(string kind) => View.EdgesOf(kind).Where(pair => MayUse(pair.Edge));

    private IEnumerable<(NaiveEdge Edge, bool? Truth)> From(string node, string kind) => View.From(node, kind).Where(pair => MayUse(pair.Edge));

    private IEnumerable<(NaiveEdge Edge, bool? Truth)> Into(string node, string kind) => View.Into(node, kind).Where(pair => MayUse(pair.Edge));

    private IEnumerable<(NaiveEdge Link, string Container, string Contained, bool? Truth, bool? Inherits)> Containment() =>
        _world.Containment().Where(link => MayUse(link.Link) && !Liveness.IsDead(link.Container));

    /// <summary>Tenants of a principal by edges that may be used.</summary>
    private IEnumerable<(string Tenant, bool? Truth)> TenantsOf(string principal) =>
        From(principal, "IN_SYSTEM").SelectMany(system => From(system.Edge.To, "IN_TENANT").Select(pair => (pair.Edge.To, system.Truth & pair.Truth)));

    /// <summary>A conclusion counts where its node is live or there, of a kind that knows the right, and in network reach.</summary>
    private bool Conclude(NaiveStep step)
    {
        var (rights, network) = Follows(step);
        var changed = false;
        foreach (var right in rights)
            changed |= Attain(step.Node, right, step.Rule, AllOf(step.Premises, network)!);
        return (step.Durable && rights.Length > 0 && _durable.Add(step.Node)) || changed;
    }

    private (string Rights, NaiveWay? Network) Follows(NaiveStep step)
    {
        var kind = View.Kind(step.Node);
        if (Liveness.IsDead(step.Node))
            return ("", null);

        // Decision: a placeholder is never live, but D1 asks for subjectOK instead: what a credential signs in as may be a principal.
        var mayBeSubject = View.Facts.IsPlaceholder(step.Node) && !step.NeedsLive;
        if ((mayBeSubject ? "U" : View.Facts.IsPlaceholder(step.Node) ? null : NaiveRights.OfKind(kind)) is not { } known)
            return ("", null);
        if (NaiveWords.LiveToBeUsed.Contains(kind) && step.NeedsLive && !Holds(Named(Liveness.Live(step.Node), step.Node, LiveToBeUsed(kind))))
            return ("", null);
        if (kind is "System" or "Resource" or "Organization" or "Step" && !Holds(View.Exists(step.Node)))
            return ("", null);
        return NetworkPosition(step.Node) is { } network ? (_world.Raise(step.Node, NaiveRights.Intersect(step.Rights, known)), network) : ("", null);
    }

    /// <summary>What acts is live by its state alone; a grant by who gave it, too.</summary>
    private static string LiveToBeUsed(string kind) => kind == "OAuthGrant" ? "live" : "state";

    /// <summary>"Chosen by fewest hops, ties by rule number, then premise ids."</summary>
    private bool Attain(string node, char right, string rule, NaiveWay from)
    {
        var (hops, number) = (1 + from.Hops, int.Parse(rule[1..]));
        if (_proofs.TryGetValue((node, right), out var known) && (known.Hops, known.Rule, known.From.CompareTo(from)).CompareTo((hops, number, 0)) <= 0)
            return false;
        _proofs[(node, right)] = (hops, number, from);
        return true;
    }

    /// <summary>
    /// An edge that a rule uses: it holds, and all its gates are satisfied. The result is what had to be attained
    /// for its gates; null: closed.
    /// </summary>
    private NaiveWay? Open(NaiveEdge edge, bool? truth, params IEnumerable<string> accounts) =>
        Holds(truth) ? Gates(View.Of(edge, "gates"), accounts) : null;

    private NaiveWay? Gates(NaiveValue gates, params IEnumerable<string> accounts) =>
        gates.IsUnknown ? (IsNamed("gates") && Holds(null) ? Free : null) : AllOf(gates.Words.Select(gate => Gate(gate, accounts)));

    /// <summary>"mfaFactor … is also satisfied where a live mfaFactor or deviceKey of that account is attained."</summary>
    private NaiveWay? Gate(string gate, IEnumerable<string> accounts)
    {
        if (!IsNamed(gate))
            return null;
        if (Holds(_world.Passes(gate, accounts)))
            return Free;
        return gate != "mfaFactor"
            ? null
            : accounts.SelectMany(account => Into(account, "AUTHENTICATES_AS"))
                .Where(pair => Holds(pair.Truth & _world.IsFactor(pair.Edge.Of) & Liveness.Live(pair.Edge.Of)))
                .Select(pair => Use(pair.Edge.Of))
                .Min();
    }

    /// <summary>The gate that an account asks of whoever signs in by password or reset: there if `mfa` is true, Unknown if not reported.</summary>
    private NaiveWay? MfaOf(string account) => View.Of(account, "mfa").Flag switch
    {
        false => Free,
        null when IsNamed("mfaFactor") && Holds(null) => Free,
        _ => Gate("mfaFactor", [account]),
    };

    /// <summary>`networkConstraint` and `senderConstraint` of a credential count as gates on its use.</summary>
    private NaiveWay? UseOf(string credential, params IEnumerable<string> accounts) => AllOf(
    [
        View.Of(credential, "networkConstraint") switch
        {
            { Text: "none" } => Free,
            { IsUnknown: true } => IsNamed("networkConstraint") && Holds(null) ? Free : null,
            var stated => Gates(stated, accounts),
        },
        View.Of(credential, "senderConstraint") switch
        {
            { Said: NaiveSaid.NotReported or NaiveSaid.None } or { Text: "none" } => Free,
            { Text: "mtls" or "dpop" } => Gate("senderKey", accounts),
            _ => IsNamed("senderKey") && Holds(null) ? Free : null,
        },
    ]);

    /// <summary>
    /// "Where a node has REACHED_THROUGH edges, no rule concludes on it unless one alternative is attained (≥ Use), or the profile
    /// satisfies the network gate it stands for" — Decision: the gates stated on that node. Without such edges those gates are
    /// needed; with them "an attained alternative satisfies them".
    /// </summary>
    private NaiveWay? NetworkPosition(string node)
    {
        var gates = View.Kind(node) is "System" or "Account" ? View.Of(node, "gates") : NaiveValue.NotReported;
        var hasGates = gates.IsUnknown || gates.Words.Count > 0;
        var byGates = Gates(gates, View.Kind(node) == "Account" ? [node] : []);

        // Whichever way satisfies them, they had to be satisfied.
        if (gates.IsUnknown ? !IsNamed("gates") : !gates.Words.All(IsNamed))
            return null;
        var alternatives = View.From(node, "REACHED_THROUGH").ToList();
        if (_world.Off.Waived == "network" && alternatives.Count > 0)
            return Free;
        var through = alternatives.Where(pair => Holds(pair.Truth) && MayUse(pair.Edge)).Select(pair => Use(pair.Edge.To)).Min();
        var perhapsNone = alternatives.All(pair => pair.Truth is not true);
        var anyway = perhapsNone ? AllOf(byGates, _possible ? Free : AllOf(alternatives.Select(pair => Use(pair.Edge.To)))) : null;
        return AnyOf(through, hasGates || alternatives.Count == 0 ? byGates : null, anyway);
    }

    /// <summary>One of several premises that restrict, such as keys: none may be there, or one is attained.</summary>
    private NaiveWay? OneOf(List<(NaiveEdge Edge, bool? Truth)> edges)
    {
        var attained = edges.Where(pair => Holds(pair.Truth) && MayUse(pair.Edge)).Select(pair => Use(pair.Edge.To)).Min();
        if (edges.Any(pair => pair.Truth is true))
            return attained;
        return _possible ? Free : AllOf(edges.Select(pair => Use(pair.Edge.To)));
    }

    /// <summary>Premises that are all needed: "hops = 1 + max over attained premises"; null if one is missing.</summary>
    private static NaiveWay? AllOf(IEnumerable<NaiveWay?> premises) => NaiveWay.All(premises);

    private static NaiveWay? AllOf(params NaiveWay?[] premises) => NaiveWay.All(premises);

    /// <summary>The nearest of ways of which one is enough.</summary>
    private static NaiveWay? AnyOf(params NaiveWay?[] ways) => ways.Min();

    /// <summary>The step, if none of its premises is missing.</summary>
    private static IEnumerable<NaiveStep> If(NaiveWay? premises, Func<NaiveWay, NaiveStep> step) => premises is { } way ? [step(way)] : [];
}
