namespace IdentityGraph.Tests.Cli;

/// <summary>What help shows, and what it leaves to the program's own help.</summary>
public sealed class HelpTests
{
    [Fact]
    public async Task Called_without_a_command_it_shows_every_command()
    {
        using var program = new BuiltProgram();

        var said = await program.RunAsync();

        Assert.Equal((0, ""), (said.Code, said.Errors));
        Assert.Contains("blast-radius", said.Output);
        Assert.Contains("--as-known-at <as-known-at>", said.Output);
    }

    [Fact]
    public async Task A_command_shows_its_own_options_and_names_those_of_every_command_in_one_line()
    {
        using var program = new BuiltProgram();

        var said = await program.RunAsync("path", "--help");

        Assert.Contains("--avoid <", said.Output);
        Assert.DoesNotContain("Answer with what was known at this instant", said.Output);
        Assert.Contains(said.Output.Split('\n'), line => line.StartsWith("Options of every command", StringComparison.Ordinal) && line.Contains("--as-known-at"));
    }

    [Fact]
    public async Task The_word_help_asks_for_help()
    {
        using var program = new BuiltProgram();

        var whole = await program.RunAsync("help");
        Assert.Equal((0, ""), (whole.Code, whole.Errors));
        Assert.Contains("blast-radius", whole.Output);
        Assert.Contains("--avoid <", (await program.RunAsync("help", "path")).Output);
    }

    [Fact]
    public async Task Half_a_command_names_its_other_halves()
    {
        using var program = new BuiltProgram();

        var said = await program.RunAsync("findings");
        Assert.Equal(2, said.Code);
        Assert.Contains("after `findings` comes one of: list, show", said.Errors);
        Assert.DoesNotContain("comes one of", (await program.RunAsync("path", "a")).Errors);
    }

    [Fact]
    public async Task A_word_that_is_no_command_is_an_error_still()
    {
        using var program = new BuiltProgram();

        var said = await program.RunAsync("blast");

        Assert.Equal(2, said.Code);
        Assert.Contains("blast", said.Errors);
    }
}
