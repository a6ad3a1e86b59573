using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>
/// Members of Everyone and Authenticated Users, which no file states: Windows counts everybody who signs in. Said once for a domain, of the
/// groups that every account of it is in (users, computers, controllers), and of the accounts that are in none of them.
/// </summary>
/// <remarks>Well-known identifiers: https://learn.microsoft.com/windows-server/identity/ad-ds/manage/understand-security-identifiers</remarks>
internal sealed class Everybody(FactList facts, ImportMemory memory, ImportReport report) : IDisposable
{
    private const string Authenticated = "S-1-5-11";
    private const string Everyone = "S-1-1-0";
    private const string OfDomain = "S-1-5-21-";

    /// <summary>Groups of accounts: users, computers, controllers; every domain has them.</summary>
    private static readonly string[] s_accounts = ["-513", "-515", "-516"];

    private readonly Dictionary<string, string> _domains = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<string, Group> _met = new(StringComparer.Ordinal);
    private readonly HashSet<(string Trusting, string Trusted)> _forest = [];
    private readonly SortedDictionary<string, SortedSet<string>> _foreign = new(StringComparer.Ordinal);
    private readonly TextShelf _strays = new();

    private sealed record Group(string Stream, string Where, SortedDictionary<string, int> Rights);

    /// <summary>Remembers which domain bears a name, as far as the object says.</summary>
    public void MeetDomain(string? name, string? identifier)
    {
        if (!string.IsNullOrWhiteSpace(name) && !string.IsNullOrWhiteSpace(identifier))
        {
            _domains.TryAdd(JsonReading.Upper(name), JsonReading.Upper(identifier));
        }
    }

    /// <summary>Remembers an account that is in no group of all accounts.</summary>
    public void MeetAccount(string id, IReadOnlyList<DirectoryLink> said)
    {
        for (var i = said.Count - 1; i >= 0; i--)
        {
            if (said[i].Kind == "MemberOf" && said[i].Start == id)
            {
                if (IsOfAccounts(said[i].End))
                {
                    return;
                }

                break;
            }
        }

        MeetStray(id);
    }

    /// <summary>The same of an account that is in none of them, unless the memory is told so.</summary>
    public void MeetStray(string id)
    {
        if (DomainOf(id) is not null && memory.IsNewStray(id))
        {
            _strays.Add(id);
        }
    }

    /// <summary>Remembers where one of the two groups stands at an end, and trusts.</summary>
    public void Meet(in DirectoryLink link)
    {
        if (PrefixOf(link.Start) is not null)
        {
            var rights = Remember(link.Start).Rights;
            rights[link.Kind] = rights.GetValueOrDefault(link.Kind) + 1;
        }

        if (PrefixOf(link.End) is not null)
        {
            Remember(link.End);
        }

        if (link.EndKind == DirectoryKind.Domain && link.StartKind == DirectoryKind.Domain)
        {
            Trust(link);
        }
    }

    /// <summary>States who is in the groups that were met, a few facts at a time.</summary>
    public IEnumerable<bool> Conclude()
    {
        foreach (var (id, group) in _met.ToArray())
        {
            (facts.Stream, facts.Where) = (group.Stream, group.Where);
            var prefix = PrefixOf(id)!;
            var domains = DomainsOf(prefix);
            if (domains.Length == 0)
            {
                report.Warn($"who is in `{id}` is not stated, because no object says which domain it is of: the rights it holds are not followed");
                continue;
            }

            foreach (var domain in domains)
            {
                foreach (var _ in State(id, prefix, domain))
                {
                    yield return true;
                    (facts.Stream, facts.Where) = (group.Stream, group.Where);
                }
            }

            var rights = group.Rights.Where(right => right.Key is not ("MemberOf" or "MemberOfLocalGroup")).Select(right => $"{right.Key} ({right.Value})").ToArray();
            if (rights.Length > 0)
            {
                report.Warn($"`{id}` holds {string.Join(", ", rights)}: so does everybody who signs in to its domain");
            }

            foreach (var (trusting, trusted) in _foreign.Where(trust => domains.Contains(trust.Key)))
            {
                report.Warn($"accounts of {string.Join(", ", trusted.Select(domain => $"`{domain}`"))}, which `{memory.NameOf(trusting) ?? trusting}` trusts from another forest, are in `{id}` too where they may sign in: that is not stated");
            }
        }
    }

    private IEnumerable<bool> State(string id, string prefix, string domain)
    {
        var authenticated = prefix + Authenticated;
        var forest = Forest(domain);
        foreach (var member in forest)
        {
            foreach (var number in s_accounts)
            {
                Member(member + number, authenticated);
            }

            if (memory.Knows(member + "-521"))
            {
                Member(member + "-521", authenticated);
            }
        }

        if (id != authenticated)
        {
            Member(authenticated, id);
            Member(domain + "-514", id);
        }

        yield return true;
        for (var place = 0L; place < _strays.Length;)
        {
            var account = _strays.Read(ref place);
            if (memory.IsGrouped(account))
            {
                continue;
            }

            if (!IsNumber(account, "-501") && forest.Contains(DomainOf(account)!))
            {
                facts.Edge(EdgeKinds.MemberOf, facts.Object(account), facts.Object(authenticated));
                yield return true;
            }
            else if (id != authenticated && account == domain + "-501")
            {
                facts.Edge(EdgeKinds.MemberOf, facts.Object(account), facts.Object(id));
                yield return true;
            }
        }
    }

    public void Dispose() => _strays.Dispose();

    private void Member(string group, string of)
    {
        if (DirectoryIds.Fits(DirectoryIds.Administration(group)) && DirectoryIds.Fits(DirectoryIds.Administration(of)))
        {
            Described(group);
            Described(of);
            facts.Edge(EdgeKinds.MemberOf, facts.Object(group), facts.Object(of));
        }
    }

    private void Described(string group)
    {
        if (!memory.Knows(group))
        {
            DirectoryMapping.Describe(group, DirectoryKind.Group, default, null, facts);
        }
    }

    private void Trust(in DirectoryLink link)
    {
        // The start trusts the end; the file names the one that it does not describe.
        if (link.Kind == "SameForestTrust")
        {
            _forest.Add((link.Start, link.End));
        }
        else if (link.Kind == "CrossForestTrust")
        {
            if (!_foreign.TryGetValue(link.Start, out var trusted))
            {
                _foreign[link.Start] = trusted = new(StringComparer.Ordinal);
            }

            trusted.Add(link.End);
        }
    }

    /// <summary>The domain, and those of its forest that it trusts, through others too.</summary>
    private List<string> Forest(string domain)
    {
        List<string> found = [domain];
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(_forest.Where(trust => trust.Trusting == found[i] && !found.Contains(trust.Trusted)).Select(trust => trust.Trusted).ToArray());
        }

        return found;
    }

    private Group Remember(string id)
    {
        if (!_met.TryGetValue(id, out var group))
        {
            _met[id] = group = new(facts.Stream, facts.Where, new(StringComparer.Ordinal));
        }

        return group;
    }

    /// <summary>A group without a prefix is every domain's; one of a computer is of the computer's.</summary>
    private string[] DomainsOf(string prefix)
    {
        var name = prefix.TrimEnd('-');
        return name.Length == 0 ? [.. _domains.Values.Distinct()]
            : name.StartsWith(OfDomain, StringComparison.Ordinal) ? [DomainOf(name) ?? name]
            : _domains.TryGetValue(name, out var domain) ? [domain]
            : [];
    }

    /// <summary>The domain an account's identifier begins with (a domain's SID has seven parts, an account's eight); null: it is no such identifier.</summary>
    private static string? DomainOf(string account) =>
        account.StartsWith(OfDomain, StringComparison.Ordinal) && account.Count(c => c == '-') == 7 ? account[..account.LastIndexOf('-')] : null;

    /// <summary>Whether it is a group of accounts, or that of read-only controllers.</summary>
    public static bool IsOfAccounts(string group) => IsNumber(group, "-513") || IsNumber(group, "-515") || IsNumber(group, "-516") || IsNumber(group, "-521");

    private static bool IsNumber(string id, string number) => id.StartsWith(OfDomain, StringComparison.Ordinal) && id.EndsWith(number, StringComparison.Ordinal);

    /// <summary>What stands before the well-known identifier, with its hyphen; null: the group is neither of the two.</summary>
    private static string? PrefixOf(string id)
    {
        if (id.Length == 0 || id[^1] is not ('0' or '1'))
        {
            return null;
        }

        var length = id.EndsWith(Authenticated, StringComparison.Ordinal) ? Authenticated.Length : id.EndsWith(Everyone, StringComparison.Ordinal) ? Everyone.Length : 0;
        return length > 0 && (id.Length == length || id[^(length + 1)] == '-') ? id[..^length] : null;
    }
}
