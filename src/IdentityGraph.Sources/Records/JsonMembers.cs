using System.Text;
using System.Text.Json;

namespace IdentityGraph.Sources.Records;

/// <summary>
/// The members of an object that are read, found in one pass over all of them: quicker than asking for one after the other. Reused from
/// object to object. Of a member that stands twice the last counts, as in the whole document.
/// </summary>
internal sealed class JsonMembers
{
    private const int Buckets = 64;

    private readonly byte[][] _names;
    private readonly JsonValue[] _values;
    private readonly int[] _first = new int[Buckets];
    private readonly int[] _next;
    private readonly bool[] _exact;
    private int _loose;

    /// <param name="names">Names by which members are asked for by number: the first is 0.</param>
    public JsonMembers(params string[] names)
    {
        _names = [.. names.Select(Encoding.UTF8.GetBytes)];
        _values = new JsonValue[names.Length];
        _next = new int[names.Length];
        _exact = new bool[names.Length];
        Array.Fill(_first, -1);
        for (var number = 0; number < names.Length; number++)
        {
            ref var bucket = ref _first[Bucket(_names[number])];
            (_next[number], bucket) = (bucket, number);
        }
    }

    /// <summary>Whether a name in capitals or small letters other than these is the same name. In these letters it comes first.</summary>
    public bool AnyCase { get; init; }

    /// <summary>A name that the object has in several spellings, as it is usually written; null: there is none.</summary>
    public string? Respelt { get; private set; }

    /// <summary>The member, or no value.</summary>
    public JsonValue this[int number] => _values[number];

    /// <summary>Reads an object; anything else has no members.</summary>
    public void Read(JsonValue json)
    {
        Array.Clear(_values);
        Array.Clear(_exact);
        _loose = 0;
        Respelt = null;
        foreach (var member in json.EnumerateObject())
        {
            var said = member.PlainName;
            if (said.Length > 0)
            {
                Take(said, member.Value);
            }
        }
    }

    /// <summary>The letters' case does not move a name to another bucket.</summary>
    private static int Bucket(ReadOnlySpan<byte> name) => ((name.Length * 5) + (name[0] & 0x1F) + ((name[^1] & 0x1F) << 1)) & (Buckets - 1);

    private void Take(ReadOnlySpan<byte> said, JsonValue value)
    {
        for (var number = _first[Bucket(said)]; number >= 0; number = _next[number])
        {
            var name = _names[number];
            if (said.SequenceEqual(name))
            {
                Respelt = _loose > 0 && !_exact[number] && _values[number].ValueKind != JsonValueKind.Undefined ? Encoding.UTF8.GetString(name) : Respelt;
                (_values[number], _exact[number]) = (value, true);
                return;
            }

            if (AnyCase && said.Length == name.Length && Ascii.EqualsIgnoreCase(said, name))
            {
                TakeLoose(number, value);
                return;
            }
        }
    }

    private void TakeLoose(int number, JsonValue value)
    {
        _loose++;
        if (_values[number].ValueKind != JsonValueKind.Undefined)
        {
            Respelt = Encoding.UTF8.GetString(_names[number]);
        }

        if (!_exact[number])
        {
            _values[number] = value;
        }
    }
}
