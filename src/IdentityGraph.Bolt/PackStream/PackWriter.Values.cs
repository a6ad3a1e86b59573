using System.Collections;
using IdentityGraph.Bolt.Values;

namespace IdentityGraph.Bolt.PackStream;

public sealed partial class PackWriter
{
    /// <summary>
    /// Writes any value a statement can take: null, truth values, whole numbers, <see cref="float"/>, <see cref="double"/>, texts, bytes, the
    /// types of <see cref="Values"/>, <see cref="DateTimeOffset"/>, <see cref="DateTime"/> (UTC as a moment, unspecified as a local one),
    /// <see cref="DateOnly"/>, <see cref="TimeOnly"/>, <see cref="TimeSpan"/>, dictionaries with text keys, lists, and <see cref="IPackable"/>.
    /// </summary>
    /// <param name="value">What to write.</param>
    /// <exception cref="BoltTypeException">There is no such value in Cypher, or it would lose something (a <see cref="decimal"/>).</exception>
    public void WriteValue(object? value)
    {
        switch (value)
        {
            case null:
                WriteNull();
                break;
            case string text:
                Write(text);
                break;
            case bool truth:
                Write(truth);
                break;
            case long or int or short or sbyte or byte or ushort or uint:
                Write(Convert.ToInt64(value, null));
                break;
            case ulong number when number <= long.MaxValue:
                Write((long)number);
                break;
            case double number:
                Write(number);
                break;
            case float number:
                Write((double)number);
                break;
            case IPackable packable:
                packable.Pack(this);
                break;
            case byte[] bytes:
                WriteBytes(bytes);
                break;
            case ReadOnlyMemory<byte> bytes:
                WriteBytes(bytes.Span);
                break;
            case DateTimeOffset or DateTime or DateOnly or TimeOnly or TimeSpan:
                WriteMoment(value);
                break;
            case IReadOnlyDictionary<string, object?> map:
                WriteMap(map);
                break;
            case IDictionary map:
                WriteMap(map);
                break;
            case ICollection list:
                WriteList(list, list.Count);
                break;
            case IEnumerable sequence:
                object?[] items = [.. sequence.Cast<object?>()];
                WriteList(items, items.Length);
                break;
            default:
                throw new BoltTypeException($"a `{value.GetType().Name}` is no value of Cypher; pass a text, a number, a moment, a list, a map, or write it with IPackable");
        }
    }

    private void WriteMoment(object value)
    {
        IPackable packable = value switch
        {
            DateTimeOffset moment => BoltDateTime.From(moment),
            DateTime { Kind: DateTimeKind.Utc } moment => BoltDateTime.From(new DateTimeOffset(moment)),
            DateTime { Kind: DateTimeKind.Unspecified } moment => BoltLocalDateTime.From(moment),
            DateOnly date => BoltDate.From(date),
            TimeOnly time => BoltLocalTime.From(time),
            TimeSpan span => BoltDuration.From(span),
            _ => throw new BoltTypeException("a DateTime of kind Local means another moment on another machine; pass a DateTimeOffset"),
        };
        packable.Pack(this);
    }

    private void WriteMap(IReadOnlyDictionary<string, object?> map)
    {
        BeginMap(map.Count);
        foreach (var (name, value) in map)
        {
            Write(name);
            WriteValue(value);
        }
    }

    private void WriteMap(IDictionary map)
    {
        BeginMap(map.Count);
        foreach (DictionaryEntry entry in map)
        {
            Write(entry.Key as string ?? throw new BoltTypeException($"a map's key is a `{entry.Key.GetType().Name}`; only texts can be keys"));
            WriteValue(entry.Value);
        }
    }

    private void WriteList(IEnumerable items, int count)
    {
        BeginList(count);
        foreach (var item in items)
        {
            WriteValue(item);
        }
    }
}
