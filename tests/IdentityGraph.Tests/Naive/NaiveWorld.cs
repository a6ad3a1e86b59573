namespace IdentityGraph.Tests.Naive;

/// <summary>What every fixpoint over one moment and one profile reads: liveness, levels, containment, gates passed by profile.</summary>
/// <param name="view">The facts at one moment.</param>
/// <param name="profile">Which attacker.</param>
/// <param name="off">What is taken away from the rules or taken as dead; null: nothing.</param>
internal sealed class NaiveWorld(NaiveView view, NaiveProfile profile, NaiveSwitches? off = null)
{
    private static readonly string[] Factors = ["mfaFactor", "deviceKey"];

    public NaiveView View => view;

    public NaiveProfile Profile => profile;

    public NaiveSwitches Off { get; } = off ?? NaiveSwitches.None;

    public NaiveLiveness Liveness { get; } = new(view, off);

    /// <summary>Rights that an edge states: `rights` win, else `level`. Null: not known. "CONFERS with only a capability confers no rights."</summary>
    public string? StatedRights(NaiveEdge edge)
    {
        var rights = view.Of(edge, "rights");
        var level = view.Of(edge, "level");
        if (rights.Said is NaiveSaid.Stated)
            return NaiveRights.Intersect(NaiveRights.All, rights.Text!);
        if (rights.IsUnknown || level.IsUnknown)
            return null;
        if (level.Said is NaiveSaid.None)
            return "";
        var onlyCapability = edge.Kind == "CONFERS" && level.Said is NaiveSaid.NotReported && view.Of(edge, "capability").Text is not null;
        return onlyCapability ? "" : NaiveRights.OfLevel(level.Text);
    }

    /// <summary>"maxLevel `null`: no limit; a level nobody knows: unknown" (null). A set of letters is accepted as well.</summary>
    public static string? MaxRights(NaiveValue maxLevel) => maxLevel.Said switch
    {
        NaiveSaid.None => NaiveRights.All,
        NaiveSaid.Stated when maxLevel.Text!.All(NaiveRights.All.Contains) => maxLevel.Text,
        NaiveSaid.Stated => NaiveRights.OfLevel(maxLevel.Text),
        _ => null,
    };

    /// <summary>"The level set of the highest Scope→System (or Resource in it) CONFERS, else L5."</summary>
    public string UnknownLevel(string target)
    {
        var systems = Within(target);
        var catalogued = view.EdgesOf("CONFERS")
            .Where(pair => view.Kind(pair.Edge.Of) == "Scope" && (NaiveWords.Holders.Contains(view.Kind(pair.Edge.To)) || view.Facts.IsPlaceholder(pair.Edge.To)))
            .Where(pair => Within(pair.Edge.To).Any(systems.Contains))
            .Select(pair => Catalogued(pair.Edge))
            .DefaultIfEmpty(0)
            .Max();
        return catalogued == 0 ? NaiveRights.UnknownWithoutCatalogue : NaiveRights.OfLevel("L" + catalogued)!;
    }

    /// <summary>The systems that something is in: by IN_SYSTEM, or contained by one, or by what is.</summary>
    public IReadOnlyCollection<string> Within(string node)
    {
        var around = new HashSet<string> { node };
        for (var before = 0; before < around.Count;)
        {
            before = around.Count;
            around.UnionWith(around.SelectMany(inner => SystemsOf(inner).Concat(view.Into(inner, "CONTAINS").Select(pair => pair.Edge.Of))).ToList());
        }

        return [.. around.Where(each => view.Kind(each) == "System" || (view.Facts.IsPlaceholder(each) && each != node))];
    }

    /// <summary>
    /// Decision: what is disputed may be all that was ever said, and is no less than where nobody said anything. "Explicit `rights` (which win)":
    /// a dispute about the level is none where rights are shown.
    /// </summary>
    private int Catalogued(NaiveEdge edge)
    {
        if (StatedRights(edge) is { } stated)
            return NaiveRights.LevelOf(stated);
        var (rights, level) = (view.Of(edge, "rights"), view.Of(edge, "level"));
        if (rights is { IsUnknown: true, IsStale: false } || (level is { IsUnknown: true, IsStale: false } && Shown(rights) is null))
        {
            return view.Facts.Edges[edge]
                .SelectMany(claim => claim.Lines)
                .Select(line => Math.Max(NaiveRights.LevelOf(line.Props["rights"]?.ToString() ?? ""), NaiveRights.LevelOf(NaiveRights.OfLevel(line.Props["level"]?.ToString()) ?? "")))
                .Append(NaiveRights.LevelOf(NaiveRights.UnknownWithoutCatalogue))
                .Max();
        }

        return NaiveRights.LevelOf(Shown(rights) ?? NaiveRights.OfLevel(Shown(level)) ?? "");
    }

    /// <summary>Decision: a level that a stale source showed still says how far a scope of the system goes.</summary>
    private static string? Shown(NaiveValue value) => value is { IsUnknown: true, Candidates: [{ } only] } ? only.ToString() : null;

    /// <summary>The system itself, or those an object is IN_SYSTEM of or may be.</summary>
    public IEnumerable<string> SystemsOf(string node) =>
        view.Kind(node) == "System" ? [node] : view.From(node, "IN_SYSTEM").Select(pair => pair.Edge.To);

    /// <summary>Tenants of an object's system, three-valued: IN_SYSTEM and IN_TENANT.</summary>
    public IEnumerable<(string Tenant, bool? Truth)> TenantsOf(string node)
    {
        var systems = view.Kind(node) == "System" ? [(System: node, Truth: (bool?)true)] : view.From(node, "IN_SYSTEM").Select(pair => (System: pair.Edge.To, pair.Truth));
        return systems.SelectMany(system => view.From(system.System, "IN_TENANT").Select(pair => (pair.Edge.To, system.Truth & pair.Truth)));
    }

    /// <summary>
    /// What contains what: explicit CONTAINS, and "a Resource IN_SYSTEM that no Resource contains counts as contained by the
    /// System"; "an explicit CONTAINS replaces the implied one" of the same two.
    /// </summary>
    public IReadOnlyList<(NaiveEdge Link, string Container, string Contained, bool? Truth, bool? Inherits)> Containment() => _containment ??= [.. Links()];

    private IReadOnlyList<(NaiveEdge Link, string Container, string Contained, bool? Truth, bool? Inherits)>? _containment;

    private IEnumerable<(NaiveEdge Link, string Container, string Contained, bool? Truth, bool? Inherits)> Links()
    {
        foreach (var (edge, truth) in view.EdgesOf("CONTAINS"))
        {
            bool? inherits = view.Of(edge, "inherits").Said is NaiveSaid.NotReported ? true : view.Of(edge, "inherits").Flag;
            yield return (edge, edge.Of, edge.To, truth, inherits);
        }

        foreach (var (edge, truth) in view.EdgesOf("IN_SYSTEM").Where(pair => view.Kind(pair.Edge.Of) == "Resource"))
        {
            var contained = view.Into(edge.Of, "CONTAINS").ToList();
            var byResource = contained.Where(pair => view.Kind(pair.Edge.Of) == "Resource").Select(pair => pair.Truth).Any();
            var explicitly = contained.Where(pair => pair.Edge.Of == edge.To).Select(pair => pair.Truth).Any();
            yield return (edge, edge.To, edge.Of, truth & !byResource & !explicitly, true);
        }
    }

    /// <summary>"Admin attained on a System of category directory, hris, wfm, pam or vault is L6."</summary>
    public string Raise(string node, string rights) => rights.Contains('A') && view.Kind(node) == "System"
        && view.Of(node, "category").Text is "directory" or "hris" or "wfm" or "pam" or "vault" ? NaiveRights.All : rights;

    /// <summary>Whether the profile passes one gate; an unsatisfied gate is False, a word nobody knows is Unknown.</summary>
    public bool? Passes(string gate, IEnumerable<string> accounts) => Off.Gates.Contains(gate.Split('(')[0]) ? true : gate switch
    {
        "corpNetwork" => profile.Insider,
        "managedDevice" => profile.Insider | LeaverHasFactor(accounts, deviceOnly: true),
        "mfaFactor" => LeaverHasFactor(accounts, deviceOnly: false),
        "humanApproval" or "pamApproval" or "senderKey" => false,
        _ when gate.StartsWith("allowListIp(", StringComparison.Ordinal) => profile.Vendor is { } vendor && gate == $"allowListIp({vendor})",
        _ => null,
    };

    /// <summary>An mfaFactor or deviceKey; a credential whose kind nobody reported may be one.</summary>
    public bool? IsFactor(string credential) => view.Of(credential, "kind") switch
    {
        { Text: { } word } => NaiveWords.CredentialKinds.Contains(word) ? Factors.Contains(word) : null,
        { Said: NaiveSaid.None } => false,
        _ => null,
    };

    /// <summary>
    /// "Leaver: mfaFactor of an account for which a live factor (HELD_BY the person, AUTHENTICATES_AS it) exists, managedDevice
    /// with a live deviceKey; Unknown if factors were never collected."
    /// </summary>
    private bool? LeaverHasFactor(IEnumerable<string> accounts, bool deviceOnly)
    {
        if (profile.Leaver is not { } person)
            return false;
        var of = accounts.ToList();
        var held = view.Into(person, "HELD_BY").Select(pair =>
            pair.Truth
            & (deviceOnly ? IsDevice(pair.Edge.Of) : IsFactor(pair.Edge.Of))
            & Liveness.Live(pair.Edge.Of)
            & (deviceOnly ? true : view.From(pair.Edge.Of, "AUTHENTICATES_AS").Where(edge => of.Contains(edge.Edge.To)).Select(edge => edge.Truth).Any()));
        return held.Any() is false && !WereFactorsCollected([person, .. of]) ? null : held.Any();
    }

    private bool? IsDevice(string credential) => IsFactor(credential) & (view.Of(credential, "kind").Text is not "mfaFactor");

    /// <summary>"Factors count as collected where a source that described the account or person states a factor."</summary>
    private bool WereFactorsCollected(IEnumerable<string> described)
    {
        var lines = view.Facts.Runs.SelectMany(run => run.Lines).ToList();
        return lines
            .Where(line => line.Node is { } node && described.Contains(node) && !line.Seen)
            .Select(line => (line.Run.Source, line.Run.Tenant))
            .Distinct()
            .Any(source => lines.Any(line =>
                (line.Run.Source, line.Run.Tenant) == source && line.Node is not null && line.Since <= view.AsOf && line.Props["kind"]?.ToString() is { } kind && Factors.Contains(kind)));
    }
}
