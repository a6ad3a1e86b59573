using System.Runtime.CompilerServices;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>Node ids by the identifiers they are made of, so that what recurs is made once. Takes a fixed room.</summary>
/// <param name="make">The node id of an identifier.</param>
internal sealed class KnownIds(Func<string, string> make)
{
    private const int Slots = 1024;

    private (string? Of, string Id)[] _slots = [];
    private int _made;

    /// <summary>The node id; found again only for the very same string.</summary>
    public string Of(string identifier)
    {
        if (_made == _slots.Length && _made < Slots)
        {
            // A small file needs little; what was remembered is soon met again.
            _slots = new (string?, string)[Math.Max(64, _made * 4)];
        }

        ref var slot = ref _slots[RuntimeHelpers.GetHashCode(identifier) & (_slots.Length - 1)];
        if (!ReferenceEquals(slot.Of, identifier))
        {
            slot = (identifier, make(identifier));
            _made += _made < Slots ? 1 : 0;
        }

        return slot.Id;
    }
}
