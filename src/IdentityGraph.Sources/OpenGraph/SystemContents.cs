namespace IdentityGraph.Sources.OpenGraph;

/// <summary>
/// What lies in a system through containers whose own rights hold for nothing in them: the chain is followed once all of it is known. Memory
/// grows with what is so contained.
/// </summary>
internal sealed class SystemContents
{
    private readonly List<Contained> _roots = [];
    private readonly Dictionary<string, List<Contained>> _within = new(StringComparer.Ordinal);

    /// <summary>Remembers a relationship of a row that leads on to its system.</summary>
    public void Meet(EdgeRow row, ObjectEnd start, ObjectEnd end, string stream, string where)
    {
        if (!row.IsFollowed)
        {
            return;
        }

        var contained = new Contained(start, end, stream, where);
        if (row.Meaning != Meaning.Within)
        {
            _roots.Add(contained);
        }
        else if (_within.TryGetValue(start.Node, out var others))
        {
            others.Add(contained);
        }
        else
        {
            _within.Add(start.Node, [contained]);
        }
    }

    /// <summary>Each thing that is not in a system itself, with the system its container is in, however far up.</summary>
    public IEnumerable<Contained> Resolved()
    {
        HashSet<(string System, string Node)> met = [];
        Queue<Contained> open = new(_roots);
        while (open.TryDequeue(out var one))
        {
            foreach (var inside in _within.GetValueOrDefault(one.What.Node) ?? [])
            {
                if (met.Add((one.In.Node, inside.What.Node)))
                {
                    var found = inside with { In = one.In };
                    open.Enqueue(found);
                    yield return found;
                }
            }
        }
    }

    /// <param name="In">What contains it.</param>
    /// <param name="What">What is contained.</param>
    /// <param name="Stream">Stream of the relationship.</param>
    /// <param name="Where">Place of the relationship.</param>
    internal sealed record Contained(ObjectEnd In, ObjectEnd What, string Stream, string Where);
}
