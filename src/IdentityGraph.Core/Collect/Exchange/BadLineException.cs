namespace IdentityGraph.Collect.Exchange;

/// <summary>A line that must be rejected. The words never quote a value that may be a secret.</summary>
internal sealed class BadLineException(string member, string problem) : Exception(problem)
{
    /// <summary>The member at fault; "" for the line itself.</summary>
    public string Member { get; } = member;
}
