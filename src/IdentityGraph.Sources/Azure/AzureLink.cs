namespace IdentityGraph.Sources.Azure;

/// <summary>One relationship in the words and direction of BloodHound's Azure schema.</summary>
/// <param name="Start">Object identifier of its start, in any case.</param>
/// <param name="StartKind">As the file states it, else as the relationship implies.</param>
/// <param name="Kind">Its name (`AZMemberOf`, `AZOwns`…).</param>
/// <param name="End">Object identifier of its end, in any case.</param>
/// <param name="EndKind">As <paramref name="StartKind"/>.</param>
/// <param name="Tenant">The tenant it lies in; null: not said.</param>
internal readonly record struct AzureLink(string Start, AzureKind StartKind, string Kind, string End, AzureKind EndKind, string? Tenant = null);
