namespace IdentityGraph.Sources.Governance;

/// <summary>Every section of a governance file, one line each: the place to add one.</summary>
internal static class GovernanceSections
{
    public static readonly IReadOnlyList<GovernanceSection> All =
    [
        new Owners(),
        new Sponsors(),
        new PersonMatches(),
        new Approvals(),
        new Reviews(),
        new Campaigns(),
        new Exceptions(),
        new Tickets(),
        new Policies(),
        new EntitlementRules(),
        new Processes(),
        new Assets(),
        new Cascades(),
        new Downstream(),
        new RevocationTests(),
        new KnownSecrets(),
        new SecretStores(),
        new Handoffs(),
        new Exposures(),
    ];

    public static readonly IReadOnlyList<string> Names = [.. All.Select(section => section.Name)];

    public static GovernanceSection? Find(string name) => All.FirstOrDefault(section => section.Name == name);
}
