using System.Runtime.InteropServices;
using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.Aws;

/// <summary>Reads every page of every file into the models. What the files do not prove to be whole is kept with the reason.</summary>
internal sealed class AccountFiles(AccountModels models, ImportReport report)
{
    private const string UsualBeginning = "arn:aws:iam::";

    private DocumentPool _documents = new();
    private EntryReading? _entries;
    private bool _hasMorePages;
    private bool _saysWhole;

    public long Read { get; private set; }

    public long Rejected { get; private set; }

    /// <summary>Objects that are there but could not be read, and their node ids.</summary>
    public List<(string Account, string List, string? Node, string Why)> Unread { get; } = [];

    /// <summary>Why the reading is partial; null where every file was read to its end.</summary>
    public string? Partial { get; private set; }

    /// <summary>Why the list cannot be taken for whole; null where it can.</summary>
    public string? WhyOpen(AccountModel account, string list) =>
        Partial
        ?? (Unread.Exists(unread => unread.List == list) ? "it holds objects that could not be read" : null)
        ?? (account.Pages.Count > 1 || _hasMorePages ? "the listing comes in several pages, and nothing shows that none is missing; give --complete if none is" : null)
        ?? (!_saysWhole ? "the listing does not say `IsTruncated: false`, so it may have been cut or filtered; give --complete if it was not" : null)
        ?? (account.Counts.GetValueOrDefault(list) == 0 ? "it is empty, as it also is where --filter left it out; give --complete if there is none" : null)
        ?? (list == "Policies" && !models.HasShared ? "no policy of AWS's own is in it, as where --filter left them out; give --complete if none is used" : null);

    /// <summary>To be called once every file was read: lets go of what tells entries that say the same.</summary>
    public void Conclude() => (_documents, _entries) = (new(), null);

    /// <param name="name">What the file is called.</param>
    /// <param name="stream">The file.</param>
    /// <param name="another">Whether it may be read ahead on another thread.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public void ReadFile(string name, Stream stream, bool another, CancellationToken cancellationToken)
    {
        using var reader = new ListReader(stream, another);
        using var values = reader.Read(cancellationToken).GetEnumerator();
        var (at, any, list) = (new Place("the first page"), false, (Page: -1, Member: "", Text: ""));
        while (true)
        {
            try
            {
                if (!values.MoveNext())
                {
                    break;
                }
            }
            catch (Exception fault) when (fault is JsonException or IOException or InvalidDataException)
            {
                Rejected++;
                Partial ??= $"`{name}` could be read up to {at} only";
                report.Refuse(new Reject(name, 0, at.ToString(), $"{fault.Message}. What came before it is imported; export the account again"));
                break;
            }

            var (page, member, index, json, problem) = values.Current;
            if (member is null)
            {
                continue;
            }

            if (list.Page != page || list.Member != member)
            {
                list = (page, member, $"{name}#{(page > 0 ? $"page {page + 1}/" : "")}{member}");
            }

            at = new Place(member, index);
            any |= problem is not null ? LeaveOut(name, member, at.ToString(), problem) : ReadValue(new Place(list.Text, index), name, page, member, index, json);
        }

        if (!any && Partial is null)
        {
            report.Warn($"`{name}` holds none of {string.Join(", ", AccountStreams.Lists)}, ServiceControlPolicies; nothing was taken from it");
        }
    }

    /// <summary>An object that is there and cannot be read: its list is not whole.</summary>
    private bool LeaveOut(string file, string member, string at, string problem)
    {
        Read++;
        Rejected++;
        Unread.Add(("", member, null, problem));
        report.Refuse(new Reject(file, 0, at, $"{problem}; it was left out. Export the account again"));
        return AccountStreams.Lists.Contains(member);
    }

    private bool ReadValue(Place where, string file, int page, string member, int index, JsonValue json)
    {
        if (index < 0)
        {
            if (AccountStreams.ListNamed(member) is { } list)
            {
                Read++;
                Rejected++;
                Unread.Add(("", list, null, "it is no list"));
                report.Refuse(new Reject(file, 0, Shown(member), "it is no list; what it holds was left out. Export the account again"));
            }

            if ((member == "IsTruncated" && json.ValueKind == JsonValueKind.True) || member == "NextToken")
            {
                _hasMorePages = true;
            }

            _saysWhole |= member == "IsTruncated" && json.ValueKind == JsonValueKind.False;

            return false;
        }

        if (member == "ServiceControlPolicies")
        {
            Read++;
            ReadLevel(where, file, json);
            return true;
        }

        if (!AccountStreams.IsList(member))
        {
            if (AccountStreams.ListNamed(member) is { } list)
            {
                Read++;
                Rejected++;
                Unread.Add(("", list, null, "it is called otherwise"));
                report.Refuse(new Reject(file, 0, $"{Shown(member)}[{index}]", $"it is called `{list}`, in these letters; what it holds was left out. Export the account again"));
                return false;
            }

            report.CountUnrecognised($"list {Shown(member)}");
            return false;
        }

        Read++;
        ReadEntry(where, file, page, member, json);
        return true;
    }

    private void ReadEntry(Place where, string file, int page, string member, JsonValue json)
    {
        var reading = _entries ??= new EntryReading(_documents);
        reading.Begin(json, where);
        if (TryTakePlain(reading, file, page, member))
        {
            return;
        }

        var text = reading.Arn;
        var owner = Arn.AccountOf(text);
        if (text is null || IsSecret(text, owner) || !Arn.IsOfIam(text) || (!Arn.IsAccountId(owner) && !(owner is "aws" && member == "Policies")))
        {
            Rejected++;
            Unread.Add(("", member, null, "it has no readable Arn"));
            report.Refuse(new Reject(file, 0, where.Member, "it has no readable `Arn`; the object was left out. Export the account again"));
            return;
        }

        if (owner is "aws")
        {
            Share(text, json, reading);
        }
        else
        {
            Take(models.Of(text.AsSpan(4, text.AsSpan(4).IndexOf(':')), owner, file, page), text, file, member, reading);
        }

        Hide(file, reading);
    }

    private void Hide(string file, EntryReading reading)
    {
        if (reading.Hides is { } sort)
        {
            Hide(file, reading.Where, $"a name in it looks like {sort}");
        }
    }

    private void Share(string arn, JsonValue json, EntryReading reading) => models.Share(arn, json, () => Own(arn, reading));

    /// <summary>Whether an ARN looks like a secret; of the usual beginning nothing does, nor anything across its last colon.</summary>
    private static bool IsSecret(string arn, ReadOnlySpan<char> owner) =>
        !(arn.StartsWith(UsualBeginning, StringComparison.Ordinal) && Arn.IsAccountId(owner) && SecretLooking.IsHarmless(arn.AsSpan(UsualBeginning.Length + owner.Length + 1)))
        && SecretLooking.Find(arn) is not null;

    private static ManagedPolicy Own(string arn, EntryReading reading)
    {
        reading.In(new AwsIds(arn[4..arn.IndexOf(':', 4)], "aws"), new HoldingsPool());
        return reading.Policy(arn);
    }

    /// <summary>A user or role of the account before, whose ARN and name are as they mostly are: no more is made of it than is kept.</summary>
    private bool TryTakePlain(EntryReading reading, string file, int page, string member)
    {
        if (models.Again(reading.ArnBytes, file, page) is not { } account)
        {
            return false;
        }

        reading.In(account.Ids, account.HoldingsPool);
        var plain = member switch { "UserDetailList" => reading.PlainUser(account.Head), "RoleDetailList" => reading.PlainRole(account.Head), _ => [] };
        if (plain.IsEmpty || !(member == "UserDetailList" ? account.Users.TryAdd(plain, reading.ReadUser) : account.Roles.TryAdd(plain, reading.ReadRole)))
        {
            return false;
        }

        CollectionsMarshal.GetValueRefOrAddDefault(account.Counts, member, out _)++;
        Clean(file, reading.Holdings!, reading.Where);
        Hide(file, reading);
        return true;
    }

    private void Take(AccountModel account, string arn, string file, string member, EntryReading reading)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(account.Counts, member, out _)++;
        reading.In(account.Ids, account.HoldingsPool);
        switch (member)
        {
            case "UserDetailList":
                models.Add(account.Users, Clean(file, reading.User(arn)));
                break;
            case "GroupDetailList":
                var group = Clean(file, reading.Group(arn));
                account.Name(group.Name, models.Add(account.Groups, group));
                break;
            case "RoleDetailList":
                models.Add(account.Roles, Clean(file, reading.Role(arn)));
                break;
            default:
                var policy = reading.Policy(arn);
                Clean(file, policy.Held.Document, policy.Held.Where);
                models.Add(account, policy);
                break;
        }
    }

    private T Clean<T>(string file, T identity)
        where T : IamIdentity
    {
        Clean(file, identity.Holdings, identity.Where);
        return identity;
    }

    private void Clean(string file, Holdings holdings, Place where)
    {
        foreach (var policy in holdings.Inline)
        {
            if (policy.Document.Hides is not null)
            {
                Clean(file, policy.Document, where with { Part = policy.Name });
            }
        }

        Clean(file, holdings.Trust, where with { Part = "AssumeRolePolicyDocument" });
    }

    private void Clean(string file, PolicyDocument document, Place where)
    {
        if (document.Hides is { } sort)
        {
            Hide(file, where, $"a text of the policy looks like {sort}");
        }
    }

    private void Hide(string file, Place where, string why)
    {
        Rejected++;
        report.Refuse(new Reject(file, 0, where.Member, $"{why}; it stands as {Hidden.Text}, the rest is imported. Take the secret out there"));
    }

    private void ReadLevel(Place where, string file, JsonValue json)
    {
        List<HeldPolicy> policies = [];
        foreach (var given in json["Policies"u8].EnumerateArray())
        {
            var policy = given["Policy"u8] is { ValueKind: JsonValueKind.Object } described ? described : given;
            var name = policy["PolicySummary"u8]["Name"u8].GetString() ?? policy["Name"u8].GetString() ?? $"#{policies.Count}";
            name = Hidden.Unless(name);
            policies.Add(new HeldPolicy(name, where with { Part = name }, _documents.Read(policy["Content"u8]), ""));
        }

        if (policies.Count == 0)
        {
            Rejected++;
            report.Refuse(new Reject(file, 0, where.ToString(), "a level of ServiceControlPolicies has no `Policies`; nothing would be allowed below it, so it was left out. List the policies attached to it"));
            return;
        }

        foreach (var problem in policies.SelectMany(EntryReading.Problems))
        {
            report.Warn($"{where}: {Shown(problem)}; it may say anything");
        }

        models.Add(new ControlLevel(json["AccountId"u8].GetString(), json["TargetId"u8].GetString() ?? "", policies));
    }

    public static string Shown(string text) => SecretLooking.Find(text) is { } sort ? $"({sort})" : string.Concat(text.Take(200).Select(c => char.IsControl(c) ? '?' : c));
}
