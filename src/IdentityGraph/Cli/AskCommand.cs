using System.CommandLine;
using IdentityGraph.Graph;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Cli;

/// <summary>Named questions that are no analysis of their own.</summary>
internal static class AskCommand
{
    public static Command Create(Door door) =>
        new ExampleCommand("ask", "Named questions: what something made, and what may still be used and is not.", "idgraph ask dormant") { Spawned(door), Dormant(door) };

    private static ExampleCommand Spawned(Door door)
    {
        var id = new Argument<string>("id") { Description = "Id of what made the first of them: an integration, an identity or a run." };
        var command = new ExampleCommand(
            "spawned",
            "What it made, and what that made in its turn: when, who answers for it, whether anybody reviewed it.",
            "idgraph ask spawned entra:servicePrincipal/provisioning",
            "idgraph ask spawned saas:connector/12 --as-of 2025-01-10 -o json") { id };
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var answer = await session.Investigate().SpawnedAsync(session.Ask, parsed.GetRequiredValue(id), cancellationToken).ConfigureAwait(false);
            return session.Answer(answer, "children", AnswerJson.Default.AnswerSpawnedAnswer, Table);
        });
        return command;
    }

    private static ExampleCommand Dormant(Door door)
    {
        var command = new ExampleCommand(
            "dormant",
            "Identities that may still be used and are not, those that reach most first, with the review item about each.",
            "idgraph ask dormant",
            "idgraph ask dormant --as-of 2025-06-02 -o csv");
        door.On(command, async (session, _, cancellationToken) =>
        {
            var answer = await session.Investigate().DormantAsync(session.Ask, cancellationToken).ConfigureAwait(false);
            return session.Answer(answer, "ranked", AnswerJson.Default.AnswerDormantAnswer, Table);
        });
        return command;
    }

    private static Sheet Table(SpawnedAnswer data)
    {
        List<(SpawnedChild Child, int Generation)> all = [];
        Flatten(data.Children, 1);
        return Sheet.Of(
            all.Count == 0 ? "Nothing that it made is known" : $"{all.Count} made, {all.Count(one => one.Child.Owner is null)} of them with nobody who surely answers for it, {all.Count(one => one.Child.Reviewed != "True")} not known to be reviewed",
            ["generation", "id", "kind", "name", "by", "at", "owner", "reviewed", "live", "certainty"],
            all.Select(one => new[]
            {
                one.Generation.ToString(),
                one.Child.Id,
                one.Child.Kind,
                one.Child.Name,
                one.Child.By,
                one.Child.At is { } at ? Instants.ToText(at) : "unknown",
                one.Child.Owner,
                one.Child.Reviewed,
                one.Child.Live,
                one.Child.Certainty,
            }),
            "`idgraph blast-radius` shows what each of them reaches, `idgraph orphans` why nobody answers for it.");

        void Flatten(IReadOnlyList<SpawnedChild> children, int generation)
        {
            foreach (var child in children)
            {
                all.Add((child, generation));
                Flatten(child.Children, generation + 1);
            }
        }
    }

    private static Sheet Table(DormantAnswer data) => Sheet.Of(
        data.Ranked.Count == 0 ? "Nothing is known to be dormant" : $"{data.Ranked.Count} dormant",
        ["id", "kind", "name", "last used", "level", "criticality", "review item", "review"],
        data.Ranked.Select(one => new[]
        {
            one.Id,
            one.Kind,
            one.Name,
            one.LastUsedAt is { } used ? Instants.ToText(used) : "never",
            one.Level,
            one.Criticality?.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture),
            one.ReviewItem?.Id,
            one.ReviewItem?.State,
        }),
        "Level is the highest that it attains of any system or resource by itself. Being unused proves nothing and decides nothing: it ranks.");
}
