using System.Globalization;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.Records;
using static IdentityGraph.Sources.BloodHound.JsonReading;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Oaa;

/// <summary>
/// Who has which permission or role on what. What permissions and roles mean may stand behind where they are given: each pair of permission and
/// target is stated once, when everything was read. Grows with those pairs (22 to 27 bytes each), with roles and with resources.
/// </summary>
internal sealed class OaaPermissions : IDisposable
{
    /// <summary>Target of what is given on the whole application.</summary>
    private const string Whole = "";

    private readonly Dictionary<string, (string Known, bool Beyond, bool Down, HashSet<string> Types)> _permissions = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (string[] Permissions, string[] Roles)> _roles = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (string? Above, string? Type)> _resources = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Pairs that stand on the shelf: kind, name, target, and where they were given first.</summary>
    private readonly IdSet _given = new();
    private readonly TextShelf _pairs = new();

    public void Knows(string path, string? above, string? type) => _resources[path] = (above, type);

    public void DefineRole(string id, string[] permissions, string[] roles) => _roles[id] = (permissions, roles);

    /// <summary>What a permission of the application stands for, in OAA's canonical words.</summary>
    public void Define(JsonValue json, OaaWriting writing)
    {
        if (writing.Identifier(json, "permissions", "name") is not { } name)
        {
            return;
        }

        var words = writing.Words(json, "permission_type").ToList();
        var letters = "";
        letters += words.Count > 0 ? "D" : "";
        letters += words.Contains("DataRead") ? "R" : "";
        letters += words.Any(word => word is "DataWrite" or "DataCreate" or "DataDelete") ? "W" : "";
        var beyond = words.Count == 0 || words.Any(word => word is not ("DataRead" or "DataWrite" or "DataCreate" or "DataDelete" or "MetadataRead"));
        _permissions[name] = (letters, beyond, Flag(json, "apply_to_sub_resources") == true, [.. writing.Words(json, "resource_types")]);
        writing.Imported(name, "permissions", beyond ? $"{letters}, and what nobody said" : letters);
    }

    /// <summary>What one identity is given.</summary>
    public void Assign(JsonValue json, OaaWriting writing)
    {
        if (writing.Identifier(json, "identity_to_permissions", "identity") is not { } identity)
        {
            return;
        }

        var holder = Holder(identity, Text(json, "identity_type"), writing);
        foreach (var given in writing.List(json, "application_permissions"))
        {
            Give(holder, identity, given, "permission", Text(given, "permission"), writing);
        }

        foreach (var given in writing.List(json, "role_assignments"))
        {
            Give(holder, identity, given, "role", Text(given, "role"), writing);
        }
    }

    /// <summary>What every permission and role gives where it was given.</summary>
    public IEnumerable<Observation> Assigned(OaaWriting writing)
    {
        for (var place = 0L; place < _pairs.Length;)
        {
            var (kind, name, target) = (_pairs.Read(ref place), _pairs.Read(ref place), _pairs.Read(ref place));
            writing.Begin(_pairs.Read(ref place), "identity_to_permissions");
            var node = writing.Ids.On(kind, name, target);
            writing.Facts.Node(node, kind == "role" ? NodeKinds.Role : NodeKinds.Entitlement, [new(P.Name.Name, PropertyValue.Of(target.Length == 0 ? name : $"{name} on {target}"))]);
            if (kind == "role")
            {
                Role(node, name, target, [], writing);
            }
            else
            {
                Permission(node, name, target, false, writing);
            }

            foreach (var fact in writing.Facts.Facts)
            {
                yield return fact;
            }
        }
    }

    public void Dispose() => _pairs.Dispose();

    private void Give(string holder, string identity, JsonValue given, string kind, string? name, OaaWriting writing)
    {
        // Given neither on the application nor on any resource, it gives nothing.
        var targets = writing.Names(given, "resources").Append(Flag(given, "apply_to_application") == true ? Whole : null).Where(target => target is not null);
        foreach (var target in targets)
        {
            if (OaaIds.WhyNot(name ?? "") is { } why || (target!.Length > 0 && (why = OaaIds.WhyNot(target)) is not null))
            {
                writing.Book.Outcome.Read++;
                writing.Book.Refuse(writing.Where, kind, $"{why}; it was left out", "identity_to_permissions");
                continue;
            }

            var node = writing.Ids.On(kind, name!, target);
            Keep(kind, name!.Trim().ToLowerInvariant(), target.Trim().ToLowerInvariant(), writing.Where);
            writing.Facts.Edge(kind == "role" ? EdgeKinds.HasRole : EdgeKinds.HasEntitlement, holder, node);
            writing.Book.Trace("edge", identity, target.Length == 0 ? Text(given, "application") ?? "" : target, name!, writing.Where, "imported", $"{(kind == "role" ? "HAS_ROLE" : "HAS_ENTITLEMENT")} of {holder} to {node}");
        }
    }

    private void Keep(string kind, string name, string target, string where)
    {
        // Neither kind nor the length has a blank in it: no two pairs are one text.
        if (_given.Add(string.Create(CultureInfo.InvariantCulture, $"{kind} {name.Length} {name}{target}")))
        {
            foreach (var text in (ReadOnlySpan<string>)[kind, name, target, where])
            {
                _pairs.Add(text);
            }
        }
    }

    private static string Holder(string identity, string? type, OaaWriting writing)
    {
        switch (type)
        {
            case "local_user":
                return writing.Ids.User(identity);
            case "local_group":
                return writing.Ids.Group(identity);
            case "local_role":
                return writing.Ids.Role(identity);
            case "local_access_creds":
                var bearer = writing.Ids.Bearer(identity);
                if (writing.First(bearer))
                {
                    writing.Facts.Node(bearer, NodeKinds.ServiceIdentity, [new(P.Name.Name, PropertyValue.Of("bearer of " + identity)), new(P.State.Name, PropertyValue.Of("Active")), new(P.Mfa.Name, PropertyValue.Of(false))]);
                    writing.Facts.Edge(EdgeKinds.AuthenticatesAs, writing.Ids.Credential(identity), bearer);
                }

                return bearer;
            default:
                // Somebody of a provider that this payload does not describe: there is such a one, and no more is known.
                var outside = writing.Ids.Outside(identity);
                if (writing.First(outside))
                {
                    writing.Facts.Node(outside, NodeKinds.Account, [.. OaaWriting.Named(identity), .. identity.Contains('@', StringComparison.Ordinal) ? [new(P.Email.Name, PropertyValue.Of(identity))] : Array.Empty<KeyValuePair<string, PropertyValue>>()]);
                }

                return outside;
        }
    }

    private void Role(string node, string role, string target, HashSet<string> seen, OaaWriting writing)
    {
        if (!seen.Add(role))
        {
            return;
        }

        if (!_roles.TryGetValue(role, out var defined))
        {
            writing.Book.Report.CountUnrecognised($"role {Records.RecordBook.Shown(role)}");
            Entitle(node, target, role, null, writing);
            return;
        }

        foreach (var permission in defined.Permissions)
        {
            Permission(node, permission, target, true, writing);
        }

        foreach (var inner in defined.Roles)
        {
            Role(node, inner, target, seen, writing);
        }
    }

    private void Permission(string node, string permission, string target, bool inRole, OaaWriting writing)
    {
        if (!_permissions.TryGetValue(permission, out var means))
        {
            writing.Book.Report.CountUnrecognised($"permission {Records.RecordBook.Shown(permission)}");
            Entitle(node, target, permission, null, writing);
            return;
        }

        // Of a role's permissions only those for the type of the resource count there.
        if (!inRole || target.Length == 0 || means.Types.Count == 0 || (_resources.GetValueOrDefault(target).Type is { } type && means.Types.Contains(type)))
        {
            Means(node, target, permission, means.Known, means.Beyond, means.Down, writing);
        }

        if (!means.Down)
        {
            return;
        }

        foreach (var below in _resources.Keys.Where(path => target.Length == 0 ? _resources[path].Above is not null : path.StartsWith(target + ".", StringComparison.OrdinalIgnoreCase)))
        {
            if (!inRole || means.Types.Count == 0 || (_resources[below].Type is { } its && means.Types.Contains(its)))
            {
                Means(node, below, permission, means.Known, means.Beyond, true, writing);
            }
        }
    }

    private static void Means(string node, string target, string permission, string known, bool beyond, bool down, OaaWriting writing)
    {
        var place = target.Length > 0 || down ? target : null;
        if (known.Length > 0)
        {
            Entitle(node, place, permission, known, writing);
        }

        if (beyond)
        {
            Entitle(node, place, permission + " (more)", null, writing);
        }
    }

    /// <summary>ENTITLES on the resource, the whole application, or (null) its settings only.</summary>
    private static void Entitle(string node, string? target, string right, string? letters, OaaWriting writing)
    {
        if (target is null && writing.First(writing.Ids.Settings))
        {
            writing.Facts.Node(writing.Ids.Settings, NodeKinds.Resource, [new(P.Name.Name, PropertyValue.Of("the application itself")), new(P.Kind.Name, PropertyValue.Of("settings"))]);
            writing.Facts.Edge(EdgeKinds.InSystem, writing.Ids.Settings, writing.Ids.System);
        }

        writing.Facts.Edge(EdgeKinds.Entitles, node, target is null ? writing.Ids.Settings : target.Length == 0 ? writing.Ids.System : writing.Ids.Resource(target), right, FactList.Rights(letters, right));
    }
}
