using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    /// <summary>
    /// Through which paths leavers, or automation on their authority, still reach something, and what proves the rest closed. Always
    /// judged with the profile Leaver, whatever profile is asked for.
    /// </summary>
    /// <param name="ask">As of when, as known when.</param>
    /// <param name="persons">Ids of persons; null: every person who left, or may have.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="UnknownIdentityException">A person that nobody stated.</exception>
    /// <exception cref="WrongKindException">An id of something that is no person.</exception>
    public async ValueTask<Answer<LeaversAnswer>> LeaversAsync(Ask ask, IReadOnlyList<string>? persons = null, CancellationToken cancellationToken = default)
    {
        List<string> warnings = [];
        if (ask.Profile != AttackerProfile.Leaver && ask.Profile != AttackerProfile.ExternalBearer)
        {
            warnings.Add($"leavers are judged with the profile Leaver; `{ask.Profile}` was not used");
        }

        var opened = await OpenAsync(ask with { Profile = AttackerProfile.Leaver }, cancellationToken).ConfigureAwait(false);
        using var clock = new AskClock(ask, time, cancellationToken);
        var leavers = new Leavers(opened.View, Policy) { Progress = clock.Report };
        var asked = persons is null ? leavers.All() : persons.Distinct(StringComparer.Ordinal).Select(id => PersonOf(opened.View, id));
        var isNobodyDescribed = persons is null && !opened.View.Of(NodeKinds.Person).Any();
        if (isNobodyDescribed)
        {
            warnings.Add("no source known by then described a person, so nobody can be told to have left; import an HR export, or ask with a later --as-known-at");
        }

        List<Node> people = [.. asked.OrderBy(person => person.Id, StringComparer.Ordinal)];
        var judged = leavers.Of(people, cancellationToken, clock.Budget);
        var proofs = new Dictionary<string, IReadOnlyList<ProofStep>>(StringComparer.Ordinal);
        var told = new List<LeaverAnswer>(judged.Count);
        foreach (var judgement in judged)
        {
            told.Add(Told(judgement, proofs));
        }

        if (judged.Where(static judgement => judgement.Unlinked > 0).ToList() is { Count: > 0 } lacking)
        {
            warnings.Add($"no account is known of {lacking.Count} of {judged.Count} people who left or may have; {lacking[0].Unlinked} account(s) that live or may live belong to nobody known, and any of them may be theirs: link accounts to people");
        }

        warnings.AddRange(OnlySeen(opened.View, null));
        warnings.AddRange(Unread(opened.View, judged.SelectMany(judgement => judgement.Unread).ToHashSet().Contains));
        return Seal(opened, "leaver", new LeaversAnswer { Leavers = told, Proofs = proofs, IsNobodyDescribed = isNobodyDescribed }, AskClock.Left(judged.Count, people.Count, "people") ?? (leavers.IsCutShort ? "time budget: more secrets may be known to leavers" : null), warnings);
    }

    private static Node PersonOf(GraphView view, string id)
    {
        var node = Known(view, id);
        return node.Kind == NodeKinds.Person ? node : throw new WrongKindException(id, node.Kind.Name, "the id of a person");
    }

    private static LeaverAnswer Told(LeaverJudgement judgement, Dictionary<string, IReadOnlyList<ProofStep>> proofs)
    {
        List<Answers.LeaverPath> paths = [];
        foreach (var path in judgement.Paths)
        {
            var key = $"p{proofs.Count + 1}";
            proofs[key] = LeaverProofs.Of(judgement, path);
            paths.Add(Told(path, key));
        }

        return new LeaverAnswer
        {
            Person = judgement.Person.Id,
            LeaverAt = judgement.LeaverAt,
            Verdict = judgement.Verdict.ToString(),
            Class = judgement.Class?.ToString(),
            PendingUntil = judgement.PendingUntil,
            Paths = paths,
            Systems = [.. judgement.Systems.Where(system => system.System is not null).Select(Told)],
            Unknown = judgement.Unknown,
            IsPerhaps = judgement.IsLeaver == Truth.Unknown,
            LacksAccounts = judgement.Unlinked > 0,
        };
    }

    private static Answers.LeaverPath Told(Analyze.Leavers.LeaverPath path, string proof) => new()
    {
        Class = path.Class.ToString(),
        Anchor = new AnchorAnswer(path.Anchor.Word, path.Anchor.Node.Id),
        Target = path.Target.Id,
        Level = path.Level.ToString(),
        Certainty = path.IsCertain ? "Certain" : "Possible",
        Proof = proof,
    };

    private static LeaverSystem Told(FootprintSystem system) => new()
    {
        System = system.System!.Value.Id,
        State = system.Removal.State.ToString(),
        Anchors = [.. system.Anchors.Select(anchor => new AnchorAnswer(anchor.Word, anchor.Node.Id) { IsIndirect = system.Indirect.Contains(anchor) })],
        LastEvidence = system.Removal.Evidence is { } evidence && Instants.FromTicksOrNull(evidence.At) is { } at ? new EvidenceAnswer(evidence.Grade.ToString(), at) : null,
    };
}
