using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>
/// Who is in employment at the view's instant, who has left, and since when. Dates decide where they can; a person or engagement
/// that HR no longer lists is unknown, not gone. Leave of absence is employment.
/// </summary>
public sealed class Employments
{
    private readonly GraphView _view;
    private readonly long _asOf;
    private readonly HashSet<(string Source, string Tenant)> _completeHr;

    public Employments(GraphView view)
    {
        _view = view;
        _asOf = view.AsOf.UtcTicks;
        _completeHr = [.. view.Snapshot.Streams
            .Where(stream => stream.IsReadWhole && stream.States.Contains(NodeKinds.Employment.Name) && view.IsFresh(stream))
            .Select(stream => (stream.Source, stream.Tenant))];
    }

    /// <summary>Whether a source that stated this person read its employments to the end, recently enough: only then is silence evidence.</summary>
    public bool IsReadFor(Node person) => person.Sources.Any(_completeHr.Contains);

    /// <summary>Engagements of the person that have or may have begun.</summary>
    public IEnumerable<Engagement> Of(Node person)
    {
        foreach (var edge in person.Out(EdgeKinds.EmployedAs))
        {
            var engagement = new Engagement(edge, Begun(edge), Active(edge), EndOf(edge));
            if (engagement.Begun is not Truth.False)
            {
                yield return engagement;
            }
        }
    }

    /// <summary>Whether any engagement is active, as far as engagements are known; False where none is known at all.</summary>
    public Truth IsActive(Node person) => Of(person).Aggregate(Truth.False, (any, engagement) => any.Or(engagement.Begun.And(engagement.Active)));

    /// <summary>Whether the engagement that this EMPLOYED_AS leads to has begun and is active.</summary>
    public Truth IsActiveBy(Edge edge) => Begun(edge).And(Active(edge));

    /// <summary>Whether the engagement that this EMPLOYED_AS leads to is over, as against not begun: by its date, its status, or an end of the fact.</summary>
    public bool HasEndedBy(Edge edge) => Begun(edge) is not Truth.False;

    /// <summary>The same of the engagement itself, by whoever it employs.</summary>
    public bool HasEnded(Node employment)
    {
        var anybody = false;
        foreach (var edge in employment.In(EdgeKinds.EmployedAs))
        {
            anybody = true;
            if (HasEndedBy(edge))
            {
                return true;
            }
        }

        return !anybody;
    }

    /// <summary>Whether the engagement itself has begun and is active, by whoever it employs; where nobody is known to be, its dates alone can only end it.</summary>
    public Truth IsOn(Node employment)
    {
        var on = (Truth?)null;
        foreach (var edge in employment.In(EdgeKinds.EmployedAs))
        {
            on = IsActiveBy(edge).Or(on ?? Truth.False);
        }

        return on ?? (HrDates.End(employment) <= _view.AsOf || employment[Properties.EmploymentStatus].Text == "ended" ? Truth.False : Truth.Unknown);
    }

    /// <summary>
    /// Had an engagement and has none that is active. Without any known engagement: unknown, unless HR was read to the end for them.
    /// Whoever's engagements all lie ahead has yet to come, and has not left.
    /// </summary>
    public Truth IsLeaver(Node person)
    {
        var had = Truth.False;
        var active = Truth.False;
        foreach (var engagement in Of(person))
        {
            had = had.Or(engagement.Begun);
            active = active.Or(engagement.Begun.And(engagement.Active));
        }

        return had is Truth.False
            ? IsReadFor(person) || IsYetToCome(person) ? Truth.False : Truth.Unknown
            : had.And(active.Not());
    }

    /// <summary>Latest end of the engagements that have begun; null: no end is known.</summary>
    public EngagementEnd? LeaverAt(Node person) => Of(person)
        .Select(engagement => engagement.End)
        .OfType<EngagementEnd>()
        .OrderByDescending(end => end.At)
        .ThenBy(end => end.UpperBound)
        .Select(end => (EngagementEnd?)end)
        .FirstOrDefault();

    /// <summary>Some engagement is known, and none has begun.</summary>
    private bool IsYetToCome(Node person)
    {
        var known = false;
        foreach (var edge in person.Out(EdgeKinds.EmployedAs))
        {
            known = true;
            if (Begun(edge) != Truth.False)
            {
                return false;
            }
        }

        return known;
    }

    private Truth Begun(Edge edge)
    {
        if (edge.Holds is Truth.False && edge.Claims.All(claim => claim.From > _asOf))
        {
            return Truth.False;
        }

        var employment = edge.To;
        var start = employment[Properties.StartAt];
        var byDate = (start.Known, HrDates.Start(employment)) switch
        {
            (Known.Value, { } at) => TruthLogic.Of(at <= _view.AsOf),
            (Known.NotReported, _) => employment.Seen is { } seen && seen.First <= _view.AsOf ? Truth.True : Truth.Unknown,
            (Known.None, _) => Truth.True,
            _ => Truth.Unknown,
        };

        // Whether what was pending has begun since is not known once HR no longer says so; that its date lies ahead decides all the same.
        var status = employment[Properties.EmploymentStatus];
        return status.Text != "pending" ? byDate : byDate.And(status.Fresh && IsListed(edge) ? Truth.False : Truth.Unknown);
    }

    private Truth Active(Edge edge)
    {
        var employment = edge.To;
        var end = HrDates.End(employment);
        var status = employment[Properties.EmploymentStatus];
        if (end <= _view.AsOf || status.Text == "ended")
        {
            return Truth.False;
        }

        var notEnded = employment[Properties.EndAt] switch
        {
            { Known: Known.NotReported } => Truth.True,
            { Known: Known.None, Fresh: true } => Truth.True,
            { Known: Known.Value, Fresh: true } when end is not null => Truth.True,
            _ => Truth.Unknown,
        };
        var inPost = status switch
        {
            { Known: Known.NotReported } => Truth.True,
            { Known: Known.Value, Fresh: true } => TruthLogic.Of(status.Text != "pending"),
            _ => Truth.Unknown,
        };
        return IsListed(edge) ? Begun(edge).And(notEnded).And(inPost) : Truth.Unknown;
    }

    private static bool IsListed(Edge edge) => edge.Holds.And(edge.To.Present) is Truth.True;

    /// <summary>
    /// When it ended or is to end: the date stated; else, and where that date still lies ahead though its status says ended, since when
    /// that was first said.
    /// </summary>
    private EngagementEnd? EndOf(Edge edge)
    {
        var employment = edge.To;
        var hasEnded = employment[Properties.EmploymentStatus].Text == "ended";
        if (HrDates.End(employment) is { } stated && (!hasEnded || stated <= _view.AsOf))
        {
            return new EngagementEnd(stated, UpperBound: false);
        }

        if (!hasEnded)
        {
            return null;
        }

        long? since = null;
        foreach (var statement in employment.Statements(Properties.EmploymentStatus).Where(statement => statement.From <= _asOf))
        {
            since = statement.Value.AsText() == "ended" ? since ?? statement.From : null;
        }

        return since is { } ticks && Instants.FromTicksOrNull(ticks) is { } first ? new EngagementEnd(first, UpperBound: true) : null;
    }
}

/// <summary>One engagement of a person at the view's instant.</summary>
/// <param name="Edge">EMPLOYED_AS; its end is the Employment.</param>
/// <param name="Begun">Only what has begun counts; pending has not.</param>
/// <param name="Active">Between its start and its end and neither pending nor ended.</param>
/// <param name="End">Null: no end is known.</param>
public readonly record struct Engagement(Edge Edge, Truth Begun, Truth Active, EngagementEnd? End)
{
    public Node Employment => Edge.To;
}

/// <param name="At">UTC, exclusive.</param>
/// <param name="UpperBound">Nobody stated the date: it is when "ended" was first said, so it may have been earlier.</param>
public readonly record struct EngagementEnd(DateTimeOffset At, bool UpperBound);
