using System.Runtime.CompilerServices;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>Node ids by the identifiers they are made of, so that what recurs is made once. Takes a fixed room.</summary>
/// <param name="make">The node id of an identifier.</param>
internal sealed class KnownIds(Func<string, string> make)
{
    private const int Slots = 1024;

    private (string? Of, string Id)[] _slots = [];

    /// <summary>The node id; found again only for the very same string.</summary>
    public string Of(string identifier)
    {
        if (_slots.Length == 0)
        {
            _slots = new (string?, string)[Slots];
        }

        ref var slot = ref _slots[RuntimeHelpers.GetHashCode(identifier) & (Slots - 1)];
        if (!ReferenceEquals(slot.Of, identifier))
        {
            slot = (identifier, make(identifier));
        }

        return slot.Id;
    }
}
