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
    private readonly Dictionary<(PolicyDocument Document, string Action), PolicyDocument> _about = [];
    private readonly Dictionary<PolicyStatement, string> _keys = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, string> _numbers = new(StringComparer.Ordinal);

    public PolicyDocument About(PolicyDocument document, string action)
    {
        if (!_about.TryGetValue((document, action), out var about))
        {
            var statements = document.Statements.Where(statement => statement.Problem is not null || statement.IsAboutAction(action)).ToArray();
            _about.Add((document, action), about = statements.Length == 0 ? PolicyDocument.Empty : new PolicyDocument(statements));
        }

        return about;
    }

    /// <summary>What decides the action for the holder, and its key.</summary>
    public (PolicySet Set, string Key) Of(Holder holder, string action)
    {
        List<PolicyDocument> identity = [];
        var key = new StringBuilder(PolicySetKey(holder, action));
        foreach (var policy in holder.Policies)
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

    private PolicyDocument[] Level(IReadOnlyList<HeldPolicy> level, string action, StringBuilder key)
    {
        key.Append('/');
        return [.. level.Select(policy => Keyed(About(policy.Document, action), key))];
    }

    /// <summary>A user's name decides where `${aws:username}` stands.</summary>
    private string PolicySetKey(Holder holder, string action) =>
        holder.Policies.Append(holder.Boundary!).Concat(holder.Levels.SelectMany(level => level)).Where(policy => policy is not null)
            .Any(policy => About(policy.Document, action).Statements.Any(statement => statement.Resources?.Any(resource => resource.HasUsername) is true))
            ? holder.Node + ":"
            : "";

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
