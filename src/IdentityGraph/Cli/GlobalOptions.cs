using System.CommandLine;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Collect.Exchange;
using IdentityGraph.Graph;
using IdentityGraph.Report;

namespace IdentityGraph.Cli;

/// <summary>How an answer is printed.</summary>
internal enum OutputFormat
{
    Table,
    Json,
    Ndjson,
    Csv,

    /// <summary>Markdown: the schema only.</summary>
    Md,

    /// <summary>A Mermaid drawing: of the schema, and of answers that have a picture.</summary>
    Mermaid,

    /// <summary>A drawing for Graphviz, of answers that have a picture.</summary>
    Dot,

    /// <summary>One page with pictures and tables, of answers that have a picture.</summary>
    Html,
}

/// <summary>The options every command takes.</summary>
internal sealed class GlobalOptions
{
    public Option<OutputFormat> Format { get; } = new("--format", "-o")
    {
        HelpName = "format",
        Description = "table, json, ndjson or csv; html, mermaid or dot for answers with a picture; md and mermaid for the schema.",
        Recursive = true,
        DefaultValueFactory = _ => OutputFormat.Table,
        CustomParser = result => Enum.TryParse<OutputFormat>(result.Tokens[0].Value, ignoreCase: true, out var format) && !int.TryParse(result.Tokens[0].Value, out _)
            ? format
            : Refuse<OutputFormat>(result, $"`{result.Tokens[0].Value}` is no format; say table, json, ndjson, csv, html, mermaid or dot"),
    };

    public Option<FileInfo?> Output { get; } = new("--output", "-f") { Description = "Write the answer to this file instead of standard output; without -o, in the format its ending says.", Recursive = true };

    public Option<string?> Store { get; } = new("--store") { Description = "Folder of the store; else IDGRAPH__Store, idgraph.yaml, ./idgraph-data.", Recursive = true };

    public Option<FileInfo?> Config { get; } = new("--config") { Description = "Configuration file; else ./idgraph.yaml.", Recursive = true };

    public Option<DateTimeOffset?> AsOf { get; } = Instant("--as-of", "Answer as of this instant (valid time, RFC 3339); default now.");

    public Option<DateTimeOffset?> AsKnownAt { get; } = Instant("--as-known-at", "Answer with what was known at this instant (record time); default now.");

    public Option<AttackerProfile> Profile { get; } = new("--profile")
    {
        HelpName = "profile",
        Description = "Attacker profile: ExternalBearer, Insider, VendorInfra(v), Leaver.",
        Recursive = true,
        DefaultValueFactory = _ => AttackerProfile.ExternalBearer,
        CustomParser = result => AttackerProfile.Parse(result.Tokens[0].Value)
            ?? Refuse<AttackerProfile>(result, $"`{result.Tokens[0].Value}` is no profile; say ExternalBearer, Insider, VendorInfra(v) or Leaver"),
    };

    public Option<FileInfo[]> Overlay { get; } = new("--overlay") { Description = "A what-if: node, edge and remove lines laid over the facts for this question; answers with before and after.", HelpName = "FILE", Recursive = true };

    public Option<string[]> Remove { get; } = new("--remove") { Description = "What if this node were gone; may be given several times.", HelpName = "ID", Recursive = true };

    public Option<FileInfo[]> Add { get; } = new("--add") { Description = "What if these node and edge lines were so; the same as --overlay.", HelpName = "FILE", Recursive = true };

    public Option<bool> RequireComplete { get; } = new("--require-complete") { Description = "Exit 4 unless every source is complete and fresh.", Recursive = true };

    public Option<TimeSpan?> MaxAge { get; } = Duration("--max-age", "Exit 4 where a source's last complete reading is older (ISO 8601, such as P7D).");

    public Option<TimeSpan?> Budget { get; } = Duration("--budget", "Longest time the answer may take once the facts are open (500ms, 30s, 5m or ISO 8601); what is cut says so and exits 8.");

    public Option<bool> AllowPartial { get; } = new("--allow-partial") { Description = "Do not exit 8 for an answer cut by a budget or limit.", Recursive = true };

    public Option<bool> NoColor { get; } = new("--no-color") { Description = "Plain text; NO_COLOR does the same.", Recursive = true };

    public Option<bool> NoProgress { get; } = new("--no-progress") { Description = "No progress on standard error.", Recursive = true };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Only the answer and errors.", Recursive = true };

    public IEnumerable<Option> All =>
        [Format, Output, Store, Config, AsOf, AsKnownAt, Profile, Overlay, Remove, Add, RequireComplete, MaxAge, Budget, AllowPartial, NoColor, NoProgress, Quiet];

    public Ask AskOf(ParseResult parsed) => new()
    {
        AsOf = parsed.GetValue(AsOf),
        AsKnownAt = parsed.GetValue(AsKnownAt),
        Profile = parsed.GetValue(Profile) ?? AttackerProfile.ExternalBearer,
        Budget = parsed.GetValue(Budget),
        Caller = "cli",
    };

    /// <summary>The format asked for; else the one that the ending of the file to write says, else a table.</summary>
    public OutputFormat FormatOf(ParseResult parsed) => parsed.GetResult(Format) is { Implicit: false }
        ? parsed.GetValue(Format)
        : parsed.GetValue(Output)?.Extension.ToUpperInvariant() switch
        {
            ".HTML" or ".HTM" => OutputFormat.Html,
            ".JSON" => OutputFormat.Json,
            ".NDJSON" or ".JSONL" => OutputFormat.Ndjson,
            ".CSV" => OutputFormat.Csv,
            ".MMD" or ".MERMAID" => OutputFormat.Mermaid,
            ".DOT" or ".GV" => OutputFormat.Dot,
            _ => OutputFormat.Table,
        };

    /// <summary>The ending of the file to write, where it promises something and no format is known by it; null: a format was asked for, or the file may hold text.</summary>
    public string? UnknownEnding(ParseResult parsed) =>
        parsed.GetResult(Format) is { Implicit: false } || FormatOf(parsed) != OutputFormat.Table || parsed.GetValue(Output)?.Extension is not { Length: > 1 } ending || ending.ToUpperInvariant() is ".TXT" or ".TEXT" ? null : ending;

    /// <summary>Everything the what-if says; null: there is none.</summary>
    public Collect.Overlay? OverlayOf(ParseResult parsed)
    {
        List<Collect.Overlay> parts = [new Collect.Overlay { RemovedNodes = parsed.GetValue(Remove) ?? [] }];
        foreach (var file in (FileInfo[])[.. parsed.GetValue(Overlay) ?? [], .. parsed.GetValue(Add) ?? []])
        {
            using var stream = file.OpenRead();
            var part = OverlayReader.Read(stream, file.ToString());
            parts.Add(part.IsEmpty ? throw new ConfigurationException($"`{file}` changes nothing: it has no node, edge or remove line; write one a line, or leave it out") : part);
        }

        return Collect.Overlay.Of(parts) is { IsEmpty: false } overlay ? overlay : null;
    }

    public static T Refuse<T>(System.CommandLine.Parsing.ArgumentResult result, string message)
    {
        result.AddError(message);
        return default!;
    }

    public static Option<DateTimeOffset?> Instant(string name, string description) => new(name)
    {
        Description = description,
        Recursive = true,
        CustomParser = result => ReadInstant(result.Tokens[0].Value) ?? Refuse<DateTimeOffset?>(result, $"{name} `{result.Tokens[0].Value}` is no instant; write 2025-06-02T00:00:00Z, or 2025-06-02 for its first moment in UTC"),
    };

    public static Option<Level?> Level(string description) => new("--level")
    {
        Description = description,
        HelpName = "L0…L6",
        CustomParser = static result => RightsLogic.TryParseLevel(result.Tokens[0].Value, out var read)
            ? read
            : Refuse<Level?>(result, $"--level `{result.Tokens[0].Value}` is no level; write L0 to L6"),
    };

    private static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        Description = description,
        Recursive = true,
        CustomParser = result => ReadDuration(result.Tokens[0].Value) ?? Refuse<TimeSpan?>(result, $"{name} `{result.Tokens[0].Value}` is no duration; write 500ms, 30s, 5m, 24h, 7d or ISO 8601 such as P7D"),
    };

    private static DateTimeOffset? ReadInstant(string text)
    {
        if (Instants.TryParse(text, out var instant))
        {
            return instant;
        }

        return text.Length == 10 && Instants.TryParse(text + "T00:00:00Z", out instant) ? instant : null;
    }

    private static TimeSpan? ReadDuration(string text)
    {
        try
        {
            var span = text.StartsWith('P') ? System.Xml.XmlConvert.ToTimeSpan(text)
                : text.EndsWith("ms", StringComparison.Ordinal) ? double.Parse(text[..^2], System.Globalization.CultureInfo.InvariantCulture) * TimeSpan.FromMilliseconds(1)
                : double.Parse(text[..^1], System.Globalization.CultureInfo.InvariantCulture) * text[^1] switch
                {
                    's' => TimeSpan.FromSeconds(1),
                    'm' => TimeSpan.FromMinutes(1),
                    'h' => TimeSpan.FromHours(1),
                    'd' => TimeSpan.FromDays(1),
                    _ => throw new FormatException(),
                };
            return span > TimeSpan.Zero ? span : null;
        }
        catch (Exception unreadable) when (unreadable is FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }
}
