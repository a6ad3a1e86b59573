using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// Roles whose trust is about everyone, about all but some, about another account that was read, or cannot be read: whoever no statement of it names is
/// decided as all others who have the same policies. So are decided as many pairs as there are different trusts and different policies, not
/// as there are roles and principals.
/// </summary>
/// <param name="standing">The account of the roles.</param>
/// <param name="others">Every account of the import by its id.</param>
/// <param name="action">`sts:AssumeRole`.</param>
internal sealed class TrustGroups(Standing standing, IReadOnlyDictionary<string, Standing> others, string action)
{
    private readonly List<Trust> _trusts = [];
    private bool _asksPrincipal;
    private readonly Dictionary<PolicyDocument, Trust> _byDocument = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(string Account, int Number), List<int>> _alone = [];
    private readonly Dictionary<(Standing Of, Deciding? Deciding, bool IsRole, bool AsksOwn, string Alone), TargetGroup[]> _alike = [];
    private readonly Dictionary<string, TargetGroup[]> _decided = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Ways, int Hash), List<TargetGroup>> _same = [];
    private readonly Dictionary<TargetGroup, Reason> _reasons = [];
    private readonly Dictionary<Standing, Dictionary<string, int>> _roleNames = [];

    /// <summary>Decisions on one principal and one role so far.</summary>
    public long Decided { get; private set; }

    /// <summary>To be called of every role before anybody is asked for.</summary>
    public void Take(int role, PolicyDocument document, TrustNames named)
    {
        var accounts = ScopeOf(named);
        if (accounts.Count == 0)
        {
            return;
        }

        if (!_byDocument.TryGetValue(document, out var trust))
        {
            trust = new Trust(_trusts.Count, document, named, accounts);
            foreach (var caller in DecidedAlone(named))
            {
                var who = (caller.Standing.Account.Ids.Account, caller.Number);
                if (!_alone.TryGetValue(who, out var trusts))
                {
                    _alone.Add(who, trusts = []);
                }

                trusts.Add(trust.Number);
            }

            _trusts.Add(trust);
            _asksPrincipal |= named.AsksPrincipal;
            _byDocument.Add(document, trust);
        }

        trust.Roles.Add(role);
    }

    /// <summary>Who is decided by itself: whom any statement of the trust names and whom it is about.</summary>
    public IEnumerable<Holder> DecidedAlone(TrustNames named)
    {
        var accounts = ScopeOf(named);
        return named.Listed
            .Where(arn => named.Names(arn) || accounts.Contains(Arn.Parse(arn)?.Account ?? ""))
            .Select(HolderOf).OfType<Holder>().DistinctBy(holder => (holder.Standing, holder.Number));
    }

    public Outcome Decide(Holder caller, PolicyDocument trust, string role)
    {
        Decided++;
        var set = standing.Index.Of(caller, action).Set;
        var tags = set.AsksResource || trust.AsksResource ? standing.TagsAt(standing.Account.Roles, standing.Account.Roles.Find(role)) : null;
        return TrustDecision.Decide(set, trust, new IamRequest(caller.Arn, action, role) { Context = tags is null ? caller.Known : Tags.OfResource(caller.Known, tags) });
    }

    /// <summary>The principals that are decided together, and the roles they may assume.</summary>
    public IEnumerable<(Holder Holder, TargetGroup Roles)> Held()
    {
        foreach (var account in _trusts.SelectMany(trust => trust.Accounts).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var holders = Read(account)!.Holders;
            for (var number = 0; number < holders.Principals; number++)
            {
                var holder = holders[number];
                foreach (var group in Of(holder))
                {
                    yield return (holder, group);
                }
            }
        }
    }

    /// <summary>The roles it may assume as all who are decided as it is.</summary>
    public IEnumerable<TargetGroup> Of(Holder holder)
    {
        if (_trusts.Count == 0 || holder.IsGroup)
        {
            return [];
        }

        var deciding = standing.Index.Of(holder, action);
        var alone = _alone.GetValueOrDefault((holder.Standing.Account.Ids.Account, holder.Number)) ?? [];
        var words = string.Join(',', alone.Select(trust => trust.ToString(CultureInfo.InvariantCulture)));
        return Of(holder, deciding.Set.TakesAway ? deciding : null, false, alone, words).Concat(Of(holder, deciding, true, alone, words)).Concat(_asksPrincipal ? OfItself(holder, alone) : []);
    }

    /// <summary>Of the trusts that ask for a principal's own policies, or of those that do not: there only what takes away from them counts.</summary>
    private TargetGroup[] Of(Holder holder, Deciding? deciding, bool asksOwn, List<int> alone, string words)
    {
        var key = (holder.Standing, deciding, holder.Identity is IamRole, asksOwn, words);
        if (!_alike.TryGetValue(key, out var groups))
        {
            var account = holder.Standing.Account.Ids.Account;
            _alike.Add(key, groups = Decide(holder, [.. _trusts.Where(trust => !trust.Named.AsksPrincipal && trust.AsksOwnOf(account, standing.Account.Ids.Account) == asksOwn && !alone.Contains(trust.Number) && trust.Accounts.Contains(account))]));
        }

        return groups;
    }

    /// <summary>Of the trusts that ask who it is.</summary>
    private TargetGroup[] OfItself(Holder holder, List<int> alone)
    {
        var account = holder.Standing.Account.Ids.Account;
        return Decide(holder, [.. _trusts.Where(trust => trust.Named.AsksPrincipal && !alone.Contains(trust.Number) && trust.Accounts.Contains(account))]);
    }

    public Reason Because(TargetGroup group)
    {
        if (!_reasons.TryGetValue(group, out var reason))
        {
            _reasons.Add(group, reason = Reason.OnAndOf(group.Arns[0], action, []));
        }

        return reason;
    }

    /// <summary>The user or role of an ARN; of a session its role. Null: it is not in the files.</summary>
    public Holder? HolderOf(string arn)
    {
        if (Arn.Parse(arn) is not { } parts || Read(parts.Account) is not { } account)
        {
            return null;
        }

        return account.Holders.Find(arn) ?? (parts is { Type: "assumed-role", RoleName: { } name } ? RoleNamed(account, name) : null);
    }

    private Holder? RoleNamed(Standing account, string name)
    {
        if (!_roleNames.TryGetValue(account, out var names))
        {
            _roleNames.Add(account, names = new(StringComparer.Ordinal));
            for (var role = 0; role < account.Account.Roles.Count; role++)
            {
                names.TryAdd(account.Account.Roles.NameAt(role), role);
            }
        }

        return names.TryGetValue(name, out var found) ? account.Holders[account.Account.Users.Count + found] : null;
    }

    /// <summary>The account, where the files describe it.</summary>
    private Standing? Read(string account) => account == standing.Account.Ids.Account ? standing : others.GetValueOrDefault(account);

    /// <summary>Accounts that were read and whose principals the trust may mean, whether it names them or not.</summary>
    private HashSet<string> ScopeOf(TrustNames named) =>
    [
        .. named.IsSpecial || named.Everyone || named.Unreadable || (named.LeavesToAccount && (named.AsksPrincipal || named.AsksResource)) ? [standing.Account.Ids.Account] : Array.Empty<string>(),
        .. named.Everyone || named.Unreadable ? others.Keys : named.ForeignAccounts.Where(others.ContainsKey),
    ];

    private TargetGroup[] Decide(Holder holder, Trust[] trusts)
    {
        var set = standing.Index.Of(holder, action).Set;
        List<(Trust Trust, Outcome Others, Dictionary<int, Outcome>? Told)> decided = [];
        StringBuilder said = new();
        foreach (var trust in trusts)
        {
            var candidates = trust.CandidatesIn(standing.Account.Roles);
            var told = (trust.Named.TellsRolesApart ? null : candidates.ToldApartBy(set)) is { } some ? some : [.. Enumerable.Range(0, candidates.Arns.Count)];
            var each = told.Length == 0 ? null : told.ToDictionary(index => index, index => Decide(holder, trust.Document, candidates.Arns[index]));
            var rest = Targets.OfRest(told, candidates.Arns.Count) is { } one ? Decide(holder, trust.Document, candidates.Arns[one]) : Outcome.Denied;
            decided.Add((trust, rest, each));
            said.Append(CultureInfo.InvariantCulture, $"{trust.Number} {TargetGroup.WaysOf(rest)}{(rest.IsDenied ? "-" : "")}");
            foreach (var (index, outcome) in each ?? [])
            {
                said.Append(CultureInfo.InvariantCulture, $" {index}:{TargetGroup.WaysOf(outcome)}{(outcome.IsDenied ? "-" : "")}");
            }

            said.Append('\n');
        }

        var key = said.ToString();
        if (!_decided.TryGetValue(key, out var groups))
        {
            _decided.Add(key, groups = Gather(decided));
        }

        return groups;
    }

    private TargetGroup[] Gather(IEnumerable<(Trust Trust, Outcome Others, Dictionary<int, Outcome>? Told)> decided)
    {
        Dictionary<string, (Outcome Outcome, List<int> Roles)> groups = new(StringComparer.Ordinal);
        foreach (var (trust, rest, told) in decided)
        {
            for (var index = 0; index < trust.Roles.Count; index++)
            {
                var outcome = told is not null && told.TryGetValue(index, out var own) ? own : rest;
                if (outcome.IsDenied)
                {
                    continue;
                }

                var ways = TargetGroup.WaysOf(outcome);
                if (!groups.TryGetValue(ways, out var group))
                {
                    groups.Add(ways, group = (outcome, []));
                }

                group.Roles.Add(trust.Roles[index]);
            }
        }

        return [.. groups.Select(group => Same(group.Key, group.Value.Outcome, [.. group.Value.Roles.Order()]))];
    }

    /// <summary>One group for the same roles in the same ways, whoever they were decided for.</summary>
    private TargetGroup Same(string ways, Outcome outcome, int[] roles)
    {
        var hash = default(HashCode);
        hash.AddBytes(MemoryMarshal.AsBytes<int>(roles));
        var key = (ways, hash.ToHashCode());
        if (!_same.TryGetValue(key, out var groups))
        {
            _same.Add(key, groups = []);
        }

        if (groups.Find(known => known.Arns.Is(roles)) is not { } same)
        {
            groups.Add(same = new TargetGroup(outcome, new ArnChoice(standing.Account.Roles, roles)));
        }

        return same;
    }

    /// <summary>The roles of one trust policy.</summary>
    private sealed class Trust(int number, PolicyDocument document, TrustNames named, HashSet<string> accounts)
    {
        private Candidates? _candidates;

        public int Number { get; } = number;

        public PolicyDocument Document { get; } = document;

        public TrustNames Named { get; } = named;

        public HashSet<string> Accounts { get; } = accounts;

        /// <summary>Whether what it gives to principals of the account hangs on their own policies.</summary>
        public bool AsksOwnOf(string account, string own) => account != own || Named.LeavesToAccount || Named.Unreadable;

        /// <summary>Positions, ascending.</summary>
        public List<int> Roles { get; } = [];

        public Candidates CandidatesIn(ArnTable roles) => _candidates ??= new Candidates("", new ArnChoice(roles, [.. Roles]));
    }
}
