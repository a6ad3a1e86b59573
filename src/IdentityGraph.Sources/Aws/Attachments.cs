namespace IdentityGraph.Sources.Aws;

/// <summary>To whom policies are attached, and whom they bound.</summary>
internal sealed class Attachments
{
    private readonly Standing _standing;
    private readonly HashSet<string> _attached = new(StringComparer.Ordinal);
    private readonly HashSet<string> _boundaries = new(StringComparer.Ordinal);
    private readonly Dictionary<TargetGroup, bool> _bounded = [];
    private readonly Dictionary<(TargetGroup Group, string Policy), bool> _known = [];

    public Attachments(Standing standing)
    {
        _standing = standing;
        HashSet<string[]> seen = new(ReferenceEqualityComparer.Instance);
        foreach (var holdings in standing.Account.DistinctHoldings)
        {
            if (holdings.Boundary is { } boundary)
            {
                _boundaries.Add(boundary);
            }

            if (holdings.Attached.Length > 0 && seen.Add(holdings.Attached))
            {
                _attached.UnionWith(holdings.Attached);
            }
        }
    }

    public bool IsAttached(string policy) => _attached.Contains(policy);

    /// <summary>Whether it bounds anybody.</summary>
    public bool IsBoundary(string policy) => _boundaries.Contains(policy);

    /// <summary>Whether any user or role of them has a boundary.</summary>
    public bool IsAnyBounded(TargetGroup group)
    {
        if (!_bounded.TryGetValue(group, out var isBounded))
        {
            _bounded.Add(group, isBounded = _boundaries.Count > 0 && group.Arns.Any(arn => _standing.Holders.Find(arn)?.Boundary is not null));
        }

        return isBounded;
    }

    /// <summary>Whether it is attached to a user, role or group of these ARNs.</summary>
    public bool IsAttachedToOneOf(string policy, IEnumerable<string> arns) => arns.Any(arn => IsAttachedTo(policy, arn));

    /// <summary>Whether it is attached to one of whom the holder acts as.</summary>
    public bool IsAttachedToOneOf(string policy, Controlled controls) =>
        IsAttachedToOneOf(policy, controls.Each) || controls.Groups.Any(group => IsAttachedToOneOf(policy, group));

    private bool IsAttachedToOneOf(string policy, TargetGroup group)
    {
        if (!_known.TryGetValue((group, policy), out var isAttached))
        {
            var table = group.Arns.Table;
            isAttached = Enumerable.Range(0, group.Arns.Count).Any(index =>
                (ReferenceEquals(table, _standing.Account.Users) ? _standing.Account.Users.HoldingsAt(group.Arns.At(index))
                    : ReferenceEquals(table, _standing.Account.Roles) ? _standing.Account.Roles.HoldingsAt(group.Arns.At(index))
                    : null)?.Attached.Contains(policy) ?? IsAttachedTo(policy, group.Arns[index]));
            _known.Add((group, policy), isAttached);
        }

        return isAttached;
    }

    private bool IsAttachedTo(string policy, string arn) => _standing.Holders.Find(arn)?.Identity.Holdings.Attached.Contains(policy) is true;
}
