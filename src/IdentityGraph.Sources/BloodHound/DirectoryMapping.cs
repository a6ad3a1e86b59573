using IdentityGraph.Graph;
using IdentityGraph.Sources.Records;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>
/// One object of the directory as nodes and edges. Only the properties named here are read: what else SharpHound brings (passwords in
/// attributes among it) stays in the file.
/// </summary>
internal static class DirectoryMapping
{
    private static readonly KeyValuePair<string, PropertyValue> s_active = new(P.State.Name, PropertyValue.Of("Active"));
    private static readonly KeyValuePair<string, PropertyValue> s_disabled = new(P.State.Name, PropertyValue.Of("Disabled"));
    private static readonly KeyValuePair<string, PropertyValue> s_deleted = new(P.State.Name, PropertyValue.Of("Deleted"));
    private static readonly KeyValuePair<string, PropertyValue> s_serviceAccount = new(P.NhiKind.Name, PropertyValue.Of("serviceAccount"));
    private static readonly KeyValuePair<string, PropertyValue> s_machine = new(P.NhiKind.Name, PropertyValue.Of("machine"));
    private static readonly KeyValuePair<string, PropertyValue> s_noMfa = new(P.Mfa.Name, PropertyValue.Of(false));
    private static readonly KeyValuePair<string, PropertyValue> s_local = new(P.AuthMethods.Name, PropertyValue.Of(["local"]));
    private static readonly KeyValuePair<string, PropertyValue> s_privileged = new(P.Privileged.Name, PropertyValue.Of(true));

    /// <summary>What the object is, in facts; its links apart.</summary>
    /// <param name="id">Object identifier, upper case.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="json">The object; undefined where only a link names it: then nothing but its kind is stated.</param>
    /// <param name="name">What a link calls it; null: nothing.</param>
    /// <param name="facts">Where they are added.</param>
    public static void Describe(string id, DirectoryKind kind, JsonValue json, string? name, FactList facts) =>
        DescribeAs(id, kind, DirectoryProperties.Of(json), name, facts);

    /// <inheritdoc cref="Describe(string, DirectoryKind, JsonValue, string?, FactList)"/>
    public static void DescribeAs(string id, DirectoryKind kind, DirectoryProperties properties, string? name, FactList facts)
    {
        name = properties.Name ?? name;
        var node = facts.Object(id);
        switch (kind)
        {
            case DirectoryKind.User:
                facts.Node(node, properties.IsServiceAccount ? NodeKinds.ServiceIdentity : NodeKinds.Account, UserProperties(properties, name));
                break;
            case DirectoryKind.Computer:
                var host = DirectoryIds.Host(id);
                facts.Node(node, NodeKinds.ServiceIdentity, ComputerProperties(properties, name));
                facts.Node(host, NodeKinds.Resource, [.. Named(name), new(P.Kind.Name, PropertyValue.Of("host"))]);
                facts.Edge(EdgeKinds.RunsAs, host, node);
                facts.Edge(EdgeKinds.Entitles, node, host, "MachineAccount", FactList.Rights(Level.L5, "MachineAccount"));
                break;
            case DirectoryKind.Domain:
                facts.Node(node, NodeKinds.System, [.. Named(name), new(P.Category.Name, PropertyValue.Of("directory"))]);
                facts.Node(DirectoryIds.Tenant(id), NodeKinds.Tenant, [.. Named(name)]);
                facts.Edge(EdgeKinds.InTenant, node, DirectoryIds.Tenant(id));
                return;
            case DirectoryKind.GPO:
                DescribePolicy(id, name, facts);
                break;
            case DirectoryKind.LocalGroup:
                // SharpHound writes IGNOREME where the group has a name of its own elsewhere.
                facts.Node(node, NodeKinds.Group, [.. Named(name == "IGNOREME" ? null : name)]);
                if (HostOf(id) is { } itsHost)
                {
                    facts.Edge(EdgeKinds.Entitles, node, DirectoryIds.Host(itsHost), "LocalToComputer", FactList.Rights(BloodHoundRights.OfLocalGroup(id.AsSpan(id.LastIndexOf('-') + 1)), "LocalToComputer"));
                }

                return;
            default:
                var ours = DirectoryIds.KindOf(kind);
                facts.Node(node, ours, ours == NodeKinds.Resource ? [.. Named(name), new(P.Kind.Name, PropertyValue.Of(kind.ToString()))] : [.. Named(name)]);
                break;
        }

        if (properties.DomainSid is { Length: > 0 } domain && domain != id)
        {
            facts.Edge(EdgeKinds.InSystem, node, facts.Object(domain));
            if (kind == DirectoryKind.Computer)
            {
                facts.Edge(EdgeKinds.InSystem, DirectoryIds.Host(id), facts.Object(domain));
            }
        }
    }

    /// <summary>The computer a local group's identifier begins with (a domain's SID has seven parts, a computer's eight, its group's nine); null: it is built into a domain.</summary>
    private static string? HostOf(string localGroup) =>
        localGroup.StartsWith("S-1-5-21-", StringComparison.Ordinal) && localGroup.Count(c => c == '-') == 8 ? localGroup[..localGroup.LastIndexOf('-')] : null;

    private static void DescribePolicy(string id, string? name, FactList facts)
    {
        var policy = facts.Object(id);
        var scope = DirectoryIds.PolicyScope(id);
        var editor = DirectoryIds.PolicyEditor(id);
        facts.Node(policy, NodeKinds.Policy, [.. Named(name)]);
        facts.Node(scope, NodeKinds.Entitlement, [.. Named(name is null ? null : "what " + name + " applies to")]);
        facts.Node(editor, NodeKinds.Role, [.. Named(name is null ? null : "editor of " + name)]);
        facts.Edge(EdgeKinds.Grants, policy, scope);
        facts.Edge(EdgeKinds.HasEntitlement, editor, scope);
    }

    private static KeyValuePair<string, PropertyValue>[] Named(string? name) =>
        string.IsNullOrEmpty(name) ? [] : [new(P.Name.Name, PropertyValue.Of(name))];

    private static List<KeyValuePair<string, PropertyValue>> UserProperties(in DirectoryProperties properties, string? name)
    {
        var result = Stated(properties, name, more: 3);
        if (properties.IsServiceAccount)
        {
            result.Add(s_serviceAccount);
            result.Add(s_noMfa);
        }
        else if (properties.IsCollected)
        {
            result.Add(s_local);
            if (properties.Email is { Length: > 0 } email)
            {
                result.Add(new(P.Email.Name, PropertyValue.Of(email)));
            }

            // The collector marks who is or was in a protected group; that it is not marked proves nothing.
            if (properties.AdminCount == true)
            {
                result.Add(s_privileged);
            }
        }

        return result;
    }

    private static List<KeyValuePair<string, PropertyValue>> ComputerProperties(in DirectoryProperties properties, string? name)
    {
        var result = Stated(properties, name, more: 2);
        result.Add(s_machine);
        result.Add(s_noMfa);
        return result;
    }

    /// <summary>Name, state as far as the file says it, and the last sign-in (seconds since 1970; 0 or −1: none was seen).</summary>
    private static List<KeyValuePair<string, PropertyValue>> Stated(in DirectoryProperties properties, string? name, int more)
    {
        var result = new List<KeyValuePair<string, PropertyValue>>(3 + more);
        if (!string.IsNullOrEmpty(name))
        {
            result.Add(new(P.Name.Name, PropertyValue.Of(name)));
        }

        if (properties.IsDeleted)
        {
            result.Add(s_deleted);
        }
        else if (properties.Enabled is { } enabled)
        {
            result.Add(enabled ? s_active : s_disabled);
        }

        if (properties.LastLogon is { } own && properties.LastLogonTimestamp is { } replicated)
        {
            var last = Math.Max(own, replicated);
            result.Add(new(P.LastUsedAt.Name, last > 0 ? PropertyValue.Of(DateTimeOffset.FromUnixTimeSeconds(last)) : PropertyValue.None));
        }

        return result;
    }
}
