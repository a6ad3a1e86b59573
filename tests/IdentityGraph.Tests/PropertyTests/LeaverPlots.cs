using System.Text.Json.Nodes;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>
/// What a leaver leaves behind beside a random estate: an account with rights, keys, secrets within reach, consents, automation, things
/// their runs made, assumptions and agents; each read before they left and after, by then closed or not.
/// </summary>
internal sealed class LeaverPlots
{
    private const string Account = "own-acc";
    private const string Home = "own-sys";

    private readonly Random _random;
    private readonly DateTimeOffset _left;
    private readonly bool _tidy;
    private int _count;

    /// <param name="random">Drawn from in one order.</param>
    /// <param name="left">When they left.</param>
    public LeaverPlots(Random random, DateTimeOffset left)
    {
        (_random, _left, _tidy) = (random, left, random.Next(5) < 2);
        Directory();
        var plots = new[] { HeldKey, SharedKey, StoredSecret, Consent, Automation, Spawning, Assumption, Trust, Agent, Controlled };
        foreach (var plot in plots.OrderBy(_ => random.Next()).Take(random.Next(0, 5)).ToList())
        {
            plot();
        }
    }

    /// <summary>Lines read before they left.</summary>
    public List<JsonObject> Before { get; } = [];

    /// <summary>Lines read after they left.</summary>
    public List<JsonObject> After { get; } = [];

    /// <summary>What a ticket or a log says of it, in a run of its own.</summary>
    public List<JsonObject> Claims { get; } = [];

    private bool IsClosed => _tidy ? _random.Next(20) > 0 : _random.Next(3) == 0;

    /// <summary>The account itself, in a system of a tenant, with rights to something or none.</summary>
    private void Directory()
    {
        List<(string, JsonNode?)> home = _random.Next(4) == 0 ? [("tier", 0)] : _random.Next(4) == 0 ? [("category", "directory")] : [];
        if (_random.Next(3) > 0)
        {
            home.AddRange(new[] { "pat", "sshKey", "apiKey" }.Select(kind => ("cascade_" + kind, (JsonNode?)(_random.Next(4) switch { 0 => "Never", 1 => "AtExpiry", _ => "Immediate" }))));
        }

        Both(Node(Home, "System", [.. home]));
        if (_random.Next(3) == 0)
        {
            Both(Node("own-ten", "Tenant"), Edge("IN_TENANT", Home, "own-ten"));
        }

        var props = new List<(string, JsonNode?)> { ("mfa", false), ("authMethods", new JsonArray(_random.Next(4) switch { 0 => "sso", 1 => "key", _ => "local" })) };
        if (_random.Next(4) == 0)
        {
            props.Add(("guest", _random.Next(3) > 0));
        }

        if (_random.Next(4) == 0)
        {
            props.Add(("privileged", true));
        }

        Stateful(Account, "Account", [.. props]);
        Both(Edge("IN_SYSTEM", Account, Home));
        Linked();
        if (_random.Next(3) > 0)
        {
            Entitled(Account);
        }

        if (_random.Next(12) == 0)
        {
            // An account that nobody ever described, somewhere else.
            Both(Edge("BELONGS_TO", "own-ghost", LeaverEstates.Leaver), Edge("IN_SYSTEM", "own-ghost", "own-far"), Node("own-far", "System"));
        }
    }

    /// <summary>Usually theirs for certain; else theirs by a guess, beside another candidate, or no longer listed as theirs.</summary>
    private void Linked()
    {
        var link = Edge("BELONGS_TO", Account, LeaverEstates.Leaver);
        switch (_random.Next(12))
        {
            case 0:
                link["props"] = new JsonObject { ["confidence"] = 0.5 };
                Both(link);
                break;
            case 1:
                Both(link, Edge("BELONGS_TO", Account, "sam"), Node("sam", "Person"));
                break;
            case 2:
                Before.Add(link);
                break;
            default:
                Both(link);
                break;
        }
    }

    private void HeldKey()
    {
        var key = Key(_random.Next(2) == 0 ? Account : Service());
        Both(Edge("HELD_BY", key, LeaverEstates.Leaver));
    }

    private void SharedKey()
    {
        var key = Key(Service());
        Both(Edge("HELD_BY", key, LeaverEstates.Leaver), Edge("HELD_BY", key, "sam"), Node("sam", "Person"));
    }

    private void StoredSecret()
    {
        var store = Next("store");
        Both(Node(store, "Resource"), Edge("IN_SYSTEM", store, Home), Edge("ENTITLES", Account, store, ("level", "L2")), Edge("STORED_IN", Key(Service()), store));
    }

    private void Consent()
    {
        var (grant, app, scope) = (Next("gra"), Next("app"), Next("sco"));
        var survives = _random.Next(3);
        Stateful(grant, "OAuthGrant", survives == 0 ? [("type", "application")] : [("type", "application"), ("survivesAuthoriserDisable", survives == 1)]);
        Both(Node(app, "Application", ("state", "Active")), Node(scope, "Scope"), Edge("CONSENTED_BY", grant, Account), Edge("GRANTED_TO", grant, app), Edge("INCLUDES_SCOPE", grant, scope));
        Both(Edge("CONFERS", scope, Target(), ("level", Level())));
    }

    private void Automation()
    {
        var kind = _random.Next(4) switch { 0 => "Connector", 1 => "Step", 2 => "Resource", _ => "Workflow" };
        var runner = Next("run");
        if (kind is "Step" or "Resource")
        {
            Gone(_random.Next(3) == 0 && IsClosed, Node(runner, kind));
        }
        else
        {
            Stateful(runner, kind);
        }

        if (kind == "Step" && _random.Next(2) == 0)
        {
            var workflow = Next("wor");
            Stateful(workflow, "Workflow");
            Both(Edge("STEP_OF", runner, workflow));
        }

        Gone(_random.Next(4) == 0, Edge("RUNS_AS", runner, Account));
        if (_random.Next(2) == 0)
        {
            Both(Edge("RUNS_AS", runner, Service()));
        }
    }

    private void Spawning()
    {
        var run = Next("job");
        var made = _random.Next(2) == 0 ? Service() : Key(Service());
        Gone(_random.Next(2) == 0, Node(run, "Run"), Edge(_random.Next(2) == 0 ? "INITIATED_BY" : "ACTS_FOR", run, Account), Edge("SPAWNED", run, made));
    }

    private void Assumption() => Gone(_random.Next(3) == 0, Edge("CAN_ASSUME", Account, Service()));

    private void Trust()
    {
        var other = Next("ten");
        var mapping = new JsonArray($"{Account}=>{Service()}");
        Both(Node("own-ten", "Tenant"), Edge("IN_TENANT", Home, "own-ten"), Node(other, "Tenant"));
        Gone(_random.Next(3) == 0, Edge("TRUSTS", other, "own-ten", ("mapping", mapping)));
    }

    private void Agent()
    {
        var (grant, agent, scope) = (Next("gra"), Next("age"), Next("sco"));
        Stateful(grant, "OAuthGrant", ("type", _random.Next(4) == 0 ? "delegated" : "application"), ("survivesAuthoriserDisable", _random.Next(3) > 0));
        Both(Node(agent, "Agent", ("state", "Active")), Node(scope, "Scope"), Edge("ON_BEHALF_OF", grant, Account), Edge("GRANTED_TO", grant, agent), Edge("INCLUDES_SCOPE", grant, scope));
        Both(Edge("CONFERS", scope, Target(), ("level", Level())));
    }

    /// <summary>An identity they could issue credentials for.</summary>
    private void Controlled() => Gone(_random.Next(3) == 0, Edge("CAN_ISSUE_CREDENTIAL", Account, Service()));

    private string Key(string opens)
    {
        var key = Next("key");
        List<(string, JsonNode?)> props = [("kind", _random.Next(3) switch { 0 => "pat", 1 => "sshKey", _ => "apiKey" }), ("expiresAt", _random.Next(6) == 0 ? RandomEstate.Text(_left.AddHours(_random.Next(-200, 200))) : null)];
        if (_random.Next(3) > 0)
        {
            props.Add(("extractable", _random.Next(5) > 0));
        }

        Before.Add(Node(key, "Credential", [.. props]));
        var closed = IsClosed;
        var after = Node(key, "Credential", [.. props, .. !closed && _random.Next(2) == 0 ? [] : new (string, JsonNode?)[] { ("rotatedAt", closed ? RandomEstate.Text(_left.AddMinutes(_random.Next(1, 50))) : null) }]);
        if (closed && _random.Next(2) == 0)
        {
            after["props"]!["state"] = "Disabled";
        }

        if (!closed || _random.Next(5) > 0)
        {
            After.Add(after);
        }

        Both(Edge("AUTHENTICATES_AS", key, opens));
        return key;
    }

    private string Service()
    {
        var service = Next("ser");
        Stateful(service, "ServiceIdentity");
        if (_random.Next(3) > 0)
        {
            Both(Edge("IN_SYSTEM", service, Home));
        }

        Entitled(service);
        return service;
    }

    private void Entitled(string principal) => Both(Edge("ENTITLES", principal, Target(), ("level", Level())));

    private string Target()
    {
        var target = Next("res");
        Both(Node(target, "Resource"), Edge("IN_SYSTEM", target, Home));
        return target;
    }

    /// <summary>Active before; after that disabled, gone, paused, claimed to be disabled, back again, or as it was.</summary>
    private void Stateful(string id, string kind, params (string, JsonNode?)[] props)
    {
        Before.Add(Node(id, kind, [("state", "Active"), .. Copied(props)]));
        if (IsClosed)
        {
            if (_random.Next(4) > 0)
            {
                After.Add(Node(id, kind, [("state", _random.Next(8) == 0 ? "Deleted" : "Disabled"), .. Copied(props)]));
            }

            return;
        }

        var paused = _random.Next(4) == 0;
        After.Add(Node(id, kind, [("state", paused ? _random.Next(2) == 0 ? "Suspended" : "Locked" : "Active"), .. Copied(props)]));
        if (!paused && _random.Next(2) == 0)
        {
            var claim = Node(id, kind, ("state", "Disabled"));
            claim["grade"] = _random.Next(3) switch { 0 => "SystemEvent", 1 => "TicketRecord", _ => "WorkflowRecord" };
            claim["at"] = RandomEstate.Text(EstateWords.Day.AddMinutes(_random.Next(-90, 90)));
            Claims.Add(claim);
        }
    }

    private void Both(params JsonObject[] lines) => Gone(false, lines);

    private void Gone(bool gone, params JsonObject[] lines)
    {
        Before.AddRange(lines);
        if (!gone)
        {
            After.AddRange(lines.Select(line => line.DeepClone().AsObject()));
        }
    }

    private string Next(string stem) => $"own-{stem}{++_count}";

    private string Level() => "L" + _random.Next(1, 6);

    private static (string, JsonNode?)[] Copied((string Name, JsonNode? Value)[] props) => [.. props.Select(prop => (prop.Name, prop.Value?.DeepClone()))];

    private static JsonObject Node(string id, string kind, params (string Name, JsonNode? Value)[] props) => new() { ["node"] = id, ["kind"] = kind, ["props"] = Props(props) };

    private static JsonObject Edge(string kind, string of, string to, params (string Name, JsonNode? Value)[] props) => new() { ["edge"] = kind, ["of"] = of, ["to"] = to, ["props"] = Props(props) };

    private static JsonObject Props((string Name, JsonNode? Value)[] props) => new(props.Select(prop => KeyValuePair.Create(prop.Name, prop.Value?.DeepClone())));
}
