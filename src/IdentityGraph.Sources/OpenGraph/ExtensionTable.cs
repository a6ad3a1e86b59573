using IdentityGraph.Graph;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>What a relationship of an extension becomes; the words of its table.</summary>
internal enum Meaning : byte
{
    /// <summary>Its end is possibly controlled: what it lets the start do is not known.</summary>
    Unknown = 0,

    /// <summary>Its end is not controlled by it.</summary>
    None,

    /// <summary>MEMBER_OF, HAS_ROLE or HAS_ENTITLEMENT.</summary>
    Member,

    /// <summary>ENTITLES with the row's rights.</summary>
    Rights,

    /// <summary>Creates new access to the end: CAN_ISSUE_CREDENTIAL, CAN_GRANT or CAN_MODIFY; of a Resource ENTITLES with every right.</summary>
    Control,

    /// <summary>CAN_PROVISION without a limit.</summary>
    Provision,

    /// <summary>CAN_ASSUME.</summary>
    Assume,

    /// <summary>CAN_ASSUME, conditions unread.</summary>
    AssumeUnread,

    /// <summary>CONTAINS; of what CONTAINS cannot end at: IN_SYSTEM, or its administration DEFINED_IN the start.</summary>
    Contains,

    /// <summary>The end lies in the system that the start lies in, however deep: CONTAINS or IN_SYSTEM of that system, and nothing of the start.</summary>
    Within,

    /// <summary>DEFINED_IN: the end is a workflow or application whose definition lies in the start; whether changes are protected is not read.</summary>
    Defines,

    /// <summary>STORED_IN: the end is a credential kept in the start.</summary>
    Stores,

    /// <summary>HELD_BY: the end is a credential that the start, or what runs in it, possesses.</summary>
    Holds,

    /// <summary>AUTHENTICATES_AS: the start is a credential of the end.</summary>
    Authenticates,

    /// <summary>AUTHENTICATED_VIA: sign-in to the end goes through the start.</summary>
    SignsIn,

    /// <summary>RUNS_AS: the start acts as the end.</summary>
    RunsAs,
}

/// <summary>A node kind of an extension.</summary>
/// <param name="Kind">As the extension calls it.</param>
/// <param name="Ours">Kind of node it becomes.</param>
/// <param name="Properties">How its properties are read.</param>
internal sealed record NodeRow(string Kind, NodeKind Ours, IReadOnlyList<PropertyRow> Properties);

/// <summary>How a property of ours is filled: from the first of the named ones that says something, or with a constant.</summary>
/// <param name="Property">Ours.</param>
/// <param name="From">Theirs, small letters; empty for a constant.</param>
/// <param name="Constant">The constant; null where it is read.</param>
/// <param name="Words">Their words and ours, for a property of words; `!` alone turns a flag round.</param>
internal sealed record PropertyRow(Property Property, IReadOnlyList<string> From, string? Constant, IReadOnlyDictionary<string, string> Words);

/// <summary>A relationship kind of an extension between ends of certain kinds.</summary>
/// <param name="Kind">As the extension calls it.</param>
/// <param name="Starts">Kinds of its start; empty: any.</param>
/// <param name="Ends">Kinds of its end; empty: any.</param>
/// <param name="Meaning">What it becomes.</param>
/// <param name="Reversed">Whether its end is the start of what it becomes.</param>
/// <param name="Letters">Rights out of DRWUAC, for <see cref="Meaning.Rights"/>; null: the level is unknown.</param>
/// <param name="Why">What it lets the start do.</param>
internal sealed record EdgeRow(string Kind, IReadOnlyList<string> Starts, IReadOnlyList<string> Ends, Meaning Meaning, bool Reversed, string? Letters, string Why)
{
    /// <summary>Whether use of it creates new access.</summary>
    public bool Amplifying => Meaning is Meaning.Control or Meaning.Provision;

    /// <summary>Whether what contains by it is remembered, because another row of the kind leads on to its system.</summary>
    public bool IsFollowed { get; init; }

    /// <summary>What it possibly gives besides where nothing computed it; null: nothing.</summary>
    public LackRow? Lack { get; init; }

    /// <summary>Whether it computes what a <see cref="LackRow"/> would only hold to be possible.</summary>
    public bool Computes { get; init; }
}

/// <summary>Rights that follow from what a collector computes from several relationships: where it computed nothing, they are possible.</summary>
/// <param name="Computed">The relationships it computes; one anywhere in the import says that it did.</param>
/// <param name="Kinds">Relationships that possibly give the rights.</param>
/// <param name="Letters">The rights, out of DRWUAC.</param>
/// <param name="Why">What they let the start do.</param>
internal sealed record LackRow(IReadOnlyList<string> Computed, IReadOnlyList<string> Kinds, string Letters, string Why);

/// <summary>The public description of one extension, as rows.</summary>
/// <param name="Name">What its stream is called.</param>
/// <param name="Source">Where it is described.</param>
/// <param name="Nodes">One row a kind.</param>
/// <param name="Edges">Rows of one relationship stand in the order they are tried.</param>
/// <param name="Lacks">What is possible where it was not computed.</param>
internal sealed record ExtensionTable(string Name, string Source, IReadOnlyList<NodeRow> Nodes, IReadOnlyList<EdgeRow> Edges, IReadOnlyList<LackRow> Lacks);
