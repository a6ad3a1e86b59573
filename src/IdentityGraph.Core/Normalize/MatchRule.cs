namespace IdentityGraph.Normalize;

/// <summary>
/// A way in which an account is linked with a person: one line each. What a rule gives is a statement of grade Inference; below
/// <see cref="Certain"/> it is only a candidate.
/// </summary>
/// <param name="Name">The `matchRule` of the links.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Sentence">What must be equal, after trimming and NFC.</param>
public sealed record MatchRule(string Name, double Confidence, string Sentence)
{
    /// <summary>From here on a link that has no rival holds.</summary>
    public const double Certain = 0.9;

    public static readonly MatchRule HrId = new("hrId", 0.98, "The account and the person carry the same HR id.");
    public static readonly MatchRule CorrelationKey = new("correlationKey", 0.97, "The person's correlation key names the account: its id, or its system instance and its name or external id.");
    public static readonly MatchRule VerifiedEmail = new("verifiedEmail", 0.95, "Both state the same e-mail address, case aside; the account's is verified and the person's not known to be unverified.");
    public static readonly MatchRule EmployeeNumber = new("employeeNumber", 0.95, "Both state the same employee number.");
    public static readonly MatchRule Email = new("email", 0.7, "Both state the same e-mail address, case aside, but nobody verified it.");
    public static readonly MatchRule Login = new("login", 0.6, "The account's name is the person's login or e-mail address, case aside.");
    public static readonly MatchRule DisplayName = new("displayName", 0.5, "The account and the person have the same name, case aside.");

    /// <summary>What is left of a rule where the key belongs to several people at once by their own source's word.</summary>
    public const double Disputed = 0.5;

    /// <summary>Strongest first.</summary>
    public static readonly IReadOnlyList<MatchRule> All = [HrId, CorrelationKey, VerifiedEmail, EmployeeNumber, Email, Login, DisplayName];
}
