using System.CommandLine;
using IdentityGraph.Graph;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Cli;

/// <summary>Finds identities and tells everything about one.</summary>
internal static class IdentityCommand
{
    public static Command Create(Door door) =>
        new ExampleCommand("identity", "Find identities, show one, walk its chain.", "idgraph identity find pat@acme.example") { Find(door), Show(door), Chain(door) };

    private static ExampleCommand Find(Door door)
    {
        var text = new Argument<string>("text") { Description = "An id, e-mail address, key id, name, or a part of one." };
        var limit = new Option<int>("--limit") { Description = "Most matches to list, 1 to 10000.", DefaultValueFactory = static _ => 50 };
        limit.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var number) || number is < 1 or > 10_000))
            {
                result.AddError("--limit is a number from 1 to 10000");
            }
        });
        var command = new ExampleCommand("find", "What a text may mean, best match first.", "idgraph identity find pat@acme.example", "idgraph identity find AKIA --limit 500 -o csv") { text, limit };
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var answer = await session.Investigate().IdentityFindAsync(session.Ask, parsed.GetRequiredValue(text), parsed.GetValue(limit), cancellationToken).ConfigureAwait(false);
            return session.Answer(
                answer,
                "matches",
                AnswerJson.Default.AnswerIdentityFindAnswer,
                static data => Sheet.Of(
                    $"{data.Total} match(es) for `{data.Text}`{(data.Total > data.Matches.Count ? $", the first {data.Matches.Count} shown" : "")}",
                    ["id", "kind", "name", "matched on", "present"],
                    data.Matches.Select(match => new[] { match.Id, match.Kind, match.Name, match.MatchedOn, match.Present })),
                answer.Data.Total == 0 ? ExitCode.Nothing : ExitCode.Done);
        });
        return command;
    }

    private static ExampleCommand Show(Door door)
    {
        var id = new Argument<string>("id") { Description = "Its id." };
        var command = new ExampleCommand("show", "The node, its properties with who said so since when, its edges, its owner, whether it is live, its history.", "idgraph identity show okta:user/00u1", "idgraph identity show key-1 --as-of 2025-01-01 -o json") { id };
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var answer = await session.Investigate().IdentityShowAsync(session.Ask, parsed.GetRequiredValue(id), cancellationToken).ConfigureAwait(false);
            return session.Answer(answer, null, AnswerJson.Default.AnswerIdentityAnswer, static data => ShowTable(data));
        });
        return command;
    }

    private static Sheet ShowTable(IdentityAnswer data) => Sheet.Of(
        $"{data.Node.Kind} {data.Node.Id}{(data.Node.Name is { } name ? $" ({SafeText.Name(name)})" : "")}: live {data.Live}, {data.LiveReason}; present {data.Node.Present}{(data.Ownership is { } owned ? $"; ownership {owned.Ownership}{(owned.Reason is { } reason ? $" {reason}" : "")}{(owned.Accountable.Count > 0 ? $" by {string.Join(", ", owned.Accountable)}" : "")}" : "")}",
        ["what", "name", "value", "kind", "key", "details", "truth", "since", "until", "source", "grade"],
        data.Properties.Select(property => new[]
        {
            "property",
            property.Name,
            property.Known is "None" ? "none" : property.Value.ToString(),
            null,
            null,
            null,
            property.Known is "Value" or "None" ? property.Fresh ? "" : "stale" : property.Known,
            Text(property.Since),
            null,
            property.Source,
            property.Grade,
        }).Concat(data.Edges.SelectMany(kind => kind.Value.Select(edge => new[]
        {
            edge.Direction,
            kind.Key,
            edge.Direction == "out" ? edge.To : edge.Of,
            edge.OtherKind,
            edge.Key,
            string.Join("; ", edge.Properties.Select(property => $"{property.Key} {property.Value}")),
            edge.Truth,
            Text(edge.Since),
            Text(edge.Until),
            null,
            null,
        }))).Concat(data.UnreadEdges.Select(edge => new[]
        {
            edge.Of == data.Node.Id ? "out" : "in",
            edge.Kind,
            edge.Of == data.Node.Id ? edge.To : edge.Of,
            null,
            edge.Key,
            "(a kind of relationship that is not known)",
            edge.Truth,
            null,
            null,
            null,
            null,
        })),
        [$"Sources: {string.Join(", ", data.Node.Sources)}; seen {Text(data.Node.FirstSeen)} to {Text(data.Node.LastSeen)}", .. data.History.TakeLast(20).Select(entry => $"{Text(entry.At)} {entry.Event} {entry.What} {(entry.What == Properties.Name.Name ? SafeText.Name($"{entry.Value}") : $"{entry.Value}")} ({entry.Source}, {entry.Grade})")]) with
    {
        IsName = static (row, column) => column == "value" && row[0] == "property" && row[1] == Properties.Name.Name,
    };

    private static ExampleCommand Chain(Door door)
    {
        var id = new Argument<string>("id") { Description = "Where the chain starts." };
        var direction = new Option<ChainDirection>("--direction") { Description = "out, in or both.", DefaultValueFactory = static _ => ChainDirection.Both };
        var depth = new Option<int>("--depth") { Description = "Most hops, 1 to 50.", DefaultValueFactory = static _ => 8 };
        depth.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var number) || number is < 1 or > 50))
            {
                result.AddError("--depth is a number from 1 to 50");
            }
        });
        var liveOnly = new Option<bool>("--live-only") { Description = "Leave out what is dead." };
        var command = new ExampleCommand("chain", "Employment, account, credential, grant, scope, workflow, handoff: each hop live, dead or unknown, since when, by which evidence.", "idgraph identity chain hr:person/17 --direction out", "idgraph identity chain key-1 --live-only") { id, direction, depth, liveOnly };
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var answer = await session.Investigate().IdentityChainAsync(session.Ask, parsed.GetRequiredValue(id), parsed.GetValue(direction), parsed.GetValue(depth), parsed.GetValue(liveOnly), cancellationToken).ConfigureAwait(false);
            return session.Answer(
                answer,
                "hops",
                AnswerJson.Default.AnswerIdentityChainAnswer,
                static data => Sheet.Of(
                    $"Chain of {data.Id} ({data.Direction}): {data.Hops.Count} hop(s)",
                    ["depth", "direction", "from", "link", "to", "kind", "state", "why", "state since", "link since", "link until"],
                    data.Hops.Select(hop => new[] { hop.Depth.ToString(), hop.Direction, hop.From, Arrow(hop), hop.To, hop.ToKind, hop.State, hop.Why, Text(hop.StateSince), Text(hop.Since), Text(hop.Until) }),
                    [.. data.UnreadEdges.Select(edge => $"not followed, its kind is not known: {edge.Kind} of {edge.Of} to {edge.To} ({edge.Truth})")]));
        });
        return command;
    }

    /// <summary>The fact between two columns, pointing as it was stated: a chain is walked against many facts, such as OWNED_BY.</summary>
    private static string Arrow(IdentityHopAnswer hop) => hop.Fact.To == hop.To ? $"-{hop.Kind}->" : $"<-{hop.Kind}-";

    private static string? Text(DateTimeOffset? instant) => instant is { } known ? Instants.ToText(known) : null;
}
