using IdentityGraph.Graph;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.Records;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.GitHubWorkflows;

/// <summary>What the workflows of one repository share: helper nodes stated once, and calls by name that are known only when all were read.</summary>
internal sealed class WorkflowWriting(FactList facts, RecordBook book, string repository)
{
    private readonly IdSet _made = new();
    private readonly Dictionary<string, string> _byName = new(StringComparer.Ordinal);
    private readonly List<(string Name, string Called, string Where)> _calls = [];

    public FactList Facts => facts;

    public RecordBook Book => book;

    public string Repository => repository;

    public string Owner => repository[..repository.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>States a node the first time it is met.</summary>
    public void Once(string id, NodeKind kind, params KeyValuePair<string, PropertyValue>[] properties)
    {
        if (_made.Add(id))
        {
            facts.Node(id, kind, properties);
        }
    }

    /// <summary>The repository, its system and the store of its secrets.</summary>
    public void StateRepository()
    {
        if (!_made.Add(GitHubIds.Repository(repository)))
        {
            return;
        }

        facts.Node(GitHubIds.System, NodeKinds.System, [new(P.Name.Name, PropertyValue.Of("github.com")), new(P.Category.Name, PropertyValue.Of("cicd"))]);
        facts.Node(GitHubIds.Repository(repository), NodeKinds.Resource, [new(P.Name.Name, PropertyValue.Of(repository)), new(P.Kind.Name, PropertyValue.Of("repository")), new(P.StoreKind.Name, PropertyValue.Of("code"))]);
        facts.Edge(EdgeKinds.InSystem, GitHubIds.Repository(repository), GitHubIds.System);
    }

    /// <summary>A secret by its name; its value stands in no file.</summary>
    public string Secret(string name)
    {
        var secret = GitHubIds.Secret(repository, name);
        if (_made.Add(secret))
        {
            var store = GitHubIds.Secrets(repository);
            Once(store, NodeKinds.Resource, new(P.Name.Name, PropertyValue.Of("secrets of " + repository)), new(P.StoreKind.Name, PropertyValue.Of("ci")));
            facts.Edge(EdgeKinds.InSystem, store, GitHubIds.System);
            facts.Node(secret, NodeKinds.Credential, [new(P.Name.Name, PropertyValue.Of(name)), new(P.Extractable.Name, PropertyValue.Of(true))]);
            facts.Edge(EdgeKinds.StoredIn, secret, store);
        }

        return secret;
    }

    /// <summary>A workflow that others may start by its name.</summary>
    public void Named(string name, string workflow) => _byName.TryAdd(name, workflow);

    /// <summary>The workflow of that name starts another one when it ends.</summary>
    public void Calls(string name, string called) => _calls.Add((name, called, facts.Where));

    /// <summary>States what starts what by name, now that all names are known.</summary>
    public void StateCalls()
    {
        foreach (var (name, called, where) in _calls)
        {
            facts.Where = where;
            if (_byName.TryGetValue(name, out var caller))
            {
                facts.Edge(EdgeKinds.Triggers, caller, called);
                book.Trace("edge", name, called, "workflow_run", where, "imported", $"TRIGGERS of {caller} to {called}");
            }
            else
            {
                book.Report.Warn($"`{where}` is started by the workflow `{RecordBook.Shown(name)}`, which is not among the files: that handoff is missing");
                book.Trace("edge", name, called, "workflow_run", where, "refused", "no file of that name was read");
            }
        }
    }
}
