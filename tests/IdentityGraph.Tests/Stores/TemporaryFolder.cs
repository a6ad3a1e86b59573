namespace IdentityGraph.Tests.Stores;

/// <summary>A folder of its own, removed with all it holds.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("idgraph-").FullName;
    private int _subs;

    /// <summary>A path below it that is not there yet.</summary>
    public string Sub() => Path.Combine(_path, $"s{++_subs}");

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
