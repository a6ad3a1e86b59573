using System.Text.Json.Serialization;

namespace IdentityGraph.Cli;

/// <summary>JSON of what is not an answer about the graph.</summary>
[JsonSerializable(typeof(Dictionary<string, string?>[]))]
internal sealed partial class CliJson : JsonSerializerContext;
