using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

public sealed partial class Liveness
{
    /// <summary>
    /// In its window, if active. An eligible one is live as far as its gates, which are premises of whatever uses it, let it be:
    /// without any stated, or where they may have changed since they were read, it is unknown what activation asks for.
    /// </summary>
    private Truth JudgeAssignment(Node assignment)
    {
        var kind = assignment[Properties.AssignmentKind];
        var ofKind = kind.Text switch
        {
            "standing" or "timeBound" => Truth.True,
            "eligible" when assignment[Properties.Gates] is { Texts.Count: > 0 } gates => Truth.True.AsFarAsFresh(gates),
            _ => Truth.Unknown,
        };
        return Exists(assignment)
            .And(StateOf(assignment, Truth.Unknown))
            .And(ofKind)
            .And(HasStarted(assignment))
            .And(HasNotEnded(assignment, kind.Text));
    }

    private Truth HasStarted(Node assignment)
    {
        var reading = assignment[Properties.StartAt];
        return reading.Known switch
        {
            Known.NotReported => Truth.True,
            Known.None when reading.Fresh => Truth.True,

            // A beginning that lies ahead is nothing that has ended: stale, it may have been moved.
            Known.Value when reading.Fresh && reading.Ticks() is { } ticks => TruthLogic.Of(ticks <= _now),
            _ => Truth.Unknown,
        };
    }

    /// <summary>Without a stated end a standing or eligible one has none; of any other it is unknown.</summary>
    private Truth HasNotEnded(Node assignment, string? kind)
    {
        if (assignment[Properties.ExpiresAt].IsReported)
        {
            return OnPaper(assignment);
        }

        return kind is "standing" or "eligible" ? Truth.True : Truth.Unknown;
    }
}
