using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Scim;

namespace IdentityGraph.Tests.Sources.Scim;

/// <summary>Names of attributes are compared without case (RFC 7643, section 2.1), and a value may be keyed by its schema.</summary>
public sealed class ScimNamesTests : IDisposable
{
    private const string Mara = "acme:resource/7";

    private readonly FileStory _story = new(new ScimFormat());

    public void Dispose() => _story.Dispose();

    [Theory]
    [InlineData("\"id\":\"7\",\"Active\":false", "Disabled")]
    [InlineData("\"Id\":\"7\",\"ACTIVE\":\"False\"", "Disabled")]
    [InlineData("\"ID\":\"7\",\"active\":{\"Value\":false}", "Disabled")]
    [InlineData("\"id\":\"7\",\"actively\":false", null)]
    [InlineData("\"id\":\"7\",\"inactive\":true", null)]
    public void An_attribute_is_read_in_any_letters_and_another_name_is_not_taken_for_it(string attributes, string? state)
    {
        Read(List(1, $"{{{Schema("User")},{attributes}}}"), "Users");

        Assert.Equal(state, _story.Said(Mara, Properties.State));
        Assert.Empty(_story.Rejects);
        Assert.Equal(["Users"], _story.Whole);
    }

    [Fact]
    public void So_are_its_schema_its_addresses_and_its_lists()
    {
        Read(List(1, """{"Schemas":["URN:ietf:params:scim:schemas:core:2.0:user"],"Id":"7","USERNAME":"mara","Emails":[{"VALUE":"old@acme.example"},{"Value":"mara@acme.example","Primary":true}],"Groups":[{"Value":"g"}],"URN:IETF:params:scim:schemas:extension:enterprise:2.0:User":{"EmployeeNumber":"17"}}"""));

        Assert.Equal(("mara", "mara@acme.example", "17"), (_story.Said(Mara, Properties.Name), _story.Said(Mara, Properties.Email), _story.Said(Mara, Properties.EmployeeNumber)));
        Assert.Equal([$"{Mara} -> acme:resource/g"], _story.Edges("MEMBER_OF"));
    }

    [Theory]
    [InlineData("\"active\":true,\"Active\":false")]
    [InlineData("\"Active\":false,\"active\":true")]
    public void In_two_spellings_the_usual_one_is_read_and_the_stream_is_not_whole(string attributes)
    {
        Read(List(1, $"{{{Schema("User")},\"id\":\"7\",{attributes}}}"), "Users");

        Assert.Equal("Active", _story.Said(Mara, Properties.State));
        Assert.Contains("it stands there twice, in different letters", Assert.Single(_story.Rejects));
        Assert.Empty(_story.Whole);
    }

    [Theory]
    [InlineData("""{"op":"replace","value":{"urn:ietf:params:scim:schemas:core:2.0:User":{"active":false}}}""", "Disabled")]
    [InlineData("""{"op":"replace","path":"urn:ietf:params:scim:schemas:core:2.0:User","value":{"Active":"False"}}""", "Disabled")]
    [InlineData("""{"OP":"Replace","Path":"Active","Value":false}""", "Disabled")]
    [InlineData("""{"op":"replace","value":{"urn:acme:schemas:Badge":{"active":false}}}""", null)]
    public void A_value_keyed_by_the_users_schema_is_followed_and_another_schemas_is_not(string operation, string? state)
    {
        Read($$$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{"method":"PATCH","path":"/Users/7","data":{"Operations":[{{{operation}}}]}}]}""");

        Assert.Equal(state, _story.Said(Mara, Properties.State));
        Assert.Equal(state is null, _story.Report.Unrecognised.Count > 0);
    }

    [Theory]
    [InlineData("members[VALUE EQ 'a']", "a")]
    [InlineData("Members[value eq \\\"a\\\" or value eq \\\"b\\\"]", "a,b")]
    [InlineData("members[display eq 'a']", "")]
    [InlineData("members[value eq 'a\\\"]", "")]
    public void Members_named_by_a_filter_leave_the_group_and_one_named_otherwise_does_not(string path, string left)
    {
        Read($$$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{"method":"PATCH","path":"/Groups/g","data":{"Operations":[{"op":"remove","path":"{{{path}}}"}]}}]}""");

        Assert.Equal(left.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => $"acme:resource/{id}"), _story.All.OfType<Observation.SawEdge>().Where(edge => edge.Until is not null).Select(edge => edge.Of));
    }

    private void Read(string text, params string[] complete) =>
        _story.Read(new ImportRequest { Path = _story.Write("scim.json", text), Source = "acme", CollectedAt = FileStory.Day, Complete = complete });

    private static string Schema(string type) => $"\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:{type}\"]";

    private static string List(int total, string resource) => $"{{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],\"totalResults\":{total},\"Resources\":[{resource}]}}";
}
