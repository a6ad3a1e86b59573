using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze;

/// <summary>
/// What makes a finding graver: that control of its subject attains a crown jewel or a system of tier 0 (to write, or to read
/// restricted data), that it can make new access, that it was used since; and for credentials, that a gate stands in the way.
/// </summary>
public sealed class Stakes(Analysis analysis)
{
    private readonly Dictionary<Node, IReadOnlyList<SeverityStep>> _known = [];

    /// <summary>Steps for whoever controls the node.</summary>
    public IReadOnlyList<SeverityStep> Of(Node subject)
    {
        if (!_known.TryGetValue(subject, out var steps))
        {
            _known[subject] = steps = IsSeed(subject.Kind) ? Weigh(subject) : [];
        }

        return steps;
    }

    /// <summary>Whether attaining these rights on the node is what crown jewels and tier 0 are about.</summary>
    public static bool IsGrave(Node node, Rights rights) =>
        IsJewel(node) && (rights.Has(Rights.Write) || (rights.Has(Rights.Read) && node[Properties.Classification].Text == "restricted"));

    /// <summary>Whether it was used after an instant, as far as observed; use never decides whether there is a finding.</summary>
    public static DateTimeOffset? LastUse(Node node)
    {
        var last = node[Properties.LastUsedAt].Instant;
        foreach (var edge in node.In(EdgeKinds.Targets))
        {
            if (edge.Of.Kind == NodeKinds.UsageObservation && edge.Holds is not Truth.False && edge.Of.Get("lastAt").Instant is { } seen && (last is null || seen > last))
            {
                last = seen;
            }
        }

        return last;
    }

    private static bool IsSeed(NodeKind kind) =>
        kind.IsPrincipal || kind == NodeKinds.Credential || kind == NodeKinds.OAuthGrant || kind == NodeKinds.Application || kind == NodeKinds.Connector || kind == NodeKinds.Workflow;

    private static bool IsJewel(Node node) =>
        node[Properties.CrownJewel].Flag is Truth.True
        || (node.Kind == NodeKinds.System && node[Properties.Tier].Number == 0);

    private List<SeverityStep> Weigh(Node subject)
    {
        var reach = analysis.From(subject);
        List<SeverityStep> steps = [];
        Node? jewel = null;
        var amplifies = false;
        foreach (var node in reach.Attained)
        {
            var cells = reach[node];
            amplifies |= (cells.CertainAmplified & ~cells.CertainDirect) != Rights.None;
            if (IsPlace(node) && IsGrave(node, cells.CertainAmplified) && (jewel is null || string.CompareOrdinal(node.Id, jewel.Value.Id) < 0))
            {
                jewel = node;
            }
        }

        if (jewel is { } grave)
        {
            steps.Add(new(1, $"attains {grave.Id}"));
        }

        if (amplifies)
        {
            steps.Add(new(1, "can make new access"));
        }

        if (subject.Kind == NodeKinds.Credential && IsHeldBack(subject, reach))
        {
            steps.Add(new(-1, $"a gate that {analysis.Profile} does not satisfy stands in the way"));
        }

        return steps;
    }

    private static bool IsPlace(Node node) => node.Kind == NodeKinds.System || node.Kind == NodeKinds.Resource;

    /// <summary>The credential and whom it authenticates are live, and yet it does not even possibly give them.</summary>
    private bool IsHeldBack(Node credential, ReachResult reach)
    {
        if (analysis.Liveness.Of(credential) is not Truth.True || credential[Properties.CredentialKind].Text is not { } kind
            || kind is "mfaFactor" or "encryptionKey" or "webhookSecret" or "federationKey" or "deviceKey")
        {
            return false;
        }

        var held = false;
        foreach (var edge in credential.Out(EdgeKinds.AuthenticatesAs))
        {
            if (edge.Holds is Truth.True && analysis.Liveness.Of(edge.To) is Truth.True)
            {
                if (!reach[edge.To].IsEmpty)
                {
                    return false;
                }

                held = true;
            }
        }

        return held;
    }
}
