using IdentityGraph.Collect;
using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>What a relationship whose ends are found means: its row, else that of Active Directory or Azure, else possible control.</summary>
internal sealed class RelationMeaning : IDisposable
{
    private readonly FactList _facts;
    private readonly ExtensionSchema _schema;
    private readonly ImportRequest _request;
    private readonly ImportReport _report;
    private readonly RelationMapping _relations;
    private readonly DirectoryRelations _directory;
    private readonly AzureRelated _azure;
    private readonly SystemContents _contents = new();
    private readonly LackingRights _lacking;
    private readonly int _traversable;
    private (string? Kind, bool? Traversable, string Counted) _counted = (null, null, "");
    private (string? Kind, string? Label, string Counted) _right = (null, null, "");

    public RelationMeaning(FactList facts, PropertyNames names, PayloadNodes nodes, ExtensionSchema schema, ImportRequest request, ImportReport report)
    {
        (_facts, _schema, _request, _report) = (facts, schema, request, report);
        _relations = new(facts);
        _lacking = new(facts);
        _directory = new(facts, nodes.Directory, nodes.Rest);
        _azure = new(facts);
        _traversable = names.Find("traversable");
    }

    /// <summary>What follows from many relationships, once all are known; a few facts at a time.</summary>
    public IEnumerable<bool> Conclude()
    {
        foreach (var _ in _directory.Conclude())
        {
            yield return true;
        }

        foreach (var one in _contents.Resolved())
        {
            (_facts.Stream, _facts.Where) = (one.Stream, one.Where);
            _relations.LiesIn(one.In, one.What);
            yield return true;
        }

        foreach (var _ in _lacking.State())
        {
            yield return true;
        }
    }

    public void Dispose() => _lacking.Dispose();

    /// <summary>States that one object may be another, or lead to it, whatever the two are.</summary>
    public void LeadsOn(string kind, ObjectEnd start, ObjectEnd end)
    {
        _facts.Stream = ObjectKinds.GenericStream;
        Keep(_relations.Possible(kind, start, end), kind, start, end);
    }

    /// <summary>Adds the facts of a relationship.</summary>
    /// <param name="edge">As the file states it.</param>
    /// <param name="kind">Its name as it may be kept.</param>
    /// <param name="start">Its start.</param>
    /// <param name="end">Its end.</param>
    /// <param name="unsure">Whether its ends are possible only.</param>
    /// <returns>Null; or why it is refused.</returns>
    public string? Map(EdgeRecord edge, string kind, ObjectEnd start, ObjectEnd end, bool unsure)
    {
        _directory.Meet(kind, start, end);
        _facts.Stream = ObjectKinds.GenericStream;
        var said = edge.Properties.Flag(_traversable);
        var traversable = said == true ? said : _schema.IsTraversable(kind) ?? said;
        var row = ExtensionTables.FindEdge(kind, start.Kind.Said, end.Kind.Said);
        if (unsure)
        {
            return MayBe(row, traversable, kind, start, end);
        }

        if (row is not null)
        {
            _facts.Stream = ExtensionTables.FindEdge(kind)!.Name;
            Remember(row, start, end);
            return Keep(_relations.Map(row, kind, start, end), kind, start, end);
        }

        // Where the definition and the relationship differ, the one that holds it to give control is believed.
        if (DirectoryRelations.IsOf(start, end) && (_directory.IsKnown(kind, end) || traversable != false))
        {
            _facts.Stream = ObjectKinds.DirectoryStream;
            if (!_directory.IsKnown(kind, end))
            {
                _report.CountUnrecognised(RightOn(kind, end.Kind.Label));
                if (_request.Strict)
                {
                    return NoRow(kind);
                }
            }

            return Keep(_directory.Map(kind, start, end), kind, start, end);
        }

        if (AzureRelated.IsOf(start, end) && (AzureRelated.IsKnown(kind, end) || traversable != false))
        {
            _facts.Stream = ObjectKinds.AzureStream;
            if (!AzureRelated.IsKnown(kind, end))
            {
                _report.CountUnrecognised(RightOn(kind, end.Kind.Label));
                if (_request.Strict)
                {
                    return NoRow(kind);
                }
            }

            return AzureRelated.GivesNothing(kind, end) ? null : Keep(_azure.Map(kind, start, end), kind, start, end);
        }

        if (!ReferenceEquals(_counted.Kind, kind) || _counted.Traversable != traversable)
        {
            _counted = (kind, traversable, $"relationship {kind} ({(traversable == false ? "not control" : traversable == true ? "possible control" : "possible control: nothing says whether it gives any")})");
        }

        _report.CountUnrecognised(_counted.Counted);
        if (_request.Strict)
        {
            return NoRow(kind);
        }

        if (traversable == false)
        {
            _facts.Edge(AsSaid(kind), start.Node, end.Node, null);
            return null;
        }

        return Keep(_relations.Possible(kind, start, end), kind, start, end);
    }

    /// <summary>
    /// A relationship of an end that is only one of several, or only like what is said: possible, whatever it means, unless what it means gives
    /// nothing.
    /// </summary>
    private string? MayBe(EdgeRow? row, bool? traversable, string kind, ObjectEnd start, ObjectEnd end)
    {
        var isKnown = row is not null || _directory.IsKnown(kind, end) || AzureRelated.IsKnown(kind, end);
        if (row?.Computes == true)
        {
            _lacking.Computed(row);
        }

        if (row?.Meaning is Meaning.None or Meaning.Within || (!isKnown && traversable == false && ExtensionTables.FindEdge(kind) is null))
        {
            _facts.Edge(AsSaid(kind), start.Node, end.Node, null);
            return null;
        }

        // Which way a row leads depends on its ends, where these are a crowd; a trust leads from the trusted domain.
        var isBoth = kind is "TrustedBy" or "SameForestTrust" or "CrossForestTrust" || (row is null && ExtensionTables.FindEdge(kind) is not null);
        if (row?.Reversed == true || isBoth)
        {
            Keep(_relations.Possible(kind, end, start), kind, end, start);
        }

        return row?.Reversed == true ? null : Keep(_relations.Possible(kind, start, end), kind, start, end);
    }

    /// <summary>Keeps what says more together with other relationships.</summary>
    private void Remember(EdgeRow row, ObjectEnd start, ObjectEnd end)
    {
        if (row.Computes)
        {
            _lacking.Computed(row);
        }

        _contents.Meet(row, start, end, _facts.Stream, _facts.Where);
        if (_lacking.Wants(row) && _relations.Held(start, end) is var (holder, place))
        {
            _lacking.Meet(row, holder, place);
        }
    }

    /// <summary>
    /// What no kind of edge can say is counted and kept under its own name: no rule follows it, and answers that it touches say so. It is
    /// no fault of the file.
    /// </summary>
    private string? Keep(string? unsaid, string kind, ObjectEnd start, ObjectEnd end)
    {
        if (unsaid is not null)
        {
            _report.CountUnrecognised(unsaid);
            _facts.Edge(AsSaid(kind), start.Node, end.Node, null);
        }

        return null;
    }

    /// <summary>How a right without a row is counted; made once for those of one kind in a row.</summary>
    private string RightOn(string kind, string label)
    {
        if (!ReferenceEquals(kind, _right.Kind) || !ReferenceEquals(label, _right.Label))
        {
            _right = (kind, label, $"right {kind} on {label}");
        }

        return _right.Counted;
    }

    private static string NoRow(string kind) => $"no row says what `{kind}` means (--strict); leave --strict out to keep it";

    /// <summary>A relationship of nobody's here keeps its name, unless that is a kind of edge of ours and so would claim to be one.</summary>
    private static string AsSaid(string kind) => Graph.EdgeKind.Find(kind) is null ? kind : "OPENGRAPH_" + kind;
}
