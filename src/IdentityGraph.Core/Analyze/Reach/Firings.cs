using System.Numerics;
using IdentityGraph.Graph;

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
            (_made.TryGetValue((clause.To, clause.Rule), out var made) ? made : _made[(clause.To, clause.Rule)] = new Made()).Take(number, bits & CellBits.All);
        }
    }

    private IEnumerable<(int Node, Made Made)> By(ControlRule rule) =>
        _made.Where(made => made.Key.Rule == rule.Index).Select(made => (made.Key.Node, made.Value)).OrderBy(made => made.Node);

    /// <summary>What was made of or in one node, and by what.</summary>
    public sealed class Made
    {
        private readonly int[] _clauses = new int[CellBits.DurableShift];

        /// <summary>Rights × cells.</summary>
        public uint Word { get; private set; }

        /// <summary>The first clause that gave a right in a cell.</summary>
        public int By(Rights right, Cell cell) => _clauses[BitOperations.TrailingZeroCount(CellBits.Word(right, 1u << (int)cell))];

        public void Take(int clause, uint bits)
        {
            for (var fresh = bits & ~Word; fresh != 0; fresh &= fresh - 1)
            {
                _clauses[BitOperations.TrailingZeroCount(fresh)] = clause;
            }

            Word |= bits;
        }
    }
}
