namespace IdentityGraph.Graph;

/// <summary>A word of the model with its sentence: a line of data.</summary>
/// <param name="Name">As it is spelt in observations and answers.</param>
/// <param name="Sentence">What it means.</param>
public sealed record ModelWord(string Name, string Sentence);

/// <summary>The rights, gates and evidence grades, one line each.</summary>
public static class Words
{
    /// <summary>In the order of their letters, D R W U A C.</summary>
    public static readonly IReadOnlyList<(Rights Right, string Letter, ModelWord Word)> Rights =
    [
        (Graph.Rights.Discover, "D", new("Discover", "See that it exists.")),
        (Graph.Rights.Read, "R", new("Read", "Read what it holds.")),
        (Graph.Rights.Write, "W", new("Write", "Change what it holds.")),
        (Graph.Rights.Use, "U", new("Use", "Act as it, run it, use it.")),
        (Graph.Rights.Admin, "A", new("Admin", "Administer it: decide who may do what on it.")),
        (Graph.Rights.ControlPlane, "C", new("ControlPlane", "Decide identities and access beyond it.")),
    ];

    /// <summary>What must be satisfied to use an edge or node; all of those an edge names are needed.</summary>
    public static readonly IReadOnlyList<ModelWord> Gates =
    [
        new("mfaFactor", "A live second factor of the account."),
        new("allowListIp", "An address on the allow-list, written `allowListIp(x)`."),
        new("corpNetwork", "A place in the company's network."),
        new("managedDevice", "A device the company manages."),
        new("humanApproval", "A person who approves each use."),
        new("pamApproval", "An approval of privileged access management."),
        new("senderKey", "The key the credential is bound to (RFC 8705, RFC 9449)."),
    ];

    /// <summary>Strongest first.</summary>
    public static readonly IReadOnlyList<(EvidenceGrade Grade, ModelWord Word)> Grades =
    [
        (EvidenceGrade.SystemState, new("SystemState", "Read from the target itself.")),
        (EvidenceGrade.SystemEvent, new("SystemEvent", "The target's own log accepted it.")),
        (EvidenceGrade.WorkflowRecord, new("WorkflowRecord", "The engine that did it says it is done.")),
        (EvidenceGrade.TicketRecord, new("TicketRecord", "A ticket says so.")),
        (EvidenceGrade.Attestation, new("Attestation", "A person said so.")),
        (EvidenceGrade.Inference, new("Inference", "Concluded, not stated by anybody.")),
    ];
}
