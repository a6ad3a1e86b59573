using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Entries;

namespace IdentityGraph.Sources.Governance;

/// <summary>OWNED_BY: who answers for what. Stream `owners`, complete only where the file says so.</summary>
internal sealed class Owners() : GovernanceSection(
    "owners",
    "Who answers for an asset, in which role.",
    Required("asset", EntryType.Ids, "What is owned: one id or several."),
    Optional("owner", EntryType.Ids, "Ids of the people, groups, teams, accounts or organizations that answer for it."),
    Optional("ownerText", EntryType.Text, "The owner in words, where no id is known; stays unresolved and is listed as such."),
    EntryKey.For(Properties.OwnerRole) with { Sentence = "What the owner answers for; not written: accountable." })
{
    protected override IEnumerable<Observation> State(GovernanceStatement entry)
    {
        var role = entry.Entry.Value(Properties.OwnerRole.Name) ?? PropertyValue.Of("accountable");
        var owners = entry.Entry.Ids("owner").ToList();
        if (entry.Entry.Optional("ownerText") is { } text)
        {
            owners.Add("text:" + text);
        }

        if (owners.Count == 0)
        {
            throw new EntryException(entry.Entry.Line, "owner", "`owner` or `ownerText` is missing; leave the entry out where nobody is known");
        }

        return from asset in entry.Entry.Ids("asset")
               from owner in owners
               select entry.Edge(EdgeKinds.OwnedBy, asset, owner, null, Says(Properties.OwnerRole, role));
    }
}

/// <summary>SPONSORED_BY: who inside answers for an external party.</summary>
internal sealed class Sponsors() : GovernanceSection(
    "sponsors",
    "Who inside answers for an external organization or person.",
    Required("party", EntryType.Ids, "Ids of the external organizations or people."),
    Required("sponsor", EntryType.Id, "Id of the internal person."))
{
    protected override IEnumerable<Observation> State(GovernanceStatement entry) =>
        entry.EdgesFrom(EdgeKinds.SponsoredBy, "party", entry.Entry.Id("sponsor"));
}

/// <summary>BELONGS_TO, confirmed by somebody: wins over every match that is concluded.</summary>
internal sealed class PersonMatches() : GovernanceSection(
    "matches",
    "Accounts that somebody has confirmed to be a person's.",
    Required("account", EntryType.Ids, "Ids of the accounts."),
    Required("person", EntryType.Id, "Id of the person."))
{
    protected override IEnumerable<Observation> State(GovernanceStatement entry) =>
        entry.Entry.Ids("account").Select(account => entry.Edge(
            EdgeKinds.BelongsTo,
            account,
            entry.Entry.Id("person"),
            null,
            Says(Properties.Confidence, PropertyValue.Of(1)),
            Says(Properties.MatchRule, PropertyValue.Of("confirmed"))));
}
