using System.Buffers;
using System.Text;
using System.Text.Json;

namespace IdentityGraph.Collect.Exchange;

/// <summary>A value of a member or property that nobody knows, kept as JSON on one line. Its texts are held to the same rules as all others.</summary>
/// <param name="Json">Without needless white space.</param>
/// <param name="Texts">Its elements where it is a list of texts only; null otherwise.</param>
internal readonly record struct UnrecognisedJson(string Json, string[]? Texts)
{
    /// <param name="reader">At the value; left at its last token.</param>
    /// <param name="member">Named where something in it is wrong.</param>
    /// <param name="context">Checks its texts.</param>
    public static UnrecognisedJson Read(ref Utf8JsonReader reader, string member, LineContext context)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var names = new Stack<HashSet<string>>();
        var texts = reader.TokenType == JsonTokenType.StartArray ? new List<string>() : null;
        var name = member;
        var depth = 0;
        do
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    names.Push([]);
                    writer.WriteStartObject();
                    depth++;
                    texts = null;
                    break;
                case JsonTokenType.StartArray:
                    writer.WriteStartArray();
                    texts = depth++ == 0 ? texts : null;
                    break;
                case JsonTokenType.EndObject:
                    names.Pop();
                    writer.WriteEndObject();
                    depth--;
                    break;
                case JsonTokenType.EndArray:
                    writer.WriteEndArray();
                    depth--;
                    break;
                case JsonTokenType.PropertyName:
                    name = reader.GetString()!;
                    if (!names.Peek().Add(name))
                    {
                        throw LineContext.Twice(name);
                    }

                    writer.WritePropertyName(LineContext.Guarded(name, member));
                    break;
                case JsonTokenType.String:
                    var text = LineContext.GuardedByName(LineContext.Text(ref reader, name), name);
                    texts?.Add(text);
                    writer.WriteStringValue(text);
                    break;
                default:
                    if (reader.TokenType == JsonTokenType.Number && !(reader.TryGetDouble(out var number) && double.IsFinite(number)))
                    {
                        throw new BadLineException(member, $"`{member}` holds a number that is not finite");
                    }

                    texts = null;
                    writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                    break;
            }
        }
        while (depth > 0 && reader.Read());

        writer.Flush();
        return new(Encoding.UTF8.GetString(buffer.WrittenSpan), texts?.ToArray());
    }
}
