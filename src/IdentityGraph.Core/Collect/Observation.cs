using IdentityGraph.Graph;

namespace IdentityGraph.Collect;

/// <summary>
/// One thing a run of a collector states. Nothing else enters the graph. Absence is evidence only where
/// <see cref="EndOf"/> says that a stream was read to its end.
/// </summary>
public abstract record Observation
{
    private Observation()
    {
    }

    /// <summary>The part of the source it came from; null: named after the kind.</summary>
    public string? Stream { get; init; }

    /// <summary>Members of the line that the format does not know, name and JSON text, kept and reported.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Unrecognised { get; init; } = [];

    /// <summary>States what is true of a node, or (with <see cref="Fact.Until"/>) that it ceased to exist.</summary>
    public sealed record SawNode : Fact
    {
        /// <summary>Opaque, at most 512 characters, no control characters.</summary>
        public required string Id { get; init; }

        /// <summary>The label as said; null where this line does not repeat it.</summary>
        public string? Kind { get; init; }
    }

    /// <summary>States an edge and the half-open interval in which it held.</summary>
    public sealed record SawEdge : Fact
    {
        /// <summary>Kind as said, upper snake case.</summary>
        public required string Kind { get; init; }

        /// <summary>Id of its start.</summary>
        public required string Of { get; init; }

        /// <summary>Id of its end.</summary>
        public required string To { get; init; }

        /// <summary>Tells parallel edges apart; null: not said, see <see cref="EffectiveKey"/>.</summary>
        public string? Key { get; init; }

        /// <summary><see cref="Key"/>, else the value of the kind's key property, else "".</summary>
        public string EffectiveKey => Key ?? (EdgeKind.Find(Kind)?.KeyProperty is { } property ? Text(property.Name) : null) ?? "";

        private string? Text(string name)
        {
            foreach (var (property, value) in Properties)
            {
                if (property == name)
                {
                    return value.Shape == PropertyValue.ValueShape.Text ? value.AsText() : null;
                }
            }

            return null;
        }
    }

    /// <summary>Present, but its content could not be read.</summary>
    public sealed record SeenUnreadable : Observation
    {
        /// <summary>Node id; for a rejected edge null, and <see cref="EdgeKind"/>, <see cref="Of"/>, <see cref="To"/> say which.</summary>
        public string? Id { get; init; }

        public string? EdgeKind { get; init; }

        public string? Of { get; init; }

        public string? To { get; init; }

        public string? Key { get; init; }

        public string? Reason { get; init; }
    }

    /// <summary>The end of a stream. Without it nothing is inferred from absence.</summary>
    public sealed record EndOf : Observation
    {
        public required bool Complete { get; init; }

        /// <summary>How many the source says it gave; null: not said.</summary>
        public long? Count { get; init; }

        /// <summary>Why it is not complete.</summary>
        public string? Reason { get; init; }

        /// <summary>
        /// A mass disappearance in it: held in the run that found it, confirmed where that run closes what it lacks. In a delta that
        /// began when another run did it is the later decision on that run's.
        /// </summary>
        public Hold Hold { get; init; }
    }

    /// <summary>What node and edge statements share.</summary>
    public abstract record Fact : Observation
    {
        private protected Fact()
        {
        }

        // One more than the UTC ticks, so that 0 is what was not said: observations are many, and a nullable time takes three times the room.
        private readonly long _from;
        private readonly long _until;
        private readonly long _at;

        /// <summary>Valid from (inclusive, UTC); null: not said, the observation time counts, flagged as observed.</summary>
        public DateTimeOffset? From
        {
            get => Said(_from);
            init => FromTicks = value?.UtcTicks;
        }

        /// <summary>Valid to (exclusive, UTC); null: open.</summary>
        public DateTimeOffset? Until
        {
            get => Said(_until);
            init => UntilTicks = value?.UtcTicks;
        }

        public Precision Precision { get; init; }

        /// <summary>IANA zone for <see cref="Precision.Day"/>; null: the policy's.</summary>
        public string? Tz { get; init; }

        /// <summary>When it was observed; null: at the start of the run.</summary>
        public DateTimeOffset? At
        {
            get => Said(_at);
            init => AtTicks = value?.UtcTicks;
        }

        /// <summary>In the order said; a name occurs once. None says the source states there is none; absent, that it did not say.</summary>
        public IReadOnlyList<KeyValuePair<string, PropertyValue>> Properties { get; init; } = [];

        public EvidenceGrade Grade { get; init; } = EvidenceGrade.SystemState;

        /// <summary>References only; never a secret value.</summary>
        public IReadOnlyList<EvidenceRef> Evidence { get; init; } = [];

        /// <summary><see cref="From"/> in UTC ticks.</summary>
        public long? FromTicks
        {
            get => _from == 0 ? null : _from - 1;
            init => _from = value + 1 ?? 0;
        }

        /// <summary><see cref="Until"/> in UTC ticks.</summary>
        public long? UntilTicks
        {
            get => _until == 0 ? null : _until - 1;
            init => _until = value + 1 ?? 0;
        }

        /// <summary><see cref="At"/> in UTC ticks.</summary>
        public long? AtTicks
        {
            get => _at == 0 ? null : _at - 1;
            init => _at = value + 1 ?? 0;
        }

        private static DateTimeOffset? Said(long next) => next == 0 ? null : Instants.FromTicks(next - 1);
    }
}

/// <summary>How exactly a time is known.</summary>
public enum Precision : byte
{
    Instant = 0,

    /// <summary>The end of that day in the given zone is meant.</summary>
    Day = 1,

    /// <summary>The time of observation, for want of a better one.</summary>
    Observed = 2,
}

/// <summary>A reference to a record: URL, log record id, or file and line.</summary>
public readonly record struct EvidenceRef(string Ref, string? Hash = null, string? Note = null);
