using IdentityGraph.Interop.Pictures;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Interop.Pages;

/// <summary>Proofs as a picture and as the table of their hops; steps that several proofs share are drawn and listed once.</summary>
internal sealed class ProofPicture
{
    private static readonly Column[] s_columns =
    [
        new("#", Look.Number), new("from", Look.Code), new("why", Look.Explained), new("gives"), new("on", Look.Code), new("facts", Look.Code), new("gates"), new("sure", Look.Explained), new("evidence", Look.Code),
    ];

    private readonly string _name;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<Box> _boxes = [];
    private readonly List<Arrow> _arrows = [];
    private readonly Dictionary<(string From, int To), int> _known = [];
    private readonly List<ProofStep> _hops = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <param name="name">Begins the names of its rows, unlike that of any other on the page; a word of ours, never a source's.</param>
    public ProofPicture(string name) => _name = name;

    public IReadOnlyList<ProofStep> Hops => _hops;

    /// <summary>Null where it is not drawn, or has none.</summary>
    public string? NameOf(string id) => _places.TryGetValue(id, out var place) ? _boxes[place].Name : null;

    public void Add(IEnumerable<ProofStep> proof)
    {
        foreach (var step in proof)
        {
            Add(step);
        }
    }

    /// <param name="decorate">What a box shows besides: given its id.</param>
    /// <param name="isCut">Whether a step rests on a member of the cut; null: no cut is shown.</param>
    public Picture Picture(Func<string, Box, Box>? decorate = null, Func<Arrow, int, bool>? isCut = null) => new()
    {
        Boxes = decorate is null ? [.. _boxes] : [.. _boxes.Select(box => decorate(box.Id, box))],
        Arrows = isCut is null ? [.. _arrows] : [.. _arrows.Select((arrow, number) => arrow with { IsCut = isCut(arrow, number) })],
    };

    /// <summary>The steps that an arrow stands for.</summary>
    public IEnumerable<ProofStep> StepsOf(Arrow arrow) =>
        _hops.Where(step => _places[step.Node] == arrow.To && Key(step) == string.Join(',', arrow.From));

    public Table Table(string title) => Pages.Table.Of(title, s_columns, _hops.Select((step, number) => Row.Of(
        AnchorOf(number),
        number + 1,
        step.From,
        new[] { step.Rule == "seed" ? "start" : step.Rule, Sentences.OfRule(step.Rule) }.Where(static line => line.Length > 0),
        Sentences.OfRights(step.Rights),
        step.Node,
        step.Facts.Select(Sentences.Of),
        step.Gates,
        step.Rule == "seed" ? [Sentences.OfTruth(step.Truth)] : new[] { Sentences.OfTruth(step.Truth), $"since {Sentences.Of(step.Since)}" },
        step.Evidence)));

    private static IReadOnlyList<string> DetailsOf(ProofStep step) =>
    [
        $"{Sentences.OfTruth(step.Truth)}, since {Sentences.Of(step.Since)}{(step.Gates.Count == 0 ? "" : $", through {string.Join(", ", step.Gates)}")}, evidence: {Sentences.Some(step.Evidence, 2)}",
        $"by {Sentences.Some([.. step.Facts.Select(Sentences.Of)], 3)}",
    ];

    private string AnchorOf(int hop) => $"{_name}-{hop + 1}";

    private string Key(ProofStep step) => string.Join(',', step.From.Where(from => from != step.Node && _places.ContainsKey(from)).Select(from => _places[from]).Distinct().Order());

    private void Add(ProofStep step)
    {
        // With the length of each part before it, no two steps read alike.
        if (!_seen.Add(string.Concat(((string[])[step.Rule, step.Node, step.Rights, step.Truth, $"{step.From.Count}", .. step.From, .. step.Facts.Select(Sentences.Of)]).Select(static part => $"{part.Length}:{part}"))))
        {
            return;
        }

        _hops.Add(step);
        var anchor = AnchorOf(_hops.Count - 1);
        var sureness = step.Truth == "True" ? Sureness.Certain : Sureness.Possible;
        if (!_places.TryGetValue(step.Node, out var to))
        {
            _places[step.Node] = to = _boxes.Count;
            _boxes.Add(new Box { Id = step.Node, Kind = step.Kind ?? "", Name = step.Name, Sureness = sureness, Marks = step.Rule == "seed" ? [Marks.Start] : [], Anchor = anchor });
        }
        else if (sureness < _boxes[to].Sureness)
        {
            _boxes[to] = _boxes[to] with { Sureness = sureness };
        }

        var key = Key(step);
        if (key.Length == 0)
        {
            return;
        }

        var label = step.Rule + (sureness == Sureness.Possible ? "?" : "");
        if (_known.TryGetValue((key, to), out var known))
        {
            var before = _arrows[known];
            _arrows[known] = before with { Label = Folding.Joined(before.Label, label), Sureness = (Sureness)Math.Min((int)before.Sureness, (int)sureness) };
            return;
        }

        _known[(key, to)] = _arrows.Count;
        _arrows.Add(new Arrow
        {
            From = [.. key.Split(',').Select(int.Parse)],
            To = to,
            Label = label,
            Sentence = Sentences.OfRule(step.Rule),
            Details = DetailsOf(step),
            Sureness = sureness,
            Anchor = anchor,
        });
    }
}
