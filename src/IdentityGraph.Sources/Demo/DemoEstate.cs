using IdentityGraph.Collect;

namespace IdentityGraph.Sources.Demo;

/// <summary>
/// A sample company with eighteen months of history, made the same every time. Everyday life is a pure function of a person's number, so that
/// any size streams; the planted truths (<see cref="Planted"/>) are decided here and nowhere computed.
/// </summary>
public sealed class DemoEstate(DemoSize size)
{
    /// <summary>The seed whose blast radius is known by hand.</summary>
    public const string Seed = DemoPlants.Seed;

    /// <summary>The run whose handoffs are known by hand.</summary>
    public const string Run = DemoPlants.Run;

    private static readonly TimeSpan s_reading = TimeSpan.FromDays(30);

    private readonly DemoPlants _plants = new(size);

    /// <summary>What was put into the company, question by question.</summary>
    public IReadOnlyList<PlantedTruth> Planted => _plants.Truths;

    /// <summary>Persons of everyday life who left long ago and are out everywhere.</summary>
    public IEnumerable<string> EverydayLeavers() =>
        Enumerable.Range(0, size.People).Select(number => new DemoPerson(number, size)).Where(person => person.LeftAt is not null).Select(person => person.Id);

    /// <summary>
    /// Every run of every system in the order of recording: a full reading at the beginning, changes every thirty days, a full reading on the last day.
    /// One reading of the chat is cut off, and one HR delivery is recorded a week late.
    /// </summary>
    public IEnumerable<FileRun> Runs() =>
        DemoSystems.Sources
            .SelectMany(source => Readings().Select(reading => (Source: source, reading.At, reading.After, Recorded: RecordedAt(source, reading.At))))
            .OrderBy(reading => reading.Recorded)
            .ThenBy(reading => reading.Source, StringComparer.Ordinal)
            .Select(reading => new FileRun(
                new RunHeader
                {
                    Source = reading.Source,
                    Tenant = DemoSystems.Tenant,
                    StartedAt = reading.At,
                    RecordedAt = reading.Recorded,
                    Mode = reading.After is null ? RunMode.Full : RunMode.Delta,
                    Interval = s_reading,
                    Collector = "idgraph-demo/1",
                },
                Said(reading.Source, reading.At, reading.After)));

    private IEnumerable<Observation> Said(string source, DateTimeOffset at, DateTimeOffset? after)
    {
        foreach (var fact in Facts())
        {
            if (fact.Source == source)
            {
                foreach (var observation in fact.SaidAt(at, after))
                {
                    yield return observation;
                }
            }
        }

        var cutOff = source == "slack" && at == CutOffAt;
        foreach (var stream in DemoSystems.StreamsOf(source))
        {
            yield return new Observation.EndOf { Stream = stream, Complete = !cutOff, Reason = cutOff ? "the connection was lost" : null };
        }
    }

    private IEnumerable<DemoFact> Facts() =>
        DemoSystems.Facts(size)
            .Concat(Enumerable.Range(0, size.People).SelectMany(number => DemoEveryday.Of(new DemoPerson(number, size), size)))
            .Concat(_plants.Facts);

    private DateTimeOffset CutOffAt => size.Begin.AddDays(1 + (8 * 30));

    /// <summary>The first and the last reading are full; between them come changes.</summary>
    private IEnumerable<(DateTimeOffset At, DateTimeOffset? After)> Readings()
    {
        var last = size.Until.AddHours(-1);
        var at = size.Begin.AddDays(1);
        DateTimeOffset? after = null;
        while (at < last.AddDays(-1))
        {
            yield return (at, after);
            after = at;
            at += s_reading;
        }

        yield return (last, null);
    }

    private DateTimeOffset RecordedAt(string source, DateTimeOffset at) =>
        source == "hr" && at == size.Begin.AddDays(1 + (4 * 30)) ? at.AddDays(7) : at.AddMinutes(10);
}

/// <summary>Something put into the company on purpose.</summary>
/// <param name="Question">The command that must find it; `later` where its question is not built yet.</param>
/// <param name="Subject">Node id.</param>
/// <param name="Expected">What the answer must say of it.</param>
public sealed record PlantedTruth(string Question, string Subject, string Expected);
