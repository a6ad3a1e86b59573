using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IdentityGraph.Graph;

namespace IdentityGraph.Stores.Embedded;

/// <summary>Who writes a store: told to whoever finds it locked. It locks nothing itself.</summary>
/// <param name="Pid">Process id on its host.</param>
/// <param name="Host">Name of the machine.</param>
/// <param name="User">Who started it.</param>
/// <param name="Since">When it took the lock, UTC.</param>
internal sealed record WriterRecord(int Pid, string Host, string User, string Since)
{
    private const int MaxBytes = 4096;

    public static WriterRecord OfThisProcess(TimeProvider time) =>
        new(Environment.ProcessId, Environment.MachineName, Environment.UserName, Instants.ToText(time.GetUtcNow()));

    /// <summary>Null where there is none that can be read.</summary>
    public static WriterRecord? Read(string path) => Durable.ReadJson(path, StoresJson.Default.WriterRecord, MaxBytes);

    public byte[] Print() => JsonSerializer.SerializeToUtf8Bytes(this, StoresJson.Default.WriterRecord);

    /// <summary>Null where it runs on another host.</summary>
    public bool? IsRunning()
    {
        if (Host != Environment.MachineName)
        {
            return null;
        }

        try
        {
            using var process = Process.GetProcessById(Pid);
            return !process.HasExited;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"process {Pid} on {Host}, user {User}, since {Since}");
}
