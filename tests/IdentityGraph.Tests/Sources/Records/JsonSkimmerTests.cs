using System.Text;
using System.Text.Json;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Tests.Sources.Records;

public sealed class JsonSkimmerTests
{
    private static readonly string[] s_texts = ["", "a", "}", "]{[", "\\\"", "\\\\", "\\\\\\\"}", "\\u007d", "naïve ☃", "CN=USER\\\\01,OU=[STAFF],DC=EXAMPLE,DC=TEST", new('x', 150)];

    [Fact]
    public void A_value_ends_where_reading_its_tokens_says_it_does()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var json = new StringBuilder();
            Write(json, new Random(seed), 0);
            var bytes = Encoding.UTF8.GetBytes(json + ",{\"behind\":[]}]}}");
            var reader = new Utf8JsonReader(bytes.AsSpan(0, Encoding.UTF8.GetByteCount(json.ToString())));
            Assert.True(reader.Read() && reader.TrySkip());

            Assert.Equal((int)reader.BytesConsumed, new JsonSkimmer(0).Skim(bytes));
        }
    }

    [Fact]
    public void Pieces_say_the_same_as_the_whole_and_a_cut_value_has_no_end()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var json = new StringBuilder();
            Write(json, new Random(seed), 0);
            var bytes = Encoding.UTF8.GetBytes(json.ToString());
            var cut = new Random(seed).Next(bytes.Length);

            var skimmer = new JsonSkimmer(0);
            Assert.Equal(-1, skimmer.Skim(bytes.AsSpan(0, cut)));
            Assert.Equal(bytes.Length - cut, skimmer.Skim(bytes.AsSpan(cut)));
        }
    }

    /// <summary>An object or list; what is in it nests at most five deep.</summary>
    private static void Write(StringBuilder json, Random random, int depth)
    {
        var isObject = random.Next(2) == 0;
        json.Append(isObject ? '{' : '[');
        var members = random.Next(6);
        for (var member = 0; member < members; member++)
        {
            json.Append(member == 0 ? "" : random.Next(4) == 0 ? ", \r\n" : ",");
            json.Append(isObject ? $"\"{Text(random)}\":" : "");
            switch (random.Next(depth < 5 ? 4 : 2))
            {
                case 0:
                    json.Append('"').Append(Text(random)).Append('"');
                    break;
                case 1:
                    json.Append(random.Next() % 3 == 0 ? "null" : "-12.5e3");
                    break;
                default:
                    Write(json, random, depth + 1);
                    break;
            }
        }

        json.Append(isObject ? '}' : ']');
    }

    private static string Text(Random random) => s_texts[random.Next(s_texts.Length)];
}
