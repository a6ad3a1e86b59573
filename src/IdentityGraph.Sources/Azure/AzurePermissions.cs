using IdentityGraph.Graph;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.Records;
using IdentityGraph.Sources.Catalogues;
using static IdentityGraph.Sources.Azure.AzureIds;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Azure;

/// <summary>Permissions of APIs as grants and scopes.</summary>
/// <param name="facts">Where facts are added.</param>
/// <param name="made">Ids of scopes that were stated already.</param>
internal sealed class AzurePermissions(FactList facts, IdSet made)
{
    /// <summary>An application permission: the client acts with it by itself.</summary>
    /// <param name="client">Object identifier of the client's service principal.</param>
    /// <param name="api">Object identifier of the API's service principal, or of the tenant.</param>
    /// <param name="permission">Its name or id.</param>
    /// <param name="tenant">The tenant it is about; null: not said.</param>
    public void Application(string client, string api, string permission, string? tenant)
    {
        var grant = Grant(client + "/" + api + "/" + permission);
        facts.Node(grant, NodeKinds.OAuthGrant, [new(P.State.Name, PropertyValue.Of("Active")), new(P.GrantType.Name, PropertyValue.Of("application"))]);
        facts.Edge(EdgeKinds.GrantedTo, grant, Object(client));
        facts.Edge(EdgeKinds.IncludesScope, grant, Scoped(api, permission, tenant));
    }

    /// <summary>The node of the permission, stated with what it confers.</summary>
    public string Scoped(string api, string permission, string? tenant)
    {
        var scope = Scope(api, permission);
        if (made.Add(scope))
        {
            facts.Node(scope, NodeKinds.Scope, [new(P.Name.Name, PropertyValue.Of(permission))]);
            var row = tenant is null ? null : ScopeCatalogue.Find("microsoft-graph", permission);
            foreach (var edge in ConferredRights.Of(row, scope, tenant is null ? Api(api) : Object(tenant), part => Parted(tenant!, part)))
            {
                facts.Say(edge);
            }
        }

        return scope;
    }

    private string Parted(string tenant, string part)
    {
        var node = Part(tenant, part);
        if (made.Add(node))
        {
            facts.Node(node, NodeKinds.Resource, [new(P.Name.Name, PropertyValue.Of($"{part} of {tenant}")), new(P.Kind.Name, PropertyValue.Of("part"))]);
            facts.Edge(EdgeKinds.InSystem, node, Object(tenant));
        }

        return node;
    }
}
