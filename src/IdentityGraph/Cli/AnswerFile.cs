namespace IdentityGraph.Cli;

/// <summary>
/// The file an answer goes to. It takes its name only once the answer is whole: a question that fails leaves what was there before.
/// Devices are written straight.
/// </summary>
internal sealed class AnswerFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly string? _making;
    private bool _whole;

    public AnswerFile(string path)
    {
        _path = path;
        _making = path.StartsWith("/dev/", StringComparison.Ordinal) ? null : path + ".making";
        Writer = new StreamWriter(_making ?? path);
    }

    public TextWriter Writer { get; }

    /// <summary>The answer is whole, whatever its exit code.</summary>
    public void Keep() => _whole = true;

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync().ConfigureAwait(false);
        if (_making is null)
        {
            return;
        }

        if (_whole)
        {
            File.Move(_making, _path, overwrite: true);
        }
        else
        {
            File.Delete(_making);
        }
    }
}
