using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Entries;

namespace IdentityGraph.Sources.Governance;

/// <summary>What the business knows of systems and resources, and their scanners do not.</summary>
internal sealed class Assets() : GovernanceSection(
    "assets",
    "How much an asset matters and where it stands: criticality, tier, environment, crown jewel, classification.",
    Required("asset", EntryType.Ids, "Ids of the assets."),
    new("kind", EntryType.Word, "What it is, where no other source says so.") { Words = [.. NodeKind.All.Skip(1).Select(kind => kind.Name)] },
    EntryKey.For(Properties.Name),
    EntryKey.For(Properties.Criticality),
    EntryKey.For(Properties.Tier),
    EntryKey.For(Properties.Env),
    EntryKey.For(Properties.CrownJewel),
    EntryKey.For(Properties.Classification),
    EntryKey.For(Properties.Category),
    EntryKey.For(Properties.StoreKind),
    EntryKey.For(Properties.SupportsDeprovisioning),
    EntryKey.For(Properties.ThirdParty),
    EntryKey.For(Properties.ReapprovalPeriod),
    EntryKey.For(Properties.MonitoredUntil, endOfDay: true))
{
    private static readonly Property[] s_said =
    [
        Properties.Name, Properties.Criticality, Properties.Tier, Properties.Env, Properties.CrownJewel, Properties.Classification, Properties.Category,
        Properties.StoreKind, Properties.SupportsDeprovisioning, Properties.ThirdParty, Properties.ReapprovalPeriod, Properties.MonitoredUntil,
    ];

    protected override IEnumerable<Observation> State(GovernanceStatement entry)
    {
        var kind = entry.Entry.Optional("kind") is { } name ? NodeKind.Find(entry.Entry.Value("kind")!.Value.AsText()!) ?? throw new EntryException(entry.Entry.Line, "kind", $"unknown kind `{name}`") : null;
        var said = entry.Entry.Properties(s_said).ToList();
        if (kind is not null && said.Find(pair => kind.FindProperty(pair.Key) is null) is { Key: { } wrong })
        {
            throw new EntryException(entry.Entry.Line, wrong, $"a {kind} has no `{wrong}`");
        }

        if (entry.Entry.Value(Properties.Criticality.Name)?.AsNumber() is < 1 or > 10)
        {
            throw new EntryException(entry.Entry.Line, Properties.Criticality.Name, "criticality is 1 to 10");
        }

        return entry.Entry.Ids("asset").Select(asset => entry.Node(asset, kind, said));
    }
}

/// <summary>How fast credentials of a system die with their account.</summary>
internal sealed class Cascades() : GovernanceSection(
    "cascades",
    "When a credential of an account of a system dies with the account.",
    Required("system", EntryType.Ids, "Ids of the systems."),
    new("credential", EntryType.Word, "Kind of credential.") { Required = true, Words = Properties.CredentialKind.Words },
    new("dies", EntryType.Word, "When it dies.") { Required = true, Words = ["Immediate", "AtExpiry", "Never"] })
{
    protected override IEnumerable<Observation> State(GovernanceStatement entry)
    {
        var property = NodeKinds.CascadeOf(entry.Entry.Value("credential")!.Value.AsText()!);
        return entry.Entry.Ids("system").Select(system => entry.Node(system, null, [KeyValuePair.Create(property, entry.Entry.Value("dies")!.Value)]));
    }
}

/// <summary>Which systems an integration or workflow is declared to reach; apart from what is observed by the edge's key.</summary>
internal sealed class Downstream() : GovernanceSection(
    "downstream",
    "Which systems a connector or workflow is declared to reach.",
    Required("of", EntryType.Ids, "Ids of the connectors or workflows."),
    Required("reaches", EntryType.Ids, "Ids of the systems."))
{
    /// <summary>Key of a declared CONNECTS edge.</summary>
    public const string Declared = "declared";

    protected override IEnumerable<Observation> State(GovernanceStatement entry) =>
        from of in entry.Entry.Ids("of")
        from system in entry.Entry.Ids("reaches")
        select entry.Edge(EdgeKinds.Connects, of, system, Declared, Says(Properties.Side, PropertyValue.Of("target")));
}

/// <summary>That revocation was tried and seen to work.</summary>
internal sealed class RevocationTests() : GovernanceSection(
    "revocationTests",
    "That revoking an asset was tested, when, and where the record is.",
    Required("asset", EntryType.Ids, "Ids of what was tested."),
    Required("at", EntryType.Start, "When it was tested."),
    Required("ref", EntryType.Text, "Where the record is."),
    Optional("hash", EntryType.Text, "Hash of the record."))
{
    /// <summary>Key of the EVIDENCED_BY edge.</summary>
    public const string Tested = "revocationTest";

    protected override IEnumerable<Observation> State(GovernanceStatement entry)
    {
        var record = "governance:evidence/" + Uri.EscapeDataString(entry.Entry.Id("ref"));
        if (record.Length > 512)
        {
            throw new EntryException(entry.Entry.Line, "ref", "`ref` is too long to name the record by");
        }

        return [entry.Node(record, NodeKinds.Evidence), .. entry.Entry.Ids("asset").Select(asset => entry.Edge(EdgeKinds.EvidencedBy, asset, record, Tested))];
    }
}
