using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Naive;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>
/// Reads a proof through time as a sceptic does: goes from moment to moment with nothing but its steps, each by its rule from what is held
/// then and from the facts it names, carries on only what an attacker keeps, and asks whether in the end the goal is attained.
/// </summary>
internal sealed class TimeProofChecker
{
    private readonly IReadOnlyList<string> _seeds;
    private readonly DateTimeOffset _from;
    private readonly NaiveFacts _facts;
    private readonly List<(NaiveWorld World, ProofTimes Times)> _moments;

    /// <param name="facts">As known at one moment.</param>
    /// <param name="profile">Which attacker.</param>
    /// <param name="seeds">Held throughout.</param>
    /// <param name="from">t1.</param>
    /// <param name="to">t2.</param>
    public TimeProofChecker(NaiveFacts facts, NaiveProfile profile, IReadOnlyList<string> seeds, DateTimeOffset from, DateTimeOffset to)
    {
        (_facts, _seeds, _from) = (facts, seeds, from);
        _moments = [.. facts.Moments.Where(moment => moment > from && moment < to).Prepend(from).Append(to).Distinct().Select(moment => new NaiveView(facts, moment)).Select(view => (new NaiveWorld(view, profile), new ProofTimes(view)))];
    }

    /// <summary>What is wrong with it; empty: it proves what it claims. Nothing in any one step can be left out, and each step is used.</summary>
    public IReadOnlyList<string> Check(ProofClaim claim, IReadOnlyList<ProofStep> steps)
    {
        var possible = claim.Possible ? new Story(this, claim, steps, possible: true) : null;
        var certain = new Story(this, claim, steps, possible: false);
        var story = possible ?? certain;
        List<string> wrong = [];
        if (!story.IsAttained(claim.Node, claim.Right))
        {
            wrong.Add($"{claim.Right} of {claim.Node} is not attained in the end");
        }

        // When a step has to have been taken for those that rest on it: at their moment, or, of what is kept, at any before.
        var asked = steps.Select(_ => new HashSet<int>()).ToList();
        asked[^1].Add(_moments.Count - 1);
        for (var number = steps.Count - 1; number >= 0; number--)
        {
            var step = steps[number];
            wrong.AddRange(step.From.Except(steps.Take(number).Select(earlier => earlier.Node)).Select(premise => $"{step.Rule} {step.Node} rests on {premise}, which no earlier step concludes"));
            if (number < steps.Count - 1 && !steps.Skip(number + 1).Any(later => later.From.Contains(step.Node)))
            {
                wrong.Add($"{step.Rule} {step.Node} leads nowhere");
            }

            if (step.Rule == "seed")
            {
                wrong.AddRange(story.Taken(number).Length == 0 || step.From.Count > 0 || step.Facts.Count > 0 || step.Gates.Count > 0 || step.Since is not null ? [$"{step.Node} is not given with {step.Rights}"] : []);
                continue;
            }

            var taken = story.Taken(number)
                .Where(moment => asked[number].Contains(moment) || (story.IsKept(number) && asked[number].Any(later => later > moment)))
                .Select(moment => (Moment: moment, Wrong: story.WrongAt(moment, number, certain.Taken(number).Contains(moment)).ToList()))
                .ToList();
            wrong.AddRange(taken.Count == 0 ? [$"{step.Rule} {step.Node} is never taken where it is asked for"] : taken.MinBy(one => one.Wrong.Count).Wrong);
            for (var earlier = 0; earlier < number; earlier++)
            {
                asked[earlier].UnionWith(step.From.Contains(steps[earlier].Node) ? taken.Where(one => one.Wrong.Count == 0).Select(one => one.Moment) : []);
            }
        }

        return wrong;
    }

    /// <summary>What happens with nothing but the steps, from True premises or from True and Unknown ones.</summary>
    private sealed class Story
    {
        private readonly TimeProofChecker _checker;
        private readonly IReadOnlyList<ProofStep> _steps;
        private readonly bool _possible;
        private readonly bool _amplified;
        private readonly Dictionary<string, DateTimeOffset> _held = [];
        private readonly HashSet<string> _spawned = [];
        private readonly HashSet<string> _issued = [];
        private readonly HashSet<int> _keeping = [];
        private readonly Dictionary<int, Dictionary<int, List<(string Node, string Rights)>>> _taken = [];
        private List<(string Node, string Rights)> _attained = [];

        public Story(TimeProofChecker checker, ProofClaim claim, IReadOnlyList<ProofStep> steps, bool possible)
        {
            (_checker, _steps, _possible, _amplified) = (checker, steps, possible, claim.Amplified);
            for (var moment = 0; moment < checker._moments.Count; moment++)
            {
                Live(moment);
            }
        }

        public bool IsAttained(string node, char right) => _attained.Any(one => one.Node == node && one.Rights.Contains(right));

        /// <summary>The moments at which a step was taken.</summary>
        public int[] Taken(int number) => _taken.TryGetValue(number, out var moments) ? [.. moments.Keys] : [];

        /// <summary>Whether what the step concludes may outlast its premises.</summary>
        public bool IsKept(int number) => _steps[number] is { Rule: "spawned" or "D9" } || _keeping.Contains(number);

        /// <summary>What is wrong with a step as it was taken at a moment.</summary>
        public IEnumerable<string> WrongAt(int moment, int number, bool surely)
        {
            var (step, held) = (_steps[number], _taken[number][moment]);
            var (world, times) = _checker._moments[moment];
            var name = $"{step.Rule} {step.Node} at {world.View.AsOf:O}";
            if (step.Truth != (surely ? "True" : "Unknown"))
            {
                yield return $"{name} is {(surely ? "True" : "Unknown")}, claimed {step.Truth}";
            }

            foreach (var late in times.Wrong(step))
            {
                yield return late;
            }

            var whole = ProofChecker.Application(step);
            IEnumerable<(string What, NaiveApplication Less)> less = step.Rule == "spawned" ? [] :
            [
                .. whole.Edges.Select(edge => ($"{edge}", whole with { Edges = whole.Edges.Where(other => other != edge).ToHashSet() })),
                .. whole.Facts.Select(fact => ($"{fact}", whole with { Facts = whole.Facts.Where(other => other != fact).ToHashSet() })),
                .. whole.Gates.Select(gate => (gate, whole with { Gates = whole.Gates.Where(other => other != gate).ToHashSet() })),
            ];
            foreach (var (what, _) in less.Where(one => GivesAsMuch(world, step, held, one.Less, whole, _possible) && (!surely || GivesAsMuch(world, step, held, one.Less, whole, possible: false))))
            {
                yield return $"{name}: {what} can be left out";
            }
        }

        /// <summary>Whether it concludes what the step says by less, and what it concludes is kept all the same.</summary>
        private bool GivesAsMuch(NaiveWorld world, ProofStep step, List<(string Node, string Rights)> held, NaiveApplication less, NaiveApplication whole, bool possible)
        {
            return IsSome(step.Rights, new NaiveFixpoint(world, [], possible, _amplified, held, []).Concludes(less)) && IsKept(less) == IsKept(whole);

            bool IsKept(NaiveApplication by) => new NaiveFixpoint(world, [], possible, _amplified, held, [by]).IsDurable(step.Node);
        }

        private NaiveFixpoint Fixpoint(NaiveWorld world, IEnumerable<(string Node, string Rights)> held, params NaiveApplication[] only) => new(world, [], _possible, _amplified, held, only);

        private bool Holds(bool? truth) => _possible ? truth is not false : truth is true;

        /// <summary>One moment: what is no longer good is lost, what is given is there, and every step is taken that can be.</summary>
        private void Live(int moment)
        {
            var world = _checker._moments[moment].World;
            foreach (var (credential, gained) in _held.Where(held => !Holds(world.Liveness.NotRotatedSince(held.Key, held.Value) & world.Liveness.Credentials.IsNotRevoked(held.Key))).ToList())
            {
                _held.Remove(credential);
            }

            _issued.RemoveWhere(node => !Holds(world.Liveness.Live(node)));
            for (var before = -1; before != _attained.Count + _spawned.Count + _held.Count + _issued.Count;)
            {
                before = _attained.Count + _spawned.Count + _held.Count + _issued.Count;
                _attained = [.. Carried(world)];
                for (var taken = -1; taken != _attained.Count;)
                {
                    taken = _attained.Count;
                    for (var number = 0; number < _steps.Count; number++)
                    {
                        Take(moment, number);
                    }
                }
            }
        }

        /// <summary>Given or kept, as far as it is still there. What is given counts where a step says so.</summary>
        private IEnumerable<(string Node, string Rights)> Carried(NaiveWorld world)
        {
            var given = new NaiveFixpoint(world, _checker._seeds.Select(seed => new NaiveSeed(seed, Gained: NaiveTimeReach.Gained(world.View, seed, _checker._from))), _possible, _amplified, [], []);
            var kept = new NaiveFixpoint(world, [.. _held.Select(held => new NaiveSeed(held.Key, Gained: held.Value)), .. _spawned.Concat(_issued).Select(node => new NaiveSeed(node))], _possible, _amplified, [], []);
            return _steps.Where(step => step.Rule == "seed" && IsSome(step.Rights, given.Rights(step.Node))).Select(step => (step.Node, step.Rights)).Concat(kept.Attained.Select(node => (node, kept.Rights(node))));
        }

        private void Take(int moment, int number)
        {
            var (world, step) = (_checker._moments[moment].World, _steps[number]);
            var held = _attained.Where(one => step.From.Contains(one.Node)).Distinct().ToList();
            if (step.Rule == "seed")
            {
                Note(_attained.Contains((step.Node, step.Rights)));
                return;
            }

            if (step.From.Any(node => held.All(one => one.Node != node)))
            {
                return;
            }

            if (step.Rule == "spawned")
            {
                Note(Spawns(world, step, held));
                return;
            }

            var application = ProofChecker.Application(step);
            var reach = Fixpoint(world, held);
            if (application.Edges.All(edge => Holds(world.View.Truth(edge))) && IsSome(step.Rights, reach.Concludes(application)))
            {
                Note(true);
                _attained.AddRange(_attained.Contains((step.Node, step.Rights)) ? [] : [(step.Node, step.Rights)]);
                if (world.View.Kind(step.Node) == "Credential" && Fixpoint(world, held, application).IsDurable(step.Node))
                {
                    _held.TryAdd(step.Node, world.View.AsOf);
                    _keeping.Add(number);
                }

                if (step.Rule == "D9")
                {
                    _issued.Add(step.Node);
                }
            }

            void Note(bool taken) => _ = taken && (_taken.TryGetValue(number, out var moments) ? moments : _taken[number] = []).TryAdd(moment, held);
        }

        /// <summary>"A(x,U) at s ∧ SPAWNED x→y from s ⇒ A(y,U), durable."</summary>
        private bool Spawns(NaiveWorld world, ProofStep step, List<(string Node, string Rights)> held)
        {
            if (step.Facts is not [{ Edge: "SPAWNED" } made] || !_checker._facts.Edges.ContainsKey(new NaiveEdge("SPAWNED", made.Of!, made.To!, made.Key ?? "")) || made.To != step.Node || step.From is not [var by] || by != made.Of || step.Rights != "U" || step.Gates.Count > 0
                || !IsAttained(by, 'U') || !NaiveTimeReach.Begins(_checker._facts, new NaiveEdge("SPAWNED", by, step.Node, made.Key ?? ""), world.View.AsOf, _possible))
            {
                return false;
            }

            if (world.View.Kind(step.Node) != "Credential")
            {
                _spawned.Add(step.Node);
            }
            else if (Holds(world.Liveness.Credentials.IsNotRevoked(step.Node)))
            {
                _held[step.Node] = world.View.AsOf;
            }

            return true;
        }

        private static bool IsSome(string rights, string of) => rights.Length > 0 && rights.All(of.Contains);
    }
}
