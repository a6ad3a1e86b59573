using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Entries;
using IdentityGraph.Sources.Records;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.GitHubWorkflows;

/// <summary>
/// One workflow file as facts: its steps in order, what they depend on, which secrets they hold, and what a job's token may do. Whether it is
/// enabled stands in no file, so its state is not stated.
/// </summary>
internal sealed class WorkflowMapping(WorkflowFile file, EntryNode root, WorkflowWriting writing)
{
    private readonly string _workflow = GitHubIds.Workflow(file.Repository, file.Path);
    private readonly Dictionary<string, (string? First, string? Last)> _steps = new(StringComparer.Ordinal);

    /// <exception cref="EntryException">It is no workflow: it has no jobs, or an id would be too long.</exception>
    public void State()
    {
        if (root.Find("jobs")?.Members is not { Count: > 0 } jobs)
        {
            throw new EntryException(root.Line, "jobs", "a workflow has `jobs`, a mapping with at least one job");
        }

        writing.StateRepository();
        var triggers = WorkflowWords.Triggers(root);
        var name = root.Find("name")?.Text is { Length: > 0 } given ? given : file.Path;
        List<KeyValuePair<string, PropertyValue>> properties = [new(P.Name.Name, PropertyValue.Of(name))];
        if (WorkflowWords.Trigger(triggers) is { } trigger)
        {
            properties.Add(new(P.Trigger.Name, PropertyValue.Of(trigger)));
        }

        writing.Facts.Node(Fitting(_workflow), NodeKinds.Workflow, properties);
        writing.Facts.Edge(EdgeKinds.InSystem, _workflow, GitHubIds.System);
        writing.Facts.Edge(EdgeKinds.DefinedIn, _workflow, GitHubIds.Repository(file.Repository));
        writing.Book.Trace("node", file.Path, null, "workflow", file.Path, "imported", $"Workflow {_workflow}");
        writing.Named(name, _workflow);
        foreach (var called in WorkflowWords.On(root)?.Find("workflow_run")?.Find("workflows") is { } names ? Texts(names) : [])
        {
            writing.Calls(called, _workflow);
        }

        RefuseSecrets("", root.Find("env"));
        Hold(root.Find("env"), file.Path);
        foreach (var (id, job) in jobs)
        {
            new WorkflowJob(id, job, root, triggers, file, _workflow, writing, this).State();
        }

        foreach (var (id, job) in jobs)
        {
            Order(id, job);
        }
    }

    /// <summary>Remembers the first and last step of a job, for the order between jobs.</summary>
    public void Steps(string job, string? first, string? last) => _steps[job] = (first, last);

    /// <summary>States every secret a part of the file uses as held by the workflow: whoever controls the one has the other.</summary>
    public void Hold(EntryNode? part, string where)
    {
        foreach (var name in Scalars(part).SelectMany(WorkflowWords.Secrets).Where(name => name != "GITHUB_TOKEN").Distinct(StringComparer.Ordinal))
        {
            if (SecretLooking.Find(name) is not null)
            {
                writing.Book.Refuse(where, "secrets", "the name of a secret looks like a secret itself; it was left out", null);
                continue;
            }

            var secret = writing.Secret(name);
            writing.Facts.Edge(EdgeKinds.HeldBy, secret, _workflow);
            writing.Book.Trace("edge", name, file.Path, "secrets", where, "imported", $"HELD_BY of {secret} to {_workflow}");
        }
    }

    /// <summary>Values that look like secrets are counted and said, never quoted and never stored.</summary>
    public void RefuseSecrets(string where, EntryNode? part)
    {
        foreach (var (name, value) in part?.Members ?? [])
        {
            if (value.Text is { } text && !WorkflowWords.IsExpression(text) && SecretLooking.FindIn(name, text) is { } sort)
            {
                writing.Book.LeaveOutSecret(file.Path, $"{where}{RecordBook.Shown(name)}, line {value.Line}", $"it looks like {sort}, written into the workflow; its value was left out. Keep it in a secret, and replace it: whoever can read the repository has it");
            }
        }
    }

    public static string Fitting(string id) => id.Length <= 512 ? id : throw new EntryException(0, "", "a name in it is too long (512 characters with its prefix)");

    public static IEnumerable<string> Texts(EntryNode node) => node.Items is { } items ? items.Select(item => item.Text).OfType<string>() : node.Text is { } one ? [one] : [];

    /// <summary>Every text of a part, as often as it stands there; aliases were bounded when the file was read.</summary>
    public static IEnumerable<string> Scalars(EntryNode? node)
    {
        if (node?.Text is { } text)
        {
            yield return text;
        }

        foreach (var inner in (node?.Items ?? []).Concat(node?.Members?.Select(member => member.Value) ?? []).SelectMany(Scalars))
        {
            yield return inner;
        }
    }

    private void Order(string id, EntryNode job)
    {
        if (_steps.GetValueOrDefault(id).First is not { } first)
        {
            return;
        }

        foreach (var needed in job.Find("needs") is { } needs ? Texts(needs) : [])
        {
            if (_steps.GetValueOrDefault(needed).Last is { } last)
            {
                writing.Facts.Edge(EdgeKinds.Next, last, first);
            }
            else
            {
                writing.Book.Report.Warn($"`{file.Path}`: job `{RecordBook.Shown(id)}` needs `{RecordBook.Shown(needed)}`, which is no job with steps: that order is missing");
            }
        }
    }
}
