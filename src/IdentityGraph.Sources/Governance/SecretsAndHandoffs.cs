using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Entries;

namespace IdentityGraph.Sources.Governance;

/// <summary>HELD_BY: who knows which secret.</summary>
internal sealed class KnownSecrets() : GovernanceSection(
    "knownSecrets",
    "Who knows which secret, by the credential's id.",
    Required("credential", EntryType.Ids, "Ids of the credentials."),
    Required("holder", EntryType.Ids, "Ids of the people, principals or organizations that know it."),
    EntryKey.For(Properties.MayUse))
{
    protected override IEnumerable<Observation> State(GovernanceStatement entry) =>
        from credential in entry.Entry.Ids("credential")
        from holder in entry.Entry.Ids("holder")
        select entry.Edge(EdgeKinds.HeldBy, credential, holder, null, [.. entry.Entry.Properties([Properties.MayUse])]);
}

/// <summary>STORED_IN: where a secret is kept, and whether it may be.</summary>
internal sealed class SecretStores() : GovernanceSection(
    "secretStores",
    "Where a secret is kept, by the credential's id, and whether it may be kept there.",
    Required("credential", EntryType.Ids, "Ids of the credentials."),
    Required("store", EntryType.Id, "Id of the vault, repository, channel, document…"),
    EntryKey.For(Properties.Sanctioned),
    EntryKey.For(Properties.StoreKind))
{
    protected override IEnumerable<Observation> State(GovernanceStatement entry)
    {
        var store = entry.Entry.Id("store");
        var kind = entry.Entry.Properties([Properties.StoreKind]).ToList();
        var stored = entry.Entry.Ids("credential").Select(credential => entry.Edge(EdgeKinds.StoredIn, credential, store, null, [.. entry.Entry.Properties([Properties.Sanctioned])]));
        return kind.Count == 0 ? stored : stored.Append<Observation>(entry.Node(store, NodeKinds.Resource, kind));
    }
}

/// <summary>A Handoff nobody's engine recorded.</summary>
internal sealed class Handoffs() : GovernanceSection(
    "handoffs",
    "A transfer of work that no engine recorded: by hand, file, chat, ticket or spreadsheet.",
    Required("id", EntryType.Id, "Id of the handoff."),
    Optional("fromStep", EntryType.Ids, "Id of the step run the work came from."),
    Optional("toStep", EntryType.Ids, "Id of the step run the work went to."),
    EntryKey.For(Properties.Method) with { Required = true },
    EntryKey.For(Properties.OccurredAt) with { Required = true },
    Optional("credential", EntryType.Ids, "Id of the credential it was made with."),
    Optional("initiatedBy", EntryType.Ids, "Principal that started it."),
    Optional("actsFor", EntryType.Ids, "Principals it was done for, the current actor first."),
    EntryKey.For(Properties.OnBehalfOf),
    EntryKey.For(Properties.CorrelationId))
{
    protected override IEnumerable<Observation> State(GovernanceStatement entry) =>
    [
        entry.Node(entry.Id, NodeKinds.Handoff),
        .. entry.Edges(EdgeKinds.HandoffFrom, entry.Id, "fromStep"),
        .. entry.Edges(EdgeKinds.HandoffTo, entry.Id, "toStep"),
        .. entry.Edges(EdgeKinds.UsedCredential, entry.Id, "credential"),
        .. entry.Edges(EdgeKinds.InitiatedBy, entry.Id, "initiatedBy"),
        .. entry.Entry.Ids("actsFor").Select((principal, depth) => entry.Edge(EdgeKinds.ActsFor, entry.Id, principal, null, Says(Properties.ActDepth, PropertyValue.Of(depth)))),
    ];
}
