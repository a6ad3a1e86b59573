using System.Text.RegularExpressions;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Records;
using static IdentityGraph.Sources.BloodHound.JsonReading;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Oaa;

/// <summary>The identity provider template: users, groups, and the roles of AWS they may assume.</summary>
internal static partial class OaaProvider
{
    public static void User(JsonValue user, OaaWriting writing)
    {
        if (writing.Identifier(user, "users", "identity", "name") is not { } id)
        {
            return;
        }

        var node = writing.Ids.User(id);
        var machine = Text(user, "identity_type")?.Equals("NONHUMAN", StringComparison.OrdinalIgnoreCase) == true;
        List<KeyValuePair<string, PropertyValue>> properties = [.. OaaWriting.Named(Text(user, "name") ?? Text(user, "full_name")), .. OaaWriting.State(user), .. OaaWriting.Instant(user, "last_login_at", P.LastUsedAt)];
        if (!machine)
        {
            properties.AddRange(Text(user, "email") is { Length: > 0 } email ? [new(P.Email.Name, PropertyValue.Of(email))] : []);
            properties.AddRange(Flag(user, "is_guest") is { } guest ? [new(P.Guest.Name, PropertyValue.Of(guest))] : []);
        }
        else
        {
            properties.Add(new(P.NhiKind.Name, PropertyValue.Of("serviceAccount")));
        }

        writing.Facts.Node(node, machine ? NodeKinds.ServiceIdentity : NodeKinds.Account, properties);
        writing.Facts.Edge(EdgeKinds.InSystem, node, writing.Ids.System);
        writing.Imported(id, "users", $"{(machine ? "ServiceIdentity" : "Account")} {node}");
        Memberships(user, id, node, isGroup: false, writing);
        foreach (var (arn, role) in Roles(user, "users", writing))
        {
            writing.Assumptions.Said(node, role);
            writing.Facts.Edge(EdgeKinds.CanAssume, node, role, null, new KeyValuePair<string, PropertyValue>(P.Conditions.Name, PropertyValue.Of("unread")));
            writing.Book.Trace("edge", id, arn, "assumed_role_arns", writing.Where, "imported", $"CAN_ASSUME of {node} to {role}");
        }

        Uncounted(user, writing);
    }

    public static void Group(JsonValue group, OaaWriting writing)
    {
        if (writing.Identifier(group, "groups", "identity", "name") is not { } id)
        {
            return;
        }

        var node = writing.Ids.Group(id);
        writing.Facts.Node(node, NodeKinds.Group, [.. OaaWriting.Named(Text(group, "full_name") ?? Text(group, "name"))]);
        writing.Facts.Edge(EdgeKinds.InSystem, node, writing.Ids.System);
        writing.Imported(id, "groups", $"Group {node}");
        Memberships(group, id, node, isGroup: true, writing);
        foreach (var (arn, role) in Roles(group, "groups", writing))
        {
            writing.Assumptions.May(node, role, writing.Where);
            writing.Book.Expect(OaaAssumptions.Stream);
            writing.Book.Trace("edge", id, arn, "assumed_role_arns", writing.Where, "imported", $"CAN_ASSUME of every member of {node} to {role}");
        }

        Uncounted(group, writing);
    }

    /// <summary>The roles of AWS that it may assume; what is no ARN of one is refused.</summary>
    private static IEnumerable<(string Arn, string Role)> Roles(JsonValue json, string stream, OaaWriting writing)
    {
        foreach (var arn in writing.Names(json, "assumed_role_arns"))
        {
            if (RoleOf(arn) is { } role)
            {
                yield return (arn!, role);
                continue;
            }

            writing.Book.Outcome.Read++;
            writing.Book.Refuse(writing.Where, "assumed_role_arns", "it is no ARN of a role (`arn:aws:iam::123456789012:role/name`); it was left out", stream);
        }
    }

    private static void Memberships(JsonValue json, string id, string node, bool isGroup, OaaWriting writing)
    {
        foreach (var group in writing.Names(json, "groups"))
        {
            writing.Link(group, id, "groups", name =>
            {
                writing.Facts.Edge(EdgeKinds.MemberOf, node, writing.Ids.Group(name));
                writing.Assumptions.Joins(node, writing.Ids.Group(name), isGroup);
            });
        }
    }

    private static void Uncounted(JsonValue json, OaaWriting writing)
    {
        if (writing.List(json, "app_assignments").Any())
        {
            writing.Book.Report.CountUnrecognised("app_assignments");
        }
    }

    private static string? RoleOf(string? arn) =>
        Arn().Match(arn ?? "") is { Success: true } match ? $"{match.Groups["partition"].Value}-{match.Groups["account"].Value}:role/{Uri.EscapeDataString(match.Groups["name"].Value)}" : null;

    [GeneratedRegex(@"\Aarn:(?<partition>aws[a-z-]*):iam::(?<account>\d{12}):role/(?:\S*/)?(?<name>[A-Za-z0-9+=,.@_-]{1,64})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Arn();
}
