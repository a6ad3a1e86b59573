namespace IdentityGraph.Tests.Naive;

/// <summary>What a leaver could reach before leaving, and every anchor there was since P400D before that.</summary>
internal sealed class NaiveLeaverHistory
{
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(400);

    private readonly string _person;
    private readonly NaiveFacts _facts;
    private readonly HashSet<(string Code, string Id, string System)> _footprint = [];
    private readonly Dictionary<string, bool?> _secrets = [];

    public NaiveLeaverHistory(NaiveFacts facts, string person, DateTimeOffset leaverAt, DateTimeOffset asOf)
    {
        _facts = facts;
        _person = person;
        var window = facts.Moments.Where(moment => moment >= leaverAt - LookBack && moment <= asOf)
            .Concat([leaverAt - LookBack, leaverAt.AddTicks(-1), leaverAt, asOf])
            .Where(moment => moment <= asOf)
            .Distinct();
        foreach (var moment in window.Order())
            Visit(moment, leaverAt);
    }

    /// <summary>Every anchor that ever was in the window, with each system it was on; <c>?</c> where nobody knows one.</summary>
    public IEnumerable<(string Code, string Id, string System)> Footprint => _footprint;

    /// <summary>Part of a3: what p's accounts could reach at any time in [leaverAt − P400D, leaverAt), or p held with others.</summary>
    public IReadOnlyDictionary<string, bool?> Secrets => _secrets;

    private void Visit(DateTimeOffset moment, DateTimeOffset leaverAt)
    {
        var view = new NaiveView(_facts, moment);
        var world = new NaiveWorld(view, new NaiveProfile(Insider: true, Leaver: _person));
        var anchors = new NaiveAnchors(view, world.Liveness, _person);
        foreach (var anchor in anchors.All())
            Remember(view, anchor.Code, anchor.Id);
        if (moment < leaverAt)
        {
            foreach (var (credential, truth) in anchors.HeldWithOthers())
                Learn(view, credential, truth);
            Reach(world, anchors, possible: true);
            Reach(world, anchors, possible: false);
        }

        // a4: "NHIs p controlled technically at leaverAt". Decision: at that moment or just before it, by accounts or held material.
        if (moment == leaverAt || moment == leaverAt.AddTicks(-1))
        {
            var controlled = new NaiveFixpoint(world, [new NaiveSeed(_person, AsIfUsable: true), .. anchors.Accounts.Select(account => new NaiveSeed(account.Account))], possible: true, amplified: true);
            foreach (var nhi in controlled.Attained.Where(node => view.Kind(node) is "ServiceIdentity" or "Agent"))
                Remember(view, "a4", nhi);
        }
    }

    /// <summary>
    /// a3: "secrets p's accounts could reach (D-rules …, with the gates of Insider and Leaver)". Decision: those an attacker keeps;
    /// what can only be used where it is held (D2b) is not kept.
    /// </summary>
    private void Reach(NaiveWorld world, NaiveAnchors anchors, bool possible)
    {
        var accounts = anchors.Accounts.Where(account => possible ? account.Truth is not false : account.Truth is true);
        var reach = new NaiveFixpoint(world, accounts.Select(account => new NaiveSeed(account.Account)), possible, amplified: true);
        foreach (var credential in reach.Attained.Where(node => world.View.Kind(node) == "Credential" && reach.IsDurable(node)))
            Learn(world.View, credential, possible ? null : true);
    }

    private void Learn(NaiveView view, string credential, bool? truth)
    {
        _secrets[credential] = _secrets.GetValueOrDefault(credential, false) | truth;
        Remember(view, "a3", credential);
    }

    private void Remember(NaiveView view, string code, string id)
    {
        var systems = view.From(id, "IN_SYSTEM").Select(pair => pair.Edge.To).ToList();
        if (systems.Count == 0 && view.Kind(id) == "Credential")
            systems = [.. view.From(id, "AUTHENTICATES_AS").SelectMany(pair => view.From(pair.Edge.To, "IN_SYSTEM")).Select(pair => pair.Edge.To)];
        foreach (var system in systems.DefaultIfEmpty("?"))
            _footprint.Add((code, id, system));
    }
}
