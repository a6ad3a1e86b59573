using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach.Literals;

/// <summary>A clause stripped to what decides what is attained: no facts, no words.</summary>
/// <param name="From">Dense index of the node it starts from.</param>
/// <param name="To">Dense index of the node it concludes on.</param>
/// <param name="Own">Its own further premises, as the store numbers them; -1: none.</param>
/// <param name="Entry">The premises of whatever concludes on its target; -1: none.</param>
/// <param name="Premise">The right on From that it needs, as a bit position.</param>
/// <param name="Rights">What it gives.</param>
/// <param name="Cells">In which cells.</param>
/// <param name="Kind">Whether it derives, hands on or walks.</param>
internal readonly record struct LiteralClause(int From, int To, int Own, int Entry, byte Premise, Rights Rights, byte Cells, ClauseKind Kind);

/// <summary>
/// Every clause that can matter to some starts, in columns. What is covered is written once and kept; covering more starts adds to it.
/// Premises beside the first are taken for granted while it is covered, so that it holds at least what can be attained.
/// </summary>
internal sealed partial class LiteralClauses
{
    private const int Block = 4096;

    // Only these rights start clauses.
    private const Rights Starting = Rights.Read | Rights.Write | Rights.Use | Rights.Admin;

    private readonly ControlGraph _control;
    private Rights[] _reached;
    private readonly Rights[] _written;
    private readonly Rights[] _leading;
    private readonly Stack<int> _open = [];
    private Dictionary<(int One, int Other), (int Count, bool Same)> _same = [];
    private LiteralClause[] _clauses = new LiteralClause[1024];
    private int _groups;

    public LiteralClauses(ControlGraph graph)
    {
        _control = graph.Apart();
        _reached = new Rights[graph.View.NodeCount];
        _written = new Rights[graph.View.NodeCount];
        _leading = new Rights[graph.View.NodeCount];
    }

    public GraphView View => _control.View;

    public int Count { get; private set; }

    /// <summary>Some clause hands on the very rights attained on its premise.</summary>
    public bool HaveInherits { get; private set; }

    public ReadOnlySpan<LiteralClause> All => _clauses.AsSpan(0, Count);

    /// <summary>At least the rights that can be attained on the node; none where it is not covered.</summary>
    public Rights ReachedOn(int node) => _reached[node];

    /// <summary>The rights on the node from which something follows.</summary>
    public Rights LeadingOn(int node) => _leading[node];

    public PremiseGroup[] Groups(int groups) => groups >= 0 && _cutGroups?.GetValueOrDefault(groups) is { } cut ? cut : _control.Store.Groups(groups);

    public bool ControlsIdentities(int node) => _control.ControlsIdentities(node);

    public bool IsApart(Seed seed) => _control.IsApart(seed);

    public uint WordOf(Seed seed) => _control.WordOf(seed);

    /// <summary>Writes what follows from the seeds, as far as it is not written yet.</summary>
    public void Cover(IEnumerable<Seed> seeds, CancellationToken cancellationToken)
    {
        foreach (var seed in seeds)
        {
            var word = WordOf(seed);
            for (var right = 0; right < 6; right++)
            {
                if (((word >> (4 * right)) & CellBits.AllCells) != 0)
                {
                    Reach(seed.Node.Index, (Rights)(1 << right));
                }
            }
        }

        for (var written = 0; _open.TryPop(out var node); written++)
        {
            if (written % Block == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            for (var left = (uint)(_reached[node] & Starting & ~_written[node]); left != 0; left &= left - 1)
            {
                Write(node, System.Numerics.BitOperations.TrailingZeroCount(left));
            }
        }
    }

    /// <summary>Whether two cells, by their positions, have the very same clauses; judged once for what is covered.</summary>
    public bool AreSame(int one, int other)
    {
        var known = _same.GetValueOrDefault((one, other));
        if (known.Count != Count || Count == 0)
        {
            _same[(one, other)] = known = (Count, Compare(one, other));
        }

        return known.Same;
    }

    private bool Compare(int one, int other)
    {
        var checkedEntry = -1;
        foreach (ref readonly var clause in All)
        {
            if (Differ(clause.Cells, one, other) || AreDifferent(clause.Own, one, other) || (clause.Entry != checkedEntry && AreDifferent(clause.Entry, one, other)))
            {
                return false;
            }

            checkedEntry = clause.Entry;
        }

        return true;
    }

    private bool AreDifferent(int groups, int one, int other) => groups >= 0 && Array.Exists(
        Groups(groups),
        group => Differ(group.Given, one, other) || Array.Exists(group.Ways, way => Differ(way.Cells, one, other)));

    private static bool Differ(uint cells, int one, int other) => (((cells >> one) ^ (cells >> other)) & 1) != 0;

    private void Write(int node, int right)
    {
        _written[node] |= (Rights)(1 << right);
        _control.Expand(node, right);
        var store = _control.Store;
        if (store.Count > 0)
        {
            _leading[node] |= (Rights)(1 << right);
        }

        for (var number = 0; number < store.Count; number++)
        {
            ref readonly var clause = ref store[number];
            Rest(store.FactsOf(number));
            Add(new LiteralClause(node, clause.To, clause.Own, clause.Entry, (byte)right, clause.Rights, clause.Cells, clause.Kind));
            if (clause.Kind == ClauseKind.Inherit)
            {
                HaveInherits = true;
                _leading[node] = Rights.All;
                Reach(clause.To, Rights.All);
            }
            else
            {
                Reach(clause.To, clause.Rights.Has(Rights.Admin) && ControlsIdentities(clause.To) ? Rights.All : clause.Rights);
            }
        }

        store.Forget();
        for (; _groups < store.GroupCount; _groups++)
        {
            foreach (var way in store.Groups(_groups).SelectMany(group => group.Alternatives))
            {
                _leading[way.Node] |= way.Rights;
            }
        }
    }

    private void Add(in LiteralClause clause)
    {
        if (Count == _clauses.Length)
        {
            Array.Resize(ref _clauses, Count * 2);
        }

        _clauses[Count++] = clause;
    }

    private void Reach(int node, Rights rights)
    {
        var fresh = rights & ~_reached[node];
        if (fresh != Rights.None)
        {
            _reached[node] |= fresh;
            if ((fresh & Starting) != Rights.None)
            {
                _open.Push(node);
            }
        }
    }
}
