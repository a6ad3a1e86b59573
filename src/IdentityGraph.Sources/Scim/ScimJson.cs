using System.Text.Json.Serialization;

namespace IdentityGraph.Sources.Scim;

[JsonSerializable(typeof(string))]
internal sealed partial class ScimJson : JsonSerializerContext;
