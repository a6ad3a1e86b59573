using IdentityGraph.Analyze.Reach;
using IdentityGraph.Collect;
using IdentityGraph.Policies;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Stores.Embedded;
using IdentityGraph.Tests.Stores;

namespace IdentityGraph.Tests.Sources.BloodHound;

/// <summary>A made-up collection of domain LAB.TEST, imported and asked what falls with one object.</summary>
internal sealed class DirectoryEstate
{
    private const string Domain = "S-1-5-21-1-2-3";
    private static readonly DateTimeOffset s_collected = new(2024, 3, 5, 11, 0, 18, TimeSpan.Zero);
    private readonly SortedDictionary<string, List<string>> _files = new(StringComparer.Ordinal);

    public DirectoryEstate(string trusts = "") =>
        Add("domains", Domain, "LAB.TEST", "", $"\"Trusts\":[{trusts}]");

    /// <summary>The node's id: of an object by its number in the domain or its whole identifier; a node's id is itself.</summary>
    public static string Node(string number) => number.Contains(':') ? number : "activedirectory:object/" + Id(number);

    public static string Ace(string number, string type, string right) => $$"""{"PrincipalSID":"{{Id(number)}}","PrincipalType":"{{type}}","RightName":"{{right}}","IsInherited":false}""";

    /// <summary>An object of a file.</summary>
    /// <param name="type">The file's type.</param>
    /// <param name="number">Its number in the domain, or its whole identifier.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="aces">Rights on it.</param>
    /// <param name="more">More of its members.</param>
    /// <param name="properties">More of its properties.</param>
    public DirectoryEstate Add(string type, string number, string name, string aces = "", string more = "", string properties = "")
    {
        if (!_files.TryGetValue(type, out var objects))
        {
            _files[type] = objects = [];
        }

        objects.Add($$$"""{"ObjectIdentifier":"{{{Id(number)}}}","Properties":{"name":"{{{name}}}","domainsid":"{{{Domain}}}"{{{Also(properties)}}}},"Aces":[{{{aces}}}]{{{Also(more)}}}}""");
        return this;
    }

    public DirectoryEstate User(string number, string primary = "513", bool enabled = true, string aces = "") =>
        Add("users", number, "USER" + number, aces, $"\"PrimaryGroupSID\":\"{Id(primary)}\"", $"\"enabled\":{(enabled ? "true" : "false")}");

    public async Task<BlastRadiusAnswer> BlastRadius(string number) =>
        await Ask(async investigation => (await investigation.BlastRadiusAsync(Asked(), [Node(number)], cancellationToken: TestContext.Current.CancellationToken)).Data);

    /// <summary>Whether one object gives another: certain, possible or none.</summary>
    public async Task<string> Gives(string start, string end)
    {
        var reached = (await BlastRadius(start)).Reached.SingleOrDefault(node => node.Id == Node(end));
        return reached is null || reached.Possible.Amplified.Length == 0 ? "none" : reached.Certain.Amplified.Length == 0 ? "possible" : "certain";
    }

    /// <summary>What `assert no-path` says.</summary>
    public async Task<AssertionAnswer> NoPath(string start, string end) => await Ask(async investigation => (await investigation.AssertAsync(
        Asked(),
        new AssertQuestion { Assertions = [new NoPathAssertion { From = new Chosen { Ids = [Node(start)] }, To = new Chosen { Ids = [Node(end)] } }] },
        TestContext.Current.CancellationToken)).Data.Assertions.Single());

    /// <summary>What the import warns of.</summary>
    public IReadOnlyList<string> Warnings() => Read().Report.Warnings;

    /// <summary>What the reader makes of it.</summary>
    public Imported Read()
    {
        using var folder = new TemporaryFolder();
        return Imported.From(Write(folder.Sub()));
    }

    /// <summary>An object's identifier, by its number in the domain; a whole identifier is itself.</summary>
    public static string Id(string number) => number.All(char.IsAsciiDigit) ? Domain + "-" + number : number;

    private static Ask Asked() => new() { AsOf = s_collected.AddDays(1), Profile = AttackerProfile.ExternalBearer };

    private static string Also(string members) => members.Length > 0 ? "," + members : "";

    private async Task<T> Ask<T>(Func<Investigation, Task<T>> question)
    {
        using var folder = new TemporaryFolder();
        var clock = new StoppedClock(s_collected.AddDays(2));
        await using var store = EmbeddedGraphStore.Create(folder.Sub(), new EmbeddedStoreOptions { Time = clock });
        var result = await Pipeline.ImportAsync(new BloodHoundFormat(), new ImportRequest { Path = Write(folder.Sub()), CollectedAt = s_collected }, store, null, TestContext.Current.CancellationToken);
        Assert.Equal(ImportVerdict.Clean, result.Verdict);
        return await question(new Investigation(store, new AnalysisPolicy(), clock));
    }

    private string Write(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (type, objects) in _files)
        {
            File.WriteAllText(Path.Combine(folder, $"20240305110018_{type}.json"), $$$"""{"data":[{{{string.Join(",", objects)}}}],"meta":{"methods":0,"type":"{{{type}}}","count":0,"version":6}}""");
        }

        return folder;
    }
}
