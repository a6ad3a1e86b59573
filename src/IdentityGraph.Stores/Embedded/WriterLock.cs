using IdentityGraph.Graph;

namespace IdentityGraph.Stores.Embedded;

/// <summary>
/// The one writer of a store. The operating system holds the lock and frees it when the process ends, however it ends; the record
/// beside it only names the holder, so that a stale record blocks nobody.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _record;

    private WriterLock(FileStream held, string record)
    {
        _lock = held;
        _record = record;
    }

    /// <exception cref="StoreLockedException">Somebody writes already.</exception>
    public static WriterLock Take(StoreFolder folder, TimeProvider time)
    {
        FileStream held;
        try
        {
            held = Durable.Hold(folder.LockPath) ?? throw HeldByAnother(folder);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or (IOException and not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException)))
        {
            throw new StoreException($"the store at `{folder.Path}` cannot be written: {refused.Message}; check the folder and the disk it lies on", refused);
        }

        try
        {
            File.WriteAllBytes(folder.HolderPath, WriterRecord.OfThisProcess(time).Print());
            return new WriterLock(held, folder.HolderPath);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            held.Dispose();
            throw new StoreException($"the store at `{folder.Path}` cannot be written: {refused.Message}; make room or check the disk, and try again", refused);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Between taking the lock and writing the record, the record may still be that of a process that died.</summary>
    private static StoreLockedException HeldByAnother(StoreFolder folder)
    {
        var record = WriterRecord.Read(folder.HolderPath);
        var holder = record?.IsRunning() is null or true ? record?.ToString() : null;
        holder ??= "another process, which has not said its name yet";
        return new StoreLockedException($"the store at `{folder.Path}` is being written by {holder}; wait for it to end, or end it. Reading needs no lock");
    }

    public void Dispose()
    {
        // The record goes first: while the lock is held nobody else can have written it.
        try
        {
            File.Delete(_record);
        }
        finally
        {
            _lock.Dispose();
        }
    }
}
