using System.Collections.Frozen;

namespace IdentityGraph.Bolt;

/// <summary>Names of a result's fields, in order, shared by all its records.</summary>
internal sealed class FieldNames
{
    private readonly FrozenDictionary<string, int>? _places;

    public FieldNames(IReadOnlyList<string> names)
    {
        All = names;
        _places = names.Count > 8 ? names.Select((name, i) => KeyValuePair.Create(name, i)).DistinctBy(pair => pair.Key).ToFrozenDictionary(StringComparer.Ordinal) : null;
    }

    public IReadOnlyList<string> All { get; }

    public int Count => All.Count;

    /// <summary>Where the field stands; -1 if there is none of that name.</summary>
    public int Find(string name)
    {
        if (_places is not null)
        {
            return _places.GetValueOrDefault(name, -1);
        }

        for (var i = 0; i < All.Count; i++)
        {
            if (All[i] == name)
            {
                return i;
            }
        }

        return -1;
    }
}
