using IdentityGraph.Graph;

namespace IdentityGraph.Collect.Exchange;

/// <summary>The words of the format that decide what is true; one that is not here is no word.</summary>
internal static class ExchangeWords
{
    public static string Of(EvidenceGrade grade) => grade switch
    {
        EvidenceGrade.SystemState => "SystemState",
        EvidenceGrade.SystemEvent => "SystemEvent",
        EvidenceGrade.WorkflowRecord => "WorkflowRecord",
        EvidenceGrade.TicketRecord => "TicketRecord",
        EvidenceGrade.Attestation => "Attestation",
        _ => "Inference",
    };

    public static EvidenceGrade? Grade(string word) => word switch
    {
        "SystemState" => EvidenceGrade.SystemState,
        "SystemEvent" => EvidenceGrade.SystemEvent,
        "WorkflowRecord" => EvidenceGrade.WorkflowRecord,
        "TicketRecord" => EvidenceGrade.TicketRecord,
        "Attestation" => EvidenceGrade.Attestation,
        "Inference" => EvidenceGrade.Inference,
        _ => null,
    };

    public static Precision? Precision(string word) => word switch
    {
        "instant" => Collect.Precision.Instant,
        "day" => Collect.Precision.Day,
        "observed" => Collect.Precision.Observed,
        _ => null,
    };

    public static string? Of(Hold hold) => hold switch
    {
        Collect.Hold.Held => "held",
        Collect.Hold.Confirmed => "confirmed",
        Collect.Hold.Rejected => "rejected",
        _ => null,
    };

    public static Hold? Hold(string word) => word switch
    {
        "held" => Collect.Hold.Held,
        "confirmed" => Collect.Hold.Confirmed,
        "rejected" => Collect.Hold.Rejected,
        _ => null,
    };

    public static RunMode? Mode(string word) => word switch
    {
        "full" => RunMode.Full,
        "delta" => RunMode.Delta,
        _ => null,
    };
}
