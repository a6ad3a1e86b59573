using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Entries;

namespace IdentityGraph.Sources.Governance;

/// <summary>
/// A list of a governance file: what its entries may say, and what they state. Its name is the stream of its statements. A new
/// section is a class and a line in <see cref="GovernanceSections.All"/>.
/// </summary>
internal abstract class GovernanceSection(string name, string sentence, params EntryKey[] keys)
{
    private static readonly EntryKey[] s_common =
    [
        new("from", EntryType.Start, "Since when it holds; not written: since the file was collected, before that unknown."),
        new("until", EntryType.End, "Until when it held. Below grade SystemState that is a claim: what follows is unknown, not ended."),
        new("grade", EntryType.Word, "How it is known; not written: the file's `grade`.") { Words = [.. Enum.GetNames<EvidenceGrade>().Reverse()] },
        new("evidence", EntryType.Texts, "References: addresses, record numbers. No secrets."),
        new("note", EntryType.Text, "For people; not kept."),
    ];

    public string Name { get; } = name;

    public string Sentence { get; } = sentence;

    public IReadOnlyList<EntryKey> Keys { get; } = [.. keys, .. s_common.Where(common => keys.All(key => key.Name != common.Name))];

    /// <summary>What an entry states; read whole before any of it is taken, so that a fault in an entry leaves nothing of it behind.</summary>
    /// <exception cref="EntryException">A value is not of its key's type.</exception>
    public IReadOnlyList<Observation> State(EntryNode node, string file, EvidenceGrade grade) =>
        [.. State(new GovernanceStatement(this, new Entry(node, Keys), file, grade))];

    protected abstract IEnumerable<Observation> State(GovernanceStatement entry);

    protected static EntryKey Required(string name, EntryType type, string sentence) => new(name, type, sentence) { Required = true };

    protected static EntryKey Optional(string name, EntryType type, string sentence) => new(name, type, sentence);

    protected static EntryKey OpenOrClosed { get; } = new("state", EntryType.Word, "Open or closed.") { Words = ["open", "closed"] };

    protected static KeyValuePair<string, PropertyValue> Says(Property property, PropertyValue value) => new(property.Name, value);
}
