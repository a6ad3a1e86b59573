using System.Collections;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws;

/// <summary>The users, roles and groups of an account, in this order, each with what decides what it may do; made where it is asked for.</summary>
internal sealed class HolderList(Standing standing) : IReadOnlyList<Holder>
{
    private readonly AccountModel _account = standing.Account;

    public int Count => Principals + _account.Groups.Count;

    /// <summary>How many users and roles come before the groups.</summary>
    public int Principals => _account.Users.Count + _account.Roles.Count;

    public Holder this[int index] =>
        index < _account.Users.Count ? new(standing, _account.Users.At(index), index)
        : index < Principals ? new(standing, _account.Roles.At(index - _account.Users.Count), index)
        : new(standing, _account.Groups.At(index - Principals), index);

    /// <summary>Its name, and what else is kept of it.</summary>
    public (string Name, IdentityRow Row) RowAt(int index) =>
        index < _account.Users.Count ? _account.Users.RowAt(index)
        : index < Principals ? _account.Roles.RowAt(index - _account.Users.Count)
        : _account.Groups.RowAt(index - Principals);

    /// <summary>The user, role or group; null: there is none.</summary>
    public Holder? Find(string arn) => NumberOf(arn) is >= 0 and var number ? this[number] : null;

    /// <summary>Its place; −1: it has none.</summary>
    public int NumberOf(string arn) =>
        _account.Users.Find(arn) is >= 0 and var user ? user
        : _account.Roles.Find(arn) is >= 0 and var role ? _account.Users.Count + role
        : _account.Groups.Find(arn) is >= 0 and var group ? Principals + group
        : -1;

    /// <summary>The users, roles and groups whose own policies may allow one of the actions; nobody else is made.</summary>
    public IEnumerable<Holder> WhoMay(ActionSet any)
    {
        for (var index = 0; index < Count; index++)
        {
            var holder = default(Holder);
            var alike = HoldingsAt(index).Entitled?.Alike is { } known && known.Index == standing.Index ? known.Holders : standing.Index.Of(holder = this[index]);
            if (alike.MayAny(any))
            {
                yield return holder ?? this[index];
            }
        }
    }

    /// <summary>What it has.</summary>
    public Holdings HoldingsAt(int index) =>
        index < _account.Users.Count ? _account.Users.HoldingsAt(index)
        : index < Principals ? _account.Roles.HoldingsAt(index - _account.Users.Count)
        : _account.Groups.HoldingsAt(index - Principals);

    public IEnumerator<Holder> GetEnumerator()
    {
        for (var index = 0; index < Count; index++)
        {
            yield return this[index];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
