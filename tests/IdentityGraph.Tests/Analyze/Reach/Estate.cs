using IdentityGraph.Analyze.Reach;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Analyze.Reach;

/// <summary>The words control scenarios are written in: what is live unless said otherwise, read completely on one day.</summary>
internal static class Estate
{
    public const string Day = "2025-06-02";

    public static Facts.Lines Account(this Facts.Lines lines, string id, params (string, object?)[] props) => lines.Node(id, "Account", Over([("state", "Active")], props));

    public static Facts.Lines Service(this Facts.Lines lines, string id, params (string, object?)[] props) => lines.Node(id, "ServiceIdentity", Over([("state", "Active")], props));

    public static Facts.Lines App(this Facts.Lines lines, string id, params (string, object?)[] props) => lines.Node(id, "Application", Over([("state", "Active")], props));

    public static Facts.Lines Workflow(this Facts.Lines lines, string id) => lines.Node(id, "Workflow", ("state", "Active"));

    public static Facts.Lines Connector(this Facts.Lines lines, string id, params (string, object?)[] props) => lines.Node(id, "Connector", Over([("state", "Active")], props));

    public static Facts.Lines Grant(this Facts.Lines lines, string id, string type, params (string, object?)[] props) => lines.Node(id, "OAuthGrant", Over([("state", "Active"), ("type", type)], props));

    /// <summary>A credential without an end that can be copied out.</summary>
    public static Facts.Lines Key(this Facts.Lines lines, string id, string kind = "apiKey", params (string, object?)[] props) =>
        lines.Node(id, "Credential", Over([("kind", kind), ("expiresAt", null), ("extractable", true)], props));

    public static Facts.Lines System(this Facts.Lines lines, string id, params (string, object?)[] props) => lines.Node(id, "System", props);

    public static Facts.Lines Resource(this Facts.Lines lines, string id, params (string, object?)[] props) => lines.Node(id, "Resource", props);

    private static (string, object?)[] Over((string Name, object? Value)[] usual, (string Name, object? Value)[] said) =>
        [.. usual.Where(prop => said.All(other => other.Name != prop.Name)), .. said];

    /// <summary>As of the day the facts were read.</summary>
    public static GraphView View(Action<Facts.Lines> lines) => Facts.Of(Day, lines).At(Day);

    public static ReachResult Reach(Action<Facts.Lines> lines, string seed, string profile = "ExternalBearer", Rights? rights = null) =>
        Reach(View(lines), [seed], profile, rights);

    public static ReachResult Reach(GraphView view, string[] seeds, string profile = "ExternalBearer", Rights? rights = null)
    {
        var graph = ControlGraph.Compile(view, new Liveness(view), AttackerProfile.Parse(profile)!);
        return graph.Reach(seeds.SelectMany(seed => Seeding.Of(view.Find(seed)!.Value, graph.Liveness, rights)));
    }

    /// <summary>"certain direct/certain amplified possible direct/possible amplified", a dash for none.</summary>
    public static string Cells(this ReachResult reach, string id)
    {
        var cells = reach[reach.Graph.View.Find(id)!.Value];
        return string.Join(' ', Enum.GetValues<Cell>().Select(cell => cells.Of(cell) is not Rights.None and var rights ? rights.ToLetters() : "-"));
    }

    /// <summary>Ids of everything attained in certain with amplification, sorted, the given seeds left out.</summary>
    public static string[] Certain(this ReachResult reach) =>
        [.. reach.Attained.Where(node => reach[node].CertainAmplified != Rights.None && reach.Seeds.All(seed => seed.Node != node)).Select(node => node.Id).Order(StringComparer.Ordinal)];

    public static Truth Live(Action<Facts.Lines> lines, string id)
    {
        var view = View(lines);
        return new Liveness(view).Of(view.Find(id)!.Value);
    }

    /// <summary>The same lines without some of their edges.</summary>
    public static Action<Facts.Lines> Without(Action<Facts.Lines> lines, Func<Observation.SawEdge, bool> dropped) => kept =>
    {
        var all = new Facts.Lines();
        lines(all);
        foreach (var line in all.All)
        {
            if (line is not Observation.SawEdge edge || !dropped(edge))
            {
                kept.Say(line);
            }
        }
    };
}
