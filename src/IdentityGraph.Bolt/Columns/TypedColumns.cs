using IdentityGraph.Bolt.PackStream;
using IdentityGraph.Bolt.Values;

namespace IdentityGraph.Bolt.Columns;

/// <summary>Whole numbers of 64 bits.</summary>
/// <param name="name">Name of the field.</param>
/// <param name="capacity">How many values are expected.</param>
/// <param name="nullable">Whether null is taken, as 0 that <see cref="Column.IsNull"/> tells apart.</param>
public sealed class Int64Column(string name, int capacity = 0, bool nullable = false) : Column<long>(name, capacity, nullable)
{
    internal override void Read(ref PackReader reader)
    {
        if (reader.TryReadInteger(out var value))
        {
            Append(value);
        }
        else
        {
            AppendNull(ref reader, PackType.Integer);
        }
    }
}

/// <summary>Whole numbers of 32 bits; a larger one is refused.</summary>
/// <param name="name">Name of the field.</param>
/// <param name="capacity">How many values are expected.</param>
/// <param name="nullable">Whether null is taken, as 0 that <see cref="Column.IsNull"/> tells apart.</param>
public sealed class Int32Column(string name, int capacity = 0, bool nullable = false) : Column<int>(name, capacity, nullable)
{
    internal override void Read(ref PackReader reader)
    {
        if (reader.TryReadInteger(out var value))
        {
            Append((int)value == value ? (int)value : throw new BoltTypeException($"{value} does not fit 32 bits"));
        }
        else
        {
            AppendNull(ref reader, PackType.Integer);
        }
    }
}

/// <summary>Floating-point numbers of 64 bits.</summary>
/// <param name="name">Name of the field.</param>
/// <param name="capacity">How many values are expected.</param>
/// <param name="nullable">Whether null is taken, as 0 that <see cref="Column.IsNull"/> tells apart.</param>
public sealed class Float64Column(string name, int capacity = 0, bool nullable = false) : Column<double>(name, capacity, nullable)
{
    internal override void Read(ref PackReader reader)
    {
        if (reader.Peek() is PackType.Float)
        {
            Append(reader.ReadFloat());
        }
        else
        {
            AppendNull(ref reader, PackType.Float);
        }
    }
}

/// <summary>Truth values.</summary>
/// <param name="name">Name of the field.</param>
/// <param name="capacity">How many values are expected.</param>
/// <param name="nullable">Whether null is taken, as false that <see cref="Column.IsNull"/> tells apart.</param>
public sealed class BooleanColumn(string name, int capacity = 0, bool nullable = false) : Column<bool>(name, capacity, nullable)
{
    internal override void Read(ref PackReader reader)
    {
        if (reader.Peek() is PackType.Boolean)
        {
            Append(reader.ReadBoolean());
        }
        else
        {
            AppendNull(ref reader, PackType.Boolean);
        }
    }
}

/// <summary>Texts; those that repeat are one object.</summary>
/// <param name="name">Name of the field.</param>
/// <param name="capacity">How many values are expected.</param>
/// <param name="nullable">Whether null is taken.</param>
/// <param name="interner">Shared by columns whose texts are alike; null for one of its own.</param>
public sealed class StringColumn(string name, int capacity = 0, bool nullable = false, StringInterner? interner = null) : Column<string?>(name, capacity, nullable)
{
    private readonly StringInterner _interner = interner ?? new();

    internal override void Read(ref PackReader reader)
    {
        if (reader.TryReadUtf8(out var utf8))
        {
            Append(_interner.Get(utf8));
        }
        else
        {
            AppendNull(ref reader, PackType.String);
        }
    }
}

/// <summary>Moments (with an offset or a zone) as .NET ticks of 100 ns since year 1, UTC; what is finer is cut off.</summary>
/// <param name="name">Name of the field.</param>
/// <param name="capacity">How many values are expected.</param>
/// <param name="nullable">Whether null is taken, as 0 that <see cref="Column.IsNull"/> tells apart.</param>
public sealed class UtcTicksColumn(string name, int capacity = 0, bool nullable = false) : Column<long>(name, capacity, nullable)
{
    internal override void Read(ref PackReader reader)
    {
        if (reader.Peek() is PackType.Structure)
        {
            Append(Ticks(ref reader));
        }
        else
        {
            AppendNull(ref reader, PackType.Structure);
        }
    }

    private static long Ticks(ref PackReader reader)
    {
        var fields = reader.ReadStructureHeader(out var tag);
        if (tag is not (Structures.DateTime or Structures.ZonedDateTime) || fields != 3)
        {
            throw new BoltTypeException("a structure that is no moment stands where a moment is read; a local date and time has no zone to know its moment by");
        }

        var (seconds, nanoseconds) = (reader.ReadInteger(), reader.ReadInteger());
        reader.Skip();
        try
        {
            var ticks = Moments.Ticks(seconds, nanoseconds);
            return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? ticks : throw new OverflowException();
        }
        catch (OverflowException)
        {
            throw new BoltTypeException("a moment is before year 1 or after year 9999");
        }
    }
}
