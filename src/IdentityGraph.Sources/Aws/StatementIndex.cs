using System.Globalization;
using System.Text;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// The statements of a document that are about an action, found once a document; and what a set of statements says, as a key: equal keys
/// decide alike whoever has them, so that what many principals share is decided once.
/// </summary>
internal sealed class StatementIndex
{
    /// <summary>Every action that is asked for.</summary>
    private static readonly string[] s_actions =
    [
        "sts:AssumeRole", "iam:PassRole", "iam:AddRoleToInstanceProfile", "iam:CreateUser", .. EscalationRows.All.Select(row => row.Action), .. ComputeRows.All.SelectMany(row => row.Actions).Distinct(StringComparer.Ordinal),
    ];

    private readonly Dictionary<PolicyDocument, Dictionary<string, PolicyDocument>> _about = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<PolicyDocument, bool> _decisive = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Holder, (IReadOnlyList<HeldPolicy> Policies, string Signature)> _holders = [];
    private readonly Dictionary<PolicyDocument, string> _documents = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(string Signature, string Action), (PolicySet Set, string Key)> _known = [];
    private readonly Dictionary<PolicyStatement, string> _keys = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, string> _numbers = new(StringComparer.Ordinal);

    public PolicyDocument About(PolicyDocument document, string action)
    {
        if (!_about.TryGetValue(document, out var actions))
        {
            _about.Add(document, actions = new(StringComparer.Ordinal));
        }

        if (!actions.TryGetValue(action, out var about))
        {
            var statements = document.Statements.Where(statement => statement.Problem is not null || statement.IsAboutAction(action)).ToArray();
            actions.Add(action, about = statements.Length == 0 ? PolicyDocument.Empty : new PolicyDocument(statements));
        }

        return about;
    }

    /// <summary>The holder's policies that are about any action of the rows at all.</summary>
    public IReadOnlyList<HeldPolicy> PoliciesOf(Holder holder) => Of(holder).Policies;

    /// <summary>What decides the action for the holder, and its key.</summary>
    public (PolicySet Set, string Key) Of(Holder holder, string action)
    {
        var (policies, signature) = Of(holder);
        if (!_known.TryGetValue((signature, action), out var known))
        {
            _known.Add((signature, action), known = Decide(holder, policies, action));
        }

        return known;
    }

    private (PolicySet Set, string Key) Decide(Holder holder, IReadOnlyList<HeldPolicy> policies, string action)
    {
        List<PolicyDocument> identity = [];
        var key = new StringBuilder(UsesName(holder, policies) ? holder.Node + ":" : "");
        foreach (var policy in policies)
        {
            Add(identity, About(policy.Document, action), key);
        }

        var set = new PolicySet { Identity = identity };
        if (holder.Boundary is { } boundary)
        {
            key.Append('|');
            set = set with { Boundary = Keyed(About(boundary.Document, action), key) };
        }

        if (holder.Levels.Count > 0)
        {
            set = set with { ServiceControl = [.. holder.Levels.Select(level => Level(level, action, key))] };
        }

        return (set, key.ToString());
    }

    /// <summary>Holders with the same signature are decided alike.</summary>
    private (IReadOnlyList<HeldPolicy> Policies, string Signature) Of(Holder holder)
    {
        if (!_holders.TryGetValue(holder, out var known))
        {
            var policies = holder.Policies.Where(policy => IsDecisive(policy.Document)).ToArray();
            var signature = string.Join(' ', policies.Select(policy => Number(policy.Document)))
                + (holder.Boundary is { } boundary ? "|" + Number(boundary.Document) : "")
                + string.Concat(holder.Levels.Select(level => "/" + string.Join(',', level.Select(policy => Number(policy.Document)))))
                + (UsesName(holder, policies) ? holder.Node : "");
            _holders.Add(holder, known = (policies, signature));
        }

        return known;
    }

    private bool IsDecisive(PolicyDocument document)
    {
        if (!_decisive.TryGetValue(document, out var decisive))
        {
            _decisive.Add(document, decisive = document.Statements.Any(statement => statement.Problem is not null || s_actions.Any(statement.IsAboutAction)));
        }

        return decisive;
    }

    /// <summary>A user's name decides where `${aws:username}` stands.</summary>
    private static bool UsesName(Holder holder, IReadOnlyList<HeldPolicy> policies) => policies
        .Concat(holder.Boundary is { } boundary ? [boundary] : [])
        .Concat(holder.Levels.SelectMany(level => level))
        .Any(policy => policy.Document.UsesName);

    private string Number(PolicyDocument document)
    {
        if (!_documents.TryGetValue(document, out var number))
        {
            _documents.Add(document, number = _documents.Count.ToString(CultureInfo.InvariantCulture));
        }

        return number;
    }

    private PolicyDocument[] Level(IReadOnlyList<HeldPolicy> level, string action, StringBuilder key)
    {
        key.Append('/');
        return [.. level.Select(policy => Keyed(About(policy.Document, action), key))];
    }

    private void Add(List<PolicyDocument> documents, PolicyDocument about, StringBuilder key)
    {
        if (about.Statements.Count > 0)
        {
            documents.Add(Keyed(about, key));
        }
    }

    private PolicyDocument Keyed(PolicyDocument about, StringBuilder key)
    {
        foreach (var statement in about.Statements)
        {
            key.Append(Number(statement)).Append(',');
        }

        return about;
    }

    /// <summary>The same for statements that say the same of resources and conditions.</summary>
    private string Number(PolicyStatement statement)
    {
        if (!_keys.TryGetValue(statement, out var number))
        {
            var says = string.Join('\n', [
                statement.Problem is null ? statement.Denies ? "D" : "A" : "?",
                statement.ResourcesExcluded ? "-" : "+",
                .. statement.Resources?.Select(resource => resource.Pattern + (resource.HasVariable ? "\t?" : "")) ?? ["none"],
                .. statement.Conditions.Select(condition => $"\t{condition.Operator}\t{condition.Key}\t{string.Join('\t', condition.Values)}"),
            ]);
            if (!_numbers.TryGetValue(says, out number))
            {
                _numbers.Add(says, number = _numbers.Count.ToString(CultureInfo.InvariantCulture));
            }

            _keys.Add(statement, number);
        }

        return number;
    }
}
