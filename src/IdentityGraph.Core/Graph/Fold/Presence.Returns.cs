using System.Runtime.InteropServices;

namespace IdentityGraph.Graph.Fold;

/// <summary>What was over and is read again.</summary>
internal sealed partial class Presence
{
    /// <summary>What reappears is Unknown from its end until it is read again, whatever earlier beginning that reading states.</summary>
    private void ReturnAfterEnd(int index, bool isNode)
    {
        var drafts = CollectionsMarshal.AsSpan(_drafts);
        ref var draft = ref drafts[index];
        if (draft.Row.IsBareEnd || draft.Replaced || draft.Row.Has(SightingMarks.Concluded))
        {
            return;
        }

        if (LastEnd(index, out var standing) is not { } last || (draft.Row.Has(SightingMarks.UntilStated) && draft.Until <= last.Until))
        {
            if (standing is { Returned: true } && draft.From < standing.Value.From)
            {
                (draft.From, draft.UnknownFrom, draft.Returned) = (standing.Value.From, standing.Value.From, true);
            }
            else if (standing is not null && draft.From >= standing.Value.From)
            {
                draft.UnknownFrom = draft.From;
            }

            return;
        }

        var readAt = _rows.Time(draft.Row.FirstAt);
        var statesLaterBeginning = !last.Missed && draft.Row.Has(SightingMarks.FromStated) && draft.From >= last.Until;
        var statesBothBounds = draft.Row.Has(SightingMarks.FromStated) && draft.Row.Has(SightingMarks.UntilStated) && draft.Row.Grade == EvidenceGrade.SystemState;
        if (!statesLaterBeginning && !statesBothBounds)
        {
            draft.Returned = true;
            draft.UnknownFrom = last.Until;
            draft.From = Math.Max(readAt, draft.From);
        }
        else if (isNode)
        {
            draft.UnknownFrom = Math.Min(last.Until, draft.From);
        }

        if (draft.Counts && !StoodAt(last.Until))
        {
            Returns.Add((last.Until, draft.From));
        }
    }

    /// <summary>The last claim of the same source that was over when this one was read first; null: none was, or one still stood.</summary>
    private ClaimDraft? LastEnd(int index, out ClaimDraft? standing)
    {
        standing = null;
        var draft = _drafts[index];
        var readAt = _rows.Time(draft.Row.FirstAt);
        ClaimDraft? last = null;
        for (var i = 0; i < _drafts.Count; i++)
        {
            var before = _drafts[i];
            if (i == index || before.Replaced || before.Row.IsBareEnd || before.Counts != draft.Counts || _rows.StreamOf(before.Row).Owner != _rows.StreamOf(draft.Row).Owner)
            {
                continue;
            }

            if (i < index && before.Until > readAt)
            {
                standing = before;
                return null;
            }

            var ended = before.Until <= readAt && before.EndKnownAt <= readAt && _rows.Time(before.Row.LastAt) <= readAt
                && (!before.Missed || before.Row.Stream == draft.Row.Stream);
            if (ended && (last is null || before.Until > last.Value.Until))
            {
                last = before;
            }
        }

        return last;
    }

    /// <summary>Whether some claim held over the moment: then nothing ended there.</summary>
    private bool StoodAt(long instant)
    {
        foreach (var draft in _drafts)
        {
            if (draft.Counts && !draft.Replaced && !draft.Row.IsBareEnd && draft.From <= instant && instant < draft.Until)
            {
                return true;
            }
        }

        return false;
    }
}
