namespace IdentityGraph.Tests.Sources.BloodHound;

/// <summary>BloodHound's own ingest of the same files is the reference: the triples (start, end, kind) are equal, none missing, none more.</summary>
public sealed class GoldenGraphTests
{
    [Theory]
    [InlineData("bloodhound-v5")]
    [InlineData("bloodhound-v6")]
    public void Every_relationship_has_the_name_and_ends_that_BloodHound_gives_it(string set)
    {
        var golden = SampleFiles.GoldenTriples(SampleFiles.Path(set, "ingested.json"));
        var imported = Imported.From(SampleFiles.Path(set, "raw"), DateTimeOffset.UnixEpoch);

        var ours = imported.Trace.Where(line => line.What == "edge" && line.Became != "refused").Select(line => (line.Start, line.End!, line.Kind)).ToHashSet();

        Assert.Equal([], ours.Except(golden));
        Assert.Equal([], golden.Except(ours));
    }

    [Theory]
    [InlineData("bloodhound-v5")]
    [InlineData("bloodhound-v6")]
    public void Every_object_has_the_kinds_that_BloodHound_gives_it(string set)
    {
        var golden = SampleFiles.GoldenNodes(SampleFiles.Path(set, "ingested.json"));
        var imported = Imported.From(SampleFiles.Path(set, "raw"), DateTimeOffset.UnixEpoch);

        var ours = imported.Trace
            .Where(line => line.What != "edge" && line.Became != "refused")
            .Select(line => (line.Start, Kinds: line.Kind == "LocalGroup" ? "ADLocalGroup Base" : string.Join(' ', new[] { line.Kind, "Base" }.Order(StringComparer.Ordinal))))
            .ToHashSet();

        Assert.Equal([], ByKind(ours.Except(golden)));
        Assert.Equal([], ByKind(golden.Except(ours)));
    }

    /// <summary>How many of which kinds, then which.</summary>
    private static IEnumerable<string> ByKind(IEnumerable<(string Id, string Kinds)> nodes) =>
        nodes.GroupBy(node => node.Kinds).Select(group => $"{group.Count()} {group.Key}: {string.Join(", ", group.Select(node => node.Id).Order(StringComparer.Ordinal))}").Order(StringComparer.Ordinal);

    [Theory]
    [InlineData("bloodhound-v5")]
    [InlineData("bloodhound-v6")]
    public void Nothing_is_refused_but_rights_of_an_object_on_itself(string set)
    {
        var imported = Imported.From(SampleFiles.Path(set, "raw"), DateTimeOffset.UnixEpoch);

        Assert.Equal(["an object's right on itself gives nothing"], imported.Trace.Where(line => line.Became == "refused").Select(line => line.As).Distinct());
        Assert.Equal(10, imported.Trace.Count(line => line.Became == "refused"));
        Assert.Equal(0, imported.Report.RejectCount);
        Assert.Equal(84, imported.Trace.Count(line => line.What == "node"));
    }
}
