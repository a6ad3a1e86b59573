using System.CommandLine;
using IdentityGraph.Collect;
using IdentityGraph.Collect.Exchange;
using IdentityGraph.Graph;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Cli;

/// <summary>The blast radius of many, each by itself: its options, and how it is printed.</summary>
internal sealed class BlastRadiiOptions
{
    private readonly Option<bool> _all = new("--all") { Description = "Every non-human identity, each by itself, ranked: service identities, agents, applications, connectors. What only stands for a right of a directory is none." };
    private readonly Option<string[]> _kinds = new("--kind") { Description = "Every node of this kind instead (`idgraph schema` lists them); may be given several times.", HelpName = "KIND" };
    private readonly Option<bool> _leavers = new("--leavers") { Description = "Every person who left, or may have." };
    private readonly Option<bool> _each = new("--each") { Description = "Each of the ids by itself, ranked." };
    private readonly Option<int?> _top = new("--top") { Description = "List only the first so many of a ranking; all are counted.", HelpName = "N" };

    private readonly Option<bool> _approximate = new("--approximate") { Description = "Rank by a quick estimate, and say so, instead of counting." };

    private readonly Option<FileInfo?> _cut = new("--cut") { Description = "Count also what they would reach without the edges of a file of remove lines: who is not touched is not counted again. What lives by such an edge is not judged anew; --overlay does that, and counts everybody twice.", HelpName = "FILE" };

    public void AddTo(Command command, Argument<string[]> seeds, Option rights)
    {
        foreach (var option in (Option[])[_all, _kinds, _leavers, _each, _top, _approximate, _cut])
        {
            command.Options.Add(option);
        }

        _kinds.AcceptOnlyFromAmong([.. NodeKind.All.Select(kind => kind.Name)]);
        command.Validators.Add(result =>
        {
            var ofKinds = result.GetResult(_kinds) is { Implicit: false };
            var named = result.GetValue(seeds) is { Length: > 0 };
            var whole = result.GetValue(_all) || result.GetValue(_leavers) || ofKinds;
            if (named && whole)
            {
                result.AddError("say either ids or --all, --kind or --leavers");
            }
            else if (!named && !whole)
            {
                result.AddError("say the ids of what is compromised, or --all, --kind KIND or --leavers");
            }
            else if (!named && result.GetValue(_each))
            {
                result.AddError("--each goes with ids");
            }
            else if (result.GetValue(_all) && ofKinds)
            {
                result.AddError("say either --all or --kind");
            }
            else if ((whole || result.GetValue(_each)) && result.GetResult(rights) is { Implicit: false })
            {
                result.AddError("--rights goes with one blast radius");
            }
            else if (!whole && !result.GetValue(_each) && (result.GetValue(_approximate) || result.GetValue(_top) is not null))
            {
                result.AddError("--top and --approximate go with a ranking: --all, --kind, --leavers or --each");
            }
            else if (result.GetValue(_top) is < 1)
            {
                result.AddError("--top takes a number from 1 on");
            }
            else if (result.GetValue(_cut) is not null && (result.GetValue(_approximate) || (!whole && !result.GetValue(_each))))
            {
                result.AddError("--cut goes with a ranking that is counted: --all, --kind, --leavers or --each, without --approximate");
            }
        });
    }

    public bool IsAsked(ParseResult parsed) => parsed.GetValue(_all) || parsed.GetValue(_leavers) || parsed.GetValue(_each) || parsed.GetValue(_kinds) is { Length: > 0 };

    public async Task<int> AnswerAsync(Session session, ParseResult parsed, string[] ids, CancellationToken cancellationToken)
    {
        var question = new BlastRadiiQuestion
        {
            Ids = ids,
            Kinds = parsed.GetValue(_kinds) ?? [],
            Everybody = parsed.GetValue(_all),
            Leavers = parsed.GetValue(_leavers),
            Top = parsed.GetValue(_top),
            Approximate = parsed.GetValue(_approximate),
            Cut = parsed.GetValue(_cut) is { } file ? EdgesOf(file) : [],
        };
        using var progress = new ReachProgressLine(session);
        var answer = await session.Investigate().BlastRadiiAsync(session.Ask, question, progress, cancellationToken).ConfigureAwait(false);
        progress.Dispose();
        return session.Answer(answer, question.Approximate ? "estimated" : "ranked", AnswerJson.Default.AnswerBlastRadiiAnswer, question.Approximate ? Estimates : data => data.Cut is { } cut ? Moved(data, cut) : Table(data, question.Everybody), answer.Data.Asked == 0 ? ExitCode.Nothing : ExitCode.Done);
    }

    private static IReadOnlyList<RemovedEdge> EdgesOf(FileInfo file)
    {
        using var stream = file.OpenRead();
        var read = OverlayReader.Read(stream, file.ToString());
        return read is { Facts.Count: 0, RemovedNodes.Count: 0, RemovedEdges.Count: > 0 }
            ? read.RemovedEdges
            : throw new ConfigurationException($"`{file}` is to hold edges to cut, one `remove` line each, and nothing else; give other changes with --overlay");
    }

    private static Sheet Moved(BlastRadiiAnswer data, RadiiCut cut) => Sheet.Of(
        $"Without {string.Join(" & ", cut.Edges.Select(ProofText.Fact))}: {cut.Moved.Count} of {data.Counted} reach something else ({data.Profile}), largest loss of certain score first",
        ["id", "kind", "name", "score", "score then", "certain", "certain then", "possible", "possible then", "crown jewels", "crown jewels then"],
        cut.Moved.Select(one => new[]
        {
            one.Id,
            one.Kind,
            one.Name,
            one.Before.Score.Raw.ToString("0.##"),
            one.After.Score.Raw.ToString("0.##"),
            Cell(one.Before.Reached.Certain),
            Cell(one.After.Reached.Certain),
            Cell(one.Before.Reached.Possible),
            Cell(one.After.Reached.Possible),
            one.Before.Score.CrownJewels.ToString(),
            one.After.Score.CrownJewels.ToString(),
        }),
        $"{cut.CountedAgain} were counted again; all others surely reach what they did. `-o json` ranks all of them as the facts are.",
        "What lives by a cut edge is not judged anew: `--overlay` with the same file does that.");

    private static Sheet Estimates(BlastRadiiAnswer data) => Sheet.Of(
        $"ESTIMATE, not counted: blast radius of each of {data.Asked} ({data.Profile}), give or take {data.RelativeError:P0}, largest score first",
        ["id", "kind", "name", "score, about", "certain nodes, about"],
        data.Estimated.Select(one => new[] { one.Id, one.Kind, one.Name, $"~{one.RawAbout:0.##}", $"~{one.ReachedAbout:0.##}" }),
        "Certain, with amplification; what needs several things at once is taken as attained with the first, so that an estimate may lean high. Without --approximate it is counted.");

    private static Sheet Table(BlastRadiiAnswer data, bool isEverybody) => Sheet.Of(
        $"Blast radius of each of {data.Counted}{(isEverybody ? " non-human identities" : "")} ({data.Profile}), largest certain score first",
        ["id", "kind", "name", "score", "share", "direct", "amplification", "certain", "possible", "crown jewels"],
        data.Ranked.Select(one => new[]
        {
            one.Id,
            one.Kind,
            one.Name,
            one.Score.Raw.ToString("0.##"),
            one.Score.Share.ToString("P1"),
            one.Score.DirectRaw.ToString("0.##"),
            "×" + one.Score.Amplification.ToString("0.##"),
            Cell(one.Reached.Certain),
            Cell(one.Reached.Possible),
            one.Score.CrownJewels.ToString(),
        }),
        [
            .. data.Ranked.Count < data.Counted ? [$"{data.Counted - data.Ranked.Count} more are counted and not listed (--top)."] : (string[])[],
            .. isEverybody ? ["Accounts and people are not among these: `--kind Account` ranks the accounts."] : (string[])[],
            "certain, possible: nodes reached, direct/amplified. `idgraph blast-radius ID` shows which, and how.",
        ]);

    private static string Cell(CellCounts counts) => counts.Direct == counts.Amplified ? $"{counts.Direct}" : $"{counts.Direct}/{counts.Amplified}";
}
