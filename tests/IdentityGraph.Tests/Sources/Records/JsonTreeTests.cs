using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Tests.Sources.Records;

/// <summary>The table of tokens says what a document of the same bytes says, and takes nothing else.</summary>
public sealed class JsonTreeTests
{
    private const int Depth = 8;

    private static readonly JsonDocumentOptions s_careful = new() { MaxDepth = Depth, AllowDuplicateProperties = false };

    [Fact]
    public void Whatever_is_thrown_at_it_it_says_what_a_document_says()
    {
        var tree = new JsonTree(Depth, careful: true);
        var random = new Random(20_260_101);
        var (taken, refused) = (0, 0);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(Written(random, 0));
            if (round % 2 == 0)
            {
                Damage(bytes, random);
            }

            var said = BySaying(bytes, tree);
            Assert.True(ByDocument(bytes) == said, $"`{Encoding.Latin1.GetString(bytes)}`: {said}");
            (taken, refused) = said.StartsWith('!') ? (taken, refused + 1) : (taken + 1, refused);
        }

        Assert.InRange(taken, 5_000, 19_000);
        Assert.InRange(refused, 1_000, 15_000);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[ 1 ,\n\"a\" , true,false ,null,-0.5e+3 ]")]
    [InlineData("""{"a":{"b":[{"c":"}]{["}]},"":0}""")]
    [InlineData("""["\\","\"","\\\"","a\u0041\n","é"]""")]
    [InlineData("""{"a\u0062":1,"ac":2}""")]
    [InlineData("\"text\"")]
    [InlineData("17")]
    public void What_is_json_is_read_as_it_is_written(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        Assert.Equal(ByDocument(bytes), BySaying(bytes, new JsonTree(Depth, careful: true)));
    }

    [Theory]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{a:1}")]
    [InlineData("{\"a\":1:2}")]
    [InlineData("[1 2]")]
    [InlineData("[01]")]
    [InlineData("[1.]")]
    [InlineData("[+1]")]
    [InlineData("[1e]")]
    [InlineData("[tru]")]
    [InlineData("[\"a\tb\"]")]
    [InlineData("[\"\\x\"]")]
    [InlineData("[\"\\u12g4\"]")]
    [InlineData("[\\\"a\"]")]
    [InlineData("[1\f2]")]
    [InlineData("{\"a\":[}]}")]
    [InlineData("[1}")]
    [InlineData("[1] 2")]
    [InlineData("[/*1*/]")]
    [InlineData("[\"a\"1]")]
    [InlineData("[1\"a\"]")]
    [InlineData("[x\"a\"]")]
    [InlineData("{\"a\"x:1}")]
    [InlineData("{x\"a\":1}")]
    [InlineData("{\"a\":{}1}")]
    [InlineData("[[]é]")]
    [InlineData("[[]\u00A0,1]")]
    public void What_is_no_json_is_refused(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        Assert.ThrowsAny<JsonException>(() => new JsonTree(Depth, careful: true).Read(bytes, 0, bytes.Length, out _, out _));
    }

    [Fact]
    public void A_number_is_one_wherever_it_stands_in_what_is_looked_at_together()
    {
        for (var blanks = 0; blanks < 140; blanks++)
        {
            var gap = new string(' ', blanks);
            var one = Encoding.UTF8.GetBytes($"[{gap}-12.5e3\n{gap},\"{gap}\"]");
            var two = Encoding.UTF8.GetBytes($"[{gap}12{gap} 5]");

            Assert.Equal(ByDocument(one), BySaying(one, new JsonTree(Depth, careful: true)));
            Assert.Equal("!", BySaying(two, new JsonTree(Depth, careful: true)));
        }
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""", "a member stands twice in one object, and nobody knows which was meant")]
    [InlineData("""[{"b":{"a":1,"x":0,"\u0061":2}}]""", "a member stands twice in one object, and nobody knows which was meant")]
    [InlineData("""{"a":{"b":1},"b":{"b":2}}""", null)]
    [InlineData("[[[[[[[[[1]]]]]]]]]", "it is nested deeper than 8")]
    [InlineData("[[[[[[[[1]]]]]]]]", null)]
    public void What_nobody_knows_how_to_read_is_told(string text, string? why)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var root = new JsonTree(Depth, careful: true).Read(bytes, 0, bytes.Length, out var problem, out _);

        Assert.Equal((why, why is null), (problem, root.ValueKind != JsonValueKind.Undefined));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(1_000)]
    public void A_member_that_stands_twice_is_found_among_many(int members)
    {
        var once = "{" + string.Join(',', Enumerable.Range(0, members).Select(number => $"\"member{number}\":{number}")) + "}";
        var twice = once[..^1] + $",\"member{members / 2}\":0}}";

        Assert.Null(Problem(once, careful: true));
        Assert.StartsWith("a member stands twice", Problem(twice, careful: true), StringComparison.Ordinal);
        Assert.Null(Problem(twice, careful: false));
    }

    [Fact]
    public void Where_a_member_may_stand_twice_the_last_counts()
    {
        var bytes = """{"a":1,"b":2,"a":3}"""u8.ToArray();
        var root = new JsonTree(Depth, careful: false).Read(bytes, 0, bytes.Length, out _, out _);

        Assert.Equal("3", root["a"u8].GetRawText());
        Assert.Equal(JsonValueKind.Undefined, root["c"u8].ValueKind);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused_where_asked_and_state_nothing_elsewhere()
    {
        byte[] bytes = [.. "{\"a\":\""u8, 0xC3, 0x28, .. "\",\"b\":\"good\"}"u8];
        var careful = new JsonTree(Depth, careful: true).Read(bytes, 0, bytes.Length, out var problem, out _);
        var lenient = new JsonTree(Depth, careful: false).Read(bytes, 0, bytes.Length, out var none, out _);

        Assert.Equal("it holds bytes that are not UTF-8; write the file as UTF-8", problem);
        Assert.Equal(JsonValueKind.Undefined, careful.ValueKind);
        Assert.Equal((null, null, "good"), (none, lenient["a"u8].GetString(), lenient["b"u8].GetString()));
    }

    [Fact]
    public void A_copy_stands_when_its_tree_is_filled_again()
    {
        var first = """{"x":[1,{"a":"one","b":[true,"two"]}]}"""u8.ToArray();
        var tree = new JsonTree(Depth, careful: true);
        var part = default(JsonValue);
        foreach (var element in tree.Read(first, 0, first.Length, out _, out _)["x"u8].EnumerateArray())
        {
            part = element.Copy();
        }

        Array.Clear(first);
        tree.Read("[0]"u8.ToArray(), 0, 3, out _, out _);

        Assert.Equal("""{"a":"one","b":[true,"two"]}""", part.GetRawText());
        Assert.Equal("one", part["a"u8].GetString());
        Assert.Equal(2, part["b"u8].GetArrayLength());
    }

    [Fact]
    public void Numbers_times_and_texts_are_those_of_a_document()
    {
        var bytes = """{"n":12,"big":12345678901,"d":-1.5e2,"t":"2024-01-02T03:04:05Z","half":"\ud800","odd":"\u0061"}"""u8.ToArray();
        var json = new JsonTree(Depth, careful: true).Read(bytes, 0, bytes.Length, out _, out _);

        Assert.True(json["n"u8].TryGetInt32(out var small));
        Assert.False(json["big"u8].TryGetInt32(out _));
        Assert.True(json["big"u8].TryGetInt64(out var big));
        Assert.False(json["d"u8].TryGetInt64(out _));
        Assert.True(json["d"u8].TryGetDouble(out var broken));
        Assert.True(json["t"u8].TryGetDateTimeOffset(out var time));
        Assert.Equal((12, 12_345_678_901, -150.0, new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.Zero)), (small, big, broken, time));
        Assert.Null(json["half"u8].GetString());
        Assert.True(json["odd"u8].ValueEquals("a"u8));
        Assert.False(json["odd"u8].ValueEquals("b"u8));
    }

    private static string? Problem(string text, bool careful)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        new JsonTree(Depth, careful).Read(bytes, 0, bytes.Length, out var problem, out _);
        return problem;
    }

    /// <summary>A value at random, with what trips readers: escapes, brackets in texts, blanks, depth, members twice.</summary>
    private static string Written(Random random, int level)
    {
        var blank = random.Next(6) == 0 ? " \n" : "";
        return blank + random.Next(level > 9 ? 4 : 8) switch
        {
            0 => new[] { "true", "false", "null" }[random.Next(3)],
            1 => new[] { "0", "-1", "12.50", "1e9", "-0.1E-2", "123456789012345678901234567890" }[random.Next(6)],
            2 or 3 => Text(random),
            4 or 5 => "[" + string.Join(',', Enumerable.Range(0, random.Next(5)).Select(_ => Written(random, level + 1))) + blank + "]",
            _ => "{" + string.Join(',', Enumerable.Range(0, random.Next(6)).Select(_ => Text(random) + blank + ":" + Written(random, level + 1))) + blank + "}",
        } + blank;
    }

    private static string Text(Random random) =>
        "\"" + string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => new[] { "a", "b", "name", "\\\"", "\\\\", "\\u0061", "{", "]", ",", ":", "é", "long text that is more than one block of bytes when it recurs " }[random.Next(12)])) + random.Next(30) + "\"";

    private static void Damage(byte[] bytes, Random random)
    {
        const string odd = "{}[]\",:\\ 0a\t-e.\f\u0001";
        bytes[random.Next(bytes.Length)] = random.Next(20) == 0 ? (byte)0xC3 : (byte)odd[random.Next(odd.Length)];
    }

    private static string ByDocument(byte[] bytes)
    {
        if (!Utf8.IsValid(bytes))
        {
            return "!";
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, s_careful);
            var text = new StringBuilder();
            Say(document.RootElement, text);
            return text.ToString();
        }
        catch (JsonException)
        {
            return "!";
        }
    }

    private static string BySaying(byte[] bytes, JsonTree tree)
    {
        // As it lies in a file: after something, and with more behind it.
        var trimmed = bytes.AsSpan().Trim(" \n\r\t"u8);
        byte[] file = [.. "[["u8, .. trimmed, .. " , \"next\\\\\" ] }"u8];
        try
        {
            var text = new StringBuilder();
            Say(tree.Read(file, 2, trimmed.Length, out var problem, out _), text);
            return problem is null ? text.ToString() : "!";
        }
        catch (JsonException)
        {
            return "!";
        }
    }

    private static void Say(JsonElement json, StringBuilder to)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject())
                {
                    Say(member.Value, to.Append('.').Append(member.Name).Append('='));
                }

                to.Append('}');
                break;
            case JsonValueKind.Array:
                foreach (var element in json.EnumerateArray())
                {
                    Say(element, to.Append(';'));
                }

                to.Append(']');
                break;
            default:
                to.Append(json.ValueKind == JsonValueKind.String ? json.GetString() : json.GetRawText()).Append('|');
                break;
        }
    }

    private static void Say(JsonValue json, StringBuilder to)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Undefined:
                break;
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject())
                {
                    Say(member.Value, to.Append('.').Append(member.Name).Append('='));
                }

                to.Append('}');
                break;
            case JsonValueKind.Array:
                foreach (var element in json.EnumerateArray())
                {
                    Say(element, to.Append(';'));
                }

                to.Append(']');
                break;
            default:
                to.Append(json.ValueKind == JsonValueKind.String ? json.GetString() : json.GetRawText()).Append('|');
                break;
        }
    }
}
