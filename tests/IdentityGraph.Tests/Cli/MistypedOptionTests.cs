namespace IdentityGraph.Tests.Cli;

/// <summary>An option that a command does not have is never taken for an id: the answer would say that nobody is called so.</summary>
public sealed class MistypedOptionTests : IDisposable
{
    private readonly BuiltProgram _idgraph = new();

    public void Dispose() => _idgraph.Dispose();

    [Theory]
    [InlineData("leaver --al", "there is no option `--al` here; is `--all` meant?")]
    [InlineData("blast-radius okta:user/1 --no-prof", "there is no option `--no-prof` here; is `--no-proofs` meant?")]
    [InlineData("blast-radius okta:user/1 --topp=3", "there is no option `--topp=3` here; is `--top` meant?")]
    [InlineData("identity show --xylophone", "there is no option `--xylophone` here (an id that begins with `--` goes behind `--`)")]
    public async Task What_no_option_is_called_is_named_and_the_nearest_beside_it(string line, string says)
    {
        var said = await _idgraph.RunAsync(line.Split(' '));

        Assert.Equal((2, ""), (said.Code, said.Output));
        Assert.Contains(says, said.Errors, StringComparison.Ordinal);
        Assert.Contains("--help` shows how it is used", said.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_that_looks_like_one_goes_behind_two_dashes()
    {
        _idgraph.Write("facts.ndjson", """{"idgraph":1,"source":"okta","startedAt":"2025-06-02T08:00:00Z"}""", """{"node":"--al","kind":"Account"}""");
        Assert.Equal(0, (await _idgraph.RunAsync("import", "facts.ndjson")).Code);

        var said = await _idgraph.RunAsync("identity", "show", "--as-of", "2025-06-02T08:00:00Z", "--", "--al");

        Assert.Equal(0, said.Code);
        Assert.Contains("--al", said.Output, StringComparison.Ordinal);
    }
}
