using System.Text;

namespace IdentityGraph.Sources.Aws.Kept;

/// <summary>
/// Patterns of resources and the services they are of, numbered. One that names its service itself, as nearly all do, is kept as its text
/// alone; the same pattern without one is another in each service.
/// </summary>
internal sealed class PatternTable
{
    private readonly TextTable _texts = new();
    private readonly Chunks<Kept> _kept = new();
    private readonly List<(string Pattern, string Service, bool IsForeign)> _others = [];
    private readonly Dictionary<(string Service, string Pattern), int> _otherNumbers = [];

    public int Count => _texts.Count + _others.Count;

    /// <summary>Every number, each once.</summary>
    public IEnumerable<int> Numbers => Enumerable.Range(0, _texts.Count).Select(static at => at << 1).Concat(Enumerable.Range(0, _others.Count).Select(static at => (at << 1) | 1));

    /// <summary>Its number; −1: it is not there.</summary>
    public int Find(string service, string pattern) =>
        Names(pattern, service) ? _texts.Find(pattern) is >= 0 and var at ? at << 1 : -1
        : _otherNumbers.TryGetValue((service, pattern), out var number) ? number
        : -1;

    /// <returns>Its number, whether it was there before or not.</returns>
    public int Add(string service, string pattern, bool isForeign)
    {
        if (Names(pattern, service))
        {
            var at = _texts.Add(pattern, out var isNew);
            if (isNew)
            {
                _kept.Add(new() { IsForeign = isForeign });
            }

            return at << 1;
        }

        if (!_otherNumbers.TryGetValue((service, pattern), out var number))
        {
            _otherNumbers.Add((service, pattern), number = (_others.Count << 1) | 1);
            _others.Add((pattern, service, isForeign));
        }

        return number;
    }

    public string this[int number] => IsOther(number) ? _others[number >> 1].Pattern : _texts[number >> 1];

    public bool IsForeign(int number) => IsOther(number) ? _others[number >> 1].IsForeign : _kept[number >> 1].IsForeign;

    /// <summary>Whether the service itself named it, not only statements about others.</summary>
    public bool IsOwn(int number) => IsOther(number) || _kept[number >> 1].IsOwn;

    public void Own(int number)
    {
        if (!IsOther(number))
        {
            _kept[number >> 1].IsOwn = true;
        }
    }

    public string ServiceOf(int number) => IsOther(number) ? _others[number >> 1].Service : Encoding.UTF8.GetString(ServiceIn(_texts.Bytes(number >> 1)));

    public bool IsOf(int number, string service) => IsOther(number) ? _others[number >> 1].Service == service : Same(ServiceIn(_texts.Bytes(number >> 1)), service);

    /// <summary>In the order of their texts.</summary>
    public int Compare(int one, int other)
    {
        if (IsOther(one) || IsOther(other))
        {
            return string.CompareOrdinal(this[one], this[other]);
        }

        var first = _texts.Bytes(one >> 1);
        var second = _texts.Bytes(other >> 1);
        var common = first.CommonPrefixLength(second);

        // Where both are above, the order of UTF-16 is not that of UTF-8.
        return common < first.Length && common < second.Length && first[common] >= 0xEE && second[common] >= 0xEE
            ? string.CompareOrdinal(this[one], this[other])
            : first.SequenceCompareTo(second);
    }

    private static bool IsOther(int number) => (number & 1) != 0;

    /// <summary>Whether the pattern names that service where ARNs do.</summary>
    private static bool Names(string pattern, string service) =>
        pattern.StartsWith("arn:", StringComparison.Ordinal) && pattern.AsSpan(4).IndexOf(':') is >= 0 and var colon && pattern.AsSpan(5 + colon) is var rest
        && rest.Length > service.Length && rest[service.Length] == ':' && rest.StartsWith(service, StringComparison.Ordinal) && !service.Contains(':', StringComparison.Ordinal);

    private static ReadOnlySpan<byte> ServiceIn(ReadOnlySpan<byte> pattern)
    {
        var rest = pattern[4..];
        rest = rest[(rest.IndexOf((byte)':') + 1)..];
        return rest[..rest.IndexOf((byte)':')];
    }

    private static bool Same(ReadOnlySpan<byte> utf8, string text) => Ascii.IsValid(utf8) ? Ascii.Equals(utf8, text) : Encoding.UTF8.GetString(utf8) == text;

    private record struct Kept
    {
        public bool IsForeign { get; set; }

        public bool IsOwn { get; set; }
    }
}
