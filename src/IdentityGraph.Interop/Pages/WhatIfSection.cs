using System.Text.Json;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Interop.Pages;

/// <summary>What an overlay makes of the answer, before the answer itself: a page that is passed on must not be taken for how things are.</summary>
internal static class WhatIfSection
{
    public static Section Of(WhatIfAnswer whatIf) => new()
    {
        Title = "What if",
        Text = $"This page shows how things would be with {Sentences.Count(whatIf.Changes.Facts, "fact", "facts")} added or changed, {Sentences.Count(whatIf.Changes.RemovedNodes, "node", "nodes")} and {Sentences.Count(whatIf.Changes.RemovedEdges, "link", "links")} removed, not how they are. {(whatIf.Before is null ? "Without the changes the question cannot be asked." : whatIf.Figures.Count + whatIf.Moved.Count == 0 ? "The changes make no difference to the answer." : "This differs:")}",
        Tables =
        [
            Table.Of("Numbers and words that differ", [new("what"), new("as it is", Look.Code), new("with the changes", Look.Code)], whatIf.Figures.Select(static figure => Row.Of(null, figure.Name, Text(figure.Before), Text(figure.After)))),
            Table.Of("What appears, disappears or changes", [new("list"), new("what", Look.Code), new("how")], whatIf.Moved.Select(static moved => Row.Of(null, moved.List, moved.Id, moved.IsChanged ? "changes" : moved.After is null ? "disappears" : "appears"))),
        ],
    };

    private static string Text(JsonElement? value) => value switch
    {
        null => "",
        { ValueKind: JsonValueKind.String } text => text.GetString() ?? "",
        { } other => other.GetRawText(),
    };
}
