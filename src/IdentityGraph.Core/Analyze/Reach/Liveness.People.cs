using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

public sealed partial class Liveness
{
    /// <summary>Whether a BELONGS_TO edge holds: a single candidate with enough confidence is true, each of several only possible.</summary>
    public Truth Belongs(Edge belongsTo)
    {
        if (belongsTo.Holds == Truth.False)
        {
            return Truth.False;
        }

        var confident = false;
        foreach (var other in belongsTo.Of.Out(EdgeKinds.BelongsTo))
        {
            if (other.Holds == Truth.False)
            {
                continue;
            }

            if (other.To != belongsTo.To)
            {
                return Truth.Unknown;
            }

            var confidence = other[Properties.Confidence];
            confident |= !confidence.IsReported || confidence.Number >= correlationConfidence;
        }

        return confident ? belongsTo.Holds : Truth.Unknown;
    }

    /// <summary>
    /// Whether the person left: had at least one engagement that has begun, and none is active. Leave of absence is not leaving;
    /// that HR no longer lists an engagement leaves it open unless its dates decide.
    /// </summary>
    public Truth Leaver(Node person)
    {
        var (had, active) = (Truth.False, Truth.False);
        foreach (var edge in person.Out(EdgeKinds.EmployedAs))
        {
            had = had.Or(HasBegunWork(edge.To));
            active = active.Or(IsActive(edge));
        }

        return had.And(active.Not());
    }

    /// <summary>Latest end of the engagements that have begun, UTC ticks; null where no end is known.</summary>
    public long? LeaverAt(Node person)
    {
        long? latest = null;
        foreach (var edge in person.Out(EdgeKinds.EmployedAs))
        {
            if (HasBegunWork(edge.To) == Truth.False)
            {
                continue;
            }

            var end = EndOfWork(edge.To);
            latest = end is not null && (latest is null || end > latest) ? end : latest;
        }

        return latest;
    }

    /// <summary>Whether the engagement is active now: begun, not ended, and HR does not say pending or ended.</summary>
    public Truth IsActive(Edge employedAs)
    {
        var work = employedAs.To;
        var (end, status) = (work[Properties.EndAt], work[Properties.EmploymentStatus]);
        var notEnded = end.Known switch
        {
            Known.NotReported => Truth.True,
            Known.None => Truth.True.AsFarAsFresh(end),
            Known.Value when end.Ticks() is { } ticks => TruthLogic.Of(_now < ticks).AsFarAsFresh(end),
            _ => Truth.Unknown,
        };
        var working = status.Known switch
        {
            Known.NotReported => Truth.True,
            Known.Value => TruthLogic.Of(status.Text is not ("pending" or "ended")).AsFarAsFresh(status),
            _ => Truth.Unknown,
        };
        var active = HasBegunWork(work).And(notEnded).And(working);

        // Not listed any more is not ended: only dates and status say so.
        var listed = employedAs.Holds.And(work.Present) == Truth.True ? Truth.True : Truth.Unknown;
        return active.And(listed);
    }

    private Truth HasBegunWork(Node work)
    {
        var start = work[Properties.StartAt];
        return start.Known switch
        {
            Known.Value when start.Ticks() is { } ticks => TruthLogic.Of(ticks <= _now),
            Known.NotReported when work.Seen is { } seen && seen.First.UtcTicks <= _now => Truth.True,
            _ => Truth.Unknown,
        };
    }

    /// <summary>The stated end; where HR only says ended, the first observation of that (an upper bound).</summary>
    private long? EndOfWork(Node work)
    {
        if (work[Properties.EndAt].Ticks() is { } stated)
        {
            return stated;
        }

        var status = work[Properties.EmploymentStatus];
        if (status.Text != "ended")
        {
            return null;
        }

        var first = work.Statements(Properties.EmploymentStatus).Where(said => said.Value.AsText() == "ended" && said.From <= _now);
        return first.Select(said => (long?)said.From).Min();
    }
}
