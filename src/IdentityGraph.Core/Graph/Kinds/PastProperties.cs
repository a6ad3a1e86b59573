using static IdentityGraph.Graph.Properties;

namespace IdentityGraph.Graph;

/// <summary>
/// The properties whose past matters, because a question about the past reads them: what can make something unreachable (every protective
/// property), the engagement of a person, when a secret was made and replaced, and who consented on what terms. Of the others the
/// last word is enough: they name, rank or describe.
/// </summary>
public static class PastProperties
{
    private static readonly IReadOnlyList<Property> s_others =
    [
        EmploymentStatus, StartAt, EndAt, Department, JobRole, ManagerId,
        IssuedAt, RevokedBy, Renewable, MaxRenewals, Ttl, CredentialKind,
        SurvivesAuthoriserDisable, Offline, AuthMethods, Privileged, Capabilities, MonitoredUntil,
    ];

    /// <summary>Those of a kind, in the order in which the kind lists its properties.</summary>
    public static IReadOnlyList<Property> Of(NodeKind kind) => [.. kind.Properties.Where(Matters)];

    private static bool Matters(Property property) => property.Protective || s_others.Contains(property);
}
