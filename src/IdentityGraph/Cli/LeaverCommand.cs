using System.CommandLine;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Cli;

/// <summary>Is this leaver really out, everywhere, and how do we know?</summary>
internal static class LeaverCommand
{
    public static Command Create(Door door)
    {
        var ids = new Argument<string[]>("person") { Description = "Ids of persons.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "Every leaver." };
        var command = new ExampleCommand(
            "leaver",
            "Through which paths a leaver, or automation on their authority, still reaches something; and what proves the rest is closed.",
            "idgraph leaver hr:person/17",
            "idgraph leaver --all --as-of 2025-06-02") { ids, all };
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) == (result.GetValue(ids) is { Length: > 0 }))
            {
                result.AddError("say either --all or the ids of persons");
            }
        });
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var persons = parsed.GetValue(all) ? null : parsed.GetValue(ids);
            var answer = await session.Investigate().LeaversAsync(session.Ask, persons, cancellationToken).ConfigureAwait(false);
            return session.Answer(answer, "leavers", AnswerJson.Default.AnswerLeaversAnswer, data => Table(data, persons is not null));
        });
        return command;
    }

    private static Sheet Table(LeaversAnswer data, bool inFull) => Sheet.Of(
        data.Leavers.Count == 0 ? "No leavers" : $"{data.Leavers.Count} leaver(s): {string.Join(", ", data.Leavers.GroupBy(leaver => leaver.Verdict).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Count()} {group.Key}"))}",
        ["person", "left", "verdict", "class", "paths", "systems not verified", "unknowns"],
        data.Leavers.Select(leaver => new[]
        {
            leaver.Person,
            leaver.LeaverAt is { } at ? Graph.Instants.ToText(at) : leaver.Verdict == "NotALeaver" ? "-" : "unknown",
            leaver.Verdict,
            leaver.Class,
            leaver.Paths.Count.ToString(),
            string.Join(", ", leaver.Systems.Where(system => system.State != "Verified").Select(system => $"{system.System} ({system.State})")),
            leaver.Unknown.Count.ToString(),
        }),
        [.. inFull ? data.Leavers.SelectMany(leaver => Details(leaver, data)) : data.Leavers.Count == 0 ? [] : ["`idgraph leaver ID` shows every path, system and unknown."]]);

    private static IEnumerable<string> Details(LeaverAnswer leaver, LeaversAnswer data)
    {
        foreach (var path in leaver.Paths)
        {
            yield return $"{leaver.Person}: {path.Class} {path.Certainty} from {path.Anchor.Code} {path.Anchor.Id} to {path.Target} ({path.Level})";
            foreach (var line in path.Proof is { } key && data.Proofs.TryGetValue(key, out var steps) ? ProofText.Lines(steps) : [])
            {
                yield return line;
            }
        }

        foreach (var system in leaver.Systems)
        {
            yield return $"{leaver.Person}: {system.System} {system.State}, anchors {string.Join(", ", system.Anchors.Select(anchor => $"{anchor.Code} {anchor.Id}"))}{(system.LastEvidence is { } last ? $", last read {Graph.Instants.ToText(last.At)} ({last.Grade})" : ", never read")}";
        }

        foreach (var unknown in leaver.Unknown)
        {
            yield return $"{leaver.Person}: unknown: {unknown}";
        }
    }
}
