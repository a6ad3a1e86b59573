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
            return session.Answer(answer, "leavers", AnswerJson.Default.AnswerLeaversAnswer, data => persons is null ? Table(data, session) : InFull(data), answer.Data.IsNobodyDescribed ? ExitCode.Nothing : ExitCode.Done);
        });
        return command;
    }

    private static string Title(LeaversAnswer data) =>
        data.IsNobodyDescribed ? "Unknown who left: no source described a person"
        : data.Leavers.Count == 0 ? "No leavers"
        : $"{data.InWords()}: {string.Join(", ", data.Leavers.GroupBy(leaver => leaver.Verdict).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Count()} {group.Key}"))}{Lacking(data)}";

    private static string Lacking(LeaversAnswer data) =>
        data.Leavers.Count(leaver => leaver.LacksAccounts) is > 0 and var lacking ? $"; no account is known of {lacking} of them" : "";

    private static string Left(LeaverAnswer leaver) =>
        leaver.Verdict == "NotALeaver" ? "-"
        : leaver.LeaverAt is not { } at ? leaver.IsPerhaps ? "perhaps" : "unknown"
        : leaver.IsPerhaps ? $"perhaps {Graph.Instants.ToText(at)}"
        : Graph.Instants.ToText(at);

    private static IEnumerable<string> NotVerified(LeaverAnswer leaver) =>
    [
        .. leaver.LacksAccounts ? ["(no account of theirs is known)"] : Array.Empty<string>(),
        .. leaver.Systems.Where(system => system.State != "Verified").Select(system => $"{system.System} ({system.State})"),
    ];

    private static Sheet Table(LeaversAnswer data, Session session) => Sheet.Of(
        Title(data),
        ["person", "left", "verdict", "class", "paths", "systems not verified", "unknowns"],
        data.Leavers.Select(leaver => new[]
        {
            leaver.Person,
            Left(leaver),
            leaver.Verdict,
            leaver.Class,
            leaver.Paths.Count.ToString(),
            string.Join(", ", NotVerified(leaver)),
            leaver.Unknown.Count.ToString(),
        }),
        [
            .. Codes.Legend(Codes.PathClasses, data.Leavers.Select(leaver => leaver.Class)) is { } legend ? [legend] : Array.Empty<string>(),
            .. data.Leavers.Count == 0 ? Array.Empty<string>() : [$"`{session.Next("leaver ID")}` shows every path, system and unknown."],
        ]);

    /// <summary>Every path, every system of the footprint and every unknown is a row, so that a table and a CSV say as much as the JSON does.</summary>
    private static Sheet InFull(LeaversAnswer data)
    {
        var anchors = data.Leavers.SelectMany(leaver => leaver.Paths.Select(path => path.Anchor).Concat(leaver.Systems.SelectMany(system => system.Anchors))).Select(anchor => anchor.Code);
        return Sheet.Of(
            Title(data),
            ["person", "left", "verdict", "what", "class", "certainty", "anchor", "target", "level or state", "how"],
            data.Leavers.SelectMany(leaver => Rows(leaver, data)),
            [
                .. Codes.Legend(Codes.PathClasses, data.Leavers.SelectMany(leaver => leaver.Paths.Select(path => path.Class))) is { } classes ? [classes] : Array.Empty<string>(),
                .. Codes.Legend(Codes.Anchors, anchors) is { } codes ? [codes] : Array.Empty<string>(),
                .. data.Leavers.SelectMany(leaver => leaver.Paths.SelectMany(path => Steps(path, data))),
            ]);
    }

    private static IEnumerable<string?[]> Rows(LeaverAnswer leaver, LeaversAnswer data)
    {
        string?[] Row(string what, string? pathClass, string? certainty, string? anchor, string? target, string? state, string? how) =>
            [leaver.Person, Left(leaver), leaver.Verdict, what, pathClass, certainty, anchor, target, state, how];

        yield return Row("verdict", leaver.Class, null, null, null, null, leaver.PendingUntil is { } until ? $"inside its time until {Graph.Instants.ToText(until)}" : null);
        foreach (var path in leaver.Paths)
        {
            var steps = path.Proof is { } key && data.Proofs.TryGetValue(key, out var proof) ? ProofText.Line(proof) : null;
            yield return Row("path", path.Class, path.Certainty, $"{path.Anchor.Code} {path.Anchor.Id}", path.Target, path.Level, steps);
        }

        foreach (var system in leaver.Systems)
        {
            var read = system.LastEvidence is { } last ? $"last read {Graph.Instants.ToText(last.At)} ({last.Grade})" : "never read";
            yield return Row("system", null, null, string.Join(", ", system.Anchors.Select(anchor => anchor.InWords(system.System))), system.System, system.State, read);
        }

        foreach (var unknown in leaver.Unknown)
        {
            yield return Row("unknown", null, null, null, null, null, unknown);
        }
    }

    private static IEnumerable<string> Steps(LeaverPath path, LeaversAnswer data) =>
        path.Proof is { } key && data.Proofs.TryGetValue(key, out var steps) ? [$"{path.Class} to {path.Target}:", .. ProofText.Lines(steps)] : [];
}
