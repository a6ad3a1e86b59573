namespace IdentityGraph.Collect;

/// <summary>What an import says besides the facts: rejects, what it did not recognise, warnings. Bounded in memory; counts are exact.</summary>
public sealed class ImportReport
{
    /// <summary>Rejects kept in full; beyond that only counted.</summary>
    public const int KeptRejects = 1_000;

    private readonly List<Reject> _rejects = [];
    private readonly SortedDictionary<string, long> _unrecognised = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];
    private readonly Dictionary<string, (int Place, long Count)> _causes = new(StringComparer.Ordinal);

    /// <summary>Called for every object and relationship read, when tracing; null otherwise. What looks like a secret never gets there, whoever tells it.</summary>
    public Action<TraceLine>? OnTrace
    {
        get;
        init => field = value is null ? null : line => value(line.WithoutSecrets());
    }

    /// <summary>Called for every reject, kept or not.</summary>
    public Action<Reject>? OnReject { get; init; }

    public IReadOnlyList<Reject> Rejects => _rejects;

    public long RejectCount { get; private set; }

    /// <summary>What was kept but not recognised (`property Account.shoeSize`, `kind AZFoo`, `word state=Frozen`), with counts.</summary>
    public IReadOnlyDictionary<string, long> Unrecognised => _unrecognised;

    /// <summary>In the order in which each was met first; those of one cause are one line with their count.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            string[] told = [.. _warnings];
            foreach (var (place, count) in _causes.Values.Where(cause => cause.Count > 1))
            {
                told[place] = FormattableString.Invariant($"{told[place]} ({count} such in all; this is the first)");
            }

            return told;
        }
    }

    /// <param name="reject">Its member is a word of the file: one that looks like a secret is told as that.</param>
    public void Refuse(Reject reject)
    {
        reject = SecretLooking.Find(reject.Member) is { } sort ? reject with { Member = $"({sort})" } : reject;
        RejectCount++;
        if (_rejects.Count < KeptRejects)
        {
            _rejects.Add(reject);
        }

        OnReject?.Invoke(reject);
    }

    /// <summary>Counts something kept but not recognised; at most 10,000 distinct ones are told apart.</summary>
    public void CountUnrecognised(string what)
    {
        if (!_unrecognised.TryGetValue(what, out var count) && _unrecognised.Count >= 10_000)
        {
            what = "(others)";
            count = _unrecognised.GetValueOrDefault(what);
        }

        _unrecognised[what] = count + 1;
    }

    /// <summary>A warning that rows may give again and again: the first is told, the others are counted.</summary>
    /// <param name="cause">What they have in common; not shown.</param>
    /// <param name="warning">A sentence with its place.</param>
    public void Warn(string cause, string warning)
    {
        if (_causes.TryGetValue(cause, out var known))
        {
            _causes[cause] = (known.Place, known.Count + 1);
        }
        else if (_warnings.Count < KeptRejects)
        {
            _causes[cause] = (_warnings.Count, 1);
            _warnings.Add(warning);
        }
    }

    public void Warn(string warning)
    {
        if (_warnings.Count < KeptRejects && !_warnings.Contains(warning))
        {
            _warnings.Add(warning);
        }
    }
}

/// <summary>One refused record.</summary>
/// <param name="File">File, or entry of an archive.</param>
/// <param name="Line">1 for the first line; 0 where lines mean nothing.</param>
/// <param name="Member">The member at fault; "" for the line itself.</param>
/// <param name="Problem">What is wrong, and what to do about it. Never quotes a value that may be a secret.</param>
public sealed record Reject(string File, long Line, string Member, string Problem);

/// <summary>One object or relationship read, as it was called there, and what became of it.</summary>
public sealed record TraceLine
{
    /// <summary>node or edge; mention for an object that no record describes and a relationship names with its kind.</summary>
    public required string What { get; init; }

    /// <summary>For an object its id there; for a relationship its start.</summary>
    public required string Start { get; init; }

    /// <summary>Null for an object.</summary>
    public string? End { get; init; }

    /// <summary>The vendor's word.</summary>
    public required string Kind { get; init; }

    /// <summary>File or entry, and place in it.</summary>
    public required string Where { get; init; }

    /// <summary>imported, merged or refused.</summary>
    public required string Became { get; init; }

    /// <summary>What it became (kind, or edge and ids), or why it was refused.</summary>
    public required string As { get; init; }

    /// <summary>The same line, with the sort of secret where a text looks like one.</summary>
    public TraceLine WithoutSecrets() =>
        Sort(Start) is null && Sort(End) is null && Sort(Kind) is null && Sort(Where) is null && Sort(As) is null
            ? this
            : this with { Start = Shown(Start), End = End is null ? null : Shown(End), Kind = Shown(Kind), Where = Shown(Where), As = Shown(As) };

    private static string? Sort(string? text) => text is null ? null : SecretLooking.FindInId(text);

    private static string Shown(string text) => Sort(text) is { } sort ? $"({sort})" : text;
}
