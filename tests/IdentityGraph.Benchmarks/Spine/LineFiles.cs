using IdentityGraph.Benchmarks.Estates;
using IdentityGraph.Collect.Exchange;

namespace IdentityGraph.Benchmarks.Spine;

/// <summary>Files of the exchange format thrown for a measurement.</summary>
internal static class LineFiles
{
    /// <summary>Writes an estate until there are enough lines or bytes.</summary>
    /// <returns>How many lines, header included.</returns>
    public static long Write(string path, Estate estate, long lines, long bytes)
    {
        using var file = File.Create(path, 1 << 16);
        using var writer = new ExchangeWriter(file);
        writer.Write(EstateLines.Header);
        long written = 1;
        foreach (var line in new EstateLines(estate).All())
        {
            if (written == lines || file.Position >= bytes)
            {
                break;
            }

            writer.Write(line);
            written++;
        }

        return written;
    }
}
