using System.Runtime.CompilerServices;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws.Kept;

/// <summary>What policies say beside the names of their statements and resources; one for all that say the same. What they share is the same object.</summary>
/// <param name="store">Keeps the rest.</param>
/// <param name="heads">Their statements, without names; resources are empty where there are any, else null.</param>
internal sealed class PolicyShape(PackedPolicies store, PolicyStatement[] heads) : IEquatable<PolicyShape>
{
    public PackedPolicies Store => store;

    public PolicyStatement[] Heads => heads;

    public bool Equals(PolicyShape? other) => other is not null && heads.Length == other.Heads.Length && heads.AsSpan().SequenceEqual(other.Heads, SameHead.Instance);

    public override bool Equals(object? obj) => Equals(obj as PolicyShape);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var head in heads)
        {
            hash.Add(head, SameHead.Instance);
        }

        return hash.ToHashCode();
    }

    private sealed class SameHead : IEqualityComparer<PolicyStatement>
    {
        public static SameHead Instance { get; } = new();

        public bool Equals(PolicyStatement? x, PolicyStatement? y) =>
            x!.Denies == y!.Denies && x.ResourcesExcluded == y.ResourcesExcluded && x.Resources is null == y.Resources is null
            && ReferenceEquals(x.About, y.About) && ReferenceEquals(x.Principals, y.Principals) && ReferenceEquals(x.Conditions, y.Conditions);

        public int GetHashCode(PolicyStatement obj) => HashCode.Combine(obj.Denies, obj.ResourcesExcluded, RuntimeHelpers.GetHashCode(obj.About), RuntimeHelpers.GetHashCode(obj.Conditions));
    }
}
