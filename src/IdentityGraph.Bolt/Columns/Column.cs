using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IdentityGraph.Bolt.PackStream;

namespace IdentityGraph.Bolt.Columns;

/// <summary>
/// The values of one field of many records, one after the other in one array that is used again after <see cref="Clear"/>. Give it the
/// capacity that is expected: growing copies.
/// </summary>
public abstract class Column
{
    private ulong[] _nulls = [];

    private protected Column(string name, bool nullable)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        (Name, IsNullable) = (name, nullable);
    }

    /// <summary>Name of the field it takes.</summary>
    public string Name { get; }

    /// <summary>Whether null is taken; if not, a null is refused as <see cref="BoltTypeException"/>.</summary>
    public bool IsNullable { get; }

    /// <summary>How many values it holds.</summary>
    public int Count { get; private protected set; }

    /// <summary>Whether there was no value.</summary>
    /// <param name="row">Which value, from 0.</param>
    public bool IsNull(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));
        return row >> 6 < _nulls.Length && (_nulls[row >> 6] & (1UL << row)) != 0;
    }

    /// <summary>Forgets the values; keeps the memory.</summary>
    public void Clear()
    {
        Count = 0;
        Array.Clear(_nulls);
    }

    /// <summary>Takes the next value.</summary>
    internal abstract void Read(ref PackReader reader);

    /// <summary>Forgets values from <paramref name="count"/> on.</summary>
    internal void Truncate(int count)
    {
        for (var row = count; row < Count; row++)
        {
            if (row >> 6 < _nulls.Length)
            {
                _nulls[row >> 6] &= ~(1UL << row);
            }
        }

        Count = Math.Min(Count, count);
    }

    private protected void SetNull()
    {
        if (!IsNullable)
        {
            throw new BoltTypeException("there is no value (null); make the column nullable, or leave such records out in the statement");
        }

        var word = Count >> 6;
        if (word >= _nulls.Length)
        {
            Array.Resize(ref _nulls, Math.Max(word + 1, _nulls.Length * 2));
        }

        _nulls[word] |= 1UL << Count;
    }
}

/// <summary>Values of one type.</summary>
/// <typeparam name="T">The type.</typeparam>
public abstract class Column<T> : Column
{
    private T[] _values;

    private protected Column(string name, int capacity, bool nullable)
        : base(name, nullable)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _values = capacity == 0 ? [] : new T[capacity];
    }

    /// <summary>The values; where there was none, the type's default. Valid until more is read.</summary>
    public ReadOnlySpan<T> Values => _values.AsSpan(0, Count);

    private protected void Append(T value)
    {
        if (Count == _values.Length)
        {
            Array.Resize(ref _values, Math.Max(1024, Count * 2));
        }

        // Where T is a class, plain indexing would ask each time whether the array is really one of T; it is.
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), Count) = value;
        Count++;
    }

    /// <exception cref="BoltTypeException">The next value is not null, or null is not taken.</exception>
    private protected void AppendNull(ref PackReader reader, PackType wanted)
    {
        if (!reader.TryReadNull())
        {
            throw new BoltTypeException($"a value of type {reader.Peek()} stands where {wanted} is read");
        }

        SetNull();
        Append(default!);
    }
}
