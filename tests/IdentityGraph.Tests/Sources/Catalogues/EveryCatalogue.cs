using System.Text.RegularExpressions;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Catalogues;

namespace IdentityGraph.Tests.Sources.Catalogues;

/// <summary>What holds of every catalogue and every row of it; a new data file is held to it without a line here.</summary>
public sealed partial class EveryCatalogue
{
    public static TheoryData<string> Names => [.. CatalogueFiles.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_valid_rows(string name)
    {
        var catalogue = ScopeCatalogue.Of(name);
        var page = File.ReadAllText(Repository.File("docs/catalogues.md"));

        Assert.Contains($"`{name}`", page);
        Assert.Matches(Day(), catalogue.Version);
        Assert.NotEmpty(catalogue.Rows);
        Assert.Empty(catalogue.Rows.SelectMany(row => Wrong(row, catalogue)));
        Assert.Equal(catalogue.Rows.Select(row => row.Source).Distinct().Order(), catalogue.Origins.Keys.Order());
        Assert.All(catalogue.Origins.Values, origin => Assert.True(origin.Length > 20, origin));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_nothing_twice_in_any_case(string name)
    {
        var catalogue = ScopeCatalogue.Of(name);

        var words = catalogue.Rows.Select(row => row.Word).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.Equal(catalogue.Rows.Count, words.Count);
        Assert.Empty(catalogue.Rows.SelectMany(row => row.Aliases).GroupBy(alias => alias, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1 || words.Contains(group.Key)).Select(group => group.Key));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_sorted_in_its_file(string name)
    {
        using var reader = new StreamReader(CatalogueFiles.Open(name));
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var words = lines.SkipWhile(line => line.StartsWith('#')).Skip(1).Select(line => line.Split('\t')[0]).ToList();

        Assert.Equal(words.Order(StringComparer.Ordinal), words);
    }

    /// <summary>What breaks the model: a level that is not that of the highest right is refused by the reader already.</summary>
    private static IEnumerable<string> Wrong(CatalogueRow row, ScopeCatalogue catalogue)
    {
        if (row.Rights is { } rights && (rights & ~Rights.All) != Rights.None)
        {
            yield return $"{row.Word}: rights";
        }

        if (row.Level is { } level && !RightsLogic.Of(level).Has((row.Rights!.Value) & RightsLogic.Of(level)))
        {
            yield return $"{row.Word}: level";
        }

        if (row.Rights is { } held && held != Rights.None && row.Level!.Value != Enum.GetValues<Level>().Where(each => held.Has(HighestOf(each))).Max())
        {
            yield return $"{row.Word}: the level is not that of the highest right";
        }

        var capabilities = row.Capabilities.Concat(row.LimitedCapabilities).ToList();
        if (capabilities.Except(Properties.Capability.Words).Any() || capabilities.Distinct().Count() != capabilities.Count)
        {
            yield return $"{row.Word}: capabilities";
        }

        if (row.Types.Except(["application", "delegated"]).Any())
        {
            yield return $"{row.Word}: types";
        }

        if (!catalogue.Origins.ContainsKey(row.Source))
        {
            yield return $"{row.Word}: source";
        }
    }

    private static Rights HighestOf(Level level) => level == Level.L0 ? Rights.None : (Rights)(1 << ((int)level - 1));

    [GeneratedRegex(@"^20\d\d-\d\d-\d\d$")]
    private static partial Regex Day();
}
