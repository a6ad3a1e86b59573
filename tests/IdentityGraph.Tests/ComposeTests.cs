using System.Diagnostics;
using IdentityGraph.Cli;
using YamlDotNet.RepresentationModel;

namespace IdentityGraph.Tests;

/// <summary>What must hold for every compose file: no password in it, nothing open to the network, nothing run as root.</summary>
public sealed class ComposeTests
{
    public static TheoryData<string> Files() => ["docker-compose.yml", "compose.embedded.yaml"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Ports_are_open_to_this_machine_only(string file) =>
        Assert.All(Services(file).SelectMany(service => List(service, "ports")), port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_password_is_never_written_and_always_a_secret(string file)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, file));
        var told = Services(file).SelectMany(service => Map(service, "environment")).Where(entry => entry.Key.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase) || entry.Key.Contains("AUTH", StringComparison.OrdinalIgnoreCase));

        Assert.All(told, entry => Assert.Contains("/run/secrets/", entry.Value, StringComparison.Ordinal));
        Assert.DoesNotContain("NEO4J_AUTH:", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_program_gets_no_more_rights_than_it_needs(string file)
    {
        var programs = Programs(file);

        Assert.Equal(2, programs.Count);
        Assert.All(programs, program =>
        {
            Assert.Equal("true", ((YamlScalarNode)program.Children["read_only"]).Value);
            Assert.Equal(["ALL"], List(program, "cap_drop"));
            Assert.Equal(["no-new-privileges:true"], List(program, "security_opt"));
            Assert.All(List(program, "volumes").Where(volume => volume.StartsWith('.')), volume => Assert.EndsWith(":ro", volume, StringComparison.Ordinal));
        });
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void One_of_them_collects_unattended_says_that_it_is_alive_and_is_started_again(string file)
    {
        var collector = Assert.Single(Programs(file), program => List(program, "command").FirstOrDefault() == "daemon");
        var probe = List((YamlMappingNode)collector.Children["healthcheck"], "test").ToList();

        Assert.Equal(["CMD", "/app/idgraph", "health"], probe.Take(3));
        Assert.Empty(CommandLine.Create(new GlobalOptions(), Terminal.Real()).Parse([.. List(collector, "command")]).Errors);
        Assert.Empty(CommandLine.Create(new GlobalOptions(), Terminal.Real()).Parse([.. probe.Skip(2)]).Errors);
        Assert.Equal(List(collector, "tmpfs").Single(), Path.GetDirectoryName(Map(collector, "environment").Single(entry => entry.Key == "IDGRAPH__Daemon__Heartbeat").Value));
        Assert.Equal("unless-stopped", ((YamlScalarNode)collector.Children["restart"]).Value);
        Assert.Single(Programs(file), program => program.Children.ContainsKey("profiles"));
    }

    [Fact]
    public void The_program_waits_for_a_server_that_says_it_is_well()
    {
        var server = Assert.Single(Services("docker-compose.yml"), service => !Programs("docker-compose.yml").Contains(service));

        Assert.Contains("wget", List((YamlMappingNode)server.Children["healthcheck"], "test"));
        Assert.All(Programs("docker-compose.yml"), program => Assert.Equal("service_healthy", Map((YamlMappingNode)program.Children["depends_on"], "neo4j").Single().Value));
    }

    [Fact]
    public void The_image_is_built_in_one_stage_and_run_in_another_by_a_user_without_rights()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "Dockerfile"));

        Assert.Equal(2, lines.Count(line => line.StartsWith("FROM ", StringComparison.Ordinal)));
        var user = Assert.Single(lines, line => line.StartsWith("USER ", StringComparison.Ordinal));
        Assert.NotEqual("USER 0", user);
        Assert.Contains(lines, line => line.StartsWith("HEALTHCHECK ", StringComparison.Ordinal) && line.EndsWith("CMD [\"/app/idgraph\", \"health\"]", StringComparison.Ordinal));
        Assert.True(Array.IndexOf(lines, user) > Array.FindLastIndex(lines, line => line.StartsWith("FROM ", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Docker_compose_takes_them(string file)
    {
        var tool = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "docker-compose")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(tool is null, "no docker-compose: install the package docker-compose");
        var folder = Directory.CreateTempSubdirectory("idgraph-compose-").FullName;
        try
        {
            File.Copy(Path.Combine(Repository.Root, file), Path.Combine(folder, file));
            Directory.CreateDirectory(Path.Combine(folder, "secrets"));
            await File.WriteAllTextAsync(Path.Combine(folder, "secrets", "neo4j_auth"), "", TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, "secrets", "neo4j_password"), "", TestContext.Current.CancellationToken);
            using var process = Process.Start(new ProcessStartInfo(tool!, ["-f", file, "config", "--quiet"]) { WorkingDirectory = folder, RedirectStandardError = true })!;
            var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.True(process.ExitCode == 0, said);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<YamlMappingNode> Services(string file)
    {
        var yaml = new YamlStream();
        using var reader = File.OpenText(Path.Combine(Repository.Root, file));
        yaml.Load(reader);
        var services = (YamlMappingNode)((YamlMappingNode)yaml.Documents[0].RootNode).Children["services"];
        return [.. services.Children.Values.Cast<YamlMappingNode>()];
    }

    /// <summary>The services that are the program.</summary>
    private static List<YamlMappingNode> Programs(string file) => [.. Services(file).Where(service => Map(service, "environment").Any(entry => entry.Key == "IDGRAPH__Store"))];

    private static IEnumerable<string> List(YamlMappingNode service, string key) =>
        service.Children.TryGetValue(key, out var list) ? ((YamlSequenceNode)list).Children.Select(item => ((YamlScalarNode)item).Value!) : [];

    private static IEnumerable<KeyValuePair<string, string>> Map(YamlMappingNode service, string key) =>
        service.Children.TryGetValue(key, out var map)
            ? ((YamlMappingNode)map).Children.Select(entry => KeyValuePair.Create(((YamlScalarNode)entry.Key).Value!, ((YamlScalarNode)entry.Value).Value!))
            : [];
}
