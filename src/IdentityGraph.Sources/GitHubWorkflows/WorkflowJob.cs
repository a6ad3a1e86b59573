using IdentityGraph.Graph;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.Entries;
using IdentityGraph.Sources.Records;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.GitHubWorkflows;

/// <summary>One job: its steps, its token, its runner, its environment.</summary>
internal sealed class WorkflowJob(string id, EntryNode job, EntryNode root, IReadOnlyList<string> triggers, WorkflowFile file, string workflow, WorkflowWriting writing, WorkflowMapping mapping)
{
    private readonly string _identity = GitHubIds.Job(workflow, id);

    private FactList Facts => writing.Facts;

    private string Where => $"{file.Path}:{job.Line}";

    public void State()
    {
        StateToken();
        mapping.Hold(job, Where);
        mapping.RefuseSecrets($"jobs.{RecordBook.Shown(id)}.env.", job.Find("env"));
        if (job.Find("uses")?.Text is { } called)
        {
            CallWorkflow(called);
            return;
        }

        if (job.Find("steps") is { Items: null })
        {
            writing.Book.Outcome.Read++;
            writing.Book.Refuse(Where, "steps", "it is no list; what it holds was left out", GitHubWorkflowsFormat.Stream);
        }

        string? first = null;
        string? last = null;
        foreach (var (step, number) in (job.Find("steps")?.Items ?? []).Select((step, number) => (step, number)))
        {
            var node = Step(step, number);
            if (last is not null)
            {
                Facts.Edge(EdgeKinds.Next, last, node);
            }

            first ??= node;
            last = node;
        }

        mapping.Steps(id, first, last);
        StateRunner();
        StateEnvironment();
        StateWorkload();
    }

    private string Step(EntryNode step, int number)
    {
        var node = WorkflowMapping.Fitting(GitHubIds.Step(workflow, id, number));
        var uses = step.Find("uses")?.Text;
        Facts.Node(node, NodeKinds.Step, [new(P.Name.Name, PropertyValue.Of(step.Find("name")?.Text is { Length: > 0 } name ? name : uses ?? $"{id}, step {number + 1}"))]);
        Facts.Edge(EdgeKinds.StepOf, node, workflow);
        Facts.Edge(EdgeKinds.RunsAs, node, _identity);
        writing.Book.Trace("node", $"{id}/{number}", null, uses is null ? "run" : "uses", $"{file.Path}:{step.Line}", "imported", $"Step {node}");
        mapping.RefuseSecrets($"jobs.{RecordBook.Shown(id)}.steps[{number}].env.", step.Find("env"));
        mapping.RefuseSecrets($"jobs.{RecordBook.Shown(id)}.steps[{number}].with.", step.Find("with"));
        if (step.Find("run")?.Text is { } command && Collect.SecretLooking.Find(command) is { } sort)
        {
            writing.Book.LeaveOutSecret(file.Path, $"jobs.{RecordBook.Shown(id)}.steps[{number}].run", $"it holds {sort}, written into the workflow; it was not stored. Keep it in a secret, and replace it");
        }

        if (uses is not null)
        {
            DependOn(uses, $"{file.Path}:{step.Line}");
        }

        WatchForProposals(step, uses);
        new WorkflowFederation(step, uses, _identity, HasIdentityToken, Where, writing).State();
        return node;
    }

    /// <summary>Code or words of outsiders that run where the repository's secrets are: a dependency nobody pinned.</summary>
    private void WatchForProposals(EntryNode step, string? uses)
    {
        var proposed = uses?.StartsWith("actions/checkout@", StringComparison.OrdinalIgnoreCase) == true
            ? WorkflowWords.IsProposed((step.Find("with")?.Find("ref")?.Text ?? "") + " " + (step.Find("with")?.Find("repository")?.Text ?? ""))
            : step.Find("run")?.Text is { } command && WorkflowWords.RunsProposed(command);
        if (!proposed || !WorkflowWords.ByOutsiders(triggers))
        {
            return;
        }

        var proposals = GitHubIds.PullRequests(file.Repository);
        writing.Once(proposals, NodeKinds.Application, new(P.Name.Name, PropertyValue.Of("what outsiders propose to " + file.Repository)), new(P.State.Name, PropertyValue.Of("Active")), new(P.StandsFor.Name, PropertyValue.Of("outsideProposals")));
        Facts.Edge(EdgeKinds.DependsOn, workflow, proposals, null, new KeyValuePair<string, PropertyValue>(P.Pinned.Name, PropertyValue.Of(false)));
        writing.Book.Report.Warn($"`{file.Path}`: runs what outsiders propose, on {string.Join(", ", triggers)}, with the repository's secrets: whoever opens a pull request or issue can act as it");
    }

    private void DependOn(string uses, string where)
    {
        if (uses.StartsWith("./", StringComparison.Ordinal) || uses.StartsWith('$'))
        {
            writing.Book.Trace("edge", file.Path, uses, "uses", where, "imported", "defined in the same repository");
            return;
        }

        var image = uses.StartsWith("docker://", StringComparison.OrdinalIgnoreCase);
        var at = uses.LastIndexOf('@');
        var name = image ? "docker:" + Image(uses[9..]) : at > 0 ? uses[..at] : uses;
        var reference = at > 0 ? uses[(at + 1)..] : "";
        if (Collect.SecretLooking.Find(uses) is not null || GitHubIds.Action(name).Length > 512)
        {
            writing.Book.Refuse(where, "uses", "what it uses is too long or looks like a secret; it was left out", null);
            return;
        }

        var action = GitHubIds.Action(name);
        var owner = image ? null : name.Split('/')[0];
        writing.Once(action, NodeKinds.Application, new(P.Name.Name, PropertyValue.Of(name)), new(P.ThirdParty.Name, PropertyValue.Of(owner is null || !owner.Equals(writing.Owner, StringComparison.OrdinalIgnoreCase))));
        KeyValuePair<string, PropertyValue>[] pinned = reference.Length == 0 && !image ? [] : [new(P.Pinned.Name, PropertyValue.Of(WorkflowWords.IsPinned(reference)))];
        Facts.Edge(EdgeKinds.DependsOn, workflow, action, reference, pinned);
        writing.Book.Trace("edge", file.Path, uses, "uses", where, "imported", $"DEPENDS_ON of {workflow} to {action}");
    }

    private static string Image(string reference)
    {
        var name = reference.Split('@')[0];
        var tag = name.LastIndexOf(':');
        return tag > name.LastIndexOf('/') ? name[..tag] : name;
    }

    private void CallWorkflow(string uses)
    {
        var node = WorkflowMapping.Fitting(GitHubIds.Step(workflow, id, 0));
        Facts.Node(node, NodeKinds.Step, [new(P.Name.Name, PropertyValue.Of(job.Find("name")?.Text ?? uses))]);
        Facts.Edge(EdgeKinds.StepOf, node, workflow);
        Facts.Edge(EdgeKinds.RunsAs, node, _identity);
        mapping.Steps(id, node, node);
        writing.Book.Trace("node", id, null, "uses", Where, "imported", $"Step {node}");
        var at = uses.LastIndexOf('@');
        var path = at > 0 ? uses[..at] : uses;
        var parts = path.Split('/', 3);
        var called = path.StartsWith("./", StringComparison.Ordinal) ? GitHubIds.Workflow(file.Repository, path[2..])
            : parts.Length == 3 && GitHubIds.IsRepository($"{parts[0]}/{parts[1]}") ? GitHubIds.Workflow($"{parts[0]}/{parts[1]}", parts[2]) : null;
        if (called is null || called.Length > 512)
        {
            writing.Book.Refuse(Where, "uses", "a reusable workflow is `./.github/workflows/name.yml` or `owner/repository/.github/workflows/name.yml@ref`; the call was left out", null);
            return;
        }

        Facts.Edge(EdgeKinds.Triggers, workflow, called);
        writing.Book.Trace("edge", file.Path, uses, "uses", Where, "imported", $"TRIGGERS of {workflow} to {called}");
        if (!path.StartsWith("./", StringComparison.Ordinal))
        {
            DependOn(uses, Where);
        }

        if (job.Find("secrets")?.Text == "inherit")
        {
            writing.Book.Report.Warn($"`{file.Path}`: job `{RecordBook.Shown(id)}` hands all its secrets to `{RecordBook.Shown(uses)}`; which those are is not in the file");
        }
    }

    private bool HasIdentityToken => Permissions is { } permissions && (permissions.Text == "write-all" || permissions.Find("id-token")?.Text == "write");

    private EntryNode? Permissions => job.Find("permissions") ?? root.Find("permissions");

    private void StateToken()
    {
        writing.Once(WorkflowMapping.Fitting(_identity), NodeKinds.ServiceIdentity, new(P.Name.Name, PropertyValue.Of($"token of {id} in {file.Path}")), new(P.State.Name, PropertyValue.Of("Active")), new(P.NhiKind.Name, PropertyValue.Of("bot")), new(P.Mfa.Name, PropertyValue.Of(false)));
        Facts.Edge(EdgeKinds.InSystem, _identity, GitHubIds.System);
        var repository = GitHubIds.Repository(file.Repository);
        switch (Permissions)
        {
            case null:
                // The default is a setting of the repository or organisation.
                Facts.Edge(EdgeKinds.Entitles, _identity, repository, "default", FactList.Rights(null, "default permissions"));
                break;
            case { Text: "read-all" or "write-all" } all:
                Facts.Edge(EdgeKinds.Entitles, _identity, repository, all.Text, FactList.Rights(all.Text == "read-all" ? Level.L2 : Level.L3, all.Text!));
                break;
            case { Members: { } scopes }:
                foreach (var (scope, access) in scopes.Where(scope => scope.Key != "id-token" && scope.Value.Text is "read" or "write"))
                {
                    Allow(scope, access.Text!);
                }

                break;
            case { Items: null, Text: { } word }:
                writing.Book.Report.CountUnrecognised("permissions " + RecordBook.Shown(word));
                Facts.Edge(EdgeKinds.Entitles, _identity, repository, "permissions", FactList.Rights(null, "permissions"));
                break;
        }
    }

    /// <summary>`contents` is the repository itself; any other scope a part of it, so that writing issues is not writing code.</summary>
    private void Allow(string scope, string access)
    {
        var right = $"{scope}: {access}";
        var target = GitHubIds.Repository(file.Repository);
        if (scope != "contents")
        {
            target = GitHubIds.Part(file.Repository, scope);
            writing.Once(target, NodeKinds.Resource, new(P.Name.Name, PropertyValue.Of($"{scope} of {file.Repository}")), new(P.Kind.Name, PropertyValue.Of("part")));
            Facts.Edge(EdgeKinds.Contains, GitHubIds.Repository(file.Repository), target);
        }

        Facts.Edge(EdgeKinds.Entitles, _identity, target, right, FactList.Rights(access == "write" ? Level.L3 : Level.L2, right));
    }

    private void StateRunner()
    {
        var runsOn = job.Find("runs-on");
        var labels = (runsOn?.Find("labels") ?? runsOn) is { } said ? WorkflowMapping.Texts(said).ToList() : [];
        var group = runsOn?.Find("group")?.Text;
        if (!labels.Contains("self-hosted", StringComparer.OrdinalIgnoreCase) && group is null)
        {
            return;
        }

        var name = string.Join('+', labels.Append(group ?? "").Where(label => label.Length > 0).Order(StringComparer.Ordinal));
        var runner = GitHubIds.Runner(file.Repository, name);
        if (runner.Length > 512 || Collect.SecretLooking.Find(name) is not null)
        {
            writing.Book.Refuse(Where, "runs-on", "its labels are too long or look like a secret; the runner was left out", null);
            return;
        }

        // Whoever has the machine has the job, and a job works on the machine as its runner's user.
        writing.Once(runner, NodeKinds.Resource, new(P.Name.Name, PropertyValue.Of("runners " + name)), new(P.Kind.Name, PropertyValue.Of("host")));
        Facts.Edge(EdgeKinds.InSystem, runner, GitHubIds.System);
        Facts.Edge(EdgeKinds.RunsAs, runner, _identity);
        Facts.Edge(EdgeKinds.Entitles, _identity, runner, "self-hosted", FactList.Rights(Level.L3, "self-hosted"));
        writing.Book.Trace("edge", id, name, "runs-on", Where, "imported", $"RUNS_AS of {runner} to {_identity}");
    }

    /// <summary>Whom trusts in GitHub's tokens may mean by it. The subject can be shaped otherwise in the repository's settings, which are not in its files.</summary>
    private void StateWorkload()
    {
        foreach (var around in HasIdentityToken ? GitHubSubjects.Around(file.Repository) : [])
        {
            writing.Once(around, NodeKinds.ServiceIdentity, new KeyValuePair<string, PropertyValue>(P.NhiKind.Name, PropertyValue.Of("workload")));
            Facts.Edge(EdgeKinds.CanAssume, _identity, around, null, new KeyValuePair<string, PropertyValue>(P.Conditions.Name, PropertyValue.Of("unread")));
        }
    }

    private void StateEnvironment()
    {
        var said = job.Find("environment");
        var name = said?.Text ?? said?.Find("name")?.Text;
        if (name is not { Length: > 0 } || WorkflowWords.IsExpression(name) || GitHubIds.Environment(file.Repository, name).Length > 512 || Collect.SecretLooking.Find(name) is not null)
        {
            return;
        }

        var environment = GitHubIds.Environment(file.Repository, name);
        writing.Once(environment, NodeKinds.Resource, new(P.Name.Name, PropertyValue.Of(name)), new(P.Kind.Name, PropertyValue.Of("environment")));
        Facts.Edge(EdgeKinds.InSystem, environment, GitHubIds.System);
        Facts.Edge(EdgeKinds.Entitles, _identity, environment, "environment", FactList.Rights(null, "environment"));
        writing.Book.Trace("edge", id, name, "environment", Where, "imported", $"ENTITLES of {_identity} to {environment}");
        if (HasIdentityToken)
        {
            var subject = WorkloadIds.Subject(GitHubIds.Issuer, $"repo:{file.Repository}:environment:{name}");
            writing.Once(subject, NodeKinds.ServiceIdentity, new(P.Name.Name, PropertyValue.Of($"repo:{file.Repository}:environment:{name}")), new(P.NhiKind.Name, PropertyValue.Of("workload")));
            Facts.Edge(EdgeKinds.CanAssume, _identity, subject, null, new KeyValuePair<string, PropertyValue>(P.Conditions.Name, PropertyValue.Of("unread")));
        }
    }
}
