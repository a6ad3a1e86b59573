using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using IdentityGraph.Stores.Embedded;

namespace IdentityGraph.Stores.Collecting;

/// <summary>What is known of one collected source.</summary>
public sealed partial record SourceRecord
{
    /// <summary>Longer details are cut.</summary>
    public const int LongestDetail = 2_000;

    /// <summary>In lower case.</summary>
    public required string Source { get; init; }

    /// <summary>Of its newest holder; 0: nobody ever held it.</summary>
    public long Fence { get; init; }

    /// <summary>Who collects it now; null: nobody.</summary>
    public string? Holder { get; init; }

    /// <summary>The holder's process, where a folder is collected into.</summary>
    [JsonInclude]
    internal WriterRecord? Process { get; init; }

    /// <summary>When it was collected last, finished or not; null: never.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When that ended; null: it did not, or never began.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How that ended, in a word; null: it did not.</summary>
    public string? Outcome { get; init; }

    /// <summary>The same in a sentence.</summary>
    public string? Detail { get; init; }

    /// <summary>Of what is there now, the files whose content is in the store, sorted by path.</summary>
    public IReadOnlyList<TakenFile> Files { get; init; } = [];

    /// <summary>The name under which it is kept.</summary>
    /// <exception cref="ArgumentException">It is none that may be kept.</exception>
    internal static string Key(string source) =>
        Name().IsMatch(source) ? source.ToLowerInvariant() : throw new ArgumentException($"`{source}` is no name of a source: letters, digits, `.`, `_` and `-`, at most 64, a letter or digit first", nameof(source));

    /// <summary>Whether a source may be called so.</summary>
    public static bool IsName(string source) => Name().IsMatch(source);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex Name();
}

/// <summary>A file or folder whose content was taken.</summary>
/// <param name="Path">As it was found.</param>
/// <param name="Digest">SHA-256 of its content and of how it was to be read, lower-case hex.</param>
/// <param name="ModifiedAt">When it was last written.</param>
/// <param name="ReadAt">When its data was read from its system: the start of its newest run.</param>
/// <param name="Run">Number of that run.</param>
/// <param name="Sha256">Of that run.</param>
[method: JsonConstructor]
public sealed record TakenFile(string Path, string Digest, DateTimeOffset ModifiedAt, DateTimeOffset ReadAt, int Run, string Sha256);
