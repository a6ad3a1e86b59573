using System.Text.Json.Serialization;
using IdentityGraph.Stores.Embedded;

namespace IdentityGraph.Stores;

/// <summary>What the stores write and read as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WriterRecord))]
internal sealed partial class StoresJson : JsonSerializerContext;
