using IdentityGraph.Analyze;
using IdentityGraph.Analyze.Ownership;
using IdentityGraph.Analyze.Questions;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    /// <summary>What something made, and what that made in its turn: by whom, when, who answers for it, and whether anybody reviewed it.</summary>
    /// <param name="ask">As of when, as known when.</param>
    /// <param name="id">Node id of what made the first of them.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="UnknownIdentityException">An id that nobody stated.</exception>
    public async ValueTask<Answer<SpawnedAnswer>> SpawnedAsync(Ask ask, string id, CancellationToken cancellationToken = default)
    {
        var opened = await OpenAsync(ask, cancellationToken).ConfigureAwait(false);
        using var clock = new AskClock(ask, time, cancellationToken);
        var root = Known(opened.View, id);
        IReadOnlyList<SpawnedChild> children = [];
        List<string> warnings = [];
        string? truncated;
        try
        {
            var made = Creations.By(root, clock.Token);
            var liveness = new Liveness(opened.View, Policy.CorrelationConfidence);
            var telling = new CreationTelling(new Owners(opened.View, liveness, Policy, clock.Token), new Reviews(opened.View), liveness, clock.Token);
            children = [.. made.Of.Select(telling.Told)];
            truncated = made.IsCut ? $"depth: generations below the {Creations.MostGenerations}th are left out; ask about one of those" : null;
        }
        catch (OperationCanceledException) when (clock.IsSpent)
        {
            truncated = "time budget: what was made was not followed to its end, and none of it is listed";
        }

        if (children.Count == 0 && truncated is null)
        {
            warnings.Add($"no fact says that `{id}` made anything{(new Coverage(opened.View).Gap(EdgeKinds.Spawned.Name) is { } gap ? $"; what it made may not have been collected: {gap}" : "")}");
        }

        return Seal(opened, "ask spawned", new SpawnedAnswer { Children = children }, truncated, [.. warnings, .. NotFollowed(opened.View, node => node == root)]);
    }

    private sealed class CreationTelling(Owners owners, Reviews reviews, Liveness liveness, CancellationToken cancel)
    {
        public SpawnedChild Told(Creation made)
        {
            cancel.ThrowIfCancellationRequested();
            return new()
            {
                Id = made.Node.Id,
                Kind = made.Node.Kind.Name,
                Name = made.Node.Name,
                By = made.By.Id,
                At = made.At is { } at ? Instants.FromTicksOrNull(at) : null,
                Owner = owners.Answering(made.Node).AtLeast is [var person, ..] ? person.Id : null,
                Reviewed = reviews.Of(made.Node).ToString(),
                Certainty = (made.Truth is Truth.True ? Certainty.Certain : Certainty.Possible).ToString(),
                Live = liveness.Of(made.Node).ToString(),
                Children = [.. made.Children.Select(Told)],
            };
        }
    }
}
