using IdentityGraph.Cli;
using IdentityGraph.Daemon;
using IdentityGraph.Tests.Stores;

namespace IdentityGraph.Tests.Daemon;

/// <summary>What people write under `sources:`, and what of it is refused.</summary>
public sealed class SourceSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_source_is_read_with_all_it_says()
    {
        var sources = Read(
            [],
            "sources:",
            "  okta:",
            "    path: /files/okta/*.ndjson",
            "    format: ndjson",
            "    every: PT15M",
            "    complete: [users, groups]",
            "    strict: true",
            "  hr:",
            "    path: /files/staff.csv",
            "    format: hr-csv",
            "    schedule: 0 0 6 * * ?",
            "    timeZone: Europe/Vienna",
            "    map: /files/hr.yaml",
            "    tenant: acme",
            "    source: workday");

        Assert.Equal(["hr", "okta"], sources.Select(source => source.Name));
        var (hr, okta) = (sources[0], sources[1]);
        Assert.Equal(("/files/staff.csv", "hr-csv", "/files/hr.yaml", "acme", "workday", false), (hr.Path, hr.Format, hr.Map, hr.Tenant, hr.Source, hr.Strict));
        Assert.Equal(new DateTimeOffset(2025, 6, 2, 4, 0, 0, TimeSpan.Zero), hr.Schedule!.GetNextValidTimeAfter(new DateTimeOffset(2025, 6, 1, 12, 0, 0, TimeSpan.Zero)));
        Assert.Equal((TimeSpan.FromMinutes(15), true, null), (okta.Every, okta.Strict, okta.Schedule));
        Assert.Equal(["users", "groups"], okta.Complete);
    }

    [Fact]
    public void The_environment_overrides_a_member_adds_a_source_and_takes_names_in_any_case()
    {
        var sources = Read(
            new() { ["IDGRAPH__Sources__Okta__Path"] = "/mnt/okta.ndjson", ["IDGRAPH__SOURCES__hr__PATH"] = "/mnt/hr.csv", ["IDGRAPH__Sources__okta__Complete"] = "users" },
            "sources: {okta: {path: /files/okta.ndjson, every: PT1H, complete: [users, groups]}}");

        Assert.Equal(["hr", "okta"], sources.Select(source => source.Name));
        Assert.Equal("/mnt/okta.ndjson", sources[1].Path);
        Assert.Equal(["users"], sources[1].Complete);
        Assert.Equal((null, null, "by hand"), (sources[0].Schedule, sources[0].Every, sources[0].When));
    }

    [Theory]
    [InlineData("sources: {okta: {path: a, evry: PT1H}}", "did you mean `every`?")]
    [InlineData("sources: {okta: {every: PT1H}}", "has no `path`")]
    [InlineData("sources: {okta: }", "says nothing")]
    [InlineData("sources: {okta: {path: a, every: 15m}}", "ISO 8601")]
    [InlineData("sources: {okta: {path: a, every: PT1S}}", "from PT10S")]
    [InlineData("sources: {okta: {path: a, schedule: 0 6 * * *}}", "`0 0 6 * * ?`")]
    [InlineData("sources: {okta: {path: a, schedule: 0 0 6 * * ?, every: PT1H}}", "write one of them")]
    [InlineData("sources: {okta: {path: a, schedule: 0 0 6 * * ?, timeZone: Vienna}}", "IANA")]
    [InlineData("sources: {okta: {path: a, format: ndjsn}}", "did you mean `ndjson`?")]
    [InlineData("sources: {okta: {path: a, strict: perhaps}}", "true or false")]
    [InlineData("sources: {okta: {path: '*/a.ndjson'}}", "last part only")]
    [InlineData("sources: {okta: {path: a, complete: ['a,b']}}", "is a list")]
    [InlineData("sources: {okta: {path: a, collectedAt: 2025-06-02T00:00:00Z}}", "cannot be told beforehand")]
    [InlineData("sources: {okta: {path: a, confirmVanish: true}}", "runs hold confirm")]
    [InlineData("sources: {'../okta': {path: a}}", "no name of a source")]
    [InlineData("sources: [{name: okta, path: a}]", "is a list")]
    public void What_cannot_be_meant_is_refused_with_its_place_and_the_way_out(string yaml, string way)
    {
        var refused = Assert.Throws<ConfigurationException>(() => Read([], "# sources", yaml));

        Assert.Contains("line 2", refused.Message, StringComparison.Ordinal);
        Assert.Contains(way, refused.Message, StringComparison.Ordinal);
    }

    private IReadOnlyList<ConfiguredSource> Read(Dictionary<string, string> environment, params string[] lines)
    {
        Directory.CreateDirectory(_folder.Sub());
        var file = new FileInfo(_folder.Sub());
        File.WriteAllLines(file.FullName, lines);
        return Configuration.Load(file, environment).Sources();
    }
}
