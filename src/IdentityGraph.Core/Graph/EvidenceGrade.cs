namespace IdentityGraph.Graph;

/// <summary>How strong a statement is; a larger value is stronger.</summary>
public enum EvidenceGrade : byte
{
    /// <summary>Concluded, not stated by anybody.</summary>
    Inference = 0,

    /// <summary>A person said so.</summary>
    Attestation = 1,

    /// <summary>A ticket says so.</summary>
    TicketRecord = 2,

    /// <summary>The engine that did it says it is done.</summary>
    WorkflowRecord = 3,

    /// <summary>The target's own log accepted it.</summary>
    SystemEvent = 4,

    /// <summary>Read from the target itself.</summary>
    SystemState = 5,
}
