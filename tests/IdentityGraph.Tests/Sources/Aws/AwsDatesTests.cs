using IdentityGraph.Sources.Aws;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>The quick reading of times takes none that the slow one does not.</summary>
public sealed class AwsDatesTests
{
    [Theory]
    [InlineData("2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z")]
    [InlineData("2024-02-29T23:59:59+00:00", "2024-02-29T23:59:59Z")]
    [InlineData("2024-03-01T01:59:59+02:00", "2024-02-29T23:59:59Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")]
    [InlineData("2023-02-29T23:59:59Z", null)]
    [InlineData("2024-13-01T00:00:00Z", null)]
    [InlineData("2024-00-01T00:00:00Z", null)]
    [InlineData("2024-01-00T00:00:00Z", null)]
    [InlineData("2024-01-01T24:00:00Z", null)]
    [InlineData("2024-01-01T00:60:00Z", null)]
    [InlineData("0000-01-01T00:00:00Z", null)]
    [InlineData("2o24-01-01T00:00:00Z", null)]
    [InlineData("2024-01-01T00:0/:00Z", null)]
    [InlineData("2024-01-01T00:00:00X", null)]
    [InlineData("2024-01-01T00:00:00", null)]
    public void A_time_is_read_where_it_is_one(string written, string? expected)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes($"{{\"at\":\"{written}\"}}");
        var json = new JsonTree(4, careful: false).Read(bytes, 0, bytes.Length, out _, out _);

        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), AwsDates.Read(json["at"u8]));
    }
}
