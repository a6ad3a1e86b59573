using IdentityGraph.Collect;
using IdentityGraph.Sources.Aws.Kept;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.Aws;

/// <summary>What was read, put together by account: one entry an ARN, what belongs to several accounts in each of them.</summary>
internal sealed class AccountModels(ImportReport report)
{
    private readonly SortedDictionary<string, AccountModel> _accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (ManagedPolicy Policy, UInt128 Digest)> _shared = new(StringComparer.Ordinal);
    private readonly List<ControlLevel> _levels = [];
    private AccountModel? _last;
    private (string File, int Page) _lastPage = ("", -1);

    public IEnumerable<AccountModel> All => _accounts.Values;

    /// <summary>Whether any policy of AWS's own was read.</summary>
    public bool HasShared => _shared.Count > 0;

    public void Add(ControlLevel level) => _levels.Add(level);

    /// <summary>The first of its ARN is kept; where a later one gives other things, nobody knows which of them holds.</summary>
    /// <returns>Where it stands.</returns>
    public int Add<T>(IdentityTable<T> entries, T entry)
        where T : IamIdentity
    {
        if (!entries.TryAdd(entry, out var at) && Repeats(entry.Arn, entries.At(at).GivesTheSameAs(entry)))
        {
            entries.Set(at, entries.HoldingsAt(at).And(EntryReading.Contradiction()));
        }

        return at;
    }

    public void Add(AccountModel account, ManagedPolicy policy)
    {
        if (!account.Policies.TryAdd(policy.Arn, policy) && Repeats(policy.Arn, account.Policies[policy.Arn].GivesTheSameAs(policy)))
        {
            account.Policies[policy.Arn] = EntryReading.Contradicted(account.Policies[policy.Arn]);
        }
    }

    /// <summary>AWS's own policies are the same in every account: each is kept once.</summary>
    /// <param name="arn">Of the policy.</param>
    /// <param name="json">Its entry.</param>
    /// <param name="read">Reads it.</param>
    public void Share(string arn, JsonValue json, Func<ManagedPolicy> read)
    {
        var digest = DocumentPool.DigestOf(json.TryGetProperty("PolicyVersionList"u8, out var versions) ? versions : json);
        if (!_shared.TryGetValue(arn, out var known))
        {
            _shared.Add(arn, (read(), digest));
        }
        else if (known.Digest != digest)
        {
            report.Warn("aws:" + arn, $"`{AccountFiles.Shown(arn)}` of AWS stands there with different versions; the first is taken, at {known.Policy.Held.Where}");
        }
    }

    /// <summary>The account that something was said of last, where the ARN is of it too and one looks at nothing else of its beginning; else null.</summary>
    public AccountModel? Again(ReadOnlySpan<byte> arn, string file, int page) =>
        _last is { Head.Length: > 0 } last && arn.StartsWith(last.Head) && _lastPage == (file, page) ? last : null;

    /// <summary>The account, to which a page of a file has something to say.</summary>
    public AccountModel Of(ReadOnlySpan<char> partition, ReadOnlySpan<char> id, string file, int page)
    {
        if (_last is null || !id.SequenceEqual(_last.Ids.Account) || !partition.SequenceEqual(_last.Ids.Partition))
        {
            var key = $"{partition}/{id}";
            if (!_accounts.TryGetValue(key, out var account))
            {
                _accounts.Add(key, account = new AccountModel(new AwsIds(new string(partition), new string(id))));
            }

            (_last, _lastPage) = (account, ("", -1));
        }

        if (_lastPage != (file, page))
        {
            _lastPage = (file, page);
            _last.Pages.Add(_lastPage);
        }

        return _last;
    }

    /// <summary>To be called once every file was read: what belongs to several accounts goes to each.</summary>
    public void Conclude()
    {
        foreach (var account in _accounts.Values)
        {
            foreach (var (arn, (policy, _)) in _shared)
            {
                account.Policies.TryAdd(arn, policy with { Held = new HeldPolicy(policy.Held.Name, policy.Held.Where, policy.Held.Document, account.Ids.Policy(arn)), AttachmentCount = _accounts.Count == 1 ? policy.AttachmentCount : null });
            }

            for (var at = 0; at < account.Users.Count; at++)
            {
                AddMissingGroups(account, at);
            }

            account.Levels = [.. _levels.Where(level => level.Account is null || level.Account == account.Ids.Account)];
        }

        UniqueIds.Resolve(_accounts.Values);
    }

    private void AddMissingGroups(AccountModel account, int user)
    {
        foreach (var name in account.Users.HoldingsAt(user).Groups)
        {
            // What was added for others of it is missing to this one too.
            if (account.LacksGroup(name))
            {
                var member = account.Users.At(user);
                report.Warn($"`{AccountFiles.Shown(member.Arn)}` is in group `{AccountFiles.Shown(name)}`, which the files do not describe: what it gives is not known");
                if (!account.HasGroupNamed(name))
                {
                    account.Name(name, Add(account.Groups, EntryReading.MissingGroup(account.Ids, name, member.Where)));
                }
            }
        }
    }

    /// <returns>Whether the two contradict each other.</returns>
    private bool Repeats(string arn, bool same)
    {
        report.Warn(same
            ? $"`{AccountFiles.Shown(arn)}` stands there more than once; the first is taken"
            : $"`{AccountFiles.Shown(arn)}` stands there more than once and says different things: it may give anything. Export the account again, into one file");
        return !same;
    }
}
