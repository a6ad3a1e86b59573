using System.Globalization;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>The statements of a document that are about a service; found once a document, and of so many documents at a time.</summary>
internal sealed class ServiceSlices
{
    private const int MostKept = 4_096;

    private readonly Dictionary<PolicyDocument, Dictionary<string, PolicyDocument>> _slices = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<PolicyDocument, string> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(ActionPatterns About, string Word), bool> _meets = [];
    private readonly Dictionary<(ActionPatterns About, string Word), bool> _about = [];
    private int _numbered;

    public PolicyDocument Of(PolicyDocument document, string service)
    {
        if (!_slices.TryGetValue(document, out var services))
        {
            if (_slices.Count >= MostKept)
            {
                _slices.Clear();
                _numbers.Clear();
            }

            _slices.Add(document, services = new(StringComparer.Ordinal));
        }

        if (!services.TryGetValue(service, out var slice))
        {
            var statements = document.Statements.Where(statement => statement.Problem is null && Meets(statement.About, service)).ToArray();
            services.Add(service, slice = statements.Length == 0 ? PolicyDocument.Empty : statements.Length == document.Statements.Count && !document.IsPacked ? document : new PolicyDocument(statements));
        }

        return slice;
    }

    public bool IsAbout(ActionPatterns about, string action) => Known(_about, (about, action), static key => key.About.IsAbout(key.Word));

    public string NumberOf(PolicyDocument slice)
    {
        if (!_numbers.TryGetValue(slice, out var number))
        {
            _numbers.Add(slice, number = (_numbered++).ToString(CultureInfo.InvariantCulture));
        }

        return number;
    }

    private bool Meets(ActionPatterns about, string service) =>
        Known(_meets, (about, service), static key => key.About.Excluded || key.About.Patterns.Any(action => Glob.MayMeet(action, key.Word + ":*", ignoreCase: true)));

    private static bool Known(Dictionary<(ActionPatterns About, string Word), bool> known, (ActionPatterns About, string Word) key, Func<(ActionPatterns About, string Word), bool> find)
    {
        if (!known.TryGetValue(key, out var answer))
        {
            if (known.Count >= MostKept * 4)
            {
                known.Clear();
            }

            known.Add(key, answer = find(key));
        }

        return answer;
    }
}
