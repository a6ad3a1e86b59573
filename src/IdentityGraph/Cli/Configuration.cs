using IdentityGraph.Daemon;
using IdentityGraph.Policies;
using IdentityGraph.Stores;
using YamlDotNet.RepresentationModel;

namespace IdentityGraph.Cli;

/// <summary>A setting is wrong: the message names the place, the key and the way out.</summary>
internal sealed class ConfigurationException(string message) : Exception(message);

/// <summary>
/// Settings, the first that says one wins: flag, `IDGRAPH__Section__Key`, `--config` or `./idgraph.yaml`, default.
/// Unknown keys are errors.
/// </summary>
internal sealed class Configuration
{
    /// <summary>Where the store is unless said otherwise.</summary>
    public const string DefaultStore = "idgraph-data";

    /// <summary>The project file.</summary>
    public const string FileName = "idgraph.yaml";

    private const string EnvironmentPrefix = "IDGRAPH__";

    /// <summary>Beside those of the policy.</summary>
    private static readonly HashSet<string> s_keys = new(["store", "neo4j:user", "neo4j:password", "daemon:heartbeat"], StringComparer.OrdinalIgnoreCase);

    private readonly SortedDictionary<string, (string Value, string Origin)> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every key with its value and where it came from.</summary>
    public IEnumerable<(string Key, string Value, string Origin)> All => _values.Select(pair => (pair.Key, pair.Value.Value, pair.Value.Origin));

    public string Store => _values.TryGetValue("store", out var store) ? store.Value : DefaultStore;

    /// <summary>The file in which a daemon says that it is alive; null: it does not.</summary>
    public string? Heartbeat => _values.TryGetValue("daemon:heartbeat", out var heartbeat) ? heartbeat.Value : null;

    /// <param name="file">As `--config` says; null: ./idgraph.yaml if there is one.</param>
    /// <param name="environment">Environment variables.</param>
    public static Configuration Load(FileInfo? file, IReadOnlyDictionary<string, string> environment)
    {
        var configuration = new Configuration();
        if (file is { Exists: false })
        {
            throw new ConfigurationException($"the configuration file `{file.FullName}` does not exist; `idgraph init` writes one");
        }

        file ??= new FileInfo(FileName);
        if (file.Exists)
        {
            configuration.Read(file);
        }

        foreach (var (name, value) in environment)
        {
            if (name.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase))
            {
                configuration.Set(name[EnvironmentPrefix.Length..].Replace("__", ":", StringComparison.Ordinal), value, $"environment {name}");
            }
        }

        return configuration;
    }

    /// <summary>Who signs in at a store's server; null: nobody is named.</summary>
    /// <exception cref="ConfigurationException">The password is no reference, or what it refers to cannot be had.</exception>
    public StoreCredentials? StoreCredentials(IReadOnlyDictionary<string, string> environment)
    {
        if (!_values.TryGetValue("neo4j:user", out var user) && !_values.ContainsKey("neo4j:password"))
        {
            return null;
        }

        var password = _values.TryGetValue("neo4j:password", out var reference)
            ? SecretReference.Read(reference.Value, $"{reference.Origin}: `neo4j:password`", environment)
            : throw new ConfigurationException($"{user.Origin}: `neo4j:user` is set and `neo4j:password` is not; set it to `env:NAME` or `file:PATH`");
        return new StoreCredentials(user.Value ?? "neo4j", password);
    }

    /// <summary>The default policy with what the settings override.</summary>
    public AnalysisPolicy Policy()
    {
        var policy = new AnalysisPolicy();
        foreach (var (key, (value, origin)) in _values)
        {
            if (key.StartsWith("policy:", StringComparison.OrdinalIgnoreCase))
            {
                policy = PolicySettings.Apply(policy, key["policy:".Length..], value, origin);
            }
        }

        return policy;
    }

    /// <summary>What is collected; empty where nothing is configured.</summary>
    public IReadOnlyList<ConfiguredSource> Sources() => SourceSettings.Read(All, Policy().TimeZone);

    private void Read(FileInfo file)
    {
        if (BoundedYaml.Load(file.FullName).Documents is [var document, ..])
        {
            Flatten(document.RootNode, "", file.Name);
        }
    }

    private void Flatten(YamlNode node, string prefix, string file)
    {
        switch (node)
        {
            case YamlMappingNode mapping:
                foreach (var (key, value) in mapping.Children)
                {
                    Flatten(value, prefix.Length == 0 ? key.ToString() : $"{prefix}:{key}", file);
                }

                break;
            case YamlScalarNode { Value: { Length: > 0 } value }:
                Set(prefix, value, $"{file} line {node.Start.Line}");
                break;
            case YamlScalarNode when SourceSettings.Is(prefix) && prefix.Count(letter => letter == ':') == 1:
                throw new ConfigurationException($"{file} line {node.Start.Line}: {SourceSettings.Fault(prefix)}");
            case YamlScalarNode:
                break;
            case YamlSequenceNode list when SourceSettings.IsList(prefix) && list.Children.All(static one => one is YamlScalarNode { Value: { Length: > 0 } text } && !text.Contains(',', StringComparison.Ordinal)):
                Set(prefix, string.Join(',', list.Children), $"{file} line {node.Start.Line}");
                break;
            default:
                throw new ConfigurationException($"{file} line {node.Start.Line}: {(prefix.Length == 0 ? "the file" : $"`{prefix}`")} is a list; write `key: value`");
        }
    }

    private void Set(string key, string value, string origin)
    {
        if (SourceSettings.Is(key))
        {
            if (SourceSettings.Fault(key) is { } fault)
            {
                throw new ConfigurationException($"{origin}: {fault}");
            }
        }
        else if (!s_keys.Contains(key) && !PolicySettings.Knows(key))
        {
            throw new ConfigurationException($"{origin}: unknown key `{key}`; known are {string.Join(", ", s_keys.Order(StringComparer.Ordinal).Select(known => $"`{known}`"))} {SourceSettings.Keys} and {PolicySettings.Keys}");
        }

        if (key.Equals("neo4j:password", StringComparison.OrdinalIgnoreCase))
        {
            SecretReference.Check(value, $"{origin}: `{key}`");
        }

        _values[key] = (value, origin);
    }
}
