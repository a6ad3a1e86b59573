using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>Holds gates against the attacker's profile and the factors attained.</summary>
/// <param name="view">Where to look.</param>
/// <param name="liveness">Judges factors.</param>
/// <param name="profile">What the attacker brings.</param>
/// <param name="person">Whose factors a leaver brings; null: anybody's.</param>
/// <param name="waived">Gates that count as satisfied; null: none.</param>
internal sealed class GateKeeper(GraphView view, Liveness liveness, AttackerProfile profile, Node? person, Waiver? waived = null)
{
    private static readonly Alternative[] s_none = [];
    private HashSet<(string Source, string Tenant)>? _sourcesOfFactors;

    /// <summary>Whether factors the person holds count.</summary>
    private bool BringsFactors => profile.Kind is ProfileKind.Leaver or ProfileKind.Employee;

    /// <summary>Adds the gates of an edge, assignment or node to what is demanded.</summary>
    /// <param name="gated">What is demanded so far; made when the first is.</param>
    /// <param name="gates">The list as read: absent or empty demands nothing, an unreadable one something unknown.</param>
    /// <param name="account">Whose factors satisfy mfaFactor; null: nobody's.</param>
    public void Demand(ref Gated? gated, Reading gates, Node? account) => Demand(ref gated, gates, account is { } one ? [one] : []);

    /// <summary>The same where a credential may sign in as several.</summary>
    /// <param name="gated">What is demanded so far; made when the first is.</param>
    /// <param name="gates">The list as read: absent or empty demands nothing, an unreadable one something unknown.</param>
    /// <param name="accounts">The factor of any of them satisfies mfaFactor.</param>
    /// <param name="carriesFactor">What is used already went through mfaFactor, as a session did.</param>
    public void Demand(ref Gated? gated, Reading gates, IReadOnlyList<Node> accounts, bool carriesFactor = false)
    {
        if (gates.Known is Known.NotReported)
        {
            return;
        }

        if (gates.Known == Known.Disputed || !gates.Fresh)
        {
            (gated ??= new Gated()).Demand("gates", Truth.Unknown, s_none);
            return;
        }

        foreach (var word in gates.Texts)
        {
            if (word != "mfaFactor" || !carriesFactor)
            {
                DemandWord(gated ??= new Gated(), word, accounts);
            }
        }
    }

    /// <summary>The factor a password of the account, its recovery or its local login asks for, if the account demands one.</summary>
    public void DemandFactor(ref Gated? gated, Node account)
    {
        var mfa = account[Properties.Mfa].Is(Truth.Unknown);
        if (mfa != Truth.False)
        {
            (gated ??= new Gated()).Demand("mfaFactor", Satisfies("mfaFactor", account).Or(mfa.Not()), FactorsOf(account));
        }
    }

    /// <summary>Network and sender constraints are gates on the use of a credential. That a source that is stale knew of none leaves open whether there is one.</summary>
    public void DemandUse(ref Gated? gated, Node credential, IReadOnlyList<Node> accounts)
    {
        var network = credential[Properties.NetworkConstraint];
        if (network.IsReported && !(network.IsNone && network.Fresh))
        {
            if (!network.HasValue || !network.Fresh)
            {
                (gated ??= new Gated()).Demand("networkConstraint", Truth.Unknown, s_none);
            }
            else if (network.Text is not ("none" or "" or null))
            {
                DemandWord(gated ??= new Gated(), network.Text, accounts);
            }
        }

        var sender = credential[Properties.SenderConstraint];
        if (sender.IsReported && (!sender.Fresh || (!sender.IsNone && sender.Text != "none")))
        {
            (gated ??= new Gated()).Demand("senderKey", sender.Fresh && sender.Text is "mtls" or "dpop" ? Satisfies("senderKey", account: null) : Truth.Unknown, s_none);
        }
    }

    /// <summary>Whether the word is decided by whose account it is: then shared walks do not pass it.</summary>
    public bool DependsOnAccount(string word) => !IsWaived(word) && (word == "mfaFactor" || (word == "managedDevice" && profile.Kind == ProfileKind.Leaver));

    /// <summary>Whether the account may pass gates others do not.</summary>
    public bool HasOwnGates(Node account) => BringsFactors || FactorsOf(account).Count > 0;

    /// <summary>As far as the profile goes. An unsatisfied gate is False; a word nobody knows is unknown.</summary>
    public Truth Satisfies(string word, Node? account)
    {
        if (IsWaived(word))
        {
            return Truth.True;
        }

        if (word.StartsWith("allowListIp", StringComparison.Ordinal))
        {
            return TruthLogic.Of(profile.Kind == ProfileKind.VendorInfra && word == $"allowListIp({profile.Vendor})");
        }

        return word switch
        {
            "corpNetwork" => TruthLogic.Of(profile.Kind is ProfileKind.Insider or ProfileKind.Employee),
            "managedDevice" => profile.Kind switch
            {
                ProfileKind.Insider or ProfileKind.Employee => Truth.True,
                ProfileKind.Leaver => BroughtFactor(account, deviceOnly: true),
                _ => Truth.False,
            },
            "mfaFactor" => BringsFactors ? BroughtFactor(account, deviceOnly: false) : Truth.False,
            "humanApproval" or "pamApproval" or "senderKey" => Truth.False,
            _ => Truth.Unknown,
        };
    }

    /// <summary>Live second factors of the account: attaining one satisfies mfaFactor.</summary>
    public IReadOnlyList<Alternative> FactorsOf(Node? account)
    {
        if (account is null)
        {
            return s_none;
        }

        List<Alternative>? found = null;
        foreach (var edge in account.Value.In(EdgeKinds.AuthenticatesAs))
        {
            if (edge.Holds == Truth.False)
            {
                continue;
            }

            var truth = edge.Holds.And(IsFactor(edge.Of, deviceOnly: false)).And(liveness.Of(edge.Of));
            if (truth != Truth.False)
            {
                (found ??= []).Add(new Alternative(edge.Of.Index, Rights.Use, (byte)CellBits.Of(truth), edge.Index));
            }
        }

        return found is null ? s_none : found;
    }

    /// <summary>One whose kind is not known may be a factor.</summary>
    internal static Truth IsFactor(Node credential, bool deviceOnly)
    {
        var kind = credential[Properties.CredentialKind];
        return deviceOnly ? kind.IsWord("deviceKey") : kind.IsWord("deviceKey").Or(kind.IsWord("mfaFactor"));
    }

    private bool IsWaived(string word) => waived is not null && (waived.EveryGate || word == waived.Gate);

    private void DemandWord(Gated gated, string word, IReadOnlyList<Node> accounts)
    {
        var satisfied = accounts.Count == 0 ? Satisfies(word, account: null) : Truth.False;
        foreach (var account in accounts)
        {
            satisfied = satisfied.Or(Satisfies(word, account));
        }

        gated.Demand(word, satisfied, word != "mfaFactor" ? s_none : accounts.Count == 1 ? FactorsOf(accounts[0]) : [.. accounts.SelectMany(account => FactorsOf(account))]);
    }

    /// <summary>Whether the leaver has a live factor of the account at hand; unknown where factors were never collected.</summary>
    private Truth BroughtFactor(Node? account, bool deviceOnly)
    {
        var brought = person is { } leaver ? BroughtBy(leaver, account, deviceOnly) : account is { } any ? BroughtByAnybody(any, deviceOnly) : Truth.False;
        return brought == Truth.False && !FactorsCollected(account) ? Truth.Unknown : brought;
    }

    /// <summary>A device of the leaver's is managed whatever it signs in to; a factor counts for its own account.</summary>
    private Truth BroughtBy(Node leaver, Node? account, bool deviceOnly)
    {
        var brought = Truth.False;
        foreach (var held in leaver.In(EdgeKinds.HeldBy))
        {
            var factor = held.Holds.And(IsFactor(held.Of, deviceOnly));
            if (factor == Truth.False)
            {
                continue;
            }

            var ofAccount = deviceOnly ? Truth.True : Truth.False;
            foreach (var edge in held.Of.Out(EdgeKinds.AuthenticatesAs))
            {
                ofAccount = ofAccount.Or(edge.To == account ? edge.Holds : Truth.False);
            }

            brought = brought.Or(factor.And(ofAccount).And(liveness.Of(held.Of)));
        }

        return brought;
    }

    private Truth BroughtByAnybody(Node account, bool deviceOnly)
    {
        var brought = Truth.False;
        foreach (var edge in account.In(EdgeKinds.AuthenticatesAs))
        {
            var factor = edge.Holds.And(IsFactor(edge.Of, deviceOnly));
            if (factor == Truth.False)
            {
                continue;
            }

            foreach (var held in edge.Of.Out(EdgeKinds.HeldBy))
            {
                if (held.To.Kind == NodeKinds.Person)
                {
                    brought = brought.Or(factor.And(held.Holds).And(liveness.Of(edge.Of)));
                }
            }
        }

        return brought;
    }

    /// <summary>A source that described the account, or the person, states a factor somewhere.</summary>
    private bool FactorsCollected(Node? account)
    {
        _sourcesOfFactors ??= [.. SourcesOfFactors(view)];
        return account?.Describers.Any(_sourcesOfFactors.Contains) == true
            || PeopleOf(account).Any(owner => owner.Describers.Any(_sourcesOfFactors.Contains));
    }

    private IEnumerable<Node> PeopleOf(Node? account)
    {
        if (person is { } leaver)
        {
            yield return leaver;
            yield break;
        }

        if (account is not { } known)
        {
            yield break;
        }

        foreach (var edge in known.Out(EdgeKinds.BelongsTo))
        {
            if (edge.Holds != Truth.False)
            {
                yield return edge.To;
            }
        }
    }

    /// <summary>Sources that stated a factor of anybody: their silence about one is evidence. What was a factor may have become something else since.</summary>
    internal static IEnumerable<(string Source, string Tenant)> SourcesOfFactors(GraphView view)
    {
        foreach (var (source, credentials) in view.Snapshot.Candidates.Factors)
        {
            if (credentials.Any(credential => view[credential].Statements(Properties.CredentialKind).Any(said => (said.Source, said.Tenant) == source && said.From <= view.AsOf.UtcTicks && said.Value.AsText() is ("mfaFactor" or "deviceKey"))))
            {
                yield return source;
            }
        }
    }
}
