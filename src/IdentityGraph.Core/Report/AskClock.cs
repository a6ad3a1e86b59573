using System.Globalization;

namespace IdentityGraph.Report;

/// <summary>
/// The time one answer has, from when its facts are open: its token ends whatever is under way when the budget is spent or the asker
/// cancels. A budget that ran out ends the answer early, and the answer says so; a cancellation throws.
/// </summary>
internal sealed class AskClock : IDisposable
{
    private readonly CancellationTokenSource _budget;
    private readonly CancellationTokenSource _either;
    private readonly CancellationToken _cancelled;
    private readonly IProgress<AskProgress>? _progress;

    public AskClock(Ask ask, TimeProvider time, CancellationToken cancellationToken)
    {
        _budget = ask.Budget is { } budget ? new CancellationTokenSource(budget, time) : new CancellationTokenSource();
        _either = CancellationTokenSource.CreateLinkedTokenSource(_budget.Token, cancellationToken);
        (_cancelled, _progress) = (cancellationToken, ask.Progress);
    }

    /// <summary>Budget or asker, whichever is first.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>The budget alone.</summary>
    public CancellationToken Budget => _budget.Token;

    /// <summary>The budget ran out, and nobody cancelled.</summary>
    public bool IsSpent => _budget.IsCancellationRequested && !_cancelled.IsCancellationRequested;

    /// <summary>Goes through the items until the budget is spent; what was under way then is left out.</summary>
    /// <returns>How many were done.</returns>
    /// <exception cref="OperationCanceledException">The asker cancelled.</exception>
    public int Each<T>(string doing, IReadOnlyList<T> items, Action<T> judge)
    {
        var done = 0;
        try
        {
            foreach (var item in items)
            {
                Token.ThrowIfCancellationRequested();
                judge(item);
                Report(doing, ++done, items.Count);
            }
        }
        catch (OperationCanceledException) when (IsSpent)
        {
        }

        return done;
    }

    public void Report(string doing, int done, int of) => _progress?.Report(new AskProgress(doing, done, of));

    /// <summary>Null where all were done.</summary>
    public static string? Left(int done, int all, string what) =>
        done == all ? null : string.Create(CultureInfo.InvariantCulture, $"time budget: {done} of {all} {what} judged");

    public void Dispose()
    {
        _either.Dispose();
        _budget.Dispose();
    }
}
