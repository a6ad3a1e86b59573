using System.CommandLine;
using IdentityGraph.Analyze.Ownership;
using IdentityGraph.Graph;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Cli.Assertions;

/// <summary>Claims that must hold, for a pipeline: exit code 0 only where they certainly do.</summary>
internal static class AssertCommand
{
    public static Command Create(Door door)
    {
        var policy = new Option<FileInfo>("--policy") { Description = "Policy file with the claims to hold (YAML).", HelpName = "FILE" };
        var allow = AllowPossible();
        var command = new ExampleCommand(
            "assert",
            "Claims that must hold: exit 0 where they certainly do, 1 with the proof of what breaks one.",
            "idgraph assert --policy policy.yaml",
            "idgraph assert no-path --from contractor-key --to ledger")
        {
            policy,
            allow,
            NoPath(door),
            MaxBlast(door),
            NoOrphans(door),
            NoLiveLeaver(door),
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(policy) is null && result.Children.All(static child => child is not System.CommandLine.Parsing.CommandResult))
            {
                result.AddError($"say what must hold: --policy FILE, or {string.Join(", ", PolicySchema.Claims.Select(static claim => claim.Name))}");
            }
        });
        door.On(command, (session, parsed, cancellationToken) =>
        {
            var file = PolicyFile.Read(parsed.GetRequiredValue(policy).FullName);
            return AnswerAsync(session, file with { Question = file.Question with { AllowPossible = file.Question.AllowPossible || parsed.GetValue(allow) } }, cancellationToken);
        });
        return command;
    }

    private static ExampleCommand NoPath(Door door)
    {
        var from = Ids("--from", "Ids of what is held, together.", required: true);
        var to = Ids("--to", "Ids of the targets; none may be attained.", required: false);
        var tier = new Option<int?>("--to-tier") { Description = "Every system and resource of this tier is a target.", HelpName = "N" };
        var jewels = new Option<bool>("--to-crown-jewels") { Description = "Every crown jewel is a target." };
        var level = GlobalOptions.Level("Level that may not be reached, L1 to L6; default any right.");
        var each = new Option<bool>("--each") { Description = "The starts are held one at a time." };
        var allow = AllowPossible();
        var command = new ExampleCommand(
            "no-path",
            "Control of the starts does not give the targets, not even possibly.",
            "idgraph assert no-path --from contractor-key --to ledger --level L3",
            "idgraph assert no-path --from okta:user/00u1 --to-crown-jewels --profile Insider") { from, to, tier, jewels, level, each, allow };
        command.Validators.Add(result =>
        {
            if (result.GetValue(to) is not { Length: > 0 } && result.GetValue(tier) is null && !result.GetValue(jewels))
            {
                result.AddError("say what may not be attained: --to ID, --to-tier N or --to-crown-jewels");
            }
        });
        door.On(command, (session, parsed, cancellationToken) => AnswerAsync(session, parsed.GetValue(allow), new NoPathAssertion
        {
            From = new Chosen { Ids = parsed.GetRequiredValue(from) },
            To = new Chosen { Ids = parsed.GetValue(to) ?? [], Tier = parsed.GetValue(tier), CrownJewels = parsed.GetValue(jewels) },
            Level = parsed.GetValue(level),
            Each = parsed.GetValue(each),
        }, cancellationToken));
        return command;
    }

    private static ExampleCommand MaxBlast(Door door)
    {
        var seeds = new Argument<string[]>("seed") { Description = "Ids of what is held.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "Every non-human identity." };
        var tier = new Option<int?>("--tier") { Description = "With --all: only those of this tier.", HelpName = "N" };
        var together = new Option<bool>("--together") { Description = "All of it is held together rather than one at a time." };
        var nodes = Limit<int?>("--max-nodes", "Nodes reached at most.");
        var score = Limit<double?>("--max-score", "Criticality that falls at most.");
        var share = Limit<double?>("--max-share", "The same as part of all criticality, 0 to 1.");
        var jewels = Limit<int?>("--max-crown-jewels", "Crown jewels attained at most.");
        var allow = AllowPossible();
        var command = new ExampleCommand(
            "max-blast",
            "What falls with each of these stays within its budget, even possibly.",
            "idgraph assert max-blast deploy-key --max-crown-jewels 0",
            "idgraph assert max-blast --all --tier 1 --max-share 0.1") { seeds, all, tier, together, nodes, score, share, jewels, allow };
        command.Validators.Add(result =>
        {
            if (result.GetValue(seeds) is { Length: > 0 } == result.GetValue(all))
            {
                result.AddError("say either the ids of what is held or --all");
            }
            else if (result.GetValue(tier) is not null && !result.GetValue(all))
            {
                result.AddError("--tier goes with --all");
            }
            else if (((Option[])[nodes, score, share, jewels]).All(limit => result.GetResult(limit) is null))
            {
                result.AddError("say what is limited: --max-nodes, --max-score, --max-share or --max-crown-jewels");
            }
            else if (result.GetValue(share) is > 1)
            {
                result.AddError("--max-share takes a number from 0 to 1");
            }
        });
        door.On(command, (session, parsed, cancellationToken) => AnswerAsync(session, parsed.GetValue(allow), new MaxBlastAssertion
        {
            Of = new Chosen { Ids = parsed.GetValue(seeds) ?? [], NonHuman = parsed.GetValue(all), Tier = parsed.GetValue(tier) },
            Together = parsed.GetValue(together),
            Limits = new BlastLimits(parsed.GetValue(nodes), parsed.GetValue(score), parsed.GetValue(share), parsed.GetValue(jewels)),
        }, cancellationToken));
        return command;
    }

    private static ExampleCommand NoOrphans(Door door)
    {
        var kinds = new Option<string[]>("--kind") { Description = "Only nodes of this kind; may be given several times.", HelpName = "KIND" };
        kinds.AcceptOnlyFromAmong([.. Owners.Kinds.Select(static kind => kind.Name)]);
        var except = Ids("--except", "Ids that are not judged.", required: false);
        var allow = AllowPossible();
        var command = new ExampleCommand(
            "no-orphans",
            "Somebody in employment answers for everything that can authenticate.",
            "idgraph assert no-orphans",
            "idgraph assert no-orphans --kind ServiceIdentity --except break-glass") { kinds, except, allow };
        door.On(command, (session, parsed, cancellationToken) => AnswerAsync(session, parsed.GetValue(allow), new NoOrphansAssertion
        {
            Kinds = parsed.GetValue(kinds) ?? [],
            Except = parsed.GetValue(except) ?? [],
        }, cancellationToken));
        return command;
    }

    private static ExampleCommand NoLiveLeaver(Door door)
    {
        var persons = new Argument<string[]>("person") { Description = "Ids of persons; default every leaver.", Arity = ArgumentArity.ZeroOrMore };
        var except = Ids("--except", "Ids that are not judged.", required: false);
        var allow = AllowPossible();
        var command = new ExampleCommand(
            "no-live-leaver",
            "No leaver, nor automation on their authority, still reaches anything past the time allowed.",
            "idgraph assert no-live-leaver",
            "idgraph assert no-live-leaver hr:person/17 --as-of 2025-06-02") { persons, except, allow };
        door.On(command, (session, parsed, cancellationToken) => AnswerAsync(session, parsed.GetValue(allow), new NoLiveLeaverAssertion
        {
            Persons = parsed.GetValue(persons) ?? [],
            Except = parsed.GetValue(except) ?? [],
        }, cancellationToken));
        return command;
    }

    private static Task<int> AnswerAsync(Session session, bool allowPossible, Assertion claim, CancellationToken cancellationToken) =>
        AnswerAsync(session, new PolicyFile { Question = new AssertQuestion { Assertions = [claim], AllowPossible = allowPossible }, RequireComplete = false, MaxAge = null }, cancellationToken);

    private static async Task<int> AnswerAsync(Session session, PolicyFile file, CancellationToken cancellationToken)
    {
        var answer = await session.Investigate().AssertAsync(session.Ask, file.Question, cancellationToken).ConfigureAwait(false);
        List<int> codes = [];
        if (answer.Data.Failed > 0)
        {
            codes.Add(ExitCode.Gate);
        }

        if (answer.Data.Assertions.Any(static one => one.Scope == 0))
        {
            codes.Add(ExitCode.Nothing);
        }

        var late = answer.Store.Sources.Where(source => (file.RequireComplete && source.State != "complete") || (file.MaxAge is { } age && (source.LastCompleteAt is null || answer.AsOf - source.LastCompleteAt > age))).ToList();
        if (late.Count > 0 || (file.RequireComplete && answer.Store.Sources.Count == 0))
        {
            session.Printer.Complain($"the policy asks for sources that are read whole and recently: {(late.Count == 0 ? "there is none" : string.Join(", ", late.Select(static source => $"{source.Source} is {source.State}, last read whole {(source.LastCompleteAt is { } at ? Instants.ToText(at) : "never")}")))}");
            codes.Add(ExitCode.Stale);
        }

        return session.Answer(answer, "assertions", AnswerJson.Default.AnswerAssertAnswer, data => AssertSheet.Of(data, answer.Store.Sources), [.. codes]);
    }

    private static Option<bool> AllowPossible() =>
        new("--allow-possible") { Description = "Pass what is only possibly broken; without it, what is not known to hold fails." };

    private static Option<string[]> Ids(string name, string description, bool required) =>
        new(name) { Description = description, HelpName = "ID", AllowMultipleArgumentsPerToken = true, Required = required };

    private static Option<T> Limit<T>(string name, string description)
    {
        var option = new Option<T>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] }])
            {
                result.AddError($"{name} takes a number from 0 on");
            }
        });
        return option;
    }
}
