using IdentityGraph.Collect;
using IdentityGraph.Sources;

namespace IdentityGraph.Tests.Sources;

/// <summary>A secret in the place of any word of a file gets nowhere: neither as it is, nor in other letters, in which nobody would know it again.</summary>
public sealed class PlantedSecretsTests
{
    public static TheoryData<int> Files() => [.. Enumerable.Range(0, PlantedSecrets.Samples.Count)];

    [Theory]
    [MemberData(nameof(Files))]
    public void In_the_place_of_any_word_it_gets_nowhere_in_any_letters(int number)
    {
        var sample = PlantedSecrets.Samples[number];
        var (taken, leaks) = (0, new List<string>());
        foreach (var (text, secret, place) in PlantedSecrets.In(sample))
        {
            taken += Read(sample with { Text = text }, secret, place, leaks) ? 1 : 0;
        }

        Assert.True(leaks.Count == 0, string.Join('\n', leaks));
        Assert.True(taken > 0, "nothing was read with a secret in it");
    }

    [Theory]
    [MemberData(nameof(Tenants))]
    public void A_tenant_that_is_one_is_left_out_and_the_object_is_kept(string secret)
    {
        var azure = PlantedSecrets.Larger.First(sample => sample.Format == "azurehound");
        var text = azure.Text.Replace("\"tenantId\":\"t1\"", $"\"tenantId\":\"{secret}\"", StringComparison.Ordinal);

        List<string> leaks = [];
        Assert.True(Read(azure with { Text = text }, secret, "tenantId", leaks));
        Assert.Empty(leaks);
        using var story = new FileStory(FileFormats.Find("azurehound")!);
        Assert.Equal("", story.Read("azure.json", text).Runs.Single().Header.Tenant);
        Assert.Contains("azure:object/u1", story.Nodes("Account"));
        Assert.Contains(story.Rejects, reject => reject.Contains("tenantId", StringComparison.Ordinal));
    }

    public static TheoryData<string> Tenants() => [.. PlantedSecrets.All];

    private static bool Read(SourceSample sample, string secret, string place, List<string> leaks)
    {
        using var story = new FileStory(FileFormats.Find(sample.Format)!);
        var said = "";
        try
        {
            story.Read(new ImportRequest { Path = story.Write(sample.File, sample.Text), Tenant = sample.Tenant, CollectedAt = FileStory.Day });
        }
        catch (RefusedInputException refused)
        {
            said = refused.Message;
        }

        var kept = string.Join('\n', story.All.OfType<Observation>().SelectMany(observation => observation.Unrecognised).Select(pair => pair.Key + pair.Value));
        foreach (var (where, all) in new[] { ("refusal", said), ("kept", kept), ("told", story.Everything()) })
        {
            leaks.AddRange(PlantedSecrets.PartsOf(secret).Where(part => all.Contains(part, StringComparison.OrdinalIgnoreCase)).Select(part => $"{where}, {sample.Format}, in the place of `{place}`: {LineOf(all, part)}"));
        }

        return said.Length == 0;
    }

    /// <summary>The line that holds it: the secrets are made up.</summary>
    private static string LineOf(string all, string part) => string.Concat(all.Split('\n').First(line => line.Contains(part, StringComparison.OrdinalIgnoreCase)).Take(300));
}
