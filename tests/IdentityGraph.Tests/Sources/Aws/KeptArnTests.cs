using System.Text;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>ARNs kept as bytes are found again and come back as they were.</summary>
public sealed class KeptArnTests
{
    private const string Head = "arn:aws:iam::111122223333:";

    [Fact]
    public void Each_comes_back_as_it_was_at_its_place_whatever_it_begins_with()
    {
        string[] arns =
        [
            Head + "user/mara", Head + "user/ops/mara", Head + "user/märä", Head + "user/" + new string('m', 200_000), "arn:aws:iam:eu:111122223333:user/mara", Head, Head + "\u0001user/mara", "\u0001user/mara",
            .. Enumerable.Range(0, 5_000).Select(number => $"{Head}role/r{number}"),
        ];
        var table = new ArnTable(Head);
        foreach (var (at, arn) in arns.Index())
        {
            Assert.Equal((at, true), (table.Add(arn, out var isNew), isNew));
        }

        Assert.Equal((1, false), (table.Add(arns[1], out var isNewAgain), isNewAgain));
        Assert.Equal(arns, table);
        Assert.Equal(Enumerable.Range(0, arns.Length), arns.Select(table.Find));
        Assert.Equal([-1, -1, -1], new[] { Head + "user/dave", "user/mara", Head + "role/r5000" }.Select(table.Find));
    }

    [Theory]
    [InlineData("arn:aws:iam::111122223333:user/m")]
    [InlineData("arn:aws:iam::111122223333:user/mara")]
    [InlineData("arn:aws:iam::1111")]
    [InlineData("arn:aws:iam::111122223333:v")]
    [InlineData("arn:aws:iam:eu")]
    [InlineData("")]
    [InlineData("z")]
    public void Those_that_begin_alike_stand_together(string beginning)
    {
        string[] arns = [Head + "user/mara", Head + "role/app", "arn:aws:iam:eu:111122223333:user/mara", Head + "user/max", Head + "user/dave", Head + "user/maraschino"];
        var table = new ArnTable(Head);
        Array.ForEach(arns, arn => table.Add(arn, out _));
        var sorted = Enumerable.Range(0, arns.Length).Order(Comparer<int>.Create(table.Compare)).ToArray();
        var bytes = Encoding.UTF8.GetBytes(beginning);

        Assert.Equal(arns.Order(StringComparer.Ordinal), sorted.Select(at => table[at]));
        Assert.Equal(sorted.Select(at => Math.Sign(table.CompareBeginning(at, bytes))), sorted.Select(at => Math.Sign(table.CompareBeginning(at, bytes))).Order());
        Assert.Equal(arns.Where(arn => arn.StartsWith(beginning, StringComparison.Ordinal)).Order(StringComparer.Ordinal), sorted.Where(at => table.CompareBeginning(at, bytes) == 0).Select(at => table[at]));
    }
}
