using System.Runtime.CompilerServices;

namespace IdentityGraph.Sources.Records;

/// <summary>What became of a record, in words that are only put together while tracing.</summary>
[InterpolatedStringHandler]
internal ref struct TracedText
{
    private DefaultInterpolatedStringHandler _text;

    public TracedText(int literalLength, int formattedCount, RecordBook book, out bool isTracing)
    {
        isTracing = book.IsTracing;
        _text = isTracing ? new(literalLength, formattedCount) : default;
    }

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted(string? text) => _text.AppendFormatted(text);

    /// <summary>The words; to be asked for once, and only while tracing.</summary>
    public string Take() => _text.ToStringAndClear();
}
