using IdentityGraph.Graph;
using IdentityGraph.Stores;

namespace IdentityGraph.Tests.Stores;

public sealed class GraphStoresTests
{
    [Theory]
    [InlineData("store", "store")]
    [InlineData("neo4j/data", "neo4j/data")]
    [InlineData("./a:b", "./a:b")]
    [InlineData("/var/lib/idgraph", "/var/lib/idgraph")]
    [InlineData("file:/var/lib/idgraph", "/var/lib/idgraph")]
    [InlineData("file:///var/lib/my%20graph", "/var/lib/my graph")]
    [InlineData("file:store", "store")]
    [InlineData("C:\\idgraph", "C:\\idgraph")]
    public void A_folder_is_named_by_path_or_file_uri(string uri, string folder) => Assert.Equal(folder, GraphStores.FolderOf(uri));

    [Theory]
    [InlineData("bolts://neo4j:hunter2@graph.example")]
    [InlineData(" neo4j://neo4j:hunter2@graph.example")]
    [InlineData("neo4j:/neo4j:hunter2@graph.example")]
    [InlineData("neo4j//neo4j:hunter2@graph.example")]
    public void A_mistyped_address_is_no_folder_and_its_password_is_not_shown(string uri)
    {
        var refused = Assert.Throws<StoreException>(() => GraphStores.FolderOf(uri));

        Assert.Contains("is not a store this program knows", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("neo4j://graph.example", "is not a store this program knows")]
    [InlineData("old:store", "`./old:store`")]
    [InlineData("file://server/share", "another host")]
    [InlineData("file:", "names no folder")]
    [InlineData(" ", "no store is named")]
    public void Anything_else_is_refused_with_what_exists(string uri, string says)
    {
        var refused = Assert.Throws<StoreException>(() => GraphStores.FolderOf(uri));

        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.Contains("`file:/path/to/store`", refused.Message, StringComparison.Ordinal);
    }
}
