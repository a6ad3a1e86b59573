using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report.Assertions;

/// <summary>What became of one claim: what breaks it, what is not known, and how much was looked at.</summary>
internal sealed class Judgement(Assertion claim, AttackerProfile profile)
{
    private const int MostOffences = 50;

    private readonly List<Offence> _offences = [];
    private readonly List<string> _notes = [];
    private bool _isUnsure;

    /// <summary>How many things it is about; 0: nothing, and it was not judged.</summary>
    public int Scope { get; set; }

    /// <summary>What was not looked at for want of time; null: all was.</summary>
    public string? Truncated { get; private set; }

    public bool IsJudged => Scope > 0 && Truncated is null;

    public Truth Holds => _offences.Exists(static offence => offence.IsCertain) ? Truth.False
        : _offences.Count > 0 || _isUnsure || !IsJudged ? Truth.Unknown
        : Truth.True;

    public void Break(Offence offence) => _offences.Add(offence);

    public void Note(string words)
    {
        if (!_notes.Contains(words))
        {
            _notes.Add(words);
        }
    }

    /// <summary>The claim may be broken by what nobody can follow.</summary>
    public void Doubt(string words)
    {
        _isUnsure = true;
        Note(words);
    }

    public void CutShort(string words)
    {
        Truncated = words;
        Note(words);
    }

    /// <param name="allowPossible">What is only possibly broken passes.</param>
    /// <param name="proofs">Takes the proofs of what is listed.</param>
    public AssertionAnswer Told(bool allowPossible, Dictionary<string, IReadOnlyList<ProofStep>> proofs)
    {
        var words = ClaimWords.Of(claim);
        return new AssertionAnswer
        {
            Name = claim.Name ?? words,
            Assert = claim.Kind,
            Claim = words,
            Profile = profile.ToString(),
            Holds = Holds.ToString(),
            Passed = Holds == Truth.True || (Holds == Truth.Unknown && IsJudged && allowPossible),
            Judged = IsJudged,
            Scope = Scope,
            Because = [.. _notes],
            Broken = _offences.Count,
            Offences = [.. _offences
                .OrderByDescending(static offence => offence.IsCertain)
                .ThenByDescending(static offence => offence.Badness)
                .ThenBy(static offence => string.Join('\n', offence.Subject), StringComparer.Ordinal)
                .ThenBy(static offence => offence.Target, StringComparer.Ordinal)
                .ThenBy(static offence => offence.Measure, StringComparer.Ordinal)
                .Take(MostOffences)
                .Select(offence => Told(offence, proofs))],
        };
    }

    private static OffenceAnswer Told(Offence offence, Dictionary<string, IReadOnlyList<ProofStep>> proofs)
    {
        var shown = offence.Show();
        string? key = null;
        if (shown is not null)
        {
            key = $"p{proofs.Count + 1}";
            proofs[key] = shown.Steps;
        }

        return new OffenceAnswer
        {
            Subject = shown?.Subject ?? offence.Subject,
            Target = shown?.Target ?? offence.Target,
            Certainty = offence.IsCertain ? "Certain" : "Possible",
            What = offence.What,
            Measure = offence.Measure,
            Measured = offence.Measured,
            Limit = offence.Limit,
            Proof = key,
        };
    }
}
