using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Collect.Exchange;

namespace IdentityGraph.Tests.Collect.Exchange;

/// <summary>Lines of the exchange format as a test writes them, and what the reader makes of them.</summary>
internal static class Lines
{
    public const string Header = """{"idgraph":1,"source":"okta","tenant":"acme","startedAt":"2025-06-02T08:00:00Z"}""";

    public static Reading Read(params string[] lines) => Read(new ImportRequest { Path = "okta.ndjson" }, lines);

    public static Reading Read(ImportRequest request, params string[] lines) =>
        ReadBytes(request, Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));

    public static Reading ReadBytes(ImportRequest request, byte[] bytes)
    {
        var report = new ImportReport();
        using var reader = new ExchangeReader(new MemoryStream(bytes), request, report);
        var runs = new List<(FileRun Run, IReadOnlyList<Observation> Observations)>();
        foreach (var run in reader.Runs(TestContext.Current.CancellationToken))
        {
            runs.Add((run, [.. run.Observations]));
        }

        return new(runs, report);
    }

    public static string Write(RunHeader? header, params IEnumerable<Observation> observations)
    {
        using var stream = new MemoryStream();
        using (var writer = new ExchangeWriter(stream))
        {
            if (header is not null)
            {
                writer.Write(header);
            }

            foreach (var observation in observations)
            {
                writer.Write(observation);
            }
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>What was read of a file.</summary>
    internal sealed record Reading(IReadOnlyList<(FileRun Run, IReadOnlyList<Observation> Observations)> Runs, ImportReport Report)
    {
        public IReadOnlyList<Observation> Observations => Runs.Single().Observations;

        public RunHeader Header => Runs.Single().Run.Header;

        public RunOutcomeState Outcome => Runs.Single().Run.Outcome;

        /// <summary>`line member: problem`.</summary>
        public IEnumerable<string> Rejects => Report.Rejects.Select(reject => $"{reject.Line} {reject.Member}: {reject.Problem}");

        /// <summary>As written again, without the header.</summary>
        public string Again => Lines.Write(null, Observations);
    }
}
