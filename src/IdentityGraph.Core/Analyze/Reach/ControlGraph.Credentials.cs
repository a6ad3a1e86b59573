using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>D1, D2, D3, D17, D20: what credentials open, and where they lie.</summary>
public sealed partial class ControlGraph
{
    /// <summary>D2: credentials its holder has. What a person holds is the material they gained, dead once rotated.</summary>
    private void WriteHeld(Node holder)
    {
        var isPerson = holder.Kind == NodeKinds.Person;
        foreach (var edge in holder.In(EdgeKinds.HeldBy))
        {
            var credential = edge.Of;
            var extractable = credential[Properties.Extractable].Is(Truth.Unknown);
            // Only an explicit no forbids use: "none said" is not one.
            var mayUse = edge[Properties.MayUse];
            var byUse = mayUse.IsNone && mayUse.Fresh ? Truth.True : mayUse.Is(Truth.True);
            var truth = edge.Holds.And(extractable.Or(byUse));
            if (truth != Truth.False && isPerson)
            {
                truth = truth.And(StillAsGained(credential, edge, holder));
            }

            // Whoever may use it need not be able to take it out.
            ReadOnlySpan<Fact> facts = truth.And(byUse) == truth ? [edge] : [edge, Fact.Of(credential, Properties.Extractable.Name)];
            Derive(ControlRules.HeldCredential, credential, RightsRange.Use, truth, null, new Form { Durable = extractable }, facts);
        }
    }

    /// <summary>Gained when first held, for a leaver at the latest when they left; whether it was not rotated since.</summary>
    private Truth StillAsGained(Node credential, Edge held, Node person)
    {
        // Since when is not known: it may have been gained only now.
        var gained = held.Since == Instants.Earliest ? View.AsOf.UtcTicks : held.Since;
        var since = Liveness.RotatedSince(credential, gained).Not();
        var leaver = Liveness.Leaver(person);
        if (leaver == Truth.False || Liveness.LeaverAt(person) is not { } left || left >= gained)
        {
            return since;
        }

        var asLeaver = Liveness.RotatedSince(credential, left).Not();
        return leaver == Truth.True || asLeaver == since ? asLeaver : Truth.Unknown;
    }

    private void WriteCredential(Node credential)
    {
        var live = Liveness.Of(credential);
        WriteAuthenticated(credential, live);
        WriteBacked(credential, live);
        WriteSigned(credential);
        WriteRefreshed(credential, live);
        WriteCopies(credential);
    }

    /// <summary>D1: what it authenticates as. With a grant behind it the grant acts, and it only names its subject.</summary>
    private void WriteAuthenticated(Node credential, Truth live)
    {
        var alone = Strongest(credential.Out(EdgeKinds.BackedBy)).Not();
        if (live.And(alone) == Truth.False)
        {
            return;
        }

        foreach (var edge in credential.Out(EdgeKinds.AuthenticatesAs))
        {
            var subject = edge.To;
            if (!subject.Kind.IsPrincipal && subject.Kind != NodeKinds.Application && !subject.IsPlaceholder)
            {
                continue;
            }

            Gated? gated = null;
            var truth = edge.Holds.And(Liveness.OfAs(credential, subject)).And(alone).And(OpensBySelf(credential, subject));
            _gates.Demand(ref gated, edge[Properties.Gates], [subject], carriesFactor: credential[Properties.CredentialKind].Text == "sessionCookie");
            _gates.DemandUse(ref gated, credential, [subject]);
            if (credential[Properties.CredentialKind].Text == "password" && (subject.Kind == NodeKinds.Account || subject.Kind == NodeKinds.ServiceIdentity))
            {
                _gates.DemandFactor(ref gated, subject);
            }

            ReadOnlySpan<Fact> facts = credential[Properties.CredentialKind].Text == "deviceKey"
                ? [edge, Fact.Of(credential, LiveFact), Fact.Of(subject, Properties.AuthMethods.Name)]
                : [edge, Fact.Of(credential, LiveFact)];
            Derive(ControlRules.Authenticate, subject, RightsRange.Use, truth, gated, new Form { TargetTested = true }, facts);
        }
    }

    /// <summary>Factors and keys of other purposes do not sign in; a device key only where the account takes keys.</summary>
    private static Truth OpensBySelf(Node credential, Node subject)
    {
        var kind = credential[Properties.CredentialKind];
        if (kind.Text is not { } word)
        {
            return Truth.Unknown;
        }

        if (word != "deviceKey")
        {
            return TruthLogic.Of(word is not ("mfaFactor" or "encryptionKey" or "webhookSecret" or "federationKey"));
        }

        return TakesMethod(subject, "key");
    }

    /// <summary>Whether the account is stated to take the sign-in method; not reported: unknown.</summary>
    private static Truth TakesMethod(Node account, string method)
    {
        var methods = account[Properties.AuthMethods];
        return methods.Known switch
        {
            Known.Value when methods.Fresh => TruthLogic.Of(methods.Texts.Contains(method)),
            Known.None when methods.Fresh => Truth.False,
            _ => Truth.Unknown,
        };
    }

    /// <summary>D3: what is kept in the store, as far as it can be taken out and read.</summary>
    private void WriteStored(Node store)
    {
        foreach (var edge in store.In(EdgeKinds.StoredIn))
        {
            var credential = edge.Of;
            var truth = edge.Holds.And(credential[Properties.Extractable].Is(Truth.True));
            if (truth == Truth.False)
            {
                continue;
            }

            var gated = Keys(credential);
            Derive(ControlRules.StoredCredential, credential, RightsRange.Use, truth, gated, new Form { Durable = Truth.True }, edge, Fact.Of(credential, Properties.Extractable.Name));
        }
    }

    /// <summary>One of its keys, where it is encrypted; an encryption that is only possible restricts what is certain.</summary>
    private static Gated? Keys(Node credential)
    {
        List<Alternative> keys = [];
        var sure = false;
        foreach (var edge in credential.Out(EdgeKinds.EncryptedWith))
        {
            if (edge.Holds != Truth.False)
            {
                sure |= edge.Holds == Truth.True;
                keys.Add(new Alternative(edge.To.Index, Rights.Use, (byte)CellBits.Of(edge.Holds), edge.Index));
            }
        }

        if (keys.Count == 0)
        {
            return null;
        }

        var gated = new Gated();
        if (sure)
        {
            gated.Demand(new PremiseGroup(0, keys));
            return gated;
        }

        foreach (var key in keys)
        {
            gated.Demand(new PremiseGroup(CellBits.PossibleCells, [key with { Cells = (byte)CellBits.AllCells }]));
        }

        return gated;
    }

    /// <summary>D17: what is made from a renewable one by refresh or exchange, and itself, for whoever can renew it keeps it.</summary>
    private void WriteRefreshed(Node credential, Truth live)
    {
        var renews = live.And(Liveness.Renewable(credential));
        if (renews == Truth.False)
        {
            return;
        }

        Gated? use = null;
        _gates.DemandUse(ref use, credential, SubjectsOf(credential));
        var kept = new Form { Durable = Truth.True };
        Derive(ControlRules.Refresh, credential, RightsRange.Use, renews, use, kept, Fact.Of(credential, LiveFact), Fact.Of(credential, Properties.Renewable.Name));
        foreach (var edge in credential.In(EdgeKinds.DerivedFrom))
        {
            var mode = edge[Properties.Mode];
            Gated? gated = null;
            _gates.Demand(ref gated, edge[Properties.Gates], SubjectsOf(credential));
            _gates.DemandUse(ref gated, credential, SubjectsOf(credential));
            Derive(
                ControlRules.Refresh,
                edge.Of,
                RightsRange.Use,
                edge.Holds.And(renews).And(mode.IsWord("refresh").Or(mode.IsWord("exchange"))),
                gated,
                kept,
                edge,
                Fact.Of(credential, LiveFact),
                Fact.Of(credential, Properties.Renewable.Name));
        }
    }

    /// <summary>D20: copies of the same secret.</summary>
    private void WriteCopies(Node credential)
    {
        foreach (var edge in credential.In(EdgeKinds.DerivedFrom))
        {
            Copy(credential, edge.Of, edge);
        }

        foreach (var edge in credential.Out(EdgeKinds.DerivedFrom))
        {
            Copy(credential, edge.To, edge);
        }

        var mine = credential[Properties.Fingerprint];
        foreach (var other in FingerprintsOf(credential).SelectMany(WithFingerprint).Distinct())
        {
            if (other != credential)
            {
                var theirs = other[Properties.Fingerprint];
                var truth = mine.HasValue && theirs.HasValue ? Truth.True.AsFarAsFresh(mine).AsFarAsFresh(theirs) : Truth.Unknown;
                Derive(
                    ControlRules.SameSecret,
                    other,
                    RightsRange.Use,
                    truth,
                    null,
                    new Form { Durable = Truth.True },
                    Fact.Of(credential, Properties.Fingerprint.Name),
                    Fact.Of(other, Properties.Fingerprint.Name));
            }
        }
    }

    private void Copy(Node credential, Node copy, Edge edge)
    {
        Gated? gated = null;
        _gates.Demand(ref gated, edge[Properties.Gates], SubjectsOf(credential));
        Derive(ControlRules.SameSecret, copy, RightsRange.Use, edge.Holds.And(edge[Properties.Mode].IsWord("copy")), gated, new Form { Durable = Truth.True }, edge);
    }

    private IEnumerable<Node> WithFingerprint(string fingerprint) => View.Snapshot.Candidates.ByFingerprint.TryGetValue(fingerprint, out var stated)
        ? stated.Select(index => View[index]).Where(credential => FingerprintsOf(credential).Contains(fingerprint))
        : [];

    /// <summary>The one that holds; where sources differ, or what was read may no longer be so, each that was stated by now.</summary>
    private IEnumerable<string> FingerprintsOf(Node credential)
    {
        var reading = credential[Properties.Fingerprint];
        if (reading.Known != Known.Disputed)
        {
            return reading.Text is { } one ? [one] : [];
        }

        return credential.Statements(Properties.Fingerprint)
            .Where(said => said.From <= View.AsOf.UtcTicks && said.Value is { IsNone: false })
            .Select(said => said.Value.ToString())
            .Distinct(StringComparer.Ordinal);
    }

    /// <summary>All that it may sign in as, for gates that ask for the factor of one of them.</summary>
    private static List<Node> SubjectsOf(Node credential)
    {
        var subjects = new List<Node>();
        foreach (var edge in credential.Out(EdgeKinds.AuthenticatesAs))
        {
            if (edge.Holds != Truth.False && !subjects.Contains(edge.To))
            {
                subjects.Add(edge.To);
            }
        }

        return subjects;
    }

    private static Truth Strongest(EdgeList edges)
    {
        var strongest = Truth.False;
        foreach (var edge in edges)
        {
            strongest = strongest.Or(edge.Holds);
        }

        return strongest;
    }
}
