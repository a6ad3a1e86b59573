using System.Xml;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Chains;

/// <summary>
/// Whether the credential of a handoff was issued by policy, exchanged, forwarded or copied by hand. The weakest evidence wins:
/// a record that says it went through an API does not undo that the key was pasted into a ticket.
/// </summary>
/// <param name="liveness">Effective ends.</param>
/// <param name="longestStepToken">Longest lifetime of a token where the step states none.</param>
public sealed class Issuances(Liveness liveness, TimeSpan longestStepToken)
{
    /// <param name="handoff">The handoff.</param>
    /// <param name="initiation">Who set it off.</param>
    /// <param name="credential">What it used; null: not recorded.</param>
    /// <param name="target">Step run the work went to.</param>
    /// <param name="before">Handoffs that led to where this one starts.</param>
    public IssuanceClass Of(Node handoff, Initiation initiation, Node? credential, Node? target, IReadOnlyList<Node> before)
    {
        if (handoff[Properties.Method].Text is "manual" or "file" or "spreadsheet")
        {
            return new IssuanceClass(Issuance.ManuallyCopied, "method");
        }

        if (credential is not { } used)
        {
            return new IssuanceClass(Issuance.Unknown, "noCredential");
        }

        var isOwn = initiation.Initiator is { } holder && IsIssuedFor(used, holder);
        if ((!isOwn || HasOtherHolder(used, initiation.Initiator)) && WasPasted(used, handoff[Properties.OccurredAt].Instant ?? handoff.View.AsOf))
        {
            return initiation.Initiator is null ? new IssuanceClass(Issuance.Unknown, "pasted") : new IssuanceClass(Issuance.ManuallyCopied, "pasted");
        }

        var isGoverned = IsGoverned(used);
        var isShortLived = LifetimeOf(used) <= LongestFor(target);
        if (isOwn && !isGoverned && !isShortLived)
        {
            return new IssuanceClass(Issuance.Unknown, "standing");
        }

        if (before.SelectMany(CredentialsOf).Any(previous => IsSame(previous, used)))
        {
            return new IssuanceClass(Issuance.Forwarded);
        }

        if (ExchangedFor(used) is { } source)
        {
            return !initiation.IsActingPartyUnknown && NamesPreviousActor(initiation, before, source) ? new IssuanceClass(Issuance.Exchanged) : new IssuanceClass(Issuance.Unknown, "actingPartyUnknown");
        }

        return !isOwn ? new IssuanceClass(Issuance.Unknown, "notIssuedFor")
            : !isGoverned ? new IssuanceClass(Issuance.Unknown, "noPolicy")
            : !isShortLived ? new IssuanceClass(Issuance.Unknown, "lifetime")
            : !IsFor(used, target) ? new IssuanceClass(Issuance.Unknown, "audience")
            : new IssuanceClass(Issuance.PolicyIssued);
    }

    /// <summary>Credentials a handoff used, by id.</summary>
    public static IEnumerable<Node> CredentialsOf(Node handoff) => handoff.Out(EdgeKinds.UsedCredential).Past().Select(edge => edge.To);

    /// <summary>What it was given out in exchange for; null: it was not exchanged, as far as recorded.</summary>
    public static Node? ExchangedFor(Node credential) =>
        credential.Out(EdgeKinds.DerivedFrom).Past().Where(edge => edge[Properties.Mode].Text == "exchange").Select(edge => (Node?)edge.To).FirstOrDefault();

    private static bool IsSame(Node left, Node right) =>
        left == right || (left[Properties.Fingerprint].Text is { } print && print == right[Properties.Fingerprint].Text);

    /// <summary>The only one it authenticates, whom that runs as, or the client of the grant behind it.</summary>
    private static bool IsIssuedFor(Node credential, Node principal)
    {
        HashSet<Node> selves = [principal, .. principal.Out(EdgeKinds.RunsAs).Past().Select(edge => edge.To)];
        var subjects = credential.Out(EdgeKinds.AuthenticatesAs).Past().Select(edge => edge.To).ToList();
        var clients = credential.Out(EdgeKinds.BackedBy).Past().SelectMany(edge => edge.To.Out(EdgeKinds.GrantedTo).Past()).Select(edge => edge.To).ToList();
        return (subjects.Count == 1 && selves.Contains(subjects[0])) || clients.Exists(selves.Contains);
    }

    private static bool HasOtherHolder(Node credential, Node? principal) => credential.Out(EdgeKinds.HeldBy).Past().Any(edge => edge.To != principal);

    /// <summary>Whether it lay in a chat, a ticket or a sheet by then; a start nobody stated may have been earlier.</summary>
    private static bool WasPasted(Node credential, DateTimeOffset by) =>
        credential.Out(EdgeKinds.StoredIn).Past().Any(edge => IsTalk(edge.To) && edge.Claims.Any(claim => claim.BeginsNotBefore <= by.UtcTicks));

    private static bool IsTalk(Node store) =>
        store[Properties.StoreKind].Text is "chat" or "ticket" or "spreadsheet"
        || store.Out(EdgeKinds.InSystem).Past().Any(edge => edge.To[Properties.Category].Text is "chat" or "ticketing" or "spreadsheet");

    private static bool IsGoverned(Node credential) =>
        new[] { credential }.Concat(credential.Out(EdgeKinds.BackedBy).Past().Select(edge => edge.To)).Any(issued =>
            issued.Out(EdgeKinds.GovernedBy).Past().Any() || issued.In(EdgeKinds.Approves).Past().Any(edge => edge.Of.Get("decision").Text is not ("denied" or "Denied" or "rejected" or "Rejected")));

    /// <summary>`act` names who acted before, or whom the exchanged credential stood for.</summary>
    private static bool NamesPreviousActor(Initiation initiation, IReadOnlyList<Node> before, Node source)
    {
        var acted = before.SelectMany(Initiations.InitiatorsOf).OfType<Node>().Concat(source.Out(EdgeKinds.AuthenticatesAs).Past().Select(edge => edge.To)).ToHashSet();
        return initiation.Actors.Skip(initiation.Initiator is null ? 0 : 1).Any(acted.Contains);
    }

    /// <summary>Null where it is not known or has no end: longer than any step.</summary>
    private TimeSpan? LifetimeOf(Node credential)
    {
        var effective = liveness.EffectiveExpiry(credential);
        return effective.Kind == ExpiryKind.At && credential[Properties.IssuedAt].Instant is { } issued
            ? TimeSpan.FromTicks(effective.Ticks - issued.UtcTicks)
            : effective.Kind == ExpiryKind.Never ? null : Duration(credential[Properties.Ttl].Text);
    }

    private TimeSpan LongestFor(Node? target)
    {
        var step = target?.Out(EdgeKinds.StepOf).Past().Select(edge => edge.To).FirstOrDefault(whole => whole.Kind == NodeKinds.Step);
        return step is { View: not null } stated && Duration(stated.Get("maxTokenTtl").Text) is { } longest ? longest : longestStepToken;
    }

    /// <summary>Where its audience is stated and the target known, the one must name the other or its system.</summary>
    private static bool IsFor(Node credential, Node? target)
    {
        var audience = credential[Properties.Audience].Texts;
        var targets = target?.Out(EdgeKinds.ActedOn).Past().Select(edge => edge.To).ToList() ?? [];
        return audience.Count == 0 || targets.Count == 0
            || targets.Concat(targets.SelectMany(on => on.Out(EdgeKinds.InSystem).Past()).Select(edge => edge.To))
                .Any(on => audience.Contains(on.Id) || (on.Name is { } name && audience.Contains(name)));
    }

    private static TimeSpan? Duration(string? text)
    {
        try
        {
            return text is null ? null : XmlConvert.ToTimeSpan(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
