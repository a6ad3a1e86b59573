using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Entries;

namespace IdentityGraph.Sources.Governance;

/// <summary>
/// One reading of a governance file: entry by entry, a bad one refused and the rest taken. A refused entry takes back that its
/// section is complete; what cannot be told to belong to a section takes it back for all.
/// </summary>
internal sealed class GovernanceReading(
    IEnumerator<GovernanceItem> items,
    bool hasItem,
    (RunHeader Header, EvidenceGrade Grade, HashSet<string> Complete) said,
    string file,
    ImportRequest request,
    ImportReport report)
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _spoilt = new(StringComparer.Ordinal);
    private RunOutcomeState _outcome = new();

    public FileRun Run(CancellationToken cancellationToken)
    {
        var run = new FileRun(said.Header, Observations(cancellationToken));
        _outcome = run.Outcome;
        return run;
    }

    private IEnumerable<Observation> Observations(CancellationToken cancellationToken)
    {
        while (hasItem)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var observation in Take(items.Current))
            {
                Trace(observation);
                yield return observation;
            }

            hasItem = Next();
        }

        foreach (var section in _counts.Keys.Union(said.Complete).Order(StringComparer.Ordinal))
        {
            var reason = _outcome.PartialReason
                ?? (_spoilt.Contains(section) || _spoilt.Contains("") ? "entries of it could not be read" : null)
                ?? (said.Complete.Contains(section) ? null : $"the file does not say that it lists all {section}; write `complete: [{section}]` if it does");
            yield return new Observation.EndOf { Stream = section, Complete = reason is null, Count = _counts.GetValueOrDefault(section), Reason = reason };
        }
    }

    private bool Next()
    {
        try
        {
            return items.MoveNext();
        }
        catch (EntryException fault)
        {
            _outcome.PartialReason = $"{file} could be read up to line {fault.Line} only";
            Refuse("", fault.Line, fault.Key, fault.Message);
            return false;
        }
    }

    private IReadOnlyList<Observation> Take(GovernanceItem item)
    {
        _outcome.Read++;
        if (item.Value is null)
        {
            return Refuse("", item.Line, "", item.Problem ?? "it cannot be read");
        }

        if (GovernanceHeader.Keys.Contains(item.Key))
        {
            return Refuse("", item.Line, item.Key, $"`{item.Key}` stands below a section; write it above all of them");
        }

        if (GovernanceSections.Find(item.Key) is not { } section)
        {
            return Refuse("", item.Line, item.Key, Nearest.Unknown("section", item.Key, [.. GovernanceSections.Names]));
        }

        if (item.Value.IsNull)
        {
            return [];
        }

        try
        {
            var stated = section.State(item.Value, file, said.Grade);
            _counts[section.Name] = _counts.GetValueOrDefault(section.Name) + stated.Count;
            return stated;
        }
        catch (EntryException fault)
        {
            return Refuse(section.Name, fault.Line, fault.Key, fault.Message);
        }
    }

    private IReadOnlyList<Observation> Refuse(string section, int line, string key, string problem)
    {
        _outcome.Rejected++;
        _spoilt.Add(section);
        report.Refuse(new Reject(file, line, section.Length > 0 && key.Length > 0 ? $"{section}.{key}" : section + key, problem));
        if (request.Trace)
        {
            report.OnTrace?.Invoke(new TraceLine { What = "node", Start = "", Kind = section, Where = $"{file}:{line}", Became = "refused", As = problem });
        }

        return [];
    }

    private void Trace(Observation observation)
    {
        if (!request.Trace || report.OnTrace is not { } trace)
        {
            return;
        }

        switch (observation)
        {
            case Observation.SawNode node:
                trace(new TraceLine { What = "node", Start = node.Id, Kind = node.Stream!, Where = node.Evidence[0].Ref, Became = "imported", As = node.Kind ?? "properties" });
                break;
            case Observation.SawEdge edge:
                trace(new TraceLine { What = "edge", Start = edge.Of, End = edge.To, Kind = edge.Stream!, Where = edge.Evidence[0].Ref, Became = "imported", As = edge.Kind });
                break;
        }
    }
}
