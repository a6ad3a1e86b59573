using IdentityGraph.Bolt.PackStream;

namespace IdentityGraph.Bolt.Columns;

/// <summary>Fills one column a field. Every field of the result needs its column, in any order; a column without a field is refused.</summary>
/// <example>
/// <code>
/// var from = new Int64Column("from", capacity: 1_000_000);
/// var to = new Int64Column("to", capacity: 1_000_000);
/// await using var result = await session.RunAsync("MATCH (a)-[r:OWNS]->(b) RETURN a.key AS from, b.key AS to");
/// await result.ReadIntoAsync(new RecordColumns(from, to));
/// </code>
/// </example>
public sealed class RecordColumns : IRecordSink
{
    private readonly Column[] _columns;
    private Column[] _inOrder = [];

    /// <summary>Columns to be filled behind what they hold already.</summary>
    /// <param name="columns">Each with a name of its own; all of one length.</param>
    public RecordColumns(params Column[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.DistinctBy(column => column.Name).Count() != columns.Length)
        {
            throw new ArgumentException("two columns have the same name");
        }

        if (columns.Any(column => column.Count != columns[0].Count))
        {
            throw new ArgumentException("the columns are not of one length; clear them, or fill them together");
        }

        _columns = columns;
    }

    /// <summary>How many records are held.</summary>
    public int Count => _columns.Length == 0 ? 0 : _columns[0].Count;

    /// <inheritdoc />
    public void Begin(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var byName = _columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        if (!names.Order(StringComparer.Ordinal).SequenceEqual(byName.Keys.Order(StringComparer.Ordinal)))
        {
            throw new BoltTypeException($"the statement returns {string.Join(", ", names)}; the columns are {string.Join(", ", byName.Keys)}");
        }

        _inOrder = [.. names.Select(name => byName[name])];
    }

    /// <inheritdoc />
    public void Record(ref PackReader reader)
    {
        try
        {
            Read(ref reader);
        }
        catch (BoltTypeException e)
        {
            var column = TakeBack();
            throw new BoltTypeException($"`{column.Name}` in record {column.Count}: {e.Message}");
        }
        catch
        {
            TakeBack();
            throw;
        }
    }

    /// <summary>Apart from what catches: the runtime makes faster code of a loop that no handler surrounds.</summary>
    private void Read(ref PackReader reader)
    {
        foreach (var column in _inOrder)
        {
            column.Read(ref reader);
        }
    }

    /// <summary>The columns before the one that failed have the record already: it is taken back, so that all stay of one length.</summary>
    /// <returns>The column that failed.</returns>
    private Column TakeBack()
    {
        var whole = _inOrder.Min(column => column.Count);
        var failed = _inOrder.First(column => column.Count == whole);
        foreach (var column in _inOrder)
        {
            column.Truncate(whole);
        }

        return failed;
    }
}
