using System.Text;
using System.Text.Json;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// Principals that trusts name by their unique id: `AIDA…` of a user, `AROA…` of a role, `AROA…:NAME` of a session of one. Each is put in the
/// place of the ARN that has it. An id that nobody has stays, and is a principal nobody described.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids</remarks>
internal sealed class UniqueIds
{
    private const string OfUser = "AIDA";
    private const string OfRole = "AROA";

    /// <summary>Those that any trust names, by their hash, and the ARNs that have each.</summary>
    private readonly Dictionary<ulong, List<string>> _named = [];

    private readonly Dictionary<PolicyDocument, PolicyDocument> _resolved = new(ReferenceEqualityComparer.Instance);
    private bool _isUserWithout;
    private bool _isRoleWithout;

    /// <summary>Stands for an id, so that it takes eight bytes; 0: it is not stated.</summary>
    public static ulong Stated(JsonValue json) =>
        json.ValueKind != JsonValueKind.String ? 0 : json.IsEscaped ? HashOf(json.GetString() ?? "") : HashOf(json.Bytes);

    /// <summary>Whether the statement names a principal by its unique id.</summary>
    public static bool AreIn(PolicyStatement statement)
    {
        foreach (var text in statement.Principals?.Aws ?? [])
        {
            if (IsOne(text))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>To be called once every file was read: trusts of any account may name principals of any other.</summary>
    public static void Resolve(IReadOnlyCollection<AccountModel> accounts)
    {
        var ids = new UniqueIds();
        foreach (var document in accounts.SelectMany(account => account.Roles.Holdings).Select(holdings => holdings.Trust).Where(trust => trust.NamesUniqueId))
        {
            foreach (var text in document.Statements.SelectMany(statement => statement.Principals?.Aws ?? []).Where(IsOne))
            {
                ids._named.TryAdd(HashOf(IdOf(text)), []);
            }
        }

        if (ids._named.Count == 0)
        {
            return;
        }

        foreach (var account in accounts)
        {
            ids._isUserWithout |= ids.Find(account.Users);
            ids._isRoleWithout |= ids.Find(account.Roles);
        }

        foreach (var account in accounts)
        {
            ids.Resolve(account.Roles);
        }
    }

    /// <returns>Whether the id of any is not stated.</returns>
    private bool Find<T>(IdentityTable<T> identities)
        where T : IamIdentity
    {
        var lacks = false;
        for (var at = 0; at < identities.Count; at++)
        {
            var id = identities.UniqueIdAt(at);
            lacks |= id == 0;
            if (id != 0 && _named.TryGetValue(id, out var arns))
            {
                arns.Add(identities[at]);
            }
        }

        return lacks;
    }

    private void Resolve(IdentityTable<IamRole> roles)
    {
        Dictionary<Holdings, Holdings> anew = [];
        for (var at = 0; at < roles.Count; at++)
        {
            var holdings = roles.HoldingsAt(at);
            if (!holdings.Trust.NamesUniqueId)
            {
                continue;
            }

            if (!anew.TryGetValue(holdings, out var resolved))
            {
                anew.Add(holdings, resolved = holdings with { Trust = Of(holdings.Trust), Entitled = null, Number = -1 });
            }

            roles.Set(at, resolved);
        }
    }

    private PolicyDocument Of(PolicyDocument trust)
    {
        if (!_resolved.TryGetValue(trust, out var resolved))
        {
            _resolved.Add(trust, resolved = new PolicyDocument([.. trust.Statements.Select(Of)]) { Hides = trust.Hides, IsShared = trust.IsShared });
        }

        return resolved;
    }

    /// <summary>Where nobody can tell who has an id, the statement may be about anybody.</summary>
    private PolicyStatement Of(PolicyStatement statement)
    {
        if (!AreIn(statement))
        {
            return statement;
        }

        List<string> principals = [];
        foreach (var text in statement.Principals!.Aws)
        {
            var arns = IsOne(text) ? _named[HashOf(IdOf(text))] : null;
            if (arns is { Count: > 1 } || (arns is { Count: 0 } && (text.StartsWith(OfUser, StringComparison.Ordinal) ? _isUserWithout : _isRoleWithout)))
            {
                var why = arns.Count > 1 ? "which several of the files have" : "and not everybody in the files says its own";
                return new PolicyStatement { Index = statement.Index, Sid = statement.Sid, Denies = false, About = ActionPatterns.None, Problem = $"it names a principal by the unique id `{Hidden.Unless(IdOf(text))}`, {why}" };
            }

            principals.Add(arns is [var arn] ? SessionOf(text, arn) : text);
        }

        return statement with { Principals = statement.Principals with { Aws = principals } };
    }

    private static string SessionOf(string text, string arn) =>
        text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon && Arn.Parse(arn) is { RoleName: { } role } of
            ? $"arn:{of.Partition}:sts::{of.Account}:assumed-role/{role}/{text[(colon + 1)..]}"
            : arn;

    private static bool IsOne(string text) => text.StartsWith(OfUser, StringComparison.Ordinal) || text.StartsWith(OfRole, StringComparison.Ordinal);

    /// <summary>Without the name of a session.</summary>
    private static string IdOf(string text) => text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? text[..colon] : text;

    private static ulong HashOf(string text) => HashOf(Encoding.UTF8.GetBytes(text));

    private static ulong HashOf(ReadOnlySpan<byte> text) => text.IsEmpty ? 0 : ByteHash.Long(text) is var hash and not 0 ? hash : 1;
}
