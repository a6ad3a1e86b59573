using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Interop.Pages;

/// <summary>What every page takes from the envelope of its answer.</summary>
internal static class Envelopes
{
    /// <summary>The page with warnings, what was cut, and what the answer rests on.</summary>
    public static Page In<T>(this Page page, Answer<T> answer) => page with
    {
        Sections = answer.WhatIf is { } whatIf ? [WhatIfSection.Of(whatIf), .. page.Sections] : page.Sections,
        Lead = answer.Truncated is { } cut ? $"So far ({cut}): {page.Lead}" : page.Lead,
        Truncated = answer.Truncated,
        Warnings = answer.Warnings,
        About =
        [
            ("question", answer.Command),
            ("as of", Instants.ToText(answer.AsOf)),
            ("as known at", Instants.ToText(answer.AsKnownAt)),
            ("attacker profile", answer.Profile),
            ("policy", answer.Policy),
            ("facts", answer.Store.Snapshot is null ? "none were read" : $"{answer.Store.Nodes} nodes, {answer.Store.Edges} edges, snapshot {answer.Store.Snapshot}"),
            .. answer.Store.Sources.Select(static source => ($"source {source.Source}{(source.Tenant.Length == 0 ? "" : $" ({source.Tenant})")}", $"{source.State}, last read whole {Sentences.Of(source.LastCompleteAt, "never")}")),
            .. answer.WhatIf is null ? [] : new[] { ("what if", "facts were changed for this question only; pictures and tables show the answer with the changes") },
        ],
    };
}
