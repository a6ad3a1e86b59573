using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using IdentityGraph.Analyze.Ownership;
using IdentityGraph.Graph;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>What holds for who answers, whatever the estate: laws over random owners, groups, people and gaps in what was read.</summary>
public sealed class OwnershipLawTests
{
    private const string Today = "2025-04-15";
    private static readonly string[] s_ends = ["2025-03-31", "2025-05-01", "2026-01-01"];
    private static readonly string[] s_statuses = ["active", "active", "onLeave", "ended", "pending"];
    private static readonly string[] s_states = ["Active", "Active", "Disabled"];
    private static readonly string[] s_roles = ["accountable", "technical", "revocation", "business"];

    [Fact]
    public void The_order_of_facts_changes_nobodys_owners() => Holds(seed =>
        Verdicts(Estate(seed)).SequenceEqual(Verdicts(Estate(seed, shuffled: true))));

    [Fact]
    public void Use_changes_nobodys_owners() => Holds(seed =>
        Verdicts(Estate(seed)).SequenceEqual(Verdicts(Estate(seed, more: run =>
        {
            for (var n = 0; n < 6; n++)
            {
                run.Node(Id("use", n), "UsageObservation", ("count", 5), ("lastAt", Facts.Instant("2025-04-14"))).Edge("TARGETS", Id("use", n), Id("n", n));
            }
        }))));

    [Fact]
    public void Who_surely_answers_is_among_those_who_may() => Holds(seed =>
        All(Estate(seed)).All(result => result.Answering.AtLeast.All(result.Answering.AtMost.Contains)));

    [Fact]
    public void An_employed_owner_of_ones_own_ends_being_an_orphan_and_takes_nobody_away() => Holds(seed =>
    {
        var before = All(Estate(seed, readWhole: true));
        var after = All(Estate(seed, readWhole: true, more: run => OwnershipLattice.Employs(run, "zoe").Edge("OWNED_BY", "n0", "zoe", ("role", "accountable"))));
        return after[0].Answering.IsSomebody && after[0].State != OwnershipState.Orphaned
            && before.Zip(after).All(pair => Ids(pair.First.Answering.AtLeast).IsSubsetOf(Ids(pair.Second.Answering.AtLeast)));
    });

    [Fact]
    public void An_orphan_has_a_reason_and_nobody_and_what_is_owned_has_neither() => Holds(seed => All(Estate(seed)).All(result => result.State switch
    {
        OwnershipState.Orphaned => result.Reason is not (null or OrphanReason.O7) && result.Answering.IsNobody && !result.IsTombstone,
        OwnershipState.Unknown => !result.Answering.IsSomebody,
        _ => result.Reason is null && result.Answering.IsSomebody,
    }));

    [Fact]
    public void Every_state_and_reason_occurs_in_the_estates_that_are_tried()
    {
        var met = Enumerable.Range(0, 200).SelectMany(seed => All(Estate(seed))).ToList();
        Assert.Equal(Enum.GetValues<OwnershipState>(), met.Select(result => result.State).Distinct().Order());
        Assert.Equal(Enum.GetValues<OrphanReason>(), met.Select(result => result.Reason).OfType<OrphanReason>().Distinct().Order());
    }

    private static void Holds(Func<int, bool> law) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), law).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private static List<string> Verdicts(Facts facts) => [.. All(facts).Select(result =>
        $"{result.Node} {OwnershipLattice.Say(result)} {string.Join(',', result.Answering.AtMost)} {result.Answering.Open} {string.Join(',', result.MissingRoles)} {result.Purpose} {result.Live}")];

    private static List<OwnershipResult> All(Facts facts)
    {
        var view = facts.At(Today);
        var owners = OwnershipLattice.Owners(view);
        return [.. Owners.Kinds.SelectMany(view.Of).OrderBy(node => node.Id, StringComparer.Ordinal).Where(node => node.Id[0] is 'n' or 'c').OrderByDescending(node => node.Id[0]).Select(owners.Of)];
    }

    private static HashSet<string> Ids(IReadOnlyList<Node> people) => [.. people.Select(person => person.Id)];

    private static string Id(string kind, int number) => kind + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Six identities, four credentials, four people with accounts, two groups, one vendor; who owns whom is drawn.</summary>
    private static Facts Estate(int seed, bool shuffled = false, bool readWhole = false, Action<Facts.Lines>? more = null)
    {
        var random = new Random(seed);
        var said = new Facts.Lines();
        for (var p = 0; p < 4; p++)
        {
            var end = random.Next(2) == 0 ? s_ends[random.Next(s_ends.Length)] : null;
            OwnershipLattice.Employs(said, Id("p", p), end, s_statuses[random.Next(s_statuses.Length)], random.Next(5) == 0 ? "vendor" : "employee");
            said.Node(Id("a", p), "Account", ("state", "Active")).Edge("BELONGS_TO", Id("a", p), Id("p", random.Next(4)), ("confidence", random.Next(4) == 0 ? 0.5 : 1.0));
        }

        said.Node("g0", "Group").Node("g1", "Team").Node("v0", "Organization", ("kind", "vendor"));
        for (var n = 0; n < 6; n++)
        {
            said.Node(Id("n", n), n == 5 ? "Connector" : "ServiceIdentity", ("state", s_states[random.Next(s_states.Length)]));
        }

        for (var c = 0; c < 4; c++)
        {
            said.Node(Id("c", c), "Credential", ("kind", "apiKey"), ("expiresAt", null)).Edge("AUTHENTICATES_AS", Id("c", c), Id("n", random.Next(5)));
        }

        string[] owners = ["p0", "p1", "p2", "p3", "a0", "a1", "g0", "g1", "v0", "n0", "n1", "n2", "text:ops"];
        for (var edge = 0; edge < 9; edge++)
        {
            said.Edge("OWNED_BY", random.Next(4) == 0 ? Id("c", random.Next(4)) : random.Next(8) == 0 ? Id("g", random.Next(2)) : Id("n", random.Next(6)), owners[random.Next(owners.Length)], ("role", s_roles[random.Next(s_roles.Length)]));
            if (random.Next(6) == 0)
            {
                said.With(from: "2024-01-01", until: "2025-04-01");
            }
        }

        said.Edge("MEMBER_OF", Id("a", random.Next(4)), "g0").Edge("MEMBER_OF_TEAM", Id("p", random.Next(4)), "g1");
        if (random.Next(2) == 0)
        {
            said.Edge("SPONSORED_BY", random.Next(2) == 0 ? "v0" : Id("p", random.Next(4)), Id("p", random.Next(4)));
        }

        more?.Invoke(said);
        var lines = said.All.ToArray();
        if (shuffled)
        {
            new Random(seed).Shuffle(lines);
        }

        var silent = readWhole ? "" : random.Next(10) == 0 ? "OWNED_BY" : random.Next(10) == 0 ? "Employment" : "";
        return new Facts().Run("estate", Today, run =>
        {
            lines.ToList().ForEach(line => run.Say(line));
            foreach (var stream in new[] { "Person", "Employment", "EMPLOYED_AS", "Account", "BELONGS_TO", "ServiceIdentity", "Connector", "Credential", "OWNED_BY", "MEMBER_OF" }.Where(stream => stream != silent))
            {
                run.Complete(stream);
            }
        });
    }
}
