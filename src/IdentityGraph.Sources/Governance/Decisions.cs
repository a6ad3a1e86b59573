using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Entries;

namespace IdentityGraph.Sources.Governance;

/// <summary>Approval with requester, approver, executor, beneficiary and what was approved.</summary>
internal sealed class Approvals() : GovernanceSection(
    "approvals",
    "A decision on access: who asked, approved, carried out and gains, and on what exactly.",
    Required("id", EntryType.Id, "Id of the approval."),
    Required("target", EntryType.Ids, "Ids of what it is about: grants, assignments, entitlements, connectors… A name alone binds nothing."),
    Required("at", EntryType.Start, "When it was decided."),
    Optional("decision", EntryType.Text, "What was decided; not written: not known."),
    Optional("requester", EntryType.Ids, "Account that asked."),
    Optional("approver", EntryType.Ids, "Account that approved."),
    Optional("executor", EntryType.Ids, "Account that carried it out."),
    Optional("beneficiary", EntryType.Ids, "Account that gains by it."),
    EntryKey.For(Properties.ScopeIds) with { Sentence = "Ids of the scopes as approved then." },
    Optional("duration", EntryType.Duration, "For how long; not written: not time-bound as far as known."))
{
    protected override IEnumerable<Observation> State(GovernanceStatement entry) =>
    [
        entry.Node(entry.Id, NodeKinds.Approval),
        .. entry.Edges(EdgeKinds.Approves, entry.Id, "target"),
        .. entry.Edges(EdgeKinds.RequestedBy, entry.Id, "requester"),
        .. entry.Edges(EdgeKinds.ApprovedBy, entry.Id, "approver"),
        .. entry.Edges(EdgeKinds.ExecutedBy, entry.Id, "executor"),
        .. entry.Edges(EdgeKinds.Benefits, entry.Id, "beneficiary"),
    ];
}

/// <summary>ReviewItem: one certification.</summary>
internal sealed class Reviews() : GovernanceSection(
    "reviews",
    "A certification of one object: its facet, its decision, who decided and on what basis.",
    Required("id", EntryType.Id, "Id of the item."),
    Required("object", EntryType.Ids, "Ids of what is certified."),
    Optional("campaign", EntryType.Ids, "Id of the campaign."),
    Optional("decidedBy", EntryType.Ids, "Account that decided."),
    Optional("basedOn", EntryType.Ids, "Ids of the evidence, usage or ticket it rests on."),
    OpenOrClosed,
    new("facet", EntryType.Word, "What is certified.") { Words = ["object", "trigger", "path"] },
    EntryKey.For(Properties.Capability) with { Sentence = "The ability that is certified, where it is one only." },
    new("decision", EntryType.Text, "What was decided; null: undecided.") { Nullable = true },
    Optional("basis", EntryType.Texts, "What the decision rests on, in words."),
    Optional("at", EntryType.Start, "When it was decided."))
{
    protected override IEnumerable<Observation> State(GovernanceStatement entry) =>
    [
        entry.Node(entry.Id, NodeKinds.ReviewItem),
        .. entry.Edges(EdgeKinds.Reviews, entry.Id, "object"),
        .. entry.Edges(EdgeKinds.PartOf, entry.Id, "campaign"),
        .. entry.Edges(EdgeKinds.DecidedBy, entry.Id, "decidedBy"),
        .. entry.Edges(EdgeKinds.BasedOn, entry.Id, "basedOn"),
    ];
}

/// <summary>ReviewCampaign.</summary>
internal sealed class Campaigns() : GovernanceSection(
    "campaigns",
    "A campaign of certifications.",
    Required("id", EntryType.Id, "Id of the campaign."),
    EntryKey.For(Properties.Name),
    Optional("kind", EntryType.Text, "Access or licence."),
    OpenOrClosed,
    new("closedAt", EntryType.Start, "When it was closed.") { Nullable = true })
{
    protected override IEnumerable<Observation> State(GovernanceStatement entry) => [entry.Node(entry.Id, NodeKinds.ReviewCampaign)];
}

/// <summary>Exception: a waiver, and what it covers.</summary>
internal sealed class Exceptions() : GovernanceSection(
    "exceptions",
    "A waiver: what it covers, why, who owns it and when it ends.",
    Required("id", EntryType.Id, "Id of the exception."),
    Required("asset", EntryType.Ids, "Ids of what it covers."),
    Optional("reason", EntryType.Text, "Why."),
    Optional("owner", EntryType.Id, "Id of who owns it."),
    EntryKey.For(Properties.ExpiresAt, endOfDay: true),
    Optional("renewals", EntryType.Integer, "How often it was renewed."))
{
    protected override IEnumerable<Observation> State(GovernanceStatement entry) =>
        [entry.Node(entry.Id, NodeKinds.Exception), .. entry.EdgesFrom(EdgeKinds.ExceptedBy, "asset", entry.Id)];
}

/// <summary>Ticket: a reference.</summary>
internal sealed class Tickets() : GovernanceSection(
    "tickets",
    "A ticket that decisions refer to. That it is closed proves nothing about its target.",
    Required("id", EntryType.Id, "Id of the ticket."),
    Optional("reference", EntryType.Text, "Its number or address."),
    OpenOrClosed,
    new("closedAt", EntryType.Start, "When it was closed.") { Nullable = true })
{
    protected override IEnumerable<Observation> State(GovernanceStatement entry) => [entry.Node(entry.Id, NodeKinds.Ticket)];
}

/// <summary>An Exposure and what it opens.</summary>
internal sealed class Exposures() : GovernanceSection(
    "exposures",
    "A compromise or leak, as an investigator marked it.",
    Required("id", EntryType.Id, "Id of the exposure."),
    Required("exposes", EntryType.Ids, "Ids of the credentials, principals, resources, systems or applications it opens."),
    Required("at", EntryType.Start, "From when on."),
    new("until", EntryType.End, "Until when; null: no end.") { Nullable = true },
    Optional("basis", EntryType.Text, "Why it is held to be one."))
{
    protected override IEnumerable<Observation> State(GovernanceStatement entry) =>
        [entry.Node(entry.Id, NodeKinds.Exposure), .. entry.Edges(EdgeKinds.Exposes, entry.Id, "exposes")];
}
