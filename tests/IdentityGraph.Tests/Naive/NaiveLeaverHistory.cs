namespace IdentityGraph.Tests.Naive;

/// <summary>What a leaver could reach before leaving: the secrets of a3, and the NHIs of a4.</summary>
internal sealed class NaiveLeaverHistory
{
    private readonly string _person;
    private readonly NaivePast _past;
    private readonly Dictionary<string, bool?> _secrets = [];
    private readonly Dictionary<string, bool?> _controlled = [];

    public NaiveLeaverHistory(NaivePast past, string person, DateTimeOffset left)
    {
        (_past, _person) = (past, person);
        foreach (var view in past.Views)
            Visit(view, left);
    }

    /// <summary>Part of a3: what p's accounts could reach at any time in [leaverAt − P400D, leaverAt), or p held with others.</summary>
    public IReadOnlyDictionary<string, bool?> Secrets => _secrets;

    /// <summary>a4: NHIs p controlled technically at leaverAt.</summary>
    public IReadOnlyDictionary<string, bool?> Controlled => _controlled;

    private void Visit(NaiveView view, DateTimeOffset left)
    {
        var world = new NaiveWorld(view, new NaiveProfile(Insider: true, Leaver: _person));
        var accounts = world.Liveness.People.AccountsOf(_person).ToList();
        if (view.AsOf < left)
        {
            foreach (var (edge, truth) in view.Into(_person, "HELD_BY").Where(pair => _past.HasOtherHolder(view, pair.Edge.Of)))
                _secrets[edge.Of] = _secrets.GetValueOrDefault(edge.Of, false) | truth;
            Reach(world, accounts, possible: true);
            Reach(world, accounts, possible: false);
        }

        // a4: "NHIs p controlled technically at leaverAt". Decision: at that moment or just before it, by accounts or held material.
        if (view.AsOf == left || view.AsOf == left.AddTicks(-1))
        {
            var controlled = new NaiveFixpoint(world, [new NaiveSeed(_person, AsIfUsable: true), .. accounts.Select(account => new NaiveSeed(account.Account))], possible: true, amplified: true);
            foreach (var nhi in controlled.Attained.Where(node => view.Kind(node) is "ServiceIdentity" or "Agent"))
                _controlled[nhi] = true;
        }
    }

    /// <summary>
    /// a3: "secrets p's accounts could reach (D-rules …, with the gates of Insider and Leaver)". Decision: those an attacker keeps;
    /// what can only be used where it is held (D2b) is not kept.
    /// </summary>
    private void Reach(NaiveWorld world, List<(string Account, bool? Truth)> theirs, bool possible)
    {
        var accounts = theirs.Where(account => possible ? account.Truth is not false : account.Truth is true);
        var reach = new NaiveFixpoint(world, accounts.Select(account => new NaiveSeed(account.Account)), possible, amplified: true);
        foreach (var credential in reach.Attained.Where(node => world.View.Kind(node) == "Credential" && reach.IsDurable(node)))
            _secrets[credential] = _secrets.GetValueOrDefault(credential, false) | (possible ? null : true);
    }
}
