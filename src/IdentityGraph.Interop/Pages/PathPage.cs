using IdentityGraph.Interop.Pictures;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Interop.Pages;

/// <summary>How one thing gives control of another, as a page: a picture and a table for each proof.</summary>
public static class PathPage
{
    public static Page Of(Answer<PathAnswer> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var paths = answer.Data.Paths;
        var hops = paths.Count == 0 ? 0 : paths[0].Count - paths[0].Count(static step => step.Rule == "seed");
        return new Page
        {
            Title = paths is [{ Count: > 0 } first, ..] ? $"From {Sentences.Some(StartsOf(first))} to {Sentences.Named(first[^1].Node, first[^1].Name)}" : Why(answer.Data).StartsWith("no path that keeps off", StringComparison.Ordinal) ? "No path of the kind asked for" : "No path",
            Lead = paths.Count == 0
                ? $"{char.ToUpperInvariant(Why(answer.Data)[0])}{Why(answer.Data)[1..]}."
                : $"{Sentences.OfRights(paths[0][^1].Rights)} on {paths[0][^1].Node} {(paths[0].All(static step => step.Truth == "True") ? "is" : "may be")} attained, by {Sentences.Count(hops, "step", "steps")} at least. {Others(answer.Data)}",
            Sections = [.. paths.Select((path, number) => Section(path, number, paths.Count))],
            About = [],
        }.In(answer);
    }

    private static string Why(PathAnswer data) => data.Because ?? "no path, certain or possible, by what is known at that moment";

    private static string Others(PathAnswer data) => data.All switch
    {
        null => "",
        true => data.Paths.Count == 1 ? "There is no other way." : $"{data.Paths.Count} ways are shown; there are no others.",
        false => $"{data.Paths.Count} ways are shown, shortest first; there may be more.",
    };

    private static Section Section(IReadOnlyList<ProofStep> path, int number, int count)
    {
        var name = count == 1 ? "hop" : $"path{number + 1}";
        var picture = new ProofPicture(name);
        picture.Add(path);
        var target = path[^1].Node;
        return new Section
        {
            Title = count == 1 ? "The path" : $"Path {number + 1} of {count}",
            Picture = picture.Picture((id, box) => id == target ? box with { Marks = [.. box.Marks, Marks.Target] } : box),
            Tables = [picture.Table("Every hop, premises first")],
        };
    }

    private static IReadOnlyList<string> StartsOf(IEnumerable<ProofStep> path) => [.. path.Where(static step => step.Rule == "seed").Select(static step => Sentences.Named(step.Node, step.Name)).Distinct()];
}
