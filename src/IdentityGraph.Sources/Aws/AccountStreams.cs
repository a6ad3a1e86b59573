using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws;

/// <summary>The streams of a run: the lists of the file, and what follows from several of them.</summary>
internal static class AccountStreams
{
    public const string Users = "users";
    public const string Groups = "groups";
    public const string Roles = "roles";
    public const string Policies = "policies";

    /// <summary>What who may do follows from every list.</summary>
    public const string Rights = "rights";

    /// <summary>Lists of a page whose objects are read, policies of the organization apart.</summary>
    public static IReadOnlyList<string> Lists { get; } = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"];

    /// <summary>Whether the member is one of <see cref="Lists"/>.</summary>
    public static bool IsList(string member) => member is "UserDetailList" or "GroupDetailList" or "RoleDetailList" or "Policies";

    /// <summary>The list that the member is, whatever its letters; null: none.</summary>
    public static string? ListNamed(string member) =>
        Lists.Append("ServiceControlPolicies").FirstOrDefault(list => list.Equals(member, StringComparison.OrdinalIgnoreCase));

    /// <summary>Where an identity of the kind stands.</summary>
    public static string Of(IdentityKind kind) => kind switch { IdentityKind.User => Users, IdentityKind.Group => Groups, _ => Roles };

    /// <summary>List of the file to stream.</summary>
    public static IReadOnlyList<(string List, string Stream)> All { get; } =
        [("UserDetailList", Users), ("GroupDetailList", Groups), ("RoleDetailList", Roles), ("Policies", Policies)];
}
