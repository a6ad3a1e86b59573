using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Findings;

/// <summary>
/// A grant that lives though whoever authorised it is gone, disabled or has moved since, or though nobody is known to have
/// authorised it (only possible). Who authorised it is who consented, else for whom it acts. A locked account is not gone.
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

        // One who is still there is enough.
        var worst = authorisers.Select(edge => (Edge: edge, Why: WhyUnassured(analysis, edge))).MinBy(judged => judged.Why.Truth);
        if (worst.Why.Truth is Truth.False)
        {
            yield break;
        }

        yield return Rule.On(subject, live.And(worst.Why.Truth), worst.Why.Reason, authorisers) with
        {
            Others = [.. authorisers.Select(edge => edge.To)],
            UseMatters = worst.Why.Truth is Truth.True ? [subject] : [],
            Details = Detail.Of(("authoriser", worst.Edge.To), ("client", ClientOf(subject)), ("survivesAuthoriserDisable", subject[Properties.SurvivesAuthoriserDisable].Value.AsFlag())),
        };
    }

    public Neighbourhood? Around(Finding finding) =>
        new([finding.Node!.Value], [.. Neighbourhood.LivingOutward, EdgeKinds.GrantedTo, EdgeKinds.GovernedBy], [EdgeKinds.Targets, EdgeKinds.Approves]);

    private static (Truth Truth, string Reason) WhyUnassured(Analysis analysis, Edge edge)
    {
        var account = edge.To;
        if (account.IsPlaceholder)
        {
            return (Truth.Unknown, "authoriser never described");
        }

        if (account.Present is Truth.False || (analysis.Liveness.Of(account) is Truth.False && account[Properties.State].Text != "Locked"))
        {
            return (edge.Holds, account.Present is Truth.False ? "authoriser deleted" : $"authoriser {account[Properties.State].Text?.ToLowerInvariant() ?? "not live"}");
        }

        var people = analysis.Links.Of(account);
        foreach (var link in people)
        {
            var left = link.Truth.And(analysis.Liveness.Leaver(link.Person));
            if (left is Truth.True)
            {
                return (edge.Holds, "authoriser left");
            }

            if (link.Truth is Truth.True && MovedSince(link.Person, edge) && !ApprovedSinceMove(link.Person, edge))
            {
                return (edge.Holds, "authoriser moved");
            }
        }

        if (LacksAssurance(edge))
        {
            return (edge.Holds, $"consent at {edge[Properties.Aal].Text}, less than its policy asks for");
        }

        return people.Any(link => link.Truth.And(analysis.Liveness.Leaver(link.Person)) is Truth.Unknown && link.Truth is Truth.True)
            && analysis.Owners.Employments.Of(people[0].Person).Any()
            ? (Truth.Unknown, "whether the authoriser left is not known")
            : (Truth.False, "");
    }

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
