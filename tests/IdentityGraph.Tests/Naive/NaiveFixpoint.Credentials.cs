using System.Text.Json.Nodes;

namespace IdentityGraph.Tests.Naive;

/// <summary>Rules that start from or conclude on credentials: D1, D2, D3, D17, D20.</summary>
internal sealed partial class NaiveFixpoint
{
    private IEnumerable<string> Subjects(string credential) => View.From(credential, "AUTHENTICATES_AS").Select(pair => pair.Edge.To);

    /// <summary>
    /// D1: A(cred,U) ∧ live(cred) ∧ no BACKED_BY ∧ AUTHENTICATES_AS ⇒ A(principal/application,U); not for kinds mfaFactor,
    /// encryptionKey, webhookSecret, federationKey; deviceKey only where authMethods ∋ key. subjectOK stands for live(x).
    /// </summary>
    private IEnumerable<NaiveStep> D1()
    {
        foreach (var (edge, truth) in EdgesOf("AUTHENTICATES_AS"))
        {
            var (credential, subject) = (edge.Of, edge.To);
            var kind = View.Of(credential, "kind").Text;
            if (!MayAct(subject) && View.Kind(subject) != "Application")
                continue;
            var backed = View.From(credential, "BACKED_BY").Select(pair => pair.Truth).Any();
            var may = truth & Named(Liveness.LiveFor(credential, subject), credential, "live") & !backed & SignsIn(kind, subject);

            // "A session cookie already carries MFA": its mfaFactor gates are satisfied.
            var gates = View.Of(edge, "gates");
            if (kind == "sessionCookie" && gates.Said is NaiveSaid.Stated)
                gates = Without(gates, "mfaFactor");
            var mfa = kind == "password" && View.Kind(subject) is "Account" or "ServiceIdentity" ? MfaOf(subject) : Free;
            if (Holds(may))
            {
                foreach (var step in If(AllOf(Use(credential), Gates(gates, subject), UseOf(credential, subject), mfa), way => new("D1", subject, "U", way, NeedsLive: false)))
                    yield return step;
            }
        }
    }

    /// <summary>Whether this kind of credential signs in as the subject: "kind not reported makes D1 Unknown; authMethods not reported makes a deviceKey Unknown".</summary>
    private bool? SignsIn(string? kind, string subject) => kind switch
    {
        "mfaFactor" or "encryptionKey" or "webhookSecret" or "federationKey" => false,
        "deviceKey" => Method(subject, "key"),
        "password" or "apiKey" or "pat" or "accessToken" or "refreshToken" or "clientSecret" or "privateKey" or "certificate" or "sshKey" or "sessionCookie" => true,
        _ => null,
    };

    private bool? Method(string account, string method) => Named(
        View.Of(account, "authMethods") switch
        {
            { Said: NaiveSaid.Stated } methods => methods.Words.Contains(method),
            { Said: NaiveSaid.None } => false,
            _ => null,
        },
        account,
        "authMethods");

    private static NaiveValue Without(NaiveValue gates, string gate) =>
        gates with { Json = new JsonArray([.. gates.Words.Where(word => word != gate).Select(word => JsonValue.Create(word))]) };

    /// <summary>
    /// D2: A(holder,U) ∧ HELD_BY ∧ extractable ⇒ A(cred,U), durable. D2b: not extractable, mayUse≠false ⇒ A(cred,U);
    /// "extractable not reported and mayUse≠false: attained in certain either way".
    /// </summary>
    private IEnumerable<NaiveStep> D2()
    {
        foreach (var (edge, truth) in EdgesOf("HELD_BY"))
        {
            var extractable = View.Of(edge.Of, "extractable").Flag;
            bool? mayUse = View.Of(edge, "mayUse") switch { { IsUnknown: true } => null, { Flag: false, Said: NaiveSaid.Stated } => false, _ => true };
            if (Holds(truth & (Named(extractable, edge.Of, "extractable") | mayUse) & HeldNotRotated(edge)))
            {
                foreach (var step in If(AllOf(Use(edge.To), Open(edge, truth)), way => new("D2", edge.Of, "U", way, Durable: Holds(Named(extractable, edge.Of, "extractable")))))
                    yield return step;
            }
        }
    }

    /// <summary>D3: A(store,R) ∧ STORED_IN ∧ extractable≠false (not reported: passes) (∧ A(one of the keys,U) if ENCRYPTED_WITH) ⇒ A(cred,U).</summary>
    private IEnumerable<NaiveStep> D3()
    {
        foreach (var (edge, truth) in EdgesOf("STORED_IN"))
        {
            var extractable = View.Of(edge.Of, "extractable");
            bool? passes = extractable.Said is NaiveSaid.NotReported ? true : extractable.Flag;
            var keys = OneOf([.. View.From(edge.Of, "ENCRYPTED_WITH")]);
            if (Holds(Named(passes, edge.Of, "extractable")))
            {
                foreach (var step in If(AllOf(By(edge.To, 'R'), Open(edge, truth), keys), way => new("D3", edge.Of, "U", way, Durable: true)))
                    yield return step;
            }
        }
    }

    /// <summary>D17: A(c,U) ∧ live(c) ∧ renewable ⇒ A(child by refresh or exchange,U), and c itself until effExpiry; durable.</summary>
    private IEnumerable<NaiveStep> D17()
    {
        foreach (var credential in View.Facts.NodeIds.Where(node => View.Kind(node) == "Credential" && Use(node) is not null))
        {
            if (!Holds(Named(Liveness.Live(credential), credential, "live") & Named(Liveness.Credentials.IsRenewable(credential), credential, "renewable")))
                continue;
            var used = AllOf(Use(credential), UseOf(credential, Subjects(credential)));
            foreach (var step in If(used, way => new("D17", credential, "U", way, Durable: true)))
                yield return step;
            foreach (var (edge, truth) in Into(credential, "DERIVED_FROM"))
            {
                var byRefresh = Liveness.Credentials.IsMode(edge, "refresh") | Liveness.Credentials.IsMode(edge, "exchange");
                foreach (var step in If(AllOf(used, Open(edge, truth & byRefresh, Subjects(credential))), way => new("D17", edge.Of, "U", way, Durable: true)))
                    yield return step;
            }
        }
    }

    /// <summary>D20: A(c,U) ∧ (same fingerprint, or DERIVED_FROM{copy} either way) ⇒ A(c',U), durable.</summary>
    private IEnumerable<NaiveStep> D20()
    {
        var credentials = View.Facts.NodeIds.Where(node => View.Kind(node) == "Credential").ToList();
        foreach (var one in credentials.Where(node => Use(node) is not null))
        {
            foreach (var other in credentials.Where(node => node != one && Holds(SameFingerprint(one, node))))
                yield return new("D20", other, "U", Use(one)!, Durable: true);
            foreach (var (edge, truth) in EdgesOf("DERIVED_FROM").Where(pair => pair.Edge.Of == one || pair.Edge.To == one))
            {
                var other = edge.Of == one ? edge.To : edge.Of;
                var copy = truth & Liveness.Credentials.IsMode(edge, "copy");
                foreach (var step in If(AllOf(Use(one), Open(edge, copy, Subjects(one))), way => new("D20", other, "U", way, Durable: true)))
                    yield return step;
            }
        }
    }

    /// <summary>Fingerprints that were reported and are one; sources that differ on one of them leave it Unknown.</summary>
    private bool? SameFingerprint(string one, string other)
    {
        var (mine, theirs) = (View.Of(one, "fingerprint"), View.Of(other, "fingerprint"));
        var shared = mine.Candidates.Any(word => word is not null && theirs.Candidates.Any(their => their?.ToString() == word.ToString()));
        return Named(Named(!shared ? false : mine.IsUnknown || theirs.IsUnknown ? null : true, one, "fingerprint"), other, "fingerprint");
    }
}
