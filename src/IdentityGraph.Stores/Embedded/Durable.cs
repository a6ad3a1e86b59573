using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace IdentityGraph.Stores.Embedded;

/// <summary>File operations that survive a power cut once they have returned.</summary>
internal static class Durable
{
    private const int InvalidArgument = 22;

    /// <summary>Replaces a file by one with these bytes, all at once: a reader sees the old one or the new one, never a mixture.</summary>
    /// <param name="path">What is replaced.</param>
    /// <param name="bytes">The new content.</param>
    /// <param name="replaced">Called when the new one is visible, before its durability is confirmed.</param>
    public static void Replace(string path, ReadOnlySpan<byte> bytes, Action? replaced = null)
    {
        var temporary = path + StoreFolder.TemporarySuffix;
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        replaced?.Invoke();
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>What a small file of JSON says; null where there is none that can be read.</summary>
    /// <param name="path">The file, which others may be replacing.</param>
    /// <param name="type">How it is read.</param>
    /// <param name="maxBytes">A longer one is not ours, and not read.</param>
    public static T? ReadJson<T>(string path, JsonTypeInfo<T> type, long maxBytes)
        where T : class
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return stream.Length <= maxBytes ? JsonSerializer.Deserialize(stream, type) : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// A file that the operating system keeps for this process until it ends, however it ends. Null: another holds it. What a disk that is
    /// read-only or full refuses is held by nobody: that is an error.
    /// </summary>
    /// <exception cref="IOException">The folder takes no file.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public static FileStream? Hold(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException taken) when (taken is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            if (!CanWriteIn(Path.GetDirectoryName(path)!))
            {
                throw;
            }

            return null;
        }
    }

    /// <summary>Whether a folder takes a file at all.</summary>
    private static bool CanWriteIn(string folder)
    {
        try
        {
            using var probe = new FileStream(Path.Combine(folder, $"probe-{Guid.NewGuid():N}"), new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose });
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Makes names given in a folder durable. Windows keeps its own journal of names and offers no such call.</summary>
    /// <exception cref="IOException">The system could not confirm it.</exception>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = NativeMethods.Open(Encoding.UTF8.GetBytes(folder + '\0'), flags: 0);
        if (descriptor < 0)
        {
            throw new IOException($"folder `{folder}` cannot be opened to make it durable (error {Marshal.GetLastPInvokeError()}); check its permissions");
        }

        try
        {
            // Some network and overlay file systems know no fsync of folders; they answer EINVAL and are durable as far as they are.
            if (NativeMethods.FSync(descriptor) != 0 && Marshal.GetLastPInvokeError() is var error && error != InvalidArgument)
            {
                throw new IOException($"folder `{folder}` could not be made durable (error {error}); check the disk");
            }
        }
        finally
        {
            _ = NativeMethods.Close(descriptor);
        }
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "open", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Open(byte[] path, int flags);

        [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int FSync(int descriptor);

        [DllImport("libc", EntryPoint = "close", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Close(int descriptor);
    }
}
