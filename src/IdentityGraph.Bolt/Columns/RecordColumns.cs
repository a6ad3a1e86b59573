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
        var at = 0;
        try
        {
            for (; at < _inOrder.Length; at++)
            {
                _inOrder[at].Read(ref reader);
            }
        }
        catch (Exception e)
        {
            // The columns before this one have the record already: it is taken back, so that all stay of one length.
            var (column, whole) = (_inOrder[at], _inOrder[at].Count);
            foreach (var each in _columns)
            {
                each.Truncate(whole);
            }

            if (e is BoltTypeException)
            {
                throw new BoltTypeException($"`{column.Name}` in record {whole}: {e.Message}");
            }

            throw;
        }
    }
}
