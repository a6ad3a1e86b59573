using System.Diagnostics;
using System.Globalization;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>
/// A law can be held for longer than a test run takes: `IDENTITYGRAPH_SOAK` says for how many minutes, past failures too, and
/// `IDENTITYGRAPH_SEED` from which number on. What was compared and what did not hold stands on standard error.
/// </summary>
internal static class Soak
{
    /// <summary>Zero: as often as the test says.</summary>
    public static TimeSpan Time { get; } = Number("IDENTITYGRAPH_SOAK") is { } minutes ? TimeSpan.FromMinutes(minutes) : TimeSpan.Zero;

    /// <summary>Null: where the test says.</summary>
    public static ulong? Seed { get; } = Number("IDENTITYGRAPH_SEED") is { } number ? (ulong)number : null;

    /// <summary>The numbers of the estates to look at, as many as the test says or as the time takes.</summary>
    public static IEnumerable<int> Numbers(int from, int count)
    {
        var watch = Stopwatch.StartNew();
        var first = (int?)Seed ?? from;
        for (var number = first; number < first + count || watch.Elapsed < Time; number++)
        {
            yield return number;
        }
    }

    public static void Say(string text)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        if (Time > TimeSpan.Zero)
        {
            Console.Error.WriteLine($"{TestContext.Current.TestMethod?.MethodName}: {text}");
        }
    }

    private static double? Number(string variable) =>
        double.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
