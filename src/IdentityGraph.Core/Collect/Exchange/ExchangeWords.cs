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

    public static RunMode? Mode(string word) => word switch
    {
        "full" => RunMode.Full,
        "delta" => RunMode.Delta,
        _ => null,
    };
}
