using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Findings;

/// <summary>
/// A grant that lives though whoever authorised it is gone, disabled or has moved since, or though nobody is known to have
/// authorised it (only possible). Who authorised it is who consented, else for whom it acts. A locked account is not gone. That they
/// left counts once the time allowed after leaving is over; inside it, it is information.
/// </summary>
public sealed class AuthoriserGone : IAnalyzer
{
    public FindingRule Rule { get; } = new("IG-K03", "Authoriser gone or unassured", Severity.High)
    {
        Fires = "A live grant was authorised by an account that is disabled or deleted, by somebody who left or moved since, with less assurance than its policy asks for, or by nobody who is recorded.",
        Remediation = "Have the service owner consent anew, or revoke the grant.",
        Needs = [NodeKinds.OAuthGrant.Name, EdgeKinds.ConsentedBy.Name],
        WeighsSubject = true,
        Frameworks = new(["NHI1", "NHI3"], ["PR.AA-01", "PR.AA-03"], ["AC-2l", "PS-4e"], ["T1671"]),
    };

    public IEnumerable<Finding> Analyze(Analysis analysis) => analysis.View.Of(NodeKinds.OAuthGrant).SelectMany(grant => Of(analysis, grant));

    public IEnumerable<Finding> Of(Analysis analysis, Node subject)
    {
        var live = analysis.Liveness.Of(subject);
        if (live is Truth.False)
        {
            yield break;
        }

        var consents = Holding(subject.Out(EdgeKinds.ConsentedBy));
        var authorisers = consents.Count > 0 ? consents : Holding(subject.Out(EdgeKinds.OnBehalfOf));
        if (authorisers.Count == 0)
        {
            yield return Rule.On(subject, Truth.Unknown, "no authoriser recorded") with { Details = Detail.Of(("client", ClientOf(subject))) };
            yield break;
        }

        // One who is still there is enough; of those who left the last one counts.
        var doubts = authorisers.ConvertAll(edge => WhyUnassured(analysis, edge));
        var worst = doubts.OrderBy(doubt => doubt.Truth).ThenByDescending(doubt => doubt.Departure?.Due).First();
        if (worst.Truth is Truth.False)
        {
            yield break;
        }

        yield return Timed(analysis, doubts, Rule.On(subject, live.And(worst.Truth), worst.Reason, authorisers) with
        {
            Others = [.. authorisers.Select(edge => edge.To)],
            UseMatters = worst.Truth is Truth.True ? [subject] : [],
            Details = Detail.Of(("authoriser", worst.Edge.To), ("client", ClientOf(subject)), ("survivesAuthoriserDisable", subject[Properties.SurvivesAuthoriserDisable].Value.AsFlag())),
        });
    }

    public IEnumerable<DateTimeOffset> Turns(Analysis analysis, Finding finding) =>
        finding.IsPending || finding.Trigger is not { } left ? [] : LeaverFinding.EndsOfGrace(left, analysis.Policy);

    public Neighbourhood? Around(Finding finding) =>
        new([finding.Node!.Value], [.. Neighbourhood.LivingOutward, EdgeKinds.GrantedTo, EdgeKinds.GovernedBy], [EdgeKinds.Targets, EdgeKinds.Approves]);

    /// <summary>Pending while anybody whose leaving it is about may still be replaced, and true since the last of them should have been.</summary>
    private static Finding Timed(Analysis analysis, IEnumerable<Doubt> doubts, Finding finding)
    {
        if (doubts.Select(doubt => doubt.Departure).Max() is not { } last)
        {
            return finding;
        }

        var pending = analysis.View.AsOf < last.Due;
        return finding with
        {
            IsPending = pending,
            NotBefore = pending ? doubts.Max(doubt => doubt.Departure?.At) : last.Due,
            Trigger = last.At,
            Policy = LeaverFinding.PolicyOf(last.Grace, analysis.Policy),
        };
    }

    private static Doubt WhyUnassured(Analysis analysis, Edge edge)
    {
        var account = edge.To;
        if (account.IsPlaceholder)
        {
            return new(edge, Truth.Unknown, "authoriser never described");
        }

        var people = analysis.Links.Of(account);
        var departure = DepartureOf(analysis, edge, people);
        var otherwise = WhateverTheyDid(analysis, edge, people);
        if (account.Present is Truth.False || (analysis.Liveness.Of(account) is Truth.False && account[Properties.State].Text != "Locked"))
        {
            var gone = new Doubt(edge, edge.Holds, account.Present is Truth.False ? "authoriser deleted" : $"authoriser {account[Properties.State].Text?.ToLowerInvariant() ?? "not live"}");
            return departure is { IsCertain: true } && GoneSince(account) >= departure.At.UtcTicks ? Within(gone, departure, otherwise) : gone;
        }

        return departure switch
        {
            { IsCertain: true } => Within(new(edge, edge.Holds, "authoriser left"), departure, otherwise),
            _ when otherwise is { } doubt => doubt,
            { } => new(edge, Truth.Unknown, "whether the authoriser left is not known", departure),
            _ when people.Any(link => link.Truth is Truth.True && analysis.Liveness.Leaver(link.Person) is not Truth.False && analysis.Owners.Employments.Of(link.Person).Any()) =>
                new(edge, Truth.Unknown, "whether the authoriser left is not known"),
            _ => new(edge, Truth.False, ""),
        };

        Doubt Within(Doubt left, Departure departed, Doubt? other) =>
            other is not { } without ? left with { Departure = departed } : analysis.View.AsOf < departed.Due ? without : left;
    }

    /// <summary>What is wrong even if they did not leave.</summary>
    private static Doubt? WhateverTheyDid(Analysis analysis, Edge edge, IReadOnlyList<PersonLink> people) =>
        people.Any(link => link.Truth is Truth.True && MovedSince(link.Person, edge) && !ApprovedSinceMove(link.Person, edge)) ? new(edge, edge.Holds, "authoriser moved")
        : LacksAssurance(edge) ? new(edge, edge.Holds, $"consent at {edge[Properties.Aal].Text}, less than its policy asks for")
        : null;

    /// <summary>When whoever the account surely belongs to left, or may have; null: they did not, or nobody says when.</summary>
    private static Departure? DepartureOf(Analysis analysis, Edge edge, IReadOnlyList<PersonLink> people)
    {
        foreach (var link in people.Where(link => link.Truth is Truth.True))
        {
            var left = analysis.Liveness.Leaver(link.Person);
            if (left is not Truth.False && analysis.Owners.Employments.LeaverAt(link.Person) is { } end && end.At <= analysis.View.AsOf)
            {
                return new(end.At, new GracePeriods(analysis.Policy).Of(edge.Of, edge.To), left is Truth.True);
            }
        }

        return null;
    }

    /// <summary>Since when the account is disabled or gone (UTC ticks), as far as is shown.</summary>
    private static long GoneSince(Node account) =>
        account.Present is Truth.False ? Observed.Ended(account)?.At ?? Instants.Earliest : account[Properties.State].From;

    private static bool MovedSince(Node person, Edge consent) => Moves(person, consent).Any();

    private static bool ApprovedSinceMove(Node person, Edge consent)
    {
        var moved = Moves(person, consent).Max();
        foreach (var edge in consent.Of.In(EdgeKinds.Approves))
        {
            if (edge.Holds is not Truth.False && edge.Of[Properties.At].Instant >= moved)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>When the person moved to other work after they consented and by now.</summary>
    private static IEnumerable<DateTimeOffset> Moves(Node person, Edge consent)
    {
        var at = consent[Properties.At].Instant?.UtcTicks ?? consent.Since;
        foreach (var edge in person.In(EdgeKinds.Targets))
        {
            if (edge.Of.Kind == NodeKinds.LifecycleEvent && edge.Holds is not Truth.False && edge.Of[Properties.EventKind].Text == "mover"
                && edge.Of.Get("effectiveAt").Instant is { } moved && moved.UtcTicks > at && moved <= person.View.AsOf)
            {
                yield return moved;
            }
        }
    }

    /// <summary>A policy that governs the grant states `aal`, and the consent was given with a lower one.</summary>
    private static bool LacksAssurance(Edge consent)
    {
        if (consent[Properties.Aal].Text is not { } given)
        {
            return false;
        }

        foreach (var edge in consent.Of.Out(EdgeKinds.GovernedBy))
        {
            if (edge.Holds is Truth.True && edge.To[Properties.Aal].Text is { } asked && string.CompareOrdinal(given, asked) < 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <param name="Edge">To the account that authorised it.</param>
    /// <param name="Truth">Whether its word is gone or too weak.</param>
    /// <param name="Reason">In words.</param>
    /// <param name="Departure">Null: it is not about their leaving.</param>
    private readonly record struct Doubt(Edge Edge, Truth Truth, string Reason, Departure? Departure = null);

    /// <param name="At">When they left.</param>
    /// <param name="Grace">How long what they authorised may go on.</param>
    /// <param name="IsCertain">Whether they surely left.</param>
    private sealed record Departure(DateTimeOffset At, TimeSpan Grace, bool IsCertain) : IComparable<Departure>
    {
        public DateTimeOffset Due => At + Grace;

        public int CompareTo(Departure? other) => Due.CompareTo(other?.Due ?? DateTimeOffset.MinValue);
    }

    private static Node? ClientOf(Node grant)
    {
        var clients = Holding(grant.Out(EdgeKinds.GrantedTo));
        return clients.Count > 0 ? clients[0].To : null;
    }

    private static List<Edge> Holding(EdgeList edges)
    {
        List<Edge> holding = [];
        foreach (var edge in edges)
        {
            if (edge.Holds is not Truth.False)
            {
                holding.Add(edge);
            }
        }

        return holding;
    }
}
