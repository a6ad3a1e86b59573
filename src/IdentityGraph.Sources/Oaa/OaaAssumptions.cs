using IdentityGraph.Graph;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Oaa;

/// <summary>
/// Roles of AWS that groups of a provider may assume. Only principals assume, so each member does, also one of a group within the group. Known
/// once every user and group was read; memory grows with memberships.
/// </summary>
internal sealed class OaaAssumptions
{
    /// <summary>What is concluded is whole only where the users and the groups are.</summary>
    public const string Stream = "assumed_role_arns";

    private readonly Dictionary<string, List<(string Member, bool IsGroup)>> _members = new(StringComparer.Ordinal);
    private readonly List<(string Group, string Role, string Where)> _roles = [];
    private readonly HashSet<(string User, string Role)> _said = [];

    /// <summary>Node ids of a member and the group it is in.</summary>
    public void Joins(string member, string group, bool isGroup)
    {
        if (!_members.TryGetValue(group, out var members))
        {
            _members[group] = members = [];
        }

        members.Add((member, isGroup));
    }

    /// <summary>A role that the members of a group may assume.</summary>
    public void May(string group, string role, string where) => _roles.Add((group, role, where));

    /// <summary>A role that a user may assume by themself.</summary>
    public void Said(string user, string role) => _said.Add((user, role));

    /// <summary>States what each member may assume, a role of a group at a time: under which conditions nobody read.</summary>
    public IEnumerable<bool> State(OaaWriting writing)
    {
        foreach (var (group, role, where) in _roles)
        {
            writing.Begin(where, Stream);
            foreach (var user in UsersOf(group).Where(user => _said.Add((user, role))))
            {
                writing.Facts.Edge(EdgeKinds.CanAssume, user, role, null, new KeyValuePair<string, PropertyValue>(P.Conditions.Name, PropertyValue.Of("unread")));
            }

            yield return true;
        }
    }

    private HashSet<string> UsersOf(string group)
    {
        HashSet<string> users = new(StringComparer.Ordinal);
        HashSet<string> met = new(StringComparer.Ordinal) { group };
        var open = new Queue<string>([group]);
        while (open.TryDequeue(out var one))
        {
            foreach (var (member, isGroup) in _members.GetValueOrDefault(one) ?? [])
            {
                if (!isGroup)
                {
                    users.Add(member);
                }
                else if (met.Add(member))
                {
                    open.Enqueue(member);
                }
            }
        }

        return users;
    }
}
