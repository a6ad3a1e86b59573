using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Aws;

/// <summary>What policies give on resources: ENTITLES from an Entitlement to the patterns they name, with the rights of the actions.</summary>
internal sealed class RightsMapping(AwsIds ids, ActionRights catalogue, ResourceRegistry resources, ImportReport report)
{
    private static readonly Dictionary<string, string> s_nothing = [];
    private readonly ActionScope _scope = new(catalogue);
    private readonly PolicyNotes _notes = new(new ActionScope(catalogue));
    private readonly ServiceSlices _slices = new();
    private readonly Dictionary<string, IReadOnlyList<GivenRights>> _decided = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Entitlement, string Service), (Rights Rights, bool Unknown, string Because)> _wide = [];

    /// <summary>A policy by itself: each of its Allow statements gives what it names.</summary>
    public IEnumerable<Observation> OfPolicy(string stream, string entitlement, HeldPolicy policy)
    {
        var edges = new RightsEdges(stream, entitlement);
        foreach (var statement in policy.Document.Statements.Where(statement => !statement.Denies))
        {
            var because = Standing.Reference(policy, statement);
            if (statement.Problem is not null)
            {
                edges.Add(ids.System, null, Way.Unknown, "unread", because);
                continue;
            }

            var outcome = statement.Applies(s_nothing);
            foreach (var pattern in Patterns(statement))
            {
                foreach (var (target, rights, label) in Given(statement, pattern.Text, pattern.Variable))
                {
                    Note(entitlement, target, rights, because);
                    foreach (var way in (target.Foreign || pattern.Unsure ? outcome.And(Outcome.Unknown) : outcome).Ways)
                    {
                        edges.Add(target.Node, rights, way, label, because);
                    }
                }
            }
        }

        return edges.State();
    }

    /// <summary>Several policies together with what takes away from them: each known action is decided on each pattern named.</summary>
    public IEnumerable<Observation> OfHolder(string stream, string entitlement, Holder holder)
    {
        var edges = new RightsEdges(stream, entitlement);
        if (holder.Policies.Concat(holder.Boundary is { } bound ? [bound] : []).Any(policy => policy.Document.Statements.Any(statement => statement.Problem is not null)))
        {
            edges.Add(ids.System, null, Way.Unknown, "unread", holder.Identity.Where);
        }

        var decisions = new ServiceDecisions(holder, _notes, _slices);
        foreach (var service in decisions.Services)
        {
            if (decisions.IsTooMuch(service))
            {
                report.Warn($"what the policies of `{AccountFiles.Shown(holder.Arn)}` leave of `{service}` takes too many comparisons; it is unknown. Put fewer statements with a Deny or a boundary on it");
                edges.Add(resources.Of(service, "*").Node, null, Way.Unknown, service, holder.Identity.Where);
                foreach (var (pattern, because) in decisions.PatternsOf(service))
                {
                    // Those of other accounts are in nothing of this one.
                    var of = resources.Of(service, pattern);
                    Note(entitlement, of, null, because);
                    if (of.Foreign)
                    {
                        edges.Add(of.Node, null, Way.Unknown, service, because);
                    }
                }

                continue;
            }

            var key = decisions.KeyOf(service);
            if (!_decided.TryGetValue(key, out var rights))
            {
                _decided.Add(key, rights = decisions.In(service));
            }

            foreach (var given in rights)
            {
                var target = resources.Of(service, given.Pattern);
                Note(entitlement, target, given.Rights, given.Because);
                edges.Add(target.Node, given.Rights, target.Foreign ? given.Way.And(Way.Unknown) : given.Way, service, given.Because);
            }
        }

        return edges.State();
    }

    /// <summary>Rights on wide patterns, on what may be in them: to be read once the resources were stated.</summary>
    public IEnumerable<Observation> Carried(string stream) =>
        from wide in _wide
        where resources.IsUncompared(wide.Key.Service)
        from observation in Carried(stream, wide.Key.Entitlement, wide.Key.Service, wide.Value)
        select observation;

    private IEnumerable<Observation> Carried(string stream, string entitlement, string service, (Rights Rights, bool Unknown, string Because) wide)
    {
        var edges = new RightsEdges(stream, entitlement);
        foreach (var rights in new[] { wide.Rights == Rights.None ? [] : new Rights?[] { wide.Rights }, wide.Unknown ? [null] : [] }.SelectMany(some => some))
        {
            edges.Add(ids.Uncompared(service), rights, Way.Unknown, service, wide.Because);
        }

        return edges.State();
    }

    private void Note(string entitlement, NamedResource target, Rights? rights, string because)
    {
        if (target.Wide is { } service)
        {
            (Rights Rights, bool Unknown, string Because) before = _wide.TryGetValue((entitlement, service), out var noted) ? noted : (Rights.None, false, because);
            _wide[(entitlement, service)] = (before.Rights | (rights ?? Rights.None), before.Unknown || rights is null, before.Because);
        }
    }

    /// <summary>What a statement gives on a pattern: everything of the account, or rights by service.</summary>
    private IEnumerable<(NamedResource Target, Rights? Rights, string Label)> Given(PolicyStatement statement, string pattern, bool variable)
    {
        if (pattern == "*" && !statement.ActionsExcluded && statement.Actions.Any(action => action is "*" or "*:*"))
        {
            yield return (new NamedResource(ids.System, false, null), Rights.All, "*");
            yield break;
        }

        foreach (var service in _scope.Of(statement))
        {
            var target = resources.Of(service.Service, pattern, variable);
            if (service.Rights != Rights.None)
            {
                yield return (target, service.Rights, service.Service);
            }

            if (service.IsUnknown)
            {
                yield return (target, null, service.Service);
            }
        }
    }

    /// <summary>NotResource means all but some: unknown on the whole.</summary>
    private static IEnumerable<(string Text, bool Unsure, bool Variable)> Patterns(PolicyStatement statement) =>
        statement.ResourcesExcluded || statement.Resources is null ? [("*", true, false)] : statement.Resources.Select(resource => (resource.Text, resource.HasVariable || resource.HasUsername, resource.HasVariable || resource.HasUsername));
}

/// <summary>Gathers rights on the same target in the same way into one edge.</summary>
internal sealed class RightsEdges(string stream, string entitlement)
{
    private readonly Dictionary<(string Target, string Label, string Ways, bool Known), (Rights Rights, Way Way, List<string> Because)> _edges = [];

    /// <param name="target">Node id.</param>
    /// <param name="rights">Null: of unknown level.</param>
    /// <param name="way">What it takes.</param>
    /// <param name="label">Service, or `*`.</param>
    /// <param name="because">The statement.</param>
    public void Add(string target, Rights? rights, Way way, string label, string because)
    {
        var key = (target, label, string.Join(',', way.Gates) + (way.Unread ? "?" : ""), rights is not null);
        if (!_edges.TryGetValue(key, out var edge))
        {
            edge = (Rights.None, way, []);
        }

        if (edge.Because.Count < 3 && !edge.Because.Contains(because))
        {
            edge.Because.Add(because);
        }

        _edges[key] = edge with { Rights = edge.Rights | (rights ?? Rights.None) };
    }

    public IEnumerable<Observation> State()
    {
        foreach (var ((target, label, ways, known), (rights, way, because)) in _edges)
        {
            yield return AccountFacts.Edge(
                stream,
                EdgeKinds.Entitles,
                entitlement,
                target,
                label + (known ? "" : " ?") + (ways.Length == 0 ? "" : " if " + AwsIds.Digest(ways)),
                because,
                [.. known ? [AccountFacts.Text(P.RightLetters, rights.ToLetters())] : Array.Empty<KeyValuePair<string, PropertyValue>>(), AccountFacts.Text(P.Right, label), .. AccountFacts.Gates(way)]);
        }
    }
}
