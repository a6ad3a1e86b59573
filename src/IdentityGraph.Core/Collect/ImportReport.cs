namespace IdentityGraph.Collect;

/// <summary>What an import says besides the facts: rejects, what it did not recognise, warnings. Bounded in memory; counts are exact.</summary>
public sealed class ImportReport
{
    /// <summary>Rejects kept in full; beyond that only counted.</summary>
    public const int KeptRejects = 1_000;

    private readonly List<Reject> _rejects = [];
    private readonly SortedDictionary<string, long> _unrecognised = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];

    /// <summary>Called for every object and relationship read, when tracing; null otherwise.</summary>
    public Action<TraceLine>? OnTrace { get; init; }

    /// <summary>Called for every reject, kept or not.</summary>
    public Action<Reject>? OnReject { get; init; }

    public IReadOnlyList<Reject> Rejects => _rejects;

    public long RejectCount { get; private set; }

    /// <summary>What was kept but not recognised (`property Account.shoeSize`, `kind AZFoo`, `word state=Frozen`), with counts.</summary>
    public IReadOnlyDictionary<string, long> Unrecognised => _unrecognised;

    public IReadOnlyList<string> Warnings => _warnings;

    public void Refuse(Reject reject)
    {
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
    /// <summary>node or edge.</summary>
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
}
