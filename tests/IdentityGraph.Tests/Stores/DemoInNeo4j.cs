using IdentityGraph.Sources.Demo;
using IdentityGraph.Tests.Bolt;

namespace IdentityGraph.Tests.Stores;

/// <summary>
/// The sample company in a store of its own on the real server, shown to Cypher as of its last day; made when it is first asked for. Of its
/// readings the first and those of the last hundred days are in it.
/// </summary>
public sealed class DemoInNeo4j(Neo4jServer neo4j) : IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private ProjectedStore? _store;

    public static DemoSize Size { get; } = new() { People = 20, ServiceIdentitiesPerPerson = 1 };

    internal async Task<ProjectedStore> GetAsync()
    {
        await _one.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_store is null)
            {
                _store = await ProjectedStore.OfAsync(neo4j, new DemoEstate(Size).Runs().Where(run => run.Header.StartedAt < Size.Begin.AddDays(20) || run.Header.StartedAt > Size.Until.AddDays(-100)));
                await _store.ProjectAsync(Size.Until);
            }
        }
        finally
        {
            _one.Release();
        }

        return _store;
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }
    }
}

[CollectionDefinition(nameof(DemoInNeo4j))]
public sealed class DemoInNeo4jCollection : ICollectionFixture<DemoInNeo4j>;
