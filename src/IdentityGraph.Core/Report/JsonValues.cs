using System.Buffers;
using System.Text.Json;
using IdentityGraph.Graph;

namespace IdentityGraph.Report;

/// <summary>Property values as they print in answers: text, list, flag, number, or JSON null for none.</summary>
internal static class JsonValues
{
    public static JsonElement Null { get; } = Of(PropertyValue.None);

    public static JsonElement Of(PropertyValue value)
    {
        if (value.Shape == PropertyValue.ValueShape.Json && TryParse(value.AsText(), out var parsed))
        {
            return parsed;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, value);
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter writer, PropertyValue value)
    {
        switch (value.Shape)
        {
            case PropertyValue.ValueShape.None:
                writer.WriteNullValue();
                break;
            case PropertyValue.ValueShape.Flag:
                writer.WriteBooleanValue(value.AsFlag() is true);
                break;
            case PropertyValue.ValueShape.Number:
                writer.WriteNumberValue(value.AsNumber() ?? 0);
                break;
            case PropertyValue.ValueShape.TextList:
                writer.WriteStartArray();
                foreach (var text in value.AsTexts())
                {
                    writer.WriteStringValue(text);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(value.AsText());
                break;
        }
    }

    private static bool TryParse(string? json, out JsonElement parsed)
    {
        parsed = default;
        try
        {
            using var document = JsonDocument.Parse(json ?? "");
            parsed = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
