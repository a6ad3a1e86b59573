using IdentityGraph.Interop.Pictures;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Interop.Pages;

/// <summary>Whether leavers are out, as a page: for each a picture of what they still reach, their systems, and what is unknown.</summary>
public static class LeaversPage
{
    private const int MostPictures = 25;

    private static readonly string[] s_worstFirst = ["Reachable", "AutomationContinues", "Latent", "Unverified", "Pending", "Clear", "NotALeaver"];

    public static Page Of(Answer<LeaversAnswer> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var leavers = answer.Data.Leavers.OrderBy(static leaver => Array.IndexOf(s_worstFirst, leaver.Verdict)).ThenBy(static leaver => leaver.Person, StringComparer.Ordinal).ToList();
        var drawn = leavers.Where(static leaver => leaver.Paths.Count > 0).Take(MostPictures).Select(static leaver => leaver.Person).ToHashSet(StringComparer.Ordinal);
        List<Section> sections = leavers.Count == 1 ? [] : [Overview(leavers, drawn.Count)];
        sections.AddRange(leavers.Where(leaver => leavers.Count == 1 || drawn.Contains(leaver.Person)).Select((leaver, number) => Section(leaver, number, answer.Data.Proofs)));
        return new Page
        {
            Title = leavers.Count == 1 ? $"Is {Named(leavers[0], answer.Data.Proofs)} out?" : "Who has left, and is out?",
            Lead = leavers.Count == 1 ? Verdict(leavers[0]) : leavers.Count == 0 ? "Nobody left, by what is known at that moment." : $"{answer.Data.InWords()}: {string.Join(", ", leavers.GroupBy(static leaver => leaver.Verdict).Select(static group => $"{group.Count()} {group.Key}"))}.",
            Figures = leavers.Count == 1 ? Figures(leavers[0]) : [.. leavers.GroupBy(static leaver => leaver.Verdict).Select(static group => new Figure(group.Key, group.Count().ToString()))],
            Sections = sections,
            About = [],
        }.In(answer);
    }

    private static string Verdict(LeaverAnswer leaver) => leaver.Verdict switch
    {
        "Clear" when leaver.LacksAccounts => "As far as is known. No account of theirs is known, and there are accounts that belong to nobody known.",
        "Reachable" => "No. The leaver can still use a way that works.",
        "AutomationContinues" => "No. Automation goes on working on their authority.",
        "Latent" => "Not quite. Nothing works now; what is only suspended would.",
        "Unverified" => "It is not known. Some premise is unknown, or the removal is not verified everywhere.",
        "Pending" => "Not yet, and still within the time allowed.",
        "Clear" => "Yes. Nothing is reached, not even possibly, and every system shows the removal.",
        _ => "They have not left.",
    };

    private static List<Figure> Figures(LeaverAnswer leaver) =>
    [
        new("verdict", leaver.Verdict, ClassOf(leaver.Class)),
        new("left", Sentences.Of(leaver.LeaverAt, "unknown")),
        new("ways that remain", leaver.Paths.Count.ToString(), $"{leaver.Paths.Count(static path => path.Certainty == "Certain")} certain"),
        new("systems verified", $"{leaver.Systems.Count(static system => system.State == "Verified")} of {leaver.Systems.Count}"),
        new("unknowns", leaver.Unknown.Count.ToString()),
    ];

    private static Section Overview(IReadOnlyList<LeaverAnswer> leavers, int drawn) => new()
    {
        Title = "Everybody who left",
        Text = leavers.Count(static leaver => leaver.Paths.Count > 0) is var open && open > drawn ? $"Of {open} with ways that remain the {drawn} worst are drawn below; `leaver ID` draws any." : "",
        Tables =
        [
            Table.Of("Worst first", [new("person", Look.Code), new("left", Look.Short), new("verdict", Look.Explained), new("ways", Look.Number), new("systems not verified", Look.Code), new("unknowns", Look.Number)], leavers.Select(static leaver => Row.Of(
                null,
                leaver.Person,
                Sentences.Of(leaver.LeaverAt, "unknown"),
                new[] { leaver.Verdict, ClassOf(leaver.Class) }.Where(static line => line.Length > 0),
                leaver.Paths.Count,
                leaver.Systems.Where(static system => system.State != "Verified").Select(static system => $"{system.System} ({system.State})"),
                leaver.Unknown.Count))),
        ],
    };

    private static Section Section(LeaverAnswer leaver, int number, IReadOnlyDictionary<string, IReadOnlyList<ProofStep>> proofs)
    {
        var picture = new ProofPicture($"leaver{number + 1}");
        foreach (var path in leaver.Paths)
        {
            picture.Add(path.Proof is { } key && proofs.TryGetValue(key, out var steps) ? steps : []);
        }

        var targets = leaver.Paths.GroupBy(static path => path.Target, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.First(), StringComparer.Ordinal);
        return new Section
        {
            Title = leaver.Paths.Count == 0 ? $"{leaver.Person}: {leaver.Verdict}" : $"What {Named(leaver, proofs)} still reaches: {leaver.Verdict}",
            Text = leaver.Paths.Count == 0 ? "No way remains, certain or possible." : leaver.PendingUntil is { } until ? $"The time allowed ends {Sentences.Of(until)}." : "",
            Picture = picture.Hops.Count == 0 ? null : picture.Picture((id, box) => targets.TryGetValue(id, out var path)
                ? box with { Marks = [.. box.Marks, Marks.Target], Tag = $"{path.Class} {path.Level}", Sureness = path.Certainty == "Certain" ? Sureness.Certain : Sureness.Possible }
                : box),
            Tables =
            [
                Table.Of("Ways that remain", [new("class", Look.Explained), new("from", Look.Explained), new("to", Look.Code), new("level", Look.Short), new("sure", Look.Short)], leaver.Paths.Select(static path => Row.Of(
                    null,
                    new[] { path.Class, ClassOf(path.Class) },
                    new[] { path.Anchor.Id, AnchorOf(path.Anchor.Code) },
                    path.Target,
                    path.Level,
                    path.Certainty.ToLowerInvariant()))),
                Table.Of("Systems they had access to", [new("system", Look.Code), new("removal", Look.Short), new("ties", Look.Code), new("last evidence")], leaver.Systems.Select(static system => Row.Of(
                    null,
                    system.System,
                    system.State,
                    system.Anchors.Select(anchor => anchor.InWords(system.System)),
                    system.LastEvidence is { } evidence ? $"{evidence.Grade}, {Sentences.Of(evidence.At)}" : "nothing was read"))),
                Table.Of("What is unknown and would have to be read", [new("unknown")], leaver.Unknown.Select(static words => Row.Of(null, words))),
                picture.Table("Every hop, premises first"),
            ],
        };
    }

    /// <summary>Proofs are drawn from the person, and so know the name.</summary>
    private static string Named(LeaverAnswer leaver, IReadOnlyDictionary<string, IReadOnlyList<ProofStep>> proofs) =>
        Sentences.Named(leaver.Person, leaver.Paths.Select(path => path.Proof is { } key && proofs.TryGetValue(key, out var steps) ? steps[0].Name : null).FirstOrDefault(static name => name is not null));

    private static string ClassOf(string? code) => Codes.PathClasses.FirstOrDefault(known => known.Name == code)?.Meaning ?? "";

    private static string AnchorOf(string code) => Codes.Anchors.FirstOrDefault(known => known.Name == code) is { } anchor ? $"{anchor.Name}, {anchor.Meaning}" : code;
}
