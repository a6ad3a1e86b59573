using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>What policies give on resources: ENTITLES from an Entitlement to the patterns they name, with the rights of the actions.</summary>
internal sealed class RightsMapping(AccountModel account, ActionScope scope, ResourceRegistry resources, ImportReport report)
{
    private readonly AwsIds _ids = account.Ids;
    private readonly NamedResource _everything = new(account.Ids.System, int.MinValue, false, null);
    private readonly PolicyNotes _notes = new(scope);
    private readonly ServiceSlices _slices = new();
    private readonly Dictionary<string, IReadOnlyList<GivenRights>> _decided = new(StringComparer.Ordinal);
    private readonly Dictionary<PolicyDocument, GivenByDocument> _given = new(ReferenceEqualityComparer.Instance);
    private readonly List<(string Entitlement, WideRights Rights)> _wide = [];

    /// <summary>Several policies together with what takes away from them: each known action is decided on each pattern named.</summary>
    public void OfHolder(string stream, string entitlement, Holder holder, List<Observation> to)
    {
        var edges = new RightsEdges(resources);
        var (wide, where) = (new WideRights(), new Lazy<string>(() => holder.Identity.Where.ToString()));
        if (holder.Policies.Concat(holder.Boundary is { } bound ? [bound] : []).Any(policy => policy.Document.HasProblems))
        {
            edges.Add(_everything, null, Way.Unknown, "unread", where.Value);
        }

        var decisions = new ServiceDecisions(holder, holder.Known, _notes, _slices);
        foreach (var service in decisions.Services)
        {
            var key = decisions.KeyOf(service);
            if (key is null || !_decided.TryGetValue(key, out var rights))
            {
                rights = decisions.In(service);
                if (key is not null)
                {
                    _decided.Add(key, rights);
                }
            }

            if (ServiceDecisions.IsTooMuch(rights))
            {
                TooMuch(service, holder, decisions, edges, wide);
                continue;
            }

            foreach (var given in rights)
            {
                var target = resources.Of(service, PolicyVariables.Written(given.Pattern), PolicyVariables.HasLiteral(given.Pattern));
                wide.Note(target, given.Rights, given.Because);
                var way = target.Foreign ? given.Way.And(Way.Unknown) : given.Way;
                edges.Add(target, given.Rights, way, service, given.Because);
                if (way.Without(Changeable.Factor) is { } enrolled && holder.MayEnrol)
                {
                    edges.Add(target, given.Rights, enrolled, service, given.Because);
                }
            }
        }

        if (wide.Services.Count > 0)
        {
            _wide.Add((entitlement, wide));
        }

        foreach (var edge in edges.State())
        {
            edge.State(stream, entitlement, AccountFacts.Because(edge.Because), account.ReadAt, to);
        }
    }

    /// <summary>Rights on wide patterns, on what may be in them: to be read once the resources were stated.</summary>
    /// <param name="stream">Where it stands.</param>
    /// <param name="alone">Policies that were stated by themselves, and their entitlements; gone through only where something is in the open.</param>
    public IEnumerable<Observation> Carried(string stream, IEnumerable<(string Entitlement, HeldPolicy Policy)> alone)
    {
        var all = _wide.Select(wide => (wide.Entitlement, Policy: default(HeldPolicy), wide.Rights))
            .Concat((resources.HasUncompared ? alone : []).Select(one => (one.Entitlement, Policy: (HeldPolicy?)one.Policy, Rights: Of(one.Policy.Document).Wide!)).Where(one => one.Rights is not null));
        foreach (var (entitlement, policy, wide) in all)
        {
            foreach (var (service, (rights, unknown, because)) in wide.Services.Where(each => resources.IsUncompared(each.Key)))
            {
                var edges = new RightsEdges(resources);
                var target = new NamedResource(_ids.Uncompared(service), int.MinValue, false, null);
                foreach (var some in new[] { rights == Rights.None ? [] : new Rights?[] { rights }, unknown ? [null] : [] }.SelectMany(some => some))
                {
                    edges.Add(target, some, Way.Unknown, service, because);
                }

                foreach (var edge in edges.State())
                {
                    yield return AccountFacts.Edge(
                        stream, EdgeKinds.Entitles, entitlement, edge.Target, edge.Key, policy is null ? AccountFacts.Because(edge.Because) : GivenByDocument.Because(policy.Where.ToString(), policy.Name, edge.Because), edge.Properties);
                }
            }
        }
    }

    private void TooMuch(string service, Holder holder, ServiceDecisions decisions, RightsEdges edges, WideRights wide)
    {
        var where = holder.Identity.Where.ToString();
        report.Warn(FormattableString.Invariant($"what the policies of `{AccountFiles.Shown(holder.Arn)}` leave of `{service}` takes more than {ServiceDecisions.MostComparisons:N0} comparisons of its statements; it is unknown. Put fewer statements with a Deny or a boundary on it"));
        edges.Add(resources.Of(service, "*"), null, Way.Unknown, service, where);
        foreach (var (pattern, because) in decisions.PatternsOf(service))
        {
            // Those of other accounts are in nothing of this one.
            var of = resources.Of(service, pattern);
            wide.Note(of, null, because);
            if (of.Foreign)
            {
                edges.Add(of, null, Way.Unknown, service, because);
            }
        }
    }

    /// <summary>What a document gives whoever has it; names its resources.</summary>
    public GivenByDocument Of(PolicyDocument document)
    {
        if (_given.TryGetValue(document, out var given))
        {
            return given;
        }

        given = Find(document);
        if (document.IsShared)
        {
            _given.Add(document, given);
        }

        return given;
    }

    private GivenByDocument Find(PolicyDocument document)
    {
        var (edges, wide) = (new RightsEdges(resources), new WideRights());
        foreach (var statement in document.Statements)
        {
            if (statement.Denies)
            {
                continue;
            }

            var because = Hidden.Unless(statement.Name);
            if (statement.Problem is not null)
            {
                edges.Add(_everything, null, Way.Unknown, "unread", because);
                continue;
            }

            var outcome = statement.Conditions.Count == 0 ? Outcome.Allowed : statement.Applies(account.OfPrincipals);
            if (statement.ResourcesExcluded || statement.Resources is not { } patterns)
            {
                // NotResource means all but some: unknown on the whole.
                Given(statement, "*", false, outcome.And(Outcome.Unknown), because, edges, wide);
                continue;
            }

            foreach (var pattern in patterns)
            {
                var variable = pattern.IsNotAsWritten;
                Given(statement, pattern.Text, variable, variable ? outcome.And(Outcome.Unknown) : outcome, because, edges, wide);
            }
        }

        return new([.. edges.State()], wide.Services.Count > 0 ? wide : null);
    }

    /// <summary>What a statement gives on a pattern: everything of the account, or rights by service.</summary>
    private void Given(PolicyStatement statement, string pattern, bool variable, Outcome outcome, string because, RightsEdges edges, WideRights wide)
    {
        if (pattern == "*" && !statement.ActionsExcluded && statement.Actions.Any(action => action is "*" or "*:*"))
        {
            Add(_everything, Rights.All, "*");
            return;
        }

        foreach (var service in scope.Of(statement))
        {
            var target = resources.Of(service.Service, pattern, variable);
            if (service.Rights != Rights.None)
            {
                Add(target, service.Rights, service.Service);
            }

            if (service.IsUnknown)
            {
                Add(target, null, service.Service);
            }
        }

        void Add(NamedResource target, Rights? rights, string label)
        {
            wide.Note(target, rights, because);
            foreach (var way in (target.Foreign ? outcome.And(Outcome.Unknown) : outcome).Ways)
            {
                edges.Add(target, rights, way, label, because);
            }
        }
    }
}

/// <summary>Rights on patterns that may take in others, by service.</summary>
internal sealed class WideRights
{
    private Dictionary<string, (Rights Rights, bool Unknown, string Because)>? _services;

    public IReadOnlyDictionary<string, (Rights Rights, bool Unknown, string Because)> Services => _services ?? [];

    public void Note(NamedResource target, Rights? rights, string because)
    {
        if (target.Wide is { } service)
        {
            _services ??= new(StringComparer.Ordinal);
            (Rights Rights, bool Unknown, string Because) before = _services.TryGetValue(service, out var noted) ? noted : (Rights.None, false, because);
            _services[service] = (before.Rights | (rights ?? Rights.None), before.Unknown || rights is null, before.Because);
        }
    }
}
