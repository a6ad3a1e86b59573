using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>What the Allow statements of a policy name of one service.</summary>
internal sealed class ServiceNote
{
    /// <summary>Known actions and what they give; null: of an action nobody knows, by a name that no pattern but its own and wider ones take in.</summary>
    public Dictionary<string, Rights?> Actions { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What of it was taken already: statements that name the same share it.</summary>
    public HashSet<ServiceActions> Taken { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Patterns and the statement that names them.</summary>
    public List<(ResourcePattern Pattern, PolicyStatement Statement)> Patterns { get; } = [];
}

/// <summary>What policies name, by service; found once a policy that several have.</summary>
internal sealed class PolicyNotes(ActionScope scope)
{
    private static readonly ResourcePattern[] s_all = [new("*", "*")];
    private readonly Dictionary<PolicyDocument, Dictionary<string, ServiceNote>> _known = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyDictionary<string, ServiceNote> Of(HeldPolicy policy)
    {
        if (!_known.TryGetValue(policy.Document, out var services))
        {
            services = Read(policy);
            if (policy.IsRepeated)
            {
                _known.Add(policy.Document, services);
            }
        }

        return services;
    }

    private Dictionary<string, ServiceNote> Read(HeldPolicy policy)
    {
        Dictionary<string, ServiceNote> services = new(StringComparer.Ordinal);
        foreach (var statement in policy.Document.Statements.Where(statement => statement is { Denies: false, Problem: null }))
        {
            foreach (var service in scope.Of(statement))
            {
                if (!services.TryGetValue(service.Service, out var note))
                {
                    services.Add(service.Service, note = new ServiceNote());
                }

                Take(note, service, statement);

                foreach (var pattern in statement is { ResourcesExcluded: false, Resources: { } resources } ? resources : s_all)
                {
                    note.Patterns.Add((pattern, statement));
                }
            }
        }

        return services;
    }

    private static void Take(ServiceNote note, ServiceActions service, PolicyStatement statement)
    {
        if (!note.Taken.Add(service))
        {
            return;
        }

        foreach (var (action, rights) in service.Known)
        {
            note.Actions[action] = rights;
        }

        foreach (var action in service.HasUnknown ? statement.Actions : [])
        {
            if (action.StartsWith(service.Service + ":", StringComparison.OrdinalIgnoreCase))
            {
                note.Actions.TryAdd(action, null);
            }
        }
    }
}
