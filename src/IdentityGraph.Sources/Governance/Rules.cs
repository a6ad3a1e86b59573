using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Entries;

namespace IdentityGraph.Sources.Governance;

/// <summary>Policy and what it governs.</summary>
internal sealed class Policies() : GovernanceSection(
    "policies",
    "A governing rule and what it governs.",
    Required("id", EntryType.Id, "Id of the policy."),
    EntryKey.For(Properties.Name),
    Optional("version", EntryType.Text, "Version of the rule."),
    Optional("governs", EntryType.Ids, "Ids of the assets it governs."))
{
    protected override IEnumerable<Observation> State(GovernanceStatement entry) =>
        [entry.Node(entry.Id, NodeKinds.Policy), .. entry.EdgesFrom(EdgeKinds.GovernedBy, "governs", entry.Id)];
}

/// <summary>EntitlementRule: role logic.</summary>
internal sealed class EntitlementRules() : GovernanceSection(
    "entitlementRules",
    "Role logic: whoever has these attributes is expected to have these entitlements.",
    Required("id", EntryType.Id, "Id of the rule."),
    EntryKey.For(Properties.Name),
    Required("when", EntryType.Texts, "Attribute equalities, each as `attribute=value`; all must hold."),
    Required("expects", EntryType.Ids, "Ids of the entitlements."))
{
    protected override IEnumerable<Observation> State(GovernanceStatement entry)
    {
        foreach (var equality in entry.Entry.Ids("when").Where(equality => equality.IndexOf('=', StringComparison.Ordinal) < 1))
        {
            throw new EntryException(entry.Entry.Line, "when", $"`{equality}` is no `attribute=value`");
        }

        return [entry.Node(entry.Id, NodeKinds.EntitlementRule), .. entry.Edges(EdgeKinds.Expects, entry.Id, "expects")];
    }
}

/// <summary>BusinessProcess and what serves it.</summary>
internal sealed class Processes() : GovernanceSection(
    "processes",
    "Why access exists: a business process or workflow, and the assets that serve it.",
    Required("id", EntryType.Id, "Id of the process."),
    EntryKey.For(Properties.Name),
    EntryKey.For(Properties.ProcessState),
    EntryKey.For(Properties.Sensitivity),
    Optional("servedBy", EntryType.Ids, "Ids of the assets that exist for it."))
{
    protected override IEnumerable<Observation> State(GovernanceStatement entry) =>
        [entry.Node(entry.Id, NodeKinds.BusinessProcess), .. entry.EdgesFrom(EdgeKinds.Serves, "servedBy", entry.Id)];
}
