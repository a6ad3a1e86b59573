using System.Globalization;

namespace IdentityGraph.Benchmarks.Measuring;

/// <summary>Prints Markdown as figures come in.</summary>
internal static class Page
{
    public static void Heading(string text) => Console.WriteLine($"\n## {text}\n");

    public static void Text(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    public static void Columns(params string[] names)
    {
        Console.WriteLine();
        Row(names);
        Row([.. names.Select((_, i) => i == 0 ? "---" : "---:")]);
    }

    public static void Row(params string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");

    /// <summary>A time that reads well: s, ms or µs.</summary>
    public static string Time(double seconds) =>
        seconds >= 1 ? Number(seconds, "0.0#", " s") : seconds >= 1e-3 ? Number(seconds * 1e3, "0.##", " ms") : Number(seconds * 1e6, "0.#", " µs");

    public static string Times(double ratio) => "×" + Number(ratio, ratio >= 20 ? "0" : ratio >= 2 ? "0.0" : "0.00", "");

    public static string MiB(double bytes) => Number(bytes / (1 << 20), bytes >= 10 << 20 ? "0" : "0.0##", " MiB");

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Number(double number, string format, string unit) => number.ToString(format, CultureInfo.InvariantCulture) + unit;
}
