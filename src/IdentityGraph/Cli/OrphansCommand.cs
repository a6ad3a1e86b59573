using System.CommandLine;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Cli;

/// <summary>Which service identities nobody answers for, and why.</summary>
internal static class OrphansCommand
{
    public static Command Create(Door door)
    {
        var allStates = new Option<bool>("--all-states") { Description = "Also what is owned, and what cannot authenticate any more." };
        var command = new ExampleCommand(
            "orphans",
            "Service identities, credentials, grants and connectors that can authenticate though no employed human answers for them.",
            "idgraph orphans",
            "idgraph orphans --all-states -o csv") { allStates };
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var answer = await session.Investigate().OrphansAsync(session.Ask, parsed.GetValue(allStates), cancellationToken).ConfigureAwait(false);
            return session.Answer(answer, "identities", AnswerJson.Default.AnswerOrphansAnswer, static data => Table(data), answer.Data.IsNothingDescribed ? ExitCode.Nothing : ExitCode.Done);
        });
        return command;
    }

    private static Sheet Table(OrphansAnswer data) => Sheet.Of(
        data.IsNothingDescribed ? "Unknown who answers for what: no source described a service identity" : data.Identities.Count == 0 ? "No orphans" : $"{data.Identities.Count} identities: {string.Join(", ", data.Identities.GroupBy(identity => identity.Ownership).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Count()} {group.Key}"))}",
        ["id", "kind", "name", "ownership", "reason", "accountable", "missing roles", "purpose", "use", "live", "certainty", "suggested owner", "why unknown"],
        data.Identities.Select(identity => new[]
        {
            identity.Id,
            identity.Kind,
            identity.Name,
            identity.Ownership,
            identity.Reason,
            string.Join(", ", identity.Accountable),
            string.Join(", ", identity.MissingRoles),
            identity.Purpose,
            identity.Use,
            identity.Live,
            identity.Certainty,
            identity.SuggestedOwner,
            string.Join("; ", identity.Untold),
        }),
        [.. Codes.Legend(Codes.OrphanReasons, data.Identities.Select(identity => identity.Reason)) is { } legend ? [legend] : Array.Empty<string>()]);

    /// <summary>A reason with its meaning: `O2 owner left`.</summary>
    public static string? Why(string? reason) => Codes.OrphanReasons.FirstOrDefault(code => code.Name == reason)?.ToString() ?? reason;
}
