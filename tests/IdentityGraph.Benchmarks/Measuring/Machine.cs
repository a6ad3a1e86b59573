using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IdentityGraph.Benchmarks.Measuring;

/// <summary>What the machine can do, measured in the same run: no figure means anything without it.</summary>
internal static class Machine
{
    private const int SetBytes = 256 << 20;

    private static double s_lines;

    /// <summary>Lines of 64 bytes a second, and what share that is of those changed anywhere in memory, measured when the machine was told.</summary>
    public static string ShareOfLines(double lines) => $"{lines * 64 / 1e9:0.0} GB/s ({lines * 64 / 1e9 / s_lines:P0} of random lines)";

    public static void Print()
    {
        s_lines = RandomLines();
        Page.Text($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores ({Model()}); load when this began {Load()}.");
        Page.Text($"Memory, one thread, median of five: sequential read {Sequential():0.0} GB/s; random 4-byte reads in 256 MiB {RandomReads():0} M/s; random lines of 64 bytes changed there {s_lines:0.0} GB/s of processor time.");
    }

    /// <summary>Gigabytes a second of summing 256 MiB.</summary>
    private static double Sequential()
    {
        var words = new long[SetBytes / sizeof(long)];
        Array.Fill(words, 1);
        var best = Enumerable.Range(0, 5).Select(_ =>
        {
            var clock = Stopwatch.StartNew();
            var sum = Vector<long>.Zero;
            foreach (var some in MemoryMarshal.Cast<long, Vector<long>>(words))
            {
                sum += some;
            }

            return Vector.Sum(sum) == words.Length ? SetBytes / clock.Elapsed.TotalSeconds / 1e9 : throw new InvalidOperationException("the sum is wrong");
        });
        return Measured.Middle(best);
    }

    /// <summary>Millions a second of independent reads.</summary>
    private static double RandomReads()
    {
        const int Reads = 10_000_000;
        var words = new int[SetBytes / sizeof(int)];
        Array.Fill(words, 1);
        return Measured.Middle(Enumerable.Range(0, 5).Select(_ =>
        {
            var clock = Stopwatch.StartNew();
            var (sum, at) = (0, 12345u);
            for (var i = 0; i < Reads; i++)
            {
                at = (at * 1664525) + 1013904223;
                sum += words[at & (uint)(words.Length - 1)];
            }

            return sum == Reads ? Reads / clock.Elapsed.TotalSeconds / 1e6 : throw new InvalidOperationException("the sum is wrong");
        }));
    }

    /// <summary>Gigabytes a second of processor time of adding bits to whole lines of 64 bytes anywhere, none waiting for another.</summary>
    private static double RandomLines()
    {
        const int Lines = 5_000_000;
        const int Words = 8;
        var words = GC.AllocateArray<ulong>((SetBytes / sizeof(ulong)) + Words, pinned: true);
        var first = (int)((64 - (Marshal.UnsafeAddrOfPinnedArrayElement(words, 0) & 63)) & 63) / sizeof(ulong);
        Array.Fill(words, 1UL);
        return Measured.Middle(Enumerable.Range(0, 5).Select(_ =>
        {
            var (clock, begun) = (new ProcessorTime(), Environment.CpuUsage.TotalTime.Ticks);
            var at = 12345u;
            for (var i = 0; i < Lines; i++)
            {
                at = (at * 1664525) + 1013904223;
                ref var line = ref words[first + (int)((at >> 8) % (SetBytes / 64) * Words)];
                (Vector256.LoadUnsafe(ref line) | Vector256<ulong>.One).StoreUnsafe(ref line);
                (Vector256.LoadUnsafe(ref line, 4) | Vector256<ulong>.One).StoreUnsafe(ref line, 4);
            }

            return Lines * 64.0 / clock.GetElapsedTime(begun).TotalSeconds / 1e9;
        }));
    }

    private static string Model() => FieldOf("/proc/cpuinfo", "model name") ?? "model not known";

    public static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "not known";

    /// <summary>Highest resident memory of this process so far, in bytes.</summary>
    public static long PeakResident()
    {
        if (FieldOf("/proc/self/status", "VmHWM") is { } peak)
        {
            return long.Parse(peak.Split(' ')[0], CultureInfo.InvariantCulture) * 1024;
        }

        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private static string? FieldOf(string file, string name) => !File.Exists(file) ? null : File.ReadLines(file)
        .Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())
        .FirstOrDefault();
}
