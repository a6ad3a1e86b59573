using System.Text.Json;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>
/// Decides a request from the JSON of the policies by the published logic alone, one sentence of it after the other
/// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html). Conditions are three-valued: what the
/// request does not state may hold or not.
/// </summary>
internal sealed class NaiveIam(IamPolicies policies, IamRequest request)
{
    private readonly NaiveIamPrincipal _caller = new(request.Principal, policies.Boundary is not null);

    /// <summary>Whether the decision hangs on something that the published logic leaves open.</summary>
    public bool LeftOpen { get; private set; }

    public static IReadOnlyList<string> Texts(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(each => each.ToString())] : [value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetRawText() : value.ToString()];

    public IamVerdict Decide()
    {
        var everywhere = policies.Identity.Concat(policies.ServiceControl.SelectMany(level => level));
        var denied = Any(everywhere.Concat(policies.Boundary is { } limit ? [limit] : []), "Deny").Or(TrustDenies());
        var organization = policies.ServiceControl.Aggregate(Truth.True, (all, level) => all.And(Any(level, "Allow")));
        var boundary = policies.Boundary is { } most ? Any([most], "Allow") : Truth.True;
        var identity = Any(policies.Identity, "Allow").And(boundary);
        var truth = denied.Not().And(organization).And(policies.Trust is null ? identity : TrustAllows(identity, boundary));
        return truth switch { Truth.True => IamVerdict.Allowed, Truth.False => IamVerdict.Denied, _ => IamVerdict.Depends };
    }

    private Truth TrustDenies() => Statements(policies.Trust, "Deny").Aggregate(Truth.False, (any, statement) => any.Or(
        (statement.Body.TryGetProperty("NotPrincipal", out var others) ? Open(_caller.IsLeftOutBy(others)) : IsNamed(statement.Body.GetProperty("Principal")))
            .And(About(statement))));

    /// <summary>
    /// A role is assumed only where its trust policy allows. Who is named there itself, in the same account, needs no policy of its own;
    /// who is named by its account does; across accounts both sides must allow.
    /// </summary>
    private Truth TrustAllows(Truth identity, Truth boundary)
    {
        var allowed = Truth.False;
        foreach (var statement in Statements(policies.Trust, "Allow"))
        {
            var others = request.Resource.Split(':')[4] != _caller.Account;
            var given = _caller.Ways(statement.Body.GetProperty("Principal")).Aggregate(Truth.False, (any, named) => any.Or(named switch
            {
                Named.No => Truth.False,
                Named.SomeSession => others ? identity.And(Truth.Unknown) : Truth.Unknown,
                _ when others => identity,
                Named.Account => identity,
                // A boundary limits what is given to a role, not what is given to a user or a session.
                Named.Itself => _caller.IsUser || _caller.IsSession ? Truth.True : boundary,
                Named.Role => boundary,
                _ => Everyone(boundary),
            }));
            allowed = allowed.Or(given.And(About(statement)));
        }

        return allowed;
    }

    private Truth IsNamed(JsonElement principal) =>
        _caller.Ways(principal).Aggregate(Truth.False, (any, named) => any.Or(named switch { Named.No => Truth.False, Named.SomeSession => Truth.Unknown, _ => Truth.True }));

    /// <summary>Nothing is published on what a boundary does to what everyone is given.</summary>
    private Truth Everyone(Truth boundary)
    {
        LeftOpen |= boundary != Truth.True;
        return Truth.True;
    }

    private Truth Open(bool? known)
    {
        LeftOpen |= known is null;
        return TruthLogic.Of(known);
    }

    private Truth Any(IEnumerable<string> documents, string effect) =>
        documents.SelectMany(document => Statements(document, effect)).Aggregate(Truth.False, (any, statement) => any.Or(About(statement)));

    private Truth About((JsonElement Body, bool Variables) statement) =>
        AboutAction(statement.Body).And(AboutResource(statement.Body, statement.Variables)).And(NaiveIamCondition.Holds(statement.Body, _caller.Context(request.Context, request.Action)));

    private Truth AboutAction(JsonElement statement) => statement.TryGetProperty("Action", out var actions)
        ? TruthLogic.Of(Texts(actions).Any(pattern => NaiveIamPattern.IsAction(pattern, request.Action)))
        : TruthLogic.Of(!Texts(statement.GetProperty("NotAction")).Any(pattern => NaiveIamPattern.IsAction(pattern, request.Action)));

    private Truth AboutResource(JsonElement statement, bool variables)
    {
        if (statement.TryGetProperty("Resource", out var resources))
        {
            return Meets(resources);
        }

        if (!statement.TryGetProperty("NotResource", out var others))
        {
            return Truth.True;
        }

        // What a variable without a value does in a NotResource is not published.
        LeftOpen |= variables && Variables().Where(pair => pair.Value.Length == 0).Any(lacking => Texts(others).Any(text => text.Contains($"${{{lacking.Key}}}", StringComparison.OrdinalIgnoreCase)));
        return Meets(others).Not();

        Truth Meets(JsonElement patterns) => Texts(patterns).Aggregate(Truth.False, (any, pattern) =>
            any.Or(TruthLogic.Of(NaiveIamPattern.IsResource(pattern, request.Resource, variables ? Variables() : null))));
    }

    /// <summary>"" for one without a value: what names it matches nothing.</summary>
    private Dictionary<string, string> Variables() => new(_caller.Context(request.Context, request.Action).Select(pair => KeyValuePair.Create(pair.Key, pair.Value ?? ""))) { ["aws:username"] = _caller.UserName ?? "" };

    private static IEnumerable<(JsonElement Body, bool Variables)> Statements(string? document, string effect)
    {
        if (document is null)
        {
            return [];
        }

        var root = JsonDocument.Parse(document).RootElement;
        var statement = root.GetProperty("Statement");
        var variables = root.TryGetProperty("Version", out var version) && version.GetString() == "2012-10-17";
        IEnumerable<JsonElement> bodies = statement.ValueKind == JsonValueKind.Array ? statement.EnumerateArray() : [statement];
        return bodies.Where(body => body.GetProperty("Effect").GetString() == effect).Select(body => (body, variables));
    }
}
