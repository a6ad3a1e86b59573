using IdentityGraph.Collect;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>Parts that several threads make come in their order, each made once.</summary>
public sealed class InOrderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9)]
    public void Parts_come_in_their_order_each_made_once(int ahead)
    {
        var parts = Enumerable.Range(0, 500).Select(number => new Counted(number)).ToArray();

        var made = InOrder.Made(parts, static part => Interlocked.Increment(ref part.Made), ahead).ToArray();

        Assert.Equal(parts, made);
        Assert.All(made, part => Assert.Equal(1, part.Made));
    }

    [Fact]
    public void No_more_are_asked_for_than_are_under_way()
    {
        var asked = 0;
        var given = 0;
        foreach (var _ in InOrder.Made(Enumerable.Range(0, 100).Select(number => asked = number + 1), static _ => { }, 3))
        {
            given++;
            Assert.InRange(asked, given, given + 2);
        }

        Assert.Equal(100, given);
    }

    [Fact]
    public void A_fault_stands_where_its_part_would()
    {
        List<int> given = [];

        var fault = Assert.Throws<InvalidDataException>(() =>
        {
            foreach (var part in InOrder.Made(Enumerable.Range(0, 10), static part => _ = part == 4 ? throw new InvalidDataException("the fifth") : part, 3))
            {
                given.Add(part);
            }
        });

        Assert.Equal("the fifth", fault.Message);
        Assert.Equal([0, 1, 2, 3], given);
    }

    [Fact]
    public void Who_stops_in_the_middle_leaves_none_under_way()
    {
        var parts = Enumerable.Range(0, 100).Select(number => new Counted(number)).ToArray();
        foreach (var part in InOrder.Made(parts, static part => Interlocked.Increment(ref part.Made), 5))
        {
            if (part.Number == 10)
            {
                break;
            }
        }

        Assert.All(parts.Take(11), part => Assert.Equal(1, part.Made));
        Assert.All(parts.Skip(15), part => Assert.Equal(0, part.Made));
    }

    [Fact]
    public void A_large_account_is_told_in_the_order_of_its_file_and_no_other()
    {
        var account = new MadeUpAccount().Group("staff", MadeUpAccount.Allow("s3:GetObject"));
        foreach (var number in Enumerable.Range(0, 3_000))
        {
            account.User($"user{number}", number % 3 == 0 ? MadeUpAccount.Allow("s3:PutObject", $"arn:aws:s3:::bucket{number % 7}/*") : "", ""","GroupList":["staff"]""");
        }

        var text = account.ToString();
        var (one, other) = (AwsImport.OfText(text), AwsImport.OfText(text));

        Assert.Equal(
            Enumerable.Range(0, 3_000).Select(number => $"aws-111122223333:user/user{number}"),
            one.Edges.Where(edge => edge is { Kind: "IN_SYSTEM" } && edge.Of.Contains(":user/", StringComparison.Ordinal)).Select(edge => edge.Of));
        Assert.Equal(one.Runs[0].Observations.Select(Said), other.Runs[0].Observations.Select(Said));
    }

    private static string Said(Observation observation) => observation switch
    {
        Observation.SawNode node => $"{node.Id} {string.Join(' ', node.Properties)} {string.Join(' ', node.Evidence)}",
        Observation.SawEdge edge => $"{edge.Kind} {edge.Of} {edge.To} {edge.Key} {string.Join(' ', edge.Properties)} {string.Join(' ', edge.Evidence)}",
        _ => observation.ToString(),
    };

    private sealed class Counted(int number)
    {
        public int Made;

        public int Number { get; } = number;
    }
}
