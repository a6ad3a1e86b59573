using IdentityGraph.Graph;
using IdentityGraph.Graph.Fold;

namespace IdentityGraph.Normalize;

/// <summary>Which people state a key of each rule.</summary>
internal sealed class PersonIndex
{
    /// <summary>A key that more people share than this says nothing of anybody: a name as common, a number that stands for none.</summary>
    public const int MostSharing = 100;

    private readonly Dictionary<(MatchRule Rule, string Value), List<(int Person, KeyStatement Key)>> _people = [];

    public PersonIndex(FactCollector facts, CancellationToken cancellationToken)
    {
        for (var node = 0; node < facts.Nodes.Count; node++)
        {
            if (facts.Nodes.LabelOf(node) == NodeKinds.Person.Name)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Take(facts, node);
            }
        }

        foreach (var (key, _) in _people.Where(key => key.Value.Count > MostSharing && key.Value.Select(one => one.Person).Distinct().Count() > MostSharing).ToList())
        {
            _people.Remove(key);
        }
    }

    /// <summary>Everybody who states the key, in no order.</summary>
    public IReadOnlyList<(int Person, KeyStatement Key)> Of(MatchRule rule, string value) =>
        _people.TryGetValue((rule, value), out var people) ? people : [];

    private void Take(FactCollector facts, int person)
    {
        // Where one source gives one id to people of different names at once, none of its keys is certain.
        var names = KeyStatements.Of(facts, person, Properties.Name, KeyStatements.PlainName).ToList();
        var disputed = names.Where(name => name.Disputed).Select(name => name.Owner).ToHashSet();
        foreach (var name in names)
        {
            Add(MatchRule.DisplayName, person, name, disputed);
        }

        foreach (var key in KeyStatements.Of(facts, person, Properties.HrId, Exact))
        {
            Add(MatchRule.HrId, person, key, disputed);
        }

        foreach (var key in KeyStatements.Of(facts, person, Properties.EmployeeNumber, Exact))
        {
            Add(MatchRule.EmployeeNumber, person, key, disputed);
        }

        foreach (var key in KeyStatements.Of(facts, person, Properties.Email, AnyCase))
        {
            var unverified = KeyStatements.Flag(facts, person, Properties.EmailVerified, key.Owner) is false;
            Add(unverified ? MatchRule.Email : MatchRule.VerifiedEmail, person, key, disputed);
            Add(MatchRule.Login, person, key, disputed);
        }

        foreach (var key in KeyStatements.Of(facts, person, Properties.CorrelationKeys, Exact))
        {
            TakeCorrelationKey(person, key, disputed);
        }
    }

    // `login:x` is a candidate; `hrId:x`, `employeeNumber:x` and `email:x` are those keys; anything else names an account.
    private void TakeCorrelationKey(int person, KeyStatement key, HashSet<int> disputed)
    {
        var colon = key.Value.IndexOf(':', StringComparison.Ordinal);
        var (type, value) = colon < 0 ? ("", key.Value) : (key.Value[..colon], key.Value[(colon + 1)..]);
        var (rule, plain) = type switch
        {
            "login" => (MatchRule.Login, AnyCase(value)),
            "hrId" => (MatchRule.HrId, Exact(value)),
            "employeeNumber" => (MatchRule.EmployeeNumber, Exact(value)),
            "email" => (MatchRule.VerifiedEmail, AnyCase(value)),
            _ => (MatchRule.CorrelationKey, AnyCase(key.Value)),
        };
        if (plain is not null)
        {
            Add(rule, person, key with { Value = plain }, disputed);
        }
    }

    private void Add(MatchRule rule, int person, KeyStatement key, HashSet<int> disputed)
    {
        if (!_people.TryGetValue((rule, key.Value), out var people))
        {
            _people[(rule, key.Value)] = people = [];
        }

        people.Add((person, key with { Disputed = key.Disputed || disputed.Contains(key.Owner) }));
    }

    public static string? Exact(string value) => KeyStatements.Plain(value, ignoreCase: false);

    public static string? AnyCase(string value) => KeyStatements.Plain(value, ignoreCase: true);
}
