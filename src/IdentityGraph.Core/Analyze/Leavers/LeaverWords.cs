using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>What is unknown about a leaver and would have to be read, in words.</summary>
internal static class LeaverWords
{
    public static IReadOnlyList<string> Of(
        GraphView view,
        Truth isLeaver,
        EngagementEnd? end,
        IReadOnlyList<OwnAccount> accounts,
        int unlinked,
        IReadOnlyList<LeaverPath> paths,
        IReadOnlyList<FootprintSystem> footprint,
        bool isCutShort)
    {
        var words = new SortedSet<string>(StringComparer.Ordinal);
        if (isLeaver == Truth.Unknown)
        {
            words.Add("whether they left: HR does not say so for certain; read HR to its end");
        }

        if (isCutShort)
        {
            words.Add("which secrets they could reach before they left: the time budget ended before their past was walked through");
        }

        if (end is null)
        {
            words.Add("when they left: no end of an engagement is known, so no grace period runs and anchors are looked for before the moment asked about");
        }
        else if (end.Value.UpperBound)
        {
            words.Add($"when they left: HR states no date, only that it had ended by {Instants.ToText(end.Value.At)}, so it may have been earlier");
        }

        if (!view.Snapshot.Streams.Any(view.IsFresh))
        {
            words.Add("everything: no source was read recently enough; collect again, or ask with an earlier --as-of");
        }

        if (footprint.Count == 0 && !Weighing.ReadsAccounts(view))
        {
            words.Add("whether they had accounts: no source that states accounts was read to its end recently enough");
        }

        if (unlinked > 0)
        {
            words.Add($"whether an account is theirs: none is known to be, and {unlinked} that live or may live belong to nobody known");
        }

        foreach (var own in accounts.Where(own => own.Ever == Truth.Unknown))
        {
            words.Add($"whether account {own.Account.Id} is theirs");
        }

        foreach (var path in paths.Where(path => !path.IsCertain))
        {
            var resting = path.Proof.Steps.Where(line => line.Truth == Truth.Unknown).Select(line => line.Node.Id).Distinct(StringComparer.Ordinal);
            words.Add($"whether {path.Target.Id} is reached ({path.Class}, from {path.Anchor.Word} {path.Anchor.Node.Id}): it rests on {string.Join(", ", resting.DefaultIfEmpty("whether they left"))}");
        }

        foreach (var system in footprint)
        {
            for (var i = 0; i < system.Anchors.Count; i++)
            {
                if (!system.Removals[i].IsProved)
                {
                    words.Add($"{Place(system)}: {system.Anchors[i].Word} {system.Anchors[i].Node.Id} {Say(system.Removals[i])}");
                }
            }

            foreach (var (thing, removal) in system.Declared.Where(declared => !declared.Removal.IsProved))
            {
                words.Add($"{Place(system)}: {thing.Id}, which a change of their leaving was to remove, {Say(removal)}");
            }

            if (system.Anchors.Count == 0 && system.Declared.Count == 0 && !system.IsProved)
            {
                words.Add($"{Place(system)}: a declared target whose accounts were not read to the end since they left");
            }
        }

        return [.. words];
    }

    private static string Place(FootprintSystem system) => system.System?.Id ?? "in no known system";

    private static string Say(Removal removal) => removal.State switch
    {
        RemovalState.Verified => "was removed, but its source is stale: read it again",
        RemovalState.Claimed => "is said to be removed; the target was not read since",
        RemovalState.Accepted => "was accepted by the target's log; its state was not read since",
        RemovalState.Requested => "is asked to be removed; nothing shows that it was",
        RemovalState.Failed => "could not be removed",
        RemovalState.Reappeared => "was removed and is there again",
        RemovalState.Unknown => "was never read",
        _ => "shows no removal",
    };
}
