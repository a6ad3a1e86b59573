using System.Text;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>Texts are found again by their bytes, whatever their length.</summary>
public sealed class ByteHashTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(33)]
    [InlineData(300)]
    public void The_same_bytes_have_the_same_hash_and_others_hardly_ever(int length)
    {
        var text = Encoding.ASCII.GetBytes(new string('a', length));
        HashSet<int> hashes = [ByteHash.Of(text)];
        for (var at = 0; at < length; at++)
        {
            var other = text.ToArray();
            other[at] = (byte)'b';
            hashes.Add(ByteHash.Of(other));
        }

        Assert.Equal(ByteHash.Of(text), ByteHash.Of([.. text]));
        Assert.InRange(hashes.Count, length, length + 1);
        Assert.NotEqual(ByteHash.Of(text), ByteHash.Of([.. text, 0]));
    }

    [Fact]
    public void Numbered_names_fall_apart_in_the_bits_that_tables_use()
    {
        var used = Enumerable.Range(0, 4_096).Select(number => ByteHash.Of(Encoding.ASCII.GetBytes($"user/user{number}")) & 4_095).Distinct().Count();

        // By chance 63 of 100 places are used.
        Assert.InRange(used, 2_300, 2_900);
    }

    [Fact]
    public void A_table_finds_each_of_many_texts_and_no_other()
    {
        var table = new TextTable();
        for (var number = 0; number < 5_000; number++)
        {
            Assert.Equal(number, table.Add($"role/r{number}", out var isNew));
            Assert.True(isNew);
        }

        Assert.Equal(4_711, table.Add("role/r4711", out var again));
        Assert.False(again);
        Assert.Equal(1_234, table.Find("role/r1234"));
        Assert.Equal(-1, table.Find("role/r5000"));
        Assert.Equal("role/r4999", table[4_999]);
    }
}
