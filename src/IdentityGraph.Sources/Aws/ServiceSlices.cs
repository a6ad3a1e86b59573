using System.Globalization;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>The statements of a document that are about a service; found once a document.</summary>
internal sealed class ServiceSlices
{
    private readonly Dictionary<PolicyDocument, Dictionary<string, PolicyDocument>> _slices = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<PolicyDocument, string> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<PolicyDocument, Dictionary<string, string>> _about = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<PolicyDocument, int> _actions = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<(string Action, bool Known), Rights>> _alike = new(StringComparer.Ordinal);

    public PolicyDocument Of(PolicyDocument document, string service)
    {
        if (!_slices.TryGetValue(document, out var services))
        {
            _slices.Add(document, services = new(StringComparer.Ordinal));
        }

        if (!services.TryGetValue(service, out var slice))
        {
            var statements = document.Statements.Where(statement => IsAbout(statement, service)).ToArray();
            services.Add(service, slice = statements.Length == 0 ? PolicyDocument.Empty : new PolicyDocument(statements));
        }

        return slice;
    }

    /// <summary>Which statements of a slice are about an action: equal texts, the same ones.</summary>
    public string About(PolicyDocument slice, string action)
    {
        if (!_about.TryGetValue(slice, out var actions))
        {
            _about.Add(slice, actions = new(StringComparer.OrdinalIgnoreCase));
        }

        if (!actions.TryGetValue(action, out var about))
        {
            var indexes = string.Join(',', slice.Statements.Index().Where(each => each.Item.IsAboutAction(action)).Select(each => each.Index));
            actions.Add(action, about = _texts.TryGetValue(indexes, out var same) ? same : _texts[indexes] = indexes);
        }

        return about;
    }

    /// <summary>Equal for slices whose statements name the same actions in the same order.</summary>
    public int ActionsOf(PolicyDocument slice)
    {
        if (!_actions.TryGetValue(slice, out var number))
        {
            var named = string.Join('\n', slice.Statements.Select(statement => (statement.Denies ? "-" : "+") + (statement.ActionsExcluded ? "!" : "") + string.Join(' ', statement.Actions)));
            if (!_named.TryGetValue(named, out number))
            {
                _named.Add(named, number = _named.Count);
            }

            _actions.Add(slice, number);
        }

        return number;
    }

    /// <summary>What was found under the key before, or is found now.</summary>
    public Dictionary<(string Action, bool Known), Rights> Alike(string key, Func<Dictionary<(string Action, bool Known), Rights>> find)
    {
        if (!_alike.TryGetValue(key, out var alike))
        {
            _alike.Add(key, alike = find());
        }

        return alike;
    }

    public string NumberOf(PolicyDocument slice)
    {
        if (!_numbers.TryGetValue(slice, out var number))
        {
            _numbers.Add(slice, number = _numbers.Count.ToString(CultureInfo.InvariantCulture));
        }

        return number;
    }

    private static bool IsAbout(PolicyStatement statement, string service) =>
        statement.Problem is null && (statement.ActionsExcluded || statement.Actions.Any(action => Glob.MayMeet(action, service + ":*", ignoreCase: true)));
}
