using IdentityGraph.Graph;
using IdentityGraph.Stores.Embedded;

namespace IdentityGraph.Tests.Stores;

public sealed class EmbeddedStoreTests : GraphStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override IGraphStore New(TimeProvider clock) => EmbeddedGraphStore.Create(_folder.Sub(), new EmbeddedStoreOptions { Time = clock });

    protected override IGraphStore Again(IGraphStore store, TimeProvider clock) => EmbeddedGraphStore.Open(store.Location, new EmbeddedStoreOptions { Time = clock });

    [Fact]
    public async Task A_writer_disposed_unsealed_leaves_no_file_behind()
    {
        await using var store = New(new StoppedClock(Monday));
        var before = Files(store);
        await using (var writer = await store.BeginRunAsync(Okta(), Cancelled))
        {
            writer.Write(Pat);
        }

        Assert.Equal([.. before, "writer.lock"], Files(store));
    }

    [Fact]
    public void A_folder_with_other_things_in_it_is_not_made_a_store()
    {
        var path = _folder.Sub();
        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Combine(path, "thesis.txt"), "mine");

        var refused = Assert.Throws<StoreException>(() => EmbeddedGraphStore.Create(path));

        Assert.Contains("not empty", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["thesis.txt"], Directory.EnumerateFileSystemEntries(path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_creation_that_was_cut_short_can_be_repeated()
    {
        var path = _folder.Sub();
        Directory.CreateDirectory(Path.Combine(path, "runs"));
        File.WriteAllText(Path.Combine(path, "manifest.ndjson.tmp"), "{\"idgr");

        Assert.Empty(EmbeddedGraphStore.Create(path).Runs());
    }

    [Fact]
    public void A_folder_without_a_store_is_named_and_how_to_make_one()
    {
        var missing = Assert.Throws<StoreException>(() => EmbeddedGraphStore.Open(_folder.Sub()));

        Assert.Contains("idgraph init", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_of_another_version_is_refused_by_name_and_not_touched()
    {
        await using var store = New(new StoppedClock(Monday));
        var manifest = Path.Combine(store.Location, "manifest.ndjson");
        await File.WriteAllTextAsync(manifest, "{\"idgraphStore\":7,\"runs\":0}\nwhatever version 7 writes", Cancelled);
        var before = Files(store);

        var opened = Assert.Throws<StoreException>(() => EmbeddedGraphStore.Open(store.Location));
        await Assert.ThrowsAsync<StoreException>(async () => await Record(store, Okta(), Pat));

        Assert.Contains("version 7", opened.Message, StringComparison.Ordinal);
        Assert.Equal(before, Files(store));
    }

    private static List<string> Files(IGraphStore store) =>
        [.. Directory.EnumerateFiles(store.Location, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(store.Location, file)).Order(StringComparer.Ordinal)];
}
