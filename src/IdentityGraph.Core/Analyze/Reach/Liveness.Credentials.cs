using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

public sealed partial class Liveness
{
    /// <summary>When it stops being usable on paper and by renewal, whichever is later; unknown where that cannot be told.</summary>
    public Expiry EffectiveExpiry(Node credential)
    {
        Of(credential);
        var paper = PaperExpiry(credential);
        var renewal = SelfRenewal(credential);
        foreach (var edge in credential.Out(EdgeKinds.DerivedFrom))
        {
            var renews = RenewsThrough(edge);
            renewal = renews == Truth.False ? renewal : renewal.Or(renews.And(Of(edge.To)));
        }

        renewal = renewal.And(ApartFromExpiry(credential)).And(NotSeenDeadAfter(credential, paper));
        if (paper.Kind == ExpiryKind.Never || renewal == Truth.False)
        {
            return paper;
        }

        var renewed = RenewedEnd(credential).End;
        if (renewal == Truth.True)
        {
            return paper.Later(renewed);
        }

        return paper.Kind == ExpiryKind.At && renewed.Kind == ExpiryKind.At && renewed.Ticks <= paper.Ticks ? paper : Expiry.Unknown;
    }

    /// <summary>
    /// Whether its secret was replaced in (<paramref name="gained"/>, now]: what was held before is then dead material. A statement
    /// weaker than the system's own makes it unknown; none: it was not.
    /// </summary>
    /// <param name="credential">The credential.</param>
    /// <param name="gained">UTC ticks.</param>
    public Truth RotatedSince(Node credential, long gained)
    {
        var rotated = Truth.False;
        if (Waived is { Liveness: true })
        {
            return rotated;
        }

        foreach (var statement in credential.Statements(Properties.RotatedAt))
        {
            rotated = rotated.Or(Within(statement, gained));
        }

        foreach (var statement in credential.Statements(Properties.IssuedAt))
        {
            rotated = rotated.Or(Within(statement, gained));
        }

        return rotated;
    }

    /// <summary>The paper expiry.</summary>
    public static Expiry PaperExpiry(Node node)
    {
        var reading = node[Properties.ExpiresAt];
        return reading.Known == Known.None ? Expiry.Never
            : reading.Ticks() is { } ticks ? Expiry.At(ticks)
            : Expiry.Unknown;
    }

    /// <summary>
    /// Judges the credential with every credential it may be renewed by: the least fixpoint over the refreshes, so that two
    /// expired ones that name each other do not revive each other.
    /// </summary>
    private Truth JudgeCredential(Node credential)
    {
        List<Node> family = [credential];
        HashSet<int> members = [credential.Index];
        for (var i = 0; i < family.Count; i++)
        {
            foreach (var edge in family[i].Out(EdgeKinds.DerivedFrom))
            {
                if (_judged[edge.To.Index] == 0 && edge.To.Kind == NodeKinds.Credential && RenewsThrough(edge) != Truth.False && members.Add(edge.To.Index))
                {
                    family.Add(edge.To);
                }
            }
        }

        var live = new Dictionary<int, Truth>();
        for (var changed = true; changed;)
        {
            changed = false;
            for (var i = family.Count - 1; i >= 0; i--)
            {
                var now = Judge(family[i], live);
                changed |= now != live.GetValueOrDefault(family[i].Index);
                live[family[i].Index] = now;
            }
        }

        foreach (var member in family)
        {
            Remember(member, live[member.Index]);
        }

        return live[credential.Index];
    }

    /// <summary>Of several it may sign in as, the one that is concluded on decides what became of its subject.</summary>
    public Truth OfAs(Node credential, Node subject)
    {
        var live = Of(credential);
        return live == Truth.False || Waived is { Liveness: true } || (live == Truth.True && SubjectOk(credential, subject) == Truth.True) ? live : Judge(credential, [], subject);
    }

    private Truth Judge(Node credential, Dictionary<int, Truth> family, Node? only = null)
    {
        var apart = ApartFromExpiry(credential, only);
        if (apart == Truth.False)
        {
            return Truth.False;
        }

        var onPaper = OnPaper(credential);
        if (onPaper == Truth.True)
        {
            return apart;
        }

        var renewal = SelfRenewal(credential);
        foreach (var edge in credential.Out(EdgeKinds.DerivedFrom))
        {
            var renews = RenewsThrough(edge);
            if (renews != Truth.False)
            {
                // What was only seen has no kind, and is judged by itself: whether it is there is not known.
                renewal = renewal.Or(renews.And(_judged[edge.To.Index] != 0 || edge.To.Kind != NodeKinds.Credential ? Of(edge.To) : family.GetValueOrDefault(edge.To.Index)));
            }
        }

        var (end, fresh) = RenewedEnd(credential);
        var renewed = end.IsAfter(_now).And(fresh).And(renewal).And(NotSeenDeadAfter(credential, PaperExpiry(credential)));
        return apart.And(onPaper.Or(renewed));
    }

    /// <summary>Everything but the expiry: state, begin, revocation, subjects, grant.</summary>
    private Truth ApartFromExpiry(Node credential, Node? only = null) =>
        Exists(credential)
            .And(StateOf(credential, Truth.True))
            .And(HasBegun(credential))
            .And(NotRevoked(credential))
            .And(SubjectOk(credential, only))
            .And(BackingOk(credential));

    private Truth HasBegun(Node credential)
    {
        var reading = credential[Properties.NotBefore];
        return reading.Known switch
        {
            Known.NotReported => Truth.True,
            Known.None when reading.Fresh => Truth.True,

            // A beginning that lies ahead is nothing that has ended: stale, it may have been moved.
            Known.Value when reading.Fresh && reading.Ticks() is { } ticks => TruthLogic.Of(ticks <= _now),
            _ => Truth.Unknown,
        };
    }

    /// <summary>Before its paper expiry, or seen in use past it by the system itself.</summary>
    private Truth OnPaper(Node node)
    {
        var reading = node[Properties.ExpiresAt];
        if (reading.Known == Known.None)
        {
            return Truth.True.AsFarAsFresh(reading);
        }

        if (reading.Ticks() is { } expiry)
        {
            return _now < expiry ? Truth.True.AsFarAsFresh(reading) : YieldsToSight(node, reading, expiry);
        }

        // Where sources differ about the end, that it is Active settles nothing.
        return !reading.IsReported && IsShownActive(node) ? Truth.True : Truth.Unknown;
    }

    /// <summary>
    /// Expired on paper, still live: an expiry the system did not state itself yields to its presence there; one it did state only
    /// to Active stated from then on, for a listing that still shows an expired token proves nothing.
    /// </summary>
    private Truth YieldsToSight(Node node, Reading expiry, long expiresAt)
    {
        if (expiry.Grade != EvidenceGrade.SystemState)
        {
            return TruthLogic.Of(node.WasSeenBetween(expiresAt, _now));
        }

        var state = node[Properties.State];
        if (state.Text == "Active" && state.Grade == EvidenceGrade.SystemState)
        {
            // A reading that states no beginning says it anew.
            var anew = node.Statements(Properties.State).Any(said => said.Source == state.Source && said.BeginsAnew && said.Value == state.Value && said.From == state.From);
            var since = anew ? Math.Max(state.From, state.At) : state.From;
            if (since >= expiresAt && since <= _now)
            {
                return Truth.True;
            }
        }

        // Active past it once, though that holds no more: the system does not keep to the expiry it states, and nobody knows since.
        return node.Statements(Properties.State).Any(said => IsActiveSince(said, expiresAt)) ? Truth.Unknown : Truth.False;
    }

    private bool IsActiveSince(Statement said, long expiresAt) =>
        said.Grade == EvidenceGrade.SystemState && said.Value.AsText() == "Active" && said.From <= _now && (said.From >= expiresAt || (said.BeginsAnew && said.ReadBy(_now) is var read && read >= expiresAt && read <= _now));

    private static bool IsShownActive(Node node)
    {
        var state = node[Properties.State];
        return state.Text == "Active" && state.Grade == EvidenceGrade.SystemState && state.Fresh;
    }

    /// <summary>False only by a revocation the system itself states; one that was only accepted or claimed is unknown, unless it was seen there since the claim.</summary>
    internal Truth NotRevoked(Node credential)
    {
        var reading = credential[Properties.RevokedAt];
        if (reading.Known == Known.Disputed)
        {
            return Truth.Unknown;
        }

        if (reading.Ticks() is not { } revokedAt || revokedAt > _now)
        {
            return Truth.True;
        }

        // A word on an end that is weaker than the system's own yields to its sight there since that end, whenever the word was read.
        return reading.Grade == EvidenceGrade.SystemState ? Truth.False
            : credential.WasSeenBetween(revokedAt, Instants.Latest) ? Truth.True
            : Truth.Unknown;
    }

    /// <summary>Whether it renews itself, with no approval asked for each time.</summary>
    private static Truth SelfRenewal(Node credential)
    {
        var renewal = Renewable(credential);
        foreach (var edge in credential.Out(EdgeKinds.DerivedFrom))
        {
            renewal = renewal.And(edge.Holds.And(NeedsApproval(edge)).Not());
        }

        return renewal;
    }

    /// <summary>An expiry stated without saying whether it can be renewed means that it cannot.</summary>
    internal static Truth Renewable(Node credential) =>
        credential[Properties.Renewable].WasShown(credential[Properties.ExpiresAt].IsReported ? Truth.False : Truth.Unknown);

    /// <summary>Whether the parent renews it, were the parent live.</summary>
    private static Truth RenewsThrough(Edge derived) =>
        derived.Holds.And(derived[Properties.Mode].IsWord("refresh")).And(NeedsApproval(derived).Not());

    private static Truth NeedsApproval(Edge derived)
    {
        var gates = derived[Properties.Gates];
        return gates.Known == Known.Disputed || (gates.IsReported && !gates.Fresh) ? Truth.Unknown : TruthLogic.Of(gates.Texts.Contains("humanApproval"));
    }

    /// <summary>Issue time and all renewals; with what staleness leaves of it.</summary>
    private static (Expiry End, Truth Fresh) RenewedEnd(Node credential)
    {
        var (renewals, issued, ttl) = (credential[Properties.MaxRenewals], credential[Properties.IssuedAt], credential[Properties.Ttl]);
        if (renewals.IsNone)
        {
            return (Expiry.Never, Truth.True.AsFarAsFresh(renewals));
        }

        if (renewals.Number is not { } count || issued.Ticks() is not { } issuedAt || ttl.Text is not { } text || !Durations.TryParse(text, out var life))
        {
            return (Expiry.Unknown, Truth.Unknown);
        }

        var end = issuedAt + ((count + 1) * life.Ticks);
        return (Expiry.At(end >= Instants.Latest ? Instants.Latest : (long)end), Truth.True.AsFarAsFresh(renewals).AsFarAsFresh(issued).AsFarAsFresh(ttl));
    }

    private Truth NotSeenDeadAfter(Node credential, Expiry paper) => TruthLogic.Of(paper.Kind != ExpiryKind.At || !credential.Statements(Properties.State).Any(said =>
        said.Grade == EvidenceGrade.SystemState && IsDeadWord(said.Value.AsText()) && said.At >= paper.Ticks && said.From <= _now));

    private Truth Within(Statement statement, long gained)
    {
        var at = statement.Value.AsInstant()?.UtcTicks;
        return at is null || at <= gained || at > _now ? Truth.False
            : statement.Grade == EvidenceGrade.SystemState ? Truth.True
            : Truth.Unknown;
    }
}
