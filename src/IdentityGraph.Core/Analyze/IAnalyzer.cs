using IdentityGraph.Graph;

namespace IdentityGraph.Analyze;

/// <summary>The judgement of one rule: a pure function from what is known at one moment to its breaches.</summary>
public interface IAnalyzer
{
    FindingRule Rule { get; }

    /// <summary>Every breach at the analysis' moment.</summary>
    IEnumerable<Finding> Analyze(Analysis analysis);

    /// <summary>Breaches of one subject; where that needs no look at the others, a rule says so here.</summary>
    /// <param name="analysis">The moment.</param>
    /// <param name="subject">A node of that moment's view.</param>
    IEnumerable<Finding> Of(Analysis analysis, Node subject) => analysis.All(this).Where(finding => finding.Subject == subject.Id);

    /// <summary>Where the facts lie that can make or end a finding; null: anywhere.</summary>
    Neighbourhood? Around(Finding finding) => null;

    /// <summary>Instants, besides those at which facts change, at which the finding may begin: an end less a warning time, say.</summary>
    IEnumerable<DateTimeOffset> Turns(Analysis analysis, Finding finding) => [];
}
