using System.Text;
using System.Text.Unicode;
using IdentityGraph.Graph;

namespace IdentityGraph.Collect.Exchange;

/// <summary>
/// Reads the lines that collectors mostly write (one known kind, known members, ids of ASCII, no escapes) and gives up on every other: those, and every
/// line in which something may be wrong, <see cref="LineParser"/> reads the long way. What it reads it reads as that does.
/// </summary>
internal sealed class QuickLine
{
    private const Members Fitting = Members.Node | Members.Edge | Members.Of | Members.To | Members.Key | Members.Kind | (Members.OfFacts & ~(Members.Precision | Members.Tz));

    private static readonly Utf8Table<Members> s_members = new(MemberNames.All.Where(member => (member.Value & Fitting) != 0));
    private static readonly Utf8Table<EvidenceGrade> s_grades = new(Enum.GetValues<EvidenceGrade>().Select(grade => KeyValuePair.Create(ExchangeWords.Of(grade), grade)));

    private readonly LineMarks _marks = new();
    private readonly IdPool _ids = new();
    private readonly InstantPool _instants = new();
    private readonly QuickProperties _properties = new();

    /// <summary>Null where the line must be read the long way.</summary>
    /// <param name="padded">The line, and at least <see cref="LineMarks.Block"/> bytes behind it.</param>
    /// <param name="length">Of the line alone.</param>
    public Observation.Fact? Read(ReadOnlySpan<byte> padded, int length)
    {
        if (!_marks.Look(padded, length) || (!_marks.IsAscii && !Utf8.IsValid(padded[..length])))
        {
            return null;
        }

        var cursor = new QuickCursor(padded[..length], _marks);
        if (!cursor.Take((byte)'{'))
        {
            return null;
        }

        var draft = new QuickDraft();
        do
        {
            if (!cursor.TakeName(out var name)
                || !s_members.TryFind(name, out var member)
                || (draft.Said & member) != 0
                || !Member(ref cursor, member, ref draft))
            {
                return null;
            }

            draft.Said |= member;
        }
        while (cursor.Take((byte)','));

        if (!cursor.Take((byte)'}'))
        {
            return null;
        }

        cursor.TakeSpaces();
        return cursor.IsAtEnd ? draft.Fact() : null;
    }

    /// <summary>One value; what a line is about must be said before what is said of it.</summary>
    private bool Member(ref QuickCursor cursor, Members member, ref QuickDraft draft)
    {
        switch (member)
        {
            case Members.Node:
                return draft.Said == Members.None && Id(ref cursor, out draft.Node);
            case Members.Edge:
                return draft.Said == Members.None && cursor.TakeText(out var edge) && KindTable.TryFindEdge(edge, out draft.Kind);
            case Members.Kind:
                return draft.Node is not null && cursor.TakeText(out var node) && KindTable.TryFindNode(node, out draft.Kind);
            case Members.Of:
                return IsEdge(draft) && Id(ref cursor, out draft.Of);
            case Members.To:
                return IsEdge(draft) && Id(ref cursor, out draft.To);
            case Members.Key:
                return IsEdge(draft) && Id(ref cursor, out draft.Key);
            case Members.Stream:
                return Id(ref cursor, out draft.Stream);
            case Members.From:
                return Instant(ref cursor, out draft.From);
            case Members.Until:
                return Instant(ref cursor, out draft.Until);
            case Members.At:
                return Instant(ref cursor, out draft.At);
            case Members.Grade:
                return cursor.TakeText(out var grade) && s_grades.TryFind(grade, out draft.Grade);
            case Members.Props:
                return draft.Kind is { } kind && (draft.Properties = _properties.Read(ref cursor, kind)) is not null;
            case Members.Evidence:
                return (draft.Evidence = Evidence(ref cursor)) is not null;
            default:
                return false;
        }
    }

    private static bool IsEdge(in QuickDraft draft) => (draft.Said & Members.Edge) != 0;

    private bool Id(ref QuickCursor cursor, out string? id)
    {
        id = cursor.TakeText(out var text) && (_marks.IsAscii || Ascii.IsValid(text)) ? _ids.Find(text) : null;
        return id is not null;
    }

    /// <summary>`null` leaves it unsaid.</summary>
    private bool Instant(ref QuickCursor cursor, out long? ticks)
    {
        if (cursor.TakeText(out var text))
        {
            var read = _instants.TryParse(text, out var instant);
            ticks = instant;
            return read;
        }

        ticks = null;
        return cursor.TakeWord("null"u8);
    }

    /// <summary>A list of texts; null where it is something else.</summary>
    private static EvidenceRef[]? Evidence(ref QuickCursor cursor)
    {
        if (!cursor.Take((byte)'['))
        {
            return null;
        }

        EvidenceRef[] evidence = [];
        while (cursor.TakeText(out var text))
        {
            if (QuickProperties.Text(text, "evidence") is not { } reference)
            {
                return null;
            }

            Array.Resize(ref evidence, evidence.Length + 1);
            evidence[^1] = new EvidenceRef(reference);
            if (!cursor.Take((byte)','))
            {
                return cursor.Take((byte)']') ? evidence : null;
            }
        }

        return null;
    }
}
