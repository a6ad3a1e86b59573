using System.Text.Json;
using System.Text.Json.Serialization;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

/// <summary>How answers serialize: camel case, absent knowledge as null, instants in UTC with `Z`. One line per question.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    Converters = [typeof(InstantJson)])]
[JsonSerializable(typeof(Answer<BlastRadiusAnswer>))]
[JsonSerializable(typeof(Answer<BlastRadiiAnswer>))]
[JsonSerializable(typeof(Answer<ExposureAnswer>))]
[JsonSerializable(typeof(Answer<ExposureMarkAnswer>))]
[JsonSerializable(typeof(Answer<ResidueAnswer>))]
[JsonSerializable(typeof(Answer<InfluenceAnswer>))]
[JsonSerializable(typeof(Answer<SpawnedAnswer>))]
[JsonSerializable(typeof(Answer<DormantAnswer>))]
[JsonSerializable(typeof(Answer<PathAnswer>))]
[JsonSerializable(typeof(Answer<WhyNotAnswer>))]
[JsonSerializable(typeof(Answer<CutsAnswer>))]
[JsonSerializable(typeof(Answer<ChokePointsAnswer>))]
[JsonSerializable(typeof(Answer<AssertAnswer>))]
[JsonSerializable(typeof(Answer<ImportAnswer>))]
[JsonSerializable(typeof(Answer<LeaversAnswer>))]
[JsonSerializable(typeof(Answer<OrphansAnswer>))]
[JsonSerializable(typeof(Answer<HandoffListAnswer>))]
[JsonSerializable(typeof(Answer<HandoffsAnswer>))]
[JsonSerializable(typeof(Answer<IdentityFindAnswer>))]
[JsonSerializable(typeof(Answer<IdentityAnswer>))]
[JsonSerializable(typeof(Answer<IdentityChainAnswer>))]
[JsonSerializable(typeof(TraceLine))]
[JsonSerializable(typeof(Answer<FindingsAnswer>))]
[JsonSerializable(typeof(Answer<RulesAnswer>))]
[JsonSerializable(typeof(Answer<ScenarioAnswer>))]
[JsonSerializable(typeof(Answer<QueryAnswer>))]
[JsonSerializable(typeof(Answer<SavedQueriesAnswer>))]
public sealed partial class AnswerJson : JsonSerializerContext;

/// <summary>Instants as RFC 3339 in UTC with as many decimals as are needed.</summary>
public sealed class InstantJson : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Instants.TryParse(reader.GetString(), out var instant) ? instant : throw new JsonException("an instant is written as RFC 3339 with `Z` or an offset");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Instants.ToText(value));
}
