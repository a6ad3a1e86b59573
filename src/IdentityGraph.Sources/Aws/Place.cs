using System.Globalization;
using IdentityGraph.Collect;

namespace IdentityGraph.Sources.Aws;

/// <summary>Where something stands in the files; as text only where it is told.</summary>
/// <param name="List">File and list: `file.json#UserDetailList`.</param>
/// <param name="Index">Position in it; −1: the place is <paramref name="List"/> itself.</param>
/// <param name="Part">Behind it, after a slash; null: nothing.</param>
internal readonly record struct Place(string List, int Index = -1, string? Part = null)
{
    /// <summary>Without file and `#`.</summary>
    public string Member => ToString()[(List.IndexOf('#', StringComparison.Ordinal) + 1)..];

    /// <summary>The place as the evidence of what is stated because of it; none where it is nowhere.</summary>
    public IReadOnlyList<EvidenceRef> Evidence => List.Length == 0 ? [] : [new EvidenceRef(ToString())];

    public override string ToString() => (Index, Part) switch
    {
        ( < 0, null) => List,
        ( < 0, _) => $"{List}/{Part}",
        (_, null) => InList("]"),
        _ => InList($"]/{Part}"),
    };

    private string InList(string rest)
    {
        Span<char> digits = stackalloc char[11];
        Index.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        return string.Concat(List, "[", digits[..length], rest);
    }
}
