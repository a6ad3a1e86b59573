using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

public sealed partial class Liveness
{
    /// <summary>How a credential dies with its subject, weakest tie last.</summary>
    private enum Cascade : byte
    {
        Immediate,
        AtExpiry,
        Unknown,
        Never,
    }

    /// <summary>
    /// Whether the credential outlives what became of its subject. Of several subjects the worst cascade counts, and it is enough
    /// that one lives; without a subject there is nothing to die with.
    /// </summary>
    /// <param name="credential">The credential.</param>
    /// <param name="only">The one subject asked about; null: all of them.</param>
    public Truth SubjectOk(Node credential, Node? only)
    {
        if (Waived is { Liveness: true })
        {
            return Truth.True;
        }

        if (only is { } subject)
        {
            return Outcome(CascadeOf(credential, subject), Lives(subject));
        }

        var (sure, all) = (new Subjects(), new Subjects());
        List<(Cascade Cascade, Truth Live)> unsure = [];
        foreach (var edge in credential.Out(EdgeKinds.AuthenticatesAs))
        {
            if (edge.Holds == Truth.False)
            {
                continue;
            }

            var (cascade, live) = (CascadeOf(credential, edge.To), Lives(edge.To));
            all = all.With(cascade, live);
            if (edge.Holds == Truth.True)
            {
                sure = sure.With(cascade, live);
            }
            else
            {
                unsure.Add((cascade, live));
            }
        }

        // Which of the unsure ones are subjects nobody knows: none of them, all, or any one alone.
        var certain = sure.Outcome;
        return all.Outcome == certain && unsure.TrueForAll(one => sure.With(one.Cascade, one.Live).Outcome == certain) ? certain : Truth.Unknown;
    }

    /// <summary>What nobody described is never evidence of removal.</summary>
    private Truth Lives(Node subject) => subject.IsPlaceholder ? Truth.Unknown : Of(subject);

    private static Truth Outcome(Cascade cascade, Truth live) => cascade switch
    {
        Cascade.Immediate => live,
        Cascade.Unknown => live == Truth.True ? Truth.True : Truth.Unknown,
        _ => Truth.True,
    };

    /// <summary>The worst over the systems of the subject: of one that may be its system, and of one without an entry, nobody knows.</summary>
    private Cascade CascadeOf(Node credential, Node subject)
    {
        if (credential[Properties.CredentialKind].Text is not { } word)
        {
            return Cascade.Unknown;
        }

        // A password or session of an account that the system itself shows as dead dies with it; elsewhere nobody knows.
        var noEntry = word is "password" or "sessionCookie" && Lives(subject) == Truth.False ? Cascade.Immediate : Cascade.Unknown;
        var worst = (Cascade?)null;
        foreach (var edge in subject.Out(EdgeKinds.InSystem))
        {
            if (edge.Holds == Truth.False)
            {
                continue;
            }

            var reading = edge.To.Get(NodeKinds.CascadeOf(word));
            var stated = edge.Holds != Truth.True || (reading.IsReported && !reading.Fresh) ? Cascade.Unknown : reading.Text switch
            {
                "Immediate" => Cascade.Immediate,
                "AtExpiry" => Cascade.AtExpiry,
                "Never" => Cascade.Never,
                _ => reading.IsReported ? Cascade.Unknown : noEntry,
            };
            worst = worst > stated ? worst : stated;
        }

        return worst ?? noEntry;
    }

    private readonly record struct Subjects(bool Any, Cascade Worst, Truth Live)
    {
        public Truth Outcome => Any ? Liveness.Outcome(Worst, Live) : Truth.True;

        public Subjects With(Cascade cascade, Truth live) => new(true, Any && Worst > cascade ? Worst : cascade, Any ? Live.Or(live) : live);
    }
}
