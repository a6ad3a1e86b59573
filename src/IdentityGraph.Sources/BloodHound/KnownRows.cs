using System.Runtime.CompilerServices;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>Rows of <see cref="BloodHoundRights"/> by the very strings they were asked for with, so that what recurs is looked up once. Takes a fixed room.</summary>
internal sealed class KnownRows
{
    private const int Slots = 256;

    private readonly (string? Right, DirectoryKind Target, RightRow? Row)[] _slots = new (string?, DirectoryKind, RightRow?)[Slots];

    /// <inheritdoc cref="BloodHoundRights.Find"/>
    public RightRow? Find(string right, DirectoryKind target)
    {
        ref var slot = ref _slots[(RuntimeHelpers.GetHashCode(right) + ((int)target * 17)) & (Slots - 1)];
        if (!ReferenceEquals(slot.Right, right) || slot.Target != target)
        {
            slot = (right, target, BloodHoundRights.Find(right, target));
        }

        return slot.Row;
    }
}
