using System.CommandLine;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Cli;

/// <summary>Everything whose state some sources, workflows or integrations decide.</summary>
internal static class InfluenceCommand
{
    public static Command Create(Door door)
    {
        var sources = new Argument<string[]>("source") { Description = "Ids of lifecycle sources, workflows, integrations or identities, together.", Arity = ArgumentArity.OneOrMore };
        var command = new ExampleCommand(
            "influence",
            "What is wrong if these are: everything whose state they decide, by triggering, writing to, running as, provisioning, granting or making it.",
            "idgraph influence hr:system/workday",
            "idgraph influence n8n:workflow/offboarding -o json") { sources };
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var answer = await session.Investigate().InfluenceAsync(session.Ask, parsed.GetRequiredValue(sources), cancellationToken).ConfigureAwait(false);
            return session.Answer(answer, "influenced", AnswerJson.Default.AnswerInfluenceAnswer, Table);
        });
        return command;
    }

    private static Sheet Table(InfluenceAnswer data) => Sheet.Of(
        $"{data.Influenced.Count} have their state decided by {string.Join(", ", data.Sources)}, {data.Influenced.Count(one => one.Certainty != "Certain")} of them only possibly",
        ["id", "kind", "name", "certainty", "hops", "by"],
        data.Influenced.OrderBy(one => one.Hops).Select(one => new[]
        {
            one.Id,
            one.Kind,
            one.Name,
            one.Certainty,
            one.Hops.ToString(),
            string.Join("; ", one.Way.Select(ProofText.Fact)),
        }),
        "Fewest steps first. This is about being right, not about attack: no gates, no rights. `idgraph blast-radius` is about attack.");
}
