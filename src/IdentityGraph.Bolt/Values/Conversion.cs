namespace IdentityGraph.Bolt.Values;

/// <summary>Turns what .NET cannot hold into one kind of error.</summary>
internal static class Conversion
{
    public static TResult Within<T, TResult>(T value, Func<T, TResult> convert)
    {
        try
        {
            return convert(value);
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            throw new BoltTypeException($"`{value}` is outside what .NET's type can hold; use its parts");
        }
    }
}
