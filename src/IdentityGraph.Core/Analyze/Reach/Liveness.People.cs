using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

public sealed partial class Liveness
{
    private readonly Employments _employments;

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
            confident |= !confidence.IsReported || confidence.Number >= _correlationConfidence;
        }

        return confident ? belongsTo.Holds : Truth.Unknown;
    }

    /// <summary>Whether what the edge states is so: of whose an account is as sure as the link is, of anything else whether it holds.</summary>
    public Truth Holds(Edge edge) => edge.Kind == EdgeKinds.BelongsTo ? Belongs(edge) : edge.Holds;

    /// <summary>Whether the person left: had an engagement and has none that is active; the one definition is that of employments.</summary>
    public Truth Leaver(Node person) => _employments.IsLeaver(person);

    /// <summary>Latest end of the engagements that have begun, UTC ticks; null where no end is known.</summary>
    public long? LeaverAt(Node person) => _employments.LeaverAt(person)?.At.UtcTicks;
}
