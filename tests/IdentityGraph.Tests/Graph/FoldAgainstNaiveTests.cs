using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using IdentityGraph.Collect;
using IdentityGraph.Collect.Exchange;
using IdentityGraph.Graph;
using IdentityGraph.Tests.Naive;

namespace IdentityGraph.Tests.Graph;

/// <summary>The fold and the naive evaluator, written apart from the same rules, agree on random histories of readings. Ends that are stated are tested by hand.</summary>
public sealed class FoldAgainstNaiveTests
{
    private static readonly DateTimeOffset Start = new(2025, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Drawn from a fixed seed.</summary>
    private static Config Drawn => Config.QuickThrowOnFailure.WithReplay(2025, 11);

    private static readonly Gen<Observation.Fact> Nodes =
        from id in Gen.Elements("kim", "lee")
        from state in Gen.Elements<string?>("Active", "Disabled", null)
        from mfa in Gen.Elements<PropertyValue?>(PropertyValue.Of(true), PropertyValue.Of(false), PropertyValue.None, null)
        from name in Gen.Elements<string?>("Kim", "K.", null)
        select (Observation.Fact)new Observation.SawNode { Id = id, Kind = "Account", Properties = Props(("state", state is null ? null : PropertyValue.Of(state)), ("mfa", mfa), ("name", name is null ? null : PropertyValue.Of(name))) };

    private static readonly Gen<Observation.Fact> Edges =
        from of in Gen.Elements("kim", "lee")
        from gates in Gen.Elements<string?>("managedDevice", "corpNetwork", null)
        select (Observation.Fact)new Observation.SawEdge { Kind = "MEMBER_OF", Of = of, To = "admins", Properties = Props(("gates", gates is null ? null : PropertyValue.Of([gates]))) };

    private static readonly Gen<EvidenceGrade> Grades = Gen.Frequency((4, Gen.Constant(EvidenceGrade.SystemState)), (1, Gen.Constant(EvidenceGrade.TicketRecord)));

    private static KeyValuePair<string, PropertyValue>[] Props(params (string Name, PropertyValue? Value)[] props) =>
        [.. props.Where(prop => prop.Value is not null).Select(prop => KeyValuePair.Create(prop.Name, prop.Value!.Value))];

    private static Gen<Observation> Lines(int day) =>
        from fact in Gen.OneOf(Nodes, Edges)
        from form in Gen.Frequency((5, Gen.Constant(0)), (2, Gen.Constant(1)), (1, Gen.Constant(4)))
        from back in Gen.Choose(0, 9)
        from grade in Grades
        select Shape(fact, form, day, back, grade);

    private static Observation Shape(Observation.Fact fact, int form, int day, int back, EvidenceGrade grade) => form switch
    {
        1 => fact with { Grade = grade, From = Day(day - back).AddHours(-6) },
        4 when fact is Observation.SawNode node => new Observation.SeenUnreadable { Id = node.Id, Stream = "Account" },
        _ => fact with { Grade = grade },
    };

    private static readonly Gen<History> Histories =
        from count in Gen.Choose(1, 6)
        from steps in Gen.Choose(1, 5).ArrayOf(count)
        from runs in Gen.CollectToArray(steps.Select((_, i) => Runs(i, steps.Take(i + 1).Sum())))
        select new History([.. runs]);

    private static Gen<(SealedRun Run, IReadOnlyList<Observation> Lines)> Runs(int index, int day) =>
        from source in Gen.Elements("okta", "hr")
        from full in Gen.Frequency((3, Gen.Constant(true)), (1, Gen.Constant(false)))
        from complete in Gen.Frequency((3, Gen.Constant(true)), (1, Gen.Constant(false)))
        from size in Gen.Choose(0, 3)
        from lines in Lines(day).ArrayOf(size)
        select (new SealedRun(
            index + 1,
            new RunHeader { Source = source, StartedAt = Day(day), RecordedAt = Day(day), Mode = full ? RunMode.Full : RunMode.Delta, Interval = TimeSpan.FromDays(400) },
            new RunOutcome(),
            0,
            ""), (IReadOnlyList<Observation>)[.. OneLineEach(lines), .. Ends(complete)]);

    /// <summary>One line a subject and run: what two lines of one run mean together is tested by hand.</summary>
    private static IEnumerable<Observation> OneLineEach(IEnumerable<Observation> lines) => lines.DistinctBy(line => line switch
    {
        Observation.SawNode node => node.Id,
        Observation.SeenUnreadable seen => seen.Id,
        Observation.SawEdge edge => edge.Of + ">",
        _ => "",
    });

    private static IEnumerable<Observation> Ends(bool complete) =>
        complete ? [new Observation.EndOf { Stream = "Account", Complete = true }, new Observation.EndOf { Stream = "MEMBER_OF", Complete = true }] : [];

    private static DateTimeOffset Day(int day) => Start.AddDays(day);

    [Fact]
    public void Presence_is_what_the_naive_evaluator_finds() => Check.One(Drawn.WithMaxTest(300), Prop.ForAll(Histories.ToArbitrary(), history =>
    {
        var (naive, snapshot) = history.Fold();
        foreach (var half in Enumerable.Range(-20, 90))
        {
            var asOf = Start.AddHours(12 * half);
            var (expected, view) = (new NaiveView(naive, asOf), snapshot.At(asOf));
            foreach (var id in naive.NodeIds.Where(id => !naive.IsPlaceholder(id) && !IsTestedByHand(naive.Nodes[id])))
            {
                Equal(expected.Exists(id), view.Find(id)!.Value.Present, $"{id} at {asOf:u}", history);
            }

            foreach (var edge in naive.EdgeIds.Where(edge => !IsTestedByHand(naive.Edges[edge])))
            {
                Equal(expected.Truth(edge), view.Find(edge.Of)!.Value.Out(EdgeKinds.MemberOf)[0].Holds, $"{edge} at {asOf:u}", history);
            }
        }
    }));

    [Fact]
    public void Values_are_what_the_naive_evaluator_finds() => Check.One(Drawn.WithMaxTest(150), Prop.ForAll(Histories.ToArbitrary(), history =>
    {
        var (naive, snapshot) = history.Fold();
        foreach (var half in Enumerable.Range(-20, 90))
        {
            var asOf = Start.AddHours((12 * half) + 1);
            var (expected, view) = (new NaiveView(naive, asOf), snapshot.At(asOf));

            // An ended thing's last values stay readable here; what was seen and not read since is Disputed here; and where one
            // source lost a node that another still shows, the node did not end, so nothing said of it is set aside.
            foreach (var id in naive.NodeIds.Where(id => expected.Exists(id) is true && (naive.Nodes[id].Count == 1 || naive.Nodes[id].All(claim => claim.Spans.Count() == 1)) && !naive.Nodes[id].Any(claim => claim.Lines.Any(line => line.Until is not null))))
            {
                foreach (var property in new[] { Properties.State, Properties.Mfa, Properties.Name })
                {
                    var (value, reading) = (expected.Of(id, property.Name), view.Find(id)!.Value[property]);
                    var said = value.Said switch { NaiveSaid.NotReported => Known.NotReported, NaiveSaid.None => Known.None, NaiveSaid.Unknown => Known.Disputed, _ => Known.Value };
                    if (said != reading.Known || (said == Known.Value && value.Text != reading.Value.ToString()))
                    {
                        Assert.Fail($"{id} {property} at {asOf:u}: naive {value.Said} {value.Text}, fold {reading.Known} {reading.Value}\n{history}");
                    }
                }
            }
        }
    }));

    /// <summary>Decided differently: a source that only saw the thing says that it is there.</summary>
    private static bool IsTestedByHand(List<NaiveClaim> claims) =>
        claims.All(claim => claim.Lines.All(line => line.Seen)) || (claims.Count > 1 && claims.Any(claim => claim.Lines.All(line => line.Seen)));

    private static void Equal(bool? expected, Truth actual, string what, History history)
    {
        if (TruthLogic.Of(expected) != actual)
        {
            Assert.Fail($"{what}: naive {TruthLogic.Of(expected)}, fold {actual}\n{history}");
        }
    }

    private sealed record History(IReadOnlyList<(SealedRun Run, IReadOnlyList<Observation> Lines)> Runs)
    {
        public (NaiveFacts Naive, GraphSnapshot Snapshot) Fold() => (
            new NaiveFacts(Runs.Select(run => Json(run.Run.Header, run.Lines)), DateTimeOffset.MaxValue),
            GraphSnapshot.Fold(Runs.Select(run => (run.Run, (IEnumerable<Observation>)run.Lines)), DateTimeOffset.MaxValue));

        public override string ToString() => string.Join("\n", Runs.SelectMany(run => Json(run.Run.Header, run.Lines)).Select(line => line.ToJsonString()));

        private static List<JsonObject> Json(RunHeader header, IReadOnlyList<Observation> lines)
        {
            using var stream = new MemoryStream();
            using (var writer = new ExchangeWriter(stream))
            {
                writer.Write(header);
                foreach (var line in lines)
                {
                    writer.Write(line);
                }
            }

            return [.. System.Text.Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
        }
    }
}
