using System.Text;
using System.Text.Json;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Tests.Sources.Records;

/// <summary>One element at a time, whatever arrives, and the place of what cannot be read.</summary>
public sealed class JsonCursorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    [InlineData(100_000)]
    public void The_elements_are_those_of_the_whole_document_however_the_bytes_arrive(int piece)
    {
        var elements = Enumerable.Range(0, 300).Select(number => (number % 5) switch
        {
            0 => $"{{\"id\":{number},\"text\":\"}}]\\\"{new string('x', number)}\"}}",
            1 => $"[{number},[],{{}}]",
            2 => $"\"a, \\\\ ] {number}\"",
            3 => $"-{number}.5e1",
            _ => "null",
        }).ToArray();
        using var json = new JsonCursor(new Pieces($"{{\"skipped\":{{\"a\":[\"]\"]}},\"list\":[ {string.Join(" ,\n", elements)} ]}} ", piece), 1 << 20);

        Assert.Equal(elements, Read(json));
        json.ExpectEnd(CancellationToken.None);
    }

    [Theory]
    [InlineData("""{"list":[{"a":tru},1]}""", "(at byte 14)")]
    [InlineData("""{"list":[{"a":[}]},1]}""", "(at byte 15)")]
    [InlineData("""{"list":[1,{"a":""", "the file ends in the middle (at byte 16)")]
    [InlineData("""{"list":[1,{"a":}""", "(at byte 16)")]
    [InlineData("""{"list":[1 2]}""", "(at byte 11)")]
    [InlineData("", "the file is empty")]
    public void What_is_no_json_is_said_with_its_place(string text, string said)
    {
        using var json = new JsonCursor(new Pieces(text, 7), 1 << 20);

        Assert.EndsWith(said, Assert.ThrowsAny<JsonException>(() => Read(json)).Message);
    }

    [Theory]
    [InlineData("""{"a":[[[[[[[[1]]]]]]]]}""", "it is nested deeper than 8")]
    [InlineData("""{"a":1,"a":2}""", "a member stands twice in one object, and nobody knows which was meant")]
    [InlineData("""{"a":[[[[[[[1]]]]]]]}""", null)]
    public void What_is_json_and_cannot_be_read_is_passed_over(string element, string? why)
    {
        using var json = new JsonCursor(new Pieces($"[{element},7]", 5), 1 << 20);
        json.Begin();
        json.Token(CancellationToken.None);
        var tree = new JsonTree(8, careful: true);
        json.Take(tree, CancellationToken.None);
        var value = json.Taken(tree, out var problem);

        Assert.Equal((why is null ? JsonValueKind.Object : JsonValueKind.Undefined, why), (value.ValueKind, problem));
        Assert.True(json.Take(CancellationToken.None));
        Assert.Equal("7", Encoding.UTF8.GetString(json.Value.Span));
        Assert.False(json.Take(CancellationToken.None));
    }

    [Fact]
    public void A_value_larger_than_may_be_is_not_held_and_one_that_fits_is()
    {
        var fits = $"[\"{new string('x', 30_000)}\"]";
        var large = $"[\"{new string('x', 70_000)}\"]";

        using var json = new JsonCursor(new Pieces($"[{fits},{large}]", 1_000), 64 << 10);
        json.Begin();
        json.Token(CancellationToken.None);
        Assert.True(json.Take(CancellationToken.None));
        Assert.Contains("larger than", Assert.Throws<JsonException>(() => json.Take(CancellationToken.None)).Message);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(1 << 20)]
    public void An_object_or_list_larger_than_may_be_is_passed_over_and_those_behind_it_are_read(int piece)
    {
        var large = new string('x', 70_000);
        using var json = new JsonCursor(new Pieces($"[{{\"a\":1}} , {{\"x\":\"{large}\"}},{{\"b\":[2]}},[\"{large}\"], 7 ,{{\"c\":3}}]", piece), 64 << 10);
        json.Begin();
        json.Token(CancellationToken.None);
        var tree = new JsonTree(8, careful: true);
        List<string> read = [];
        while (json.Take(tree, CancellationToken.None))
        {
            var value = json.Taken(tree, out var problem);
            read.Add(problem ?? Encoding.UTF8.GetString(value.Bytes));
        }

        json.ExpectEnd(CancellationToken.None);
        Assert.Equal(["""{"a":1}""", "it is larger than 0 MB", """{"b":[2]}""", "it is larger than 0 MB", "7", """{"c":3}"""], read);
    }

    [Theory]
    [InlineData("{\"list\":[{\"a\":1}{\"b\":2}]}")]
    [InlineData("{\"list\":[{\"a\":1},,{\"b\":2}]}")]
    [InlineData("{\"list\":[{\"a\":1},{\"b\":2},]}")]
    [InlineData("{\"list\":[{\"a\":1},{\"b\":2}},{}]}")]
    [InlineData("{\"list\":[{\"a\":1};{\"b\":2}]}")]
    public void Elements_are_parted_by_one_comma_each(string text)
    {
        using var json = new JsonCursor(new Pieces(text, 5), 1 << 20);

        Assert.ThrowsAny<JsonException>(() => Read(json));
    }

    [Fact]
    public void An_object_behind_a_member_that_is_an_object_is_no_element()
    {
        using var json = new JsonCursor(new Pieces("{\"a\":{\"b\":1},{\"c\":2}}", 64), 1 << 20);
        json.Begin();
        json.Token(CancellationToken.None);
        json.Token(CancellationToken.None);

        Assert.True(json.Take(CancellationToken.None));
        Assert.ThrowsAny<JsonException>(() => json.Take(CancellationToken.None));
    }

    [Fact]
    public void A_value_passed_over_may_be_of_any_size_and_depth()
    {
        var large = $"{{\"x\":\"{new string('x', 200_000)}\",\"deep\":{new string('[', 100_000)}{new string(']', 100_000)}}}";

        using var json = new JsonCursor(new Pieces($"{{\"skipped\":{large},\"list\":[1]}}", 1_000), 64 << 10);

        Assert.Equal(["1"], Read(json));
    }

    [Theory]
    [InlineData("{not json at all,,,}", 12)]
    [InlineData("[1,]", 14)]
    [InlineData("[1 2]", 14)]
    [InlineData("[01]", 14)]
    [InlineData("[tru]", 15)]
    [InlineData("{\"a\"}", 15)]
    [InlineData("{\"a\":}", 16)]
    [InlineData("{\"a\":1,}", 18)]
    [InlineData("{\"a\":[1}", 18)]
    [InlineData("[\"\\x\"]", 14)]
    [InlineData("[\"\\u00g0\"]", 17)]
    [InlineData("[\"\t\"]", 13)]
    [InlineData("[}]", 12)]
    [InlineData("{,}", 12)]
    public void What_is_passed_over_must_be_json_however_the_bytes_arrive(string skipped, int at)
    {
        foreach (var room in (int[])[16, 1 << 20])
        {
            using var json = new JsonCursor(new Pieces($"{{\"skipped\":{skipped},\"list\":[1]}}", 7), room);

            Assert.EndsWith($"no JSON (at byte {at})", Assert.ThrowsAny<JsonException>(() => Read(json)).Message);
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[ ]")]
    [InlineData("[[],{},[{}]]")]
    [InlineData("""{"a":-1.5e+10,"a" : [true,false,null,0,"\u00e9\"\\]}"],"b":{"c":"\/"} }""")]
    [InlineData("[0\r\n,\t1 ]")]
    public void Whatever_is_json_is_passed_over(string skipped)
    {
        foreach (var room in (int[])[16, 1 << 20])
        {
            using var json = new JsonCursor(new Pieces($"{{\"skipped\":{skipped},\"list\":[1]}}", 7), room);

            Assert.Equal(["1"], Read(json));
        }
    }

    [Theory]
    [InlineData("{\"a\":[1,2")]
    [InlineData("{\"a")]
    [InlineData("[1")]
    public void What_is_passed_over_and_cut_off_is_said_to_be(string skipped)
    {
        using var json = new JsonCursor(new Pieces($"{{\"skipped\":{skipped}", 3), 1 << 20);

        Assert.Contains("ends in the middle", Assert.ThrowsAny<JsonException>(() => Read(json)).Message);
    }

    private static List<string> Read(JsonCursor json)
    {
        List<string> read = [];
        json.Begin();
        json.Token(CancellationToken.None);
        while (json.Token(CancellationToken.None) == JsonTokenType.PropertyName)
        {
            if (json.Name != "list")
            {
                json.Skip(CancellationToken.None);
                continue;
            }

            json.Token(CancellationToken.None);
            while (json.Take(CancellationToken.None))
            {
                json.Deepest();
                read.Add(Encoding.UTF8.GetString(json.Value.Span));
            }
        }

        return read;
    }

    /// <summary>Hands out a few bytes at a time, as a pipe does.</summary>
    private sealed class Pieces(string text, int most) : MemoryStream(Encoding.UTF8.GetBytes(text), writable: false)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(most, buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(most, count));
    }
}
