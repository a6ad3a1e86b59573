using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

/// <summary>
/// Why there is no path, in one sentence. A group, role or the like is never attained, however much of it one controls: that is no
/// "no", and the sentence says what is true of it instead.
/// </summary>
internal static class NoPath
{
    private const int Named = 5;

    public static string Because(ReachResult reach, string from, Node target, bool isCutShort, bool isLevelAsked) =>
        Walker.IsWalked(target.Kind) ? OfWalked(reach, from, target)
        : isCutShort ? "no path was found in the time there was; there may be one"
        : isLevelAsked && !reach[target].IsEmpty ? $"no path to that level; `{target.Id}` is attained with {reach[target].Of(reach[target].Strongest).ToLetters()}{(reach[target].CertainAmplified == Rights.None ? " possibly" : "")}"
        : "no path, certain or possible, by what is known at that moment; `why-not` says what stands in the way";

    /// <summary>The same where only ways were asked for that keep off some nodes: that there is none of those says nothing of the target.</summary>
    /// <param name="question">What is kept off.</param>
    /// <param name="without">What is attained with nothing kept off.</param>
    /// <param name="target">What is asked about.</param>
    /// <param name="goal">The right asked for and the cell it is attained in with nothing kept off.</param>
    public static string KeptOff(PathQuestion question, ReachResult without, Node target, (Rights Right, Cell Cell) goal)
    {
        List<string> off = [.. question.Avoid.Take(Named).Select(static id => $"`{id}`"), .. question.Avoid.Count > Named ? (string[])[$"{question.Avoid.Count - Named} more"] : [], .. question.LiveOnly ? (string[])["credentials that are dead"] : []];
        return $"no path that keeps off {string.Join(" and ", off)}; without that `{target.Id}` is attained with {without[target].Of(goal.Cell).ToLetters()} ({(goal.Cell is Cell.CertainDirect or Cell.CertainAmplified ? "certain" : "only possible")})";
    }

    private static string OfWalked(ReachResult reach, string from, Node target)
    {
        var isIn = reach.Words.Where(one => one.Node == target.Index).Select(one => new Cells(one.Word & CellBits.All)).FirstOrDefault();
        List<Node> giving = [.. target.In(EdgeKinds.CanGrant).ToList().Where(edge => edge.Holds != Truth.False).Select(edge => edge.Of).Distinct().OrderBy(node => node.Id, StringComparer.Ordinal)];
        List<Node> attained = [.. giving.Where(node => !reach[node].IsEmpty)];
        var membership = isIn.IsEmpty
            ? $"what `{from}` leads to is not in it"
            : $"what `{from}` leads to is {(isIn.CertainAmplified == Rights.None ? "possibly " : "")}in it and has what it gives: ask for the path to that";
        var given = attained.Count > 0 ? $"`{from}` leads to what can give it to others: {Words(attained)}; ask for the path to that"
            : giving.Count > 0 ? $"it can be given by {Words(giving)}, to which `{from}` does not lead"
            : "no fact says what can give it";
        return $"a {target.Kind.Name} is never attained itself: {membership}; {given}";
    }

    private static string Words(List<Node> nodes) =>
        string.Join(", ", nodes.Take(Named).Select(node => $"`{node.Id}`")) + (nodes.Count > Named ? $" and {nodes.Count - Named} more" : "");
}
