using IdentityGraph.Analyze.Ownership;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;
using IdentityGraph.Report.Assertions;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    private void Judge(Opened opened, NoOrphansAssertion claim, Judgement judgement, CancellationToken cancellationToken)
    {
        using var clock = new AskClock(opened.Ask, time, cancellationToken);
        var excepted = claim.Except.Select(id => Known(opened.View, id).Index).ToHashSet();
        List<Node> nodes = [.. Owners.Asked(opened.View).Where(node => (claim.Kinds.Count == 0 || claim.Kinds.Contains(node.Kind.Name)) && !excepted.Contains(node.Index))];
        judgement.Scope = nodes.Count;
        DoubtSeen(opened.View, judgement);
        if (nodes.Count == 0)
        {
            judgement.Note($"no source described {(claim.Kinds.Count == 0 ? "a service identity, agent, credential, grant, application or connector" : string.Join(", ", claim.Kinds))} that could be judged");
            return;
        }

        var owners = new Owners(opened.View, new Liveness(opened.View, Policy.CorrelationConfidence), Policy, clock.Token);
        List<OwnedIdentity> broken = [];
        var judged = clock.Each("identities", nodes, node =>
        {
            var result = owners.Of(node);
            if (result.State is OwnershipState.Orphaned or OwnershipState.Unknown && !result.IsTombstone)
            {
                broken.Add(Told(result));
                judgement.Break(Broken(result));
            }
        });
        Note(judgement, NotTold(opened.View, nodes.Count, broken));
        if (AskClock.Left(judged, nodes.Count, "identities") is { } left)
        {
            judgement.CutShort(left);
        }
    }

    /// <summary>What was only seen may be one of those that are judged.</summary>
    private static void DoubtSeen(GraphView view, Judgement judgement)
    {
        foreach (var seen in OnlySeen(view, null))
        {
            judgement.Doubt(seen);
        }
    }

    private static Offence Broken(OwnershipResult result) => new()
    {
        Subject = [result.Node.Id],
        IsCertain = result.State == OwnershipState.Orphaned && result.IsCertain,
        What = $"{result.Node.Kind.Name} {(result.State == OwnershipState.Orphaned ? "nobody in employment answers for" : "of which it is unknown who answers for it")}{(result.Reason is { } reason ? $": {Codes.OrphanReasons.First(code => code.Name == reason.ToString())}" : "")}{(result.CanAuthenticate == Truth.Unknown ? "; whether it can authenticate is unknown" : "")}",
        Badness = result.State == OwnershipState.Orphaned ? 1 : 0,
        Show = () => new Shown(null, null,
        [
            new ProofStep
            {
                Rule = result.Reason?.ToString() ?? "ownership",
                Node = result.Node.Id,
                Rights = "",
                Facts = [.. result.Chain.Select(ProofSteps.Of)],
                Truth = (result.State == OwnershipState.Orphaned && result.IsCertain ? Truth.True : Truth.Unknown).ToString(),
                Evidence = [.. result.Chain.SelectMany(static edge => edge.Evidence).Distinct(StringComparer.Ordinal)],
            },
        ]),
    };

    private async ValueTask JudgeAsync(Opened opened, NoLiveLeaverAssertion claim, Judgement judgement, List<string> warnings, CancellationToken cancellationToken)
    {
        var excepted = claim.Except.Select(id => Known(opened.View, id).Id).ToHashSet(StringComparer.Ordinal);
        var answer = await LeaversAsync(opened.Ask, claim.Persons.Count == 0 ? null : claim.Persons, cancellationToken).ConfigureAwait(false);
        warnings.AddRange(answer.Warnings);
        // That nobody left is an answer where people are known; where none is known it is not.
        judgement.Scope = claim.Persons.Count > 0 ? claim.Persons.Count : opened.View.Of(NodeKinds.Person).Count(static person => person.Present != Truth.False);
        Note(judgement, judgement.Scope == 0 ? ["no source described a person"] : []);
        DoubtSeen(opened.View, judgement);
        foreach (var leaver in answer.Data.Leavers.Where(leaver => !excepted.Contains(leaver.Person)))
        {
            Judge(leaver, answer.Data.Proofs, judgement);
        }

        if (answer.Truncated is { } truncated)
        {
            judgement.CutShort(truncated);
        }
    }

    /// <summary>
    /// Certainly broken where the leaver or their automation reaches something. What is suspended reaches nothing, so that a latent
    /// path alone breaks nothing; but then the rest must be verified. Within grace nothing is broken yet.
    /// </summary>
    private static void Judge(LeaverAnswer leaver, IReadOnlyDictionary<string, IReadOnlyList<ProofStep>> proofs, Judgement judgement)
    {
        if (leaver.PendingUntil is { } until && leaver.Verdict == "Pending")
        {
            judgement.Note($"`{leaver.Person}` is within the time allowed, until {Instants.ToText(until)}");
        }

        if (leaver.LacksAccounts)
        {
            judgement.Note($"of `{leaver.Person}` no account is known, and there are accounts that belong to nobody known");
        }

        var live = leaver.Paths.Where(static path => path.Class != "R2").ToList();
        var open = leaver.Systems.Count(static system => system.State != "Verified");
        var isCertain = leaver.Verdict is "Reachable" or "AutomationContinues";
        if (!isCertain && leaver.Verdict != "Unverified" && !(leaver.Verdict == "Latent" && (live.Count > 0 || open > 0)))
        {
            return;
        }

        var shown = live.OrderBy(static path => path.Certainty, StringComparer.Ordinal).ThenBy(static path => path.Class, StringComparer.Ordinal).FirstOrDefault();
        judgement.Break(new Offence
        {
            Subject = [leaver.Person],
            Target = shown?.Target,
            IsCertain = isCertain,
            What = $"{leaver.Verdict}: {live.Count} path(s), {open} system(s) where the removal is not verified{(leaver.Unknown is [var first, ..] && !isCertain ? $"; {first}" : "")}",
            Badness = live.Count,
            Show = () => shown?.Proof is { } key && proofs.TryGetValue(key, out var steps) ? new Shown(null, null, steps) : null,
        });
    }
}
