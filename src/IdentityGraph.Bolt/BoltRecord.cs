using IdentityGraph.Bolt.Values;

namespace IdentityGraph.Bolt;

/// <summary>One record of a result: values in the order of the RETURN clause.</summary>
public sealed class BoltRecord
{
    private readonly FieldNames _names;
    private readonly object?[] _values;

    internal BoltRecord(FieldNames names, object?[] values) => (_names, _values) = (names, values);

    /// <summary>Names of the fields, in order.</summary>
    public IReadOnlyList<string> Names => _names.All;

    /// <summary>The values, in order.</summary>
    public IReadOnlyList<object?> Values => _values;

    /// <summary>The value at a place, from 0.</summary>
    /// <param name="index">Which field.</param>
    public object? this[int index] => _values[index];

    /// <summary>The value under a name.</summary>
    /// <param name="name">Name of the field, as the RETURN clause gives it.</param>
    /// <exception cref="KeyNotFoundException">There is no such field.</exception>
    public object? this[string name] => _values[Find(name)];

    /// <summary>The value under a name, as a type.</summary>
    /// <typeparam name="T">
    /// What it came as (see <see cref="PackStream.PackReader.ReadValue()"/>), or what that can be without loss: a smaller number, <see cref="DateTimeOffset"/>,
    /// <see cref="DateTime"/>, <see cref="DateOnly"/>, <see cref="TimeOnly"/>, <see cref="TimeSpan"/>. Null only for a type that can be null.
    /// </typeparam>
    /// <param name="name">Name of the field.</param>
    /// <exception cref="KeyNotFoundException">There is no such field.</exception>
    /// <exception cref="BoltTypeException">The value cannot be had as that type.</exception>
    public T Get<T>(string name) => As<T>(_values[Find(name)], name);

    /// <inheritdoc cref="Get{T}(string)" />
    /// <param name="index">Which field, from 0.</param>
    public T Get<T>(int index) => As<T>(_values[index], _names.All[index]);

    private int Find(string name) => _names.Find(name) is >= 0 and var at ? at : throw new KeyNotFoundException($"the record has no field `{name}`; it has {string.Join(", ", _names.All)}");

    private static T As<T>(object? value, string name)
    {
        if (value is T fits)
        {
            return fits;
        }

        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        if (value is null)
        {
            return default(T) is null ? default! : throw new BoltTypeException($"`{name}` is null; ask for `{type.Name}?`");
        }

        return Converted(value, type) is T converted ? converted : throw new BoltTypeException($"`{name}` is a {value.GetType().Name} and cannot be had as {type.Name}");
    }

    private static object? Converted(object value, Type type) => (value, Type.GetTypeCode(type)) switch
    {
        (long number, TypeCode.Int32) when number is >= int.MinValue and <= int.MaxValue => (int)number,
        (long number, TypeCode.Int16) when number is >= short.MinValue and <= short.MaxValue => (short)number,
        (long number, TypeCode.SByte) when number is >= sbyte.MinValue and <= sbyte.MaxValue => (sbyte)number,
        (long number, TypeCode.Byte) when number is >= byte.MinValue and <= byte.MaxValue => (byte)number,
        (long number, TypeCode.UInt16) when number is >= ushort.MinValue and <= ushort.MaxValue => (ushort)number,
        (long number, TypeCode.UInt32) when number is >= uint.MinValue and <= uint.MaxValue => (uint)number,
        (long number, TypeCode.UInt64) when number >= 0 => (ulong)number,
        (double number, TypeCode.Single) when (double)(float)number == number || double.IsNaN(number) => (float)number,
        (BoltLocalDateTime moment, TypeCode.DateTime) => moment.ToDateTime(),
        (BoltDateTime moment, _) when type == typeof(DateTimeOffset) => moment.ToDateTimeOffset(),
        (BoltZonedDateTime moment, _) when type == typeof(DateTimeOffset) => moment.ToDateTimeOffset(),
        (BoltDate date, _) when type == typeof(DateOnly) => date.ToDateOnly(),
        (BoltLocalTime time, _) when type == typeof(TimeOnly) => time.ToTimeOnly(),
        (BoltDuration duration, _) when type == typeof(TimeSpan) => duration.ToTimeSpan(),
        _ => null,
    };
}
