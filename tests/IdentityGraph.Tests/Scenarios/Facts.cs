using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>
/// Facts as runs state them, and the snapshot they fold to. A day is written "2025-06-02" (00:00 UTC), an instant
/// "2025-06-02T08:00:00Z".
/// </summary>
/// <example>
/// <code>
/// new Facts()
///     .Run("okta", "2025-06-02", run => run.Node("kim", "Account", ("state", "Active")).Edge("MEMBER_OF", "kim", "admins").Complete("Account"))
///     .At("2025-06-03")
/// </code>
/// </example>
internal sealed class Facts
{
    private readonly List<(SealedRun Run, IEnumerable<Observation> Observations)> _runs = [];

    public static DateTimeOffset Instant(string text) =>
        text.Length == 10 ? Instant(text + "T00:00:00Z")
        : Instants.TryParse(text, out var instant) ? instant
        : throw new ArgumentException($"`{text}` is neither a day nor an instant");

    /// <summary>A full run, recorded when it started unless said otherwise.</summary>
    public Facts Run(string source, string startedAt, Action<Lines> lines) => Run(new RunHeader { Source = source, StartedAt = Instant(startedAt) }, lines);

    public Facts Delta(string source, string startedAt, Action<Lines> lines) => Run(new RunHeader { Source = source, StartedAt = Instant(startedAt), Mode = RunMode.Delta }, lines);

    public Facts Run(RunHeader header, Action<Lines> lines, RunOutcome? outcome = null)
    {
        var said = new Lines();
        lines(said);
        var recorded = header with { RecordedAt = header.RecordedAt ?? header.StartedAt };
        _runs.Add((new SealedRun(_runs.Count + 1, recorded, outcome ?? new RunOutcome(), said.All.Count, ""), said.All));
        return this;
    }

    /// <summary>Facts that just hold, read once and completely by one source on that day, every stream it used.</summary>
    public static Facts Of(string day, Action<Lines> lines) => new Facts().Run("source", day, run =>
    {
        lines(run);
        foreach (var stream in run.All.Select(StreamOf).Distinct().ToList())
        {
            run.Complete(stream);
        }
    });

    public IReadOnlyList<(SealedRun Run, IEnumerable<Observation> Observations)> Runs => _runs;

    public GraphSnapshot Snapshot(string? asKnownAt = null, FoldOptions? options = null) =>
        GraphSnapshot.Fold(_runs, asKnownAt is null ? DateTimeOffset.MaxValue : Instant(asKnownAt), options);

    public GraphView At(string asOf, string? asKnownAt = null, FoldOptions? options = null) => Snapshot(asKnownAt, options).At(Instant(asOf));

    private static string StreamOf(Observation line) => line.Stream ?? line switch
    {
        Observation.SawNode node => node.Kind ?? "",
        Observation.SawEdge edge => edge.Kind,
        _ => "",
    };

    /// <summary>The lines of one run.</summary>
    internal sealed class Lines
    {
        private readonly List<Observation> _lines = [];

        public IReadOnlyList<Observation> All => _lines;

        public Lines Say(Observation line)
        {
            _lines.Add(line);
            return this;
        }

        public Lines Node(string id, string? kind, params (string Name, object? Value)[] props) =>
            Say(new Observation.SawNode { Id = id, Kind = kind, Properties = Props(props) });

        public Lines Edge(string kind, string of, string to, params (string Name, object? Value)[] props) =>
            Say(new Observation.SawEdge { Kind = kind, Of = of, To = to, Properties = Props(props) });

        public Lines Seen(string id, string stream) => Say(new Observation.SeenUnreadable { Id = id, Stream = stream });

        public Lines Complete(string stream) => Say(new Observation.EndOf { Stream = stream, Complete = true });

        public Lines Incomplete(string stream) => Say(new Observation.EndOf { Stream = stream, Complete = false });

        /// <summary>Changes the line said last.</summary>
        public Lines With(
            string? from = null,
            string? until = null,
            string? at = null,
            EvidenceGrade? grade = null,
            string? stream = null,
            string? key = null,
            Precision? precision = null,
            string? tz = null,
            params string[] evidence)
        {
            var fact = (Observation.Fact)_lines[^1];
            fact = fact with
            {
                From = from is null ? fact.From : Instant(from),
                Until = until is null ? fact.Until : Instant(until),
                At = at is null ? fact.At : Instant(at),
                Grade = grade ?? fact.Grade,
                Stream = stream ?? fact.Stream,
                Precision = precision ?? fact.Precision,
                Tz = tz ?? fact.Tz,
                Evidence = evidence.Length == 0 ? fact.Evidence : [.. evidence.Select(reference => new EvidenceRef(reference))],
            };
            _lines[^1] = fact is Observation.SawEdge edge && key is not null ? edge with { Key = key } : fact;
            return this;
        }

        /// <summary>Null: the source says there is none. A <see cref="DateTimeOffset"/> is spelt as an instant.</summary>
        private static KeyValuePair<string, PropertyValue>[] Props((string Name, object? Value)[] props) =>
            [.. props.Select(prop => KeyValuePair.Create(prop.Name, ValueOf(prop.Value)))];

        private static PropertyValue ValueOf(object? value) => value switch
        {
            null => PropertyValue.None,
            string text => PropertyValue.Of(text),
            string[] texts => PropertyValue.Of(texts),
            bool flag => PropertyValue.Of(flag),
            int number => PropertyValue.Of(number),
            double number => PropertyValue.Of(number),
            DateTimeOffset instant => PropertyValue.Of(instant),
            PropertyValue ready => ready,
            _ => throw new ArgumentException($"a property cannot hold a {value.GetType().Name}"),
        };
    }
}
