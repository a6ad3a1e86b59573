using IdentityGraph.Graph;

namespace IdentityGraph.Analyze;

/// <summary>A rule as data: what is printed of it and what its page must say. The judgement is its <see cref="IAnalyzer"/>.</summary>
/// <param name="Id">`IG-O01`…</param>
/// <param name="Title">A few words.</param>
/// <param name="Severity">Before the steps that a finding adds.</param>
public sealed record FindingRule(string Id, string Title, Severity Severity)
{
    /// <summary>When the base differs from <see cref="Severity"/>, in words; null: never.</summary>
    public string? SeverityNote { get; init; }

    /// <summary>When it fires, one sentence.</summary>
    public required string Fires { get; init; }

    public required string Remediation { get; init; }

    /// <summary>
    /// Node or edge kinds, each of which some stream must have read to its end recently enough: without that, finding nothing means
    /// nothing, and the rule is reported as not evaluated.
    /// </summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>Whether what control of the subject attains makes it graver; not where the rule is about that already, or about no identity.</summary>
    public bool WeighsSubject { get; init; }

    public required Frameworks Frameworks { get; init; }

    /// <summary>A finding of this rule; unknown facts make it only possible.</summary>
    /// <param name="subject">The node it is about.</param>
    /// <param name="truth">True or Unknown.</param>
    /// <param name="reason">A code or a few words.</param>
    /// <param name="facts">The edges that show it.</param>
    public Finding On(Node subject, Truth truth, string reason, params IEnumerable<Edge> facts) => new()
    {
        Rule = this,
        Subject = subject.Id,
        Node = subject,
        Certainty = truth is Truth.True ? Certainty.Certain : Certainty.Possible,
        Reason = reason,
        Facts = [.. facts],
    };
}

/// <summary>Ids of the controls and techniques a rule is about.</summary>
/// <param name="Owasp">OWASP NHI Top 10 2025.</param>
/// <param name="Csf">NIST CSF 2.0.</param>
/// <param name="Sp80053">NIST SP 800-53 r5.</param>
/// <param name="Attack">MITRE ATT&amp;CK techniques.</param>
public sealed record Frameworks(IReadOnlyList<string> Owasp, IReadOnlyList<string> Csf, IReadOnlyList<string> Sp80053, IReadOnlyList<string> Attack)
{
    /// <summary>By name, in the order in which they are printed.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Ids)> All => [("OWASP NHI", Owasp), ("CSF 2.0", Csf), ("SP 800-53 r5", Sp80053), ("ATT&CK", Attack)];
}

/// <summary>A policy value that a finding used.</summary>
/// <param name="Name">As in the settings.</param>
/// <param name="Value">Durations as ISO 8601.</param>
public sealed record PolicyValue(string Name, string Value)
{
    public static PolicyValue Of(string name, TimeSpan value) => new(name, System.Xml.XmlConvert.ToString(value));
}
