namespace IdentityGraph.Analyze.Reach;

/// <summary>What rules concluded in a search, again or anew: a search itself remembers only what was new.</summary>
internal sealed class Firings
{
    private readonly Dictionary<(int Node, byte Rule), Made> _made = [];

    /// <summary>Nodes, by dense index, on which some rule concluded.</summary>
    public HashSet<int> Concluded { get; } = [];

    /// <summary>What making credentials gave use of, by dense index.</summary>
    public IEnumerable<(int Node, Made Made)> Issued => By(ControlRules.IssueCredential);

    /// <summary>What making principals gave rights on, by dense index.</summary>
    public IEnumerable<(int Node, Made Made)> Provisioned => By(ControlRules.Provision);

    public void Take(int number, in Clause clause, uint bits)
    {
        if (clause.Kind == ClauseKind.Walk)
        {
            return;
        }

        Concluded.Add(clause.To);
        if (clause.Rule == ControlRules.IssueCredential.Index || clause.Rule == ControlRules.Provision.Index)
        {
            var known = _made.GetValueOrDefault((clause.To, clause.Rule));
            _made[(clause.To, clause.Rule)] = new Made(known.Word | (bits & CellBits.All), known.Word == 0 ? number : known.Clause);
        }
    }

    private IEnumerable<(int Node, Made Made)> By(ControlRule rule) =>
        _made.Where(made => made.Key.Rule == rule.Index).Select(made => (made.Key.Node, made.Value)).OrderBy(made => made.Node);

    /// <param name="Word">Rights × cells.</param>
    /// <param name="Clause">The first that gave it.</param>
    public readonly record struct Made(uint Word, int Clause);
}
