using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>Which end of the edge the attacker must have for the rule to give the other.</summary>
public enum Given : byte
{
    Start,
    End,

    /// <summary>Either gives the other.</summary>
    Either,
}

/// <summary>A control rule: a line of data in <see cref="ControlRules"/>. Its clauses are written by the file of its family.</summary>
public sealed class ControlRule
{
    internal ControlRule(string id, string sentence, Given given, EdgeKind[] reads, string cut, string[] techniques, bool amplifying = false, bool durable = false)
    {
        Id = id;
        Sentence = sentence;
        Given = given;
        Reads = reads;
        Cut = cut;
        Techniques = techniques;
        Amplifying = amplifying;
        Durable = durable;
    }

    /// <summary>D1 to D20.</summary>
    public string Id { get; }

    /// <summary>1 to 20: proofs of one length prefer the smaller.</summary>
    public int Number => int.Parse(Id.AsSpan(1), provider: null);

    public string Sentence { get; }

    public Given Given { get; }

    /// <summary>Kinds of fact edges it rests on.</summary>
    public IReadOnlyList<EdgeKind> Reads { get; }

    /// <summary>What usually stops it.</summary>
    public string Cut { get; }

    /// <summary>MITRE ATT&amp;CK technique ids.</summary>
    public IReadOnlyList<string> Techniques { get; }

    /// <summary>Whether it makes new access, so that it counts in the amplified sets only. Some rules amplify in one of their forms only.</summary>
    public bool Amplifying { get; }

    /// <summary>Whether what it gives stays with the attacker after the way to it is closed.</summary>
    public bool Durable { get; }

    /// <summary>Position in <see cref="ControlRules.All"/>.</summary>
    internal byte Index { get; set; }

    public override string ToString() => Id;
}
