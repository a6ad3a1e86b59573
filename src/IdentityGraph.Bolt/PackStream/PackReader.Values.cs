using IdentityGraph.Bolt.Values;

namespace IdentityGraph.Bolt.PackStream;

public ref partial struct PackReader
{
    /// <summary>
    /// Reads whatever comes next as an object: null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <see cref="string"/>, an array
    /// of bytes, a list (<c>IReadOnlyList&lt;object?&gt;</c>), a map (<c>IReadOnlyDictionary&lt;string, object?&gt;</c>), or a type of <see cref="Values"/>.
    /// </summary>
    public object? ReadValue()
    {
        try
        {
            return ReadValue(0);
        }
        catch (BoltTypeException e)
        {
            throw new BoltProtocolException($"the server sent a value that is not built as it should be: {e.Message}");
        }
    }

    /// <summary>Reads a name: as <see cref="ReadString"/>, made once however often it comes.</summary>
    public string ReadName() => _names is null ? ReadString() : _names.Get(ReadUtf8());

    /// <summary>Reads a map.</summary>
    /// <exception cref="BoltTypeException">Something else than a map comes next.</exception>
    public IReadOnlyDictionary<string, object?> ReadMap() => Peek() is PackType.Map ? (IReadOnlyDictionary<string, object?>)ReadValue()! : throw Other(PackType.Map);

    internal object? ReadValue(int depth)
    {
        if (depth > _limits.MaxDepth)
        {
            throw new BoltProtocolException($"the server sent values more than {_limits.MaxDepth} deep in each other (BoltLimits.MaxDepth)");
        }

        switch (Peek())
        {
            case PackType.Null:
                _at++;
                return null;
            case PackType.Boolean:
                return ReadBoolean();
            case PackType.Integer:
                return ReadInteger();
            case PackType.Float:
                return ReadFloat();
            case PackType.Bytes:
                return ReadBytes().ToArray();
            case PackType.String:
                return ReadString();
            case PackType.List:
                return ReadList(depth);
            case PackType.Map:
                return ReadMap(depth);
            default:
                return Structures.Read(ref this, depth);
        }
    }

    internal IReadOnlyList<object?> ReadList(int depth)
    {
        var count = ReadListHeader();
        if (count == 0)
        {
            return [];
        }

        var items = new object?[count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = ReadValue(depth + 1);
        }

        return items;
    }

    internal IReadOnlyDictionary<string, object?> ReadMap(int depth)
    {
        var count = ReadMapHeader();
        if (count == 0)
        {
            return System.Collections.ObjectModel.ReadOnlyDictionary<string, object?>.Empty;
        }

        // An entry takes at least two bytes of the message but some forty of a table: the table grows with what really comes.
        var map = new Dictionary<string, object?>(Math.Min(count, 1024), StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var name = ReadName();
            if (!map.TryAdd(name, ReadValue(depth + 1)))
            {
                throw new BoltProtocolException($"the server sent a map that has `{name}` twice");
            }
        }

        return map;
    }

    internal string[] ReadNames()
    {
        var names = new string[ReadListHeader()];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = ReadName();
        }

        return names;
    }
}
