using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>What gates leave of a clause: a truth where the profile decides, further premises where something attained may.</summary>
internal sealed class Gated
{
    /// <summary>Of the gates that nothing attained can satisfy.</summary>
    public Truth Truth { get; private set; } = Truth.True;

    public List<PremiseGroup> Groups { get; } = [];

    /// <summary>The gates that are demanded, as stated.</summary>
    public List<string> Words { get; } = [];

    /// <summary>Demands one gate.</summary>
    /// <param name="word">As stated.</param>
    /// <param name="satisfied">As far as the profile goes.</param>
    /// <param name="alternatives">What satisfies it once attained.</param>
    public void Demand(string word, Truth satisfied, IReadOnlyList<Alternative> alternatives)
    {
        Words.Add(word);
        if (satisfied == Truth.True || alternatives.Count == 0)
        {
            Truth = Truth.And(satisfied);
            return;
        }

        Groups.Add(new PremiseGroup(CellBits.Of(satisfied), alternatives));
    }

    /// <summary>Demands a further premise that is no gate.</summary>
    public void Demand(PremiseGroup group) => Groups.Add(group);

    public void Weaken(Truth truth) => Truth = Truth.And(truth);
}
