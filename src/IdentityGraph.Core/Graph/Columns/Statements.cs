using System.Collections.Frozen;

namespace IdentityGraph.Graph.Columns;

/// <summary>Statements of properties by subject, each subject's by property, then beginning, then observation.</summary>
internal sealed class Statements
{
    /// <summary>First row by subject, one more entry than subjects.</summary>
    public required int[] Starts { get; init; }

    public required StatementRow[] Rows { get; init; }

    /// <summary>Row → its references; only those that have any.</summary>
    public required FrozenDictionary<int, string[]> Evidence { get; init; }

    /// <summary>Subject → (end, read again), ticks, of each of its reappearances.</summary>
    public required FrozenDictionary<int, (long Ended, long Again)[]> Returns { get; init; }

    public long Bytes => (sizeof(int) * (long)Starts.Length) + (SnapshotColumns.Size<StatementRow>() * (long)Rows.Length);

    public ReadOnlySpan<StatementRow> Of(int subject) => Rows.AsSpan(Starts[subject]..Starts[subject + 1]);
}
