using System.Text.Json.Serialization;
using IdentityGraph.Stores.Collecting;
using IdentityGraph.Stores.Embedded;

namespace IdentityGraph.Stores;

/// <summary>What the stores write and read as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WriterRecord))]
[JsonSerializable(typeof(SourceRecord))]
internal sealed partial class StoresJson : JsonSerializerContext;
