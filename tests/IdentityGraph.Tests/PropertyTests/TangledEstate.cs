using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>
/// Small estates in which much leads to the same in many ways: groups in groups, roles that are assumed in circles, containers in
/// containers, keys in several stores; some of it behind gates, or not quite known.
/// </summary>
internal sealed class TangledEstate(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Says the estate; the same seed says the same.</summary>
    public void Say(Facts.Lines lines)
    {
        foreach (var (kind, count) in ((string, int)[])[("Account", 4), ("ServiceIdentity", 5), ("Application", 2), ("Credential", 4)])
        {
            for (var i = 0; i < count; i++)
            {
                lines.Node($"{kind}:{i}", kind, kind switch
                {
                    "Credential" => [("state", OneIn(8) ? "Locked" : "Active"), ("kind", "apiKey"), ("expiresAt", null), ("extractable", OneIn(6) ? false : true)],
                    "Application" => [("state", "Active")],
                    _ when OneIn(12) => [("state", "Active"), ("gates", new[] { "corpNetwork" })],
                    _ => [("state", OneIn(8) ? "Locked" : "Active")],
                });
            }
        }

        foreach (var (kind, count) in ((string, int)[])[("Group", 3), ("Role", 2), ("Resource", 5), ("System", 2)])
        {
            for (var i = 0; i < count; i++)
            {
                lines.Node($"{kind}:{i}", kind);
            }
        }

        for (var i = 0; i < 70; i++)
        {
            SayEdge(lines, i);
        }
    }

    private void SayEdge(Facts.Lines lines, int number)
    {
        var (kind, of, to) = One(
            ("CAN_ASSUME", Actor(), Service()),
            ("CAN_ASSUME", Service(), Service()),
            ("RUNS_AS", Pick("Application", 2), Service()),
            ("CAN_MODIFY", Actor(), Pick("Application", 2)),
            ("MEMBER_OF", Actor(), Pick("Group", 3)),
            ("MEMBER_OF", Pick("Group", 3), Pick("Group", 3)),
            ("HAS_ROLE", One(Actor(), Pick("Group", 3)), Pick("Role", 2)),
            ("ENTITLES", One(Actor(), Pick("Group", 3), Pick("Role", 2)), One(Pick("Resource", 5), Pick("System", 2))),
            ("ENTITLES", One(Pick("Group", 3), Pick("Role", 2)), One(Pick("Resource", 5), Pick("System", 2))),
            ("CONTAINS", One(Pick("Resource", 5), Pick("System", 2)), Pick("Resource", 5)),
            ("HELD_BY", Pick("Credential", 4), Actor()),
            ("STORED_IN", Pick("Credential", 4), Pick("Resource", 5)),
            ("AUTHENTICATES_AS", Pick("Credential", 4), Actor()),
            ("DERIVED_FROM", Pick("Credential", 4), Pick("Credential", 4)),
            ("CAN_ISSUE_CREDENTIAL", Actor(), Service()),
            ("REACHED_THROUGH", Pick("Resource", 5), Pick("ServiceIdentity", 5)));
        if (kind == "REACHED_THROUGH" && !OneIn(10))
        {
            return;
        }

        lines.Edge(kind, of, to, kind switch
        {
            "ENTITLES" when OneIn(6) => [],
            "ENTITLES" => [("level", One("L2", "L3", "L5"))],
            "CONTAINS" => [("inherits", true)],
            "DERIVED_FROM" => [("how", "copy")],
            "CAN_ASSUME" or "MEMBER_OF" when OneIn(10) => [("gates", new[] { One("mfaFactor", "corpNetwork") })],
            _ => [],
        }).With(key: OneIn(4) ? $"{number}" : null);
    }

    private string Actor() => One(Pick("Account", 4), Service());

    private string Service() => Pick("ServiceIdentity", 5);

    private string Pick(string kind, int count) => $"{kind}:{_random.Next(count)}";

    private bool OneIn(int count) => _random.Next(count) == 0;

    private T One<T>(params T[] choices) => choices[_random.Next(choices.Length)];
}
