using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

/// <summary>Sets of rights as answers spell them: there are few, and large answers tell the same ones over and over.</summary>
internal static class SpeltRights
{
    private static readonly RightsCell[] s_cells =
        [.. Enumerable.Range(0, 64 * 64).Select(both => new RightsCell(((Rights)(both >> 6)).ToLetters(), ((Rights)(both & 63)).ToLetters()))];

    private static readonly string[] s_certain = [.. Enumerable.Range(0, 64).Select(rights => ((Rights)rights).LevelOf().ToString())];
    private static readonly string[] s_possible = [.. s_certain.Select(level => level + "?")];

    public static RightsCell Cell(Rights direct, Rights amplified) => s_cells[((int)direct << 6) | (int)amplified];

    /// <summary>Of what is certain, or of what is possible with a question mark.</summary>
    public static string Level(Rights certain, Rights possible) => certain != Rights.None ? s_certain[(int)certain] : s_possible[(int)possible];
}
