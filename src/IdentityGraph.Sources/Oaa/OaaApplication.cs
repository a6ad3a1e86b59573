using IdentityGraph.Graph;
using IdentityGraph.Sources.Records;
using static IdentityGraph.Sources.BloodHound.JsonReading;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Oaa;

/// <summary>The custom application template: who is known to it, and what it holds.</summary>
/// <remarks>https://docs.veza.com/4yItIzMvkpAvMVFAamTf/developers/api/oaa/templates/custom-application</remarks>
internal static class OaaApplication
{
    public static void State(JsonValue application, OaaWriting writing)
    {
        writing.Book.Read("applications");
        writing.Facts.Stream = "applications";
        writing.Imported(Text(application, "name") ?? "", "applications", $"System {writing.Ids.System}");
        writing.Owners(application, writing.Ids.System);
        foreach (var user in writing.List(application, "local_users"))
        {
            User(user, writing);
        }

        foreach (var group in writing.List(application, "local_groups"))
        {
            if (writing.Identifier(group, "groups", "id", "name") is { } id)
            {
                var node = writing.Ids.Group(id);
                writing.Facts.Node(node, NodeKinds.Group, [.. OaaWriting.Named(Text(group, "name"))]);
                InSystem(node, writing);
                writing.Imported(id, "local_groups", $"Group {node}");
                writing.Owners(group, node);
                foreach (var other in writing.Names(group, "groups"))
                {
                    writing.Link(other, id, "groups", name => writing.Facts.Edge(EdgeKinds.MemberOf, node, writing.Ids.Group(name)));
                }
            }
        }

        foreach (var role in writing.List(application, "local_roles"))
        {
            Role(role, writing);
        }

        foreach (var credential in writing.List(application, "local_access_creds"))
        {
            Credential(credential, writing);
        }

        foreach (var resource in writing.List(application, "resources"))
        {
            Resource(resource, null, 0, writing);
        }
    }

    private static void User(JsonValue user, OaaWriting writing)
    {
        if (writing.Identifier(user, "users", "id", "name") is not { } id)
        {
            return;
        }

        var node = writing.Ids.User(id);
        var machine = Text(user, "user_type")?.Equals("service_account", StringComparison.OrdinalIgnoreCase) == true;
        var addresses = writing.Names(user, "identities").Where(identity => identity?.Contains('@', StringComparison.Ordinal) == true).ToList();
        var email = Text(user, "email") ?? (addresses is [var only] ? only : null);
        List<KeyValuePair<string, PropertyValue>> properties = [.. OaaWriting.Named(Text(user, "name")), .. OaaWriting.State(user), .. OaaWriting.Instant(user, "last_login_at", P.LastUsedAt)];
        if (machine)
        {
            properties.Add(new(P.NhiKind.Name, PropertyValue.Of("serviceAccount")));
        }
        else if (email is { Length: > 0 })
        {
            properties.Add(new(P.Email.Name, PropertyValue.Of(email)));
        }

        writing.Facts.Node(node, machine ? NodeKinds.ServiceIdentity : NodeKinds.Account, properties);
        InSystem(node, writing);
        writing.Imported(id, "local_users", $"{(machine ? "ServiceIdentity" : "Account")} {node}");
        writing.Owners(user, node);
        foreach (var group in writing.Names(user, "groups"))
        {
            writing.Link(group, id, "groups", name => writing.Facts.Edge(EdgeKinds.MemberOf, node, writing.Ids.Group(name)));
        }

        foreach (var credential in writing.Names(user, "access_creds"))
        {
            writing.Link(credential, id, "access_creds", name => writing.Facts.Edge(EdgeKinds.AuthenticatesAs, writing.Ids.Credential(name), node));
        }
    }

    private static void Role(JsonValue role, OaaWriting writing)
    {
        if (writing.Identifier(role, "roles", "id", "name") is not { } id)
        {
            return;
        }

        var node = writing.Ids.Role(id);
        writing.Facts.Node(node, NodeKinds.Role, [.. OaaWriting.Named(Text(role, "name"))]);
        InSystem(node, writing);
        writing.Imported(id, "local_roles", $"Role {node}");
        writing.Owners(role, node);
        writing.Permissions.DefineRole(id, [.. writing.Words(role, "permissions")], [.. writing.Words(role, "roles")]);
    }

    private static void Credential(JsonValue credential, OaaWriting writing)
    {
        if (writing.Identifier(credential, "credentials", "id", "name") is not { } id)
        {
            return;
        }

        var node = writing.Ids.Credential(id);
        writing.Facts.Node(
            node,
            NodeKinds.Credential,
            [
                .. OaaWriting.Named(Text(credential, "name")),
                .. OaaWriting.State(credential),
                .. OaaWriting.Instant(credential, "created_at", P.IssuedAt),
                .. OaaWriting.Instant(credential, "last_used_at", P.LastUsedAt),
                .. Flag(credential, "can_expire") == false ? [new(P.ExpiresAt.Name, PropertyValue.None)] : OaaWriting.Instant(credential, "expires_at", P.ExpiresAt),
            ]);
        writing.Imported(id, "local_access_creds", $"Credential {node}");
        writing.Owners(credential, node);
    }

    /// <summary>A resource is named by the identifiers from the top, with points between them.</summary>
    private static void Resource(JsonValue resource, string? above, int depth, OaaWriting writing)
    {
        if (writing.Identifier(resource, "resources", "id", "name") is not { } id)
        {
            return;
        }

        var path = above is null ? id : above + "." + id;
        if (OaaIds.WhyNot(path) is { } why)
        {
            writing.Book.Refuse(writing.Where, "resources", $"{why}; it was left out", "resources");
            return;
        }

        var node = writing.Ids.Resource(path);
        writing.Facts.Node(node, NodeKinds.Resource, [.. OaaWriting.Named(Text(resource, "name")), .. Text(resource, "resource_type") is { Length: > 0 } type ? [new(P.Kind.Name, PropertyValue.Of(type))] : Array.Empty<KeyValuePair<string, PropertyValue>>()]);
        InSystem(node, writing);
        writing.Imported(path, "resources", $"Resource {node}");
        writing.Owners(resource, node);
        writing.Permissions.Knows(path, above, Text(resource, "resource_type"));
        if (above is not null)
        {
            // Whether a right goes down is the permission's to say, so containing alone hands nothing down.
            writing.Facts.Edge(EdgeKinds.Contains, writing.Ids.Resource(above), node, null, new KeyValuePair<string, PropertyValue>(P.Inherits.Name, PropertyValue.Of(false)));
        }

        foreach (var inner in writing.List(resource, "sub_resources"))
        {
            Resource(inner, path, depth + 1, writing);
        }
    }

    private static void InSystem(string node, OaaWriting writing) => writing.Facts.Edge(EdgeKinds.InSystem, node, writing.Ids.System);
}
