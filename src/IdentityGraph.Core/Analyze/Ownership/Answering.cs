using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Ownership;

/// <summary>The humans who answer for something: those who surely do, and those who may.</summary>
/// <param name="AtLeast">Persons, by id. A subset of <paramref name="AtMost"/>.</param>
/// <param name="AtMost">Persons, by id.</param>
/// <param name="Open">Somebody not named may answer too: an owner that cannot be resolved, or owners that were never read to the end.</param>
public sealed record Answering(IReadOnlyList<Node> AtLeast, IReadOnlyList<Node> AtMost, bool Open)
{
    /// <summary>Certain: nobody does.</summary>
    public bool IsNobody => AtMost.Count == 0 && !Open;

    public bool IsSomebody => AtLeast.Count > 0;
}
