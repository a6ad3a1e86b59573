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

    /// <param name="path">Where it is to be.</param>
    /// <param name="shown">The same as whoever asks wrote it.</param>
    /// <exception cref="ConfigurationException">Nothing can be written there.</exception>
    public AnswerFile(string path, string shown)
    {
        if (Directory.Exists(path))
        {
            throw new ConfigurationException($"the answer cannot be written to `{shown}`: it is a folder; name a file in it");
        }

        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new ConfigurationException($"the answer cannot be written to `{shown}`: there is no such folder; make it first, or name another");
        }

        _path = path;
        _making = path.StartsWith("/dev/", StringComparison.Ordinal) ? null : path + ".making";
        try
        {
            Writer = new StreamWriter(_making ?? path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"the answer cannot be written to `{shown}`: {(fault is UnauthorizedAccessException ? "you may not write there" : "no file can be made there")}; name another place");
        }
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
