using System.Globalization;
using IdentityGraph.Collect;

namespace IdentityGraph.Sources;

/// <summary>
/// What an import reads, as a file that can be read twice: the file or folder given, or standard input in a temporary file that only
/// this user can read and that is deleted when this is disposed.
/// </summary>
internal sealed class SpooledInput : IDisposable
{
    /// <summary>Longer standard input is refused: it belongs in a file.</summary>
    public const long MostBytes = 4L << 30;

    private readonly string? _temporary;

    private SpooledInput(string path, bool isTemporary)
    {
        Path = path;
        _temporary = isTemporary ? path : null;
    }

    /// <summary>File or folder.</summary>
    public string Path { get; }

    public bool IsStandardInput => _temporary is not null;

    /// <summary>For messages and evidence: the file's name, or `standard input`.</summary>
    public string Name => IsStandardInput ? "standard input" : System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(Path));

    /// <summary>For refusals: the path as given, or `standard input`.</summary>
    public string Shown => IsStandardInput ? Name : Path;

    /// <exception cref="RefusedInputException">There is no standard input, or too much of it.</exception>
    public static SpooledInput Of(ImportRequest request, CancellationToken cancellationToken, long mostBytes = MostBytes)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Path != "-")
        {
            return new SpooledInput(request.Path, isTemporary: false);
        }

        using var input = InputFiles.Open(request);
        var path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"idgraph-{Guid.NewGuid():N}.part");
        var spooled = new SpooledInput(path, isTemporary: true);
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var file = new FileStream(path, options);
            Copy(input, file, mostBytes, cancellationToken);
            return spooled;
        }
        catch (InvalidDataException damaged)
        {
            spooled.Dispose();
            throw new RefusedInputException($"standard input cannot be unpacked: {damaged.Message}; nothing was read", damaged);
        }
        catch
        {
            spooled.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_temporary is not null)
        {
            File.Delete(_temporary);
        }
    }

    private static void Copy(Stream input, FileStream file, long mostBytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 16];
        var left = mostBytes;
        while (input.Read(buffer, 0, buffer.Length) is > 0 and var read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            left -= read;
            if (left < 0)
            {
                throw new RefusedInputException(string.Create(CultureInfo.InvariantCulture, $"standard input holds more than {mostBytes >> 20} MB; save it to a file and import that"));
            }

            file.Write(buffer, 0, read);
        }
    }
}
