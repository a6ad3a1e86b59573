using System.CommandLine;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Policies;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Stores;

namespace IdentityGraph.Cli;

/// <summary>What one command works with: its settings, its printer, and the store once it is needed.</summary>
internal sealed class Session : IAsyncDisposable
{
    private readonly GlobalOptions _options;
    private readonly ParseResult _parsed;
    private readonly Lazy<Configuration> _configuration;
    private readonly AnswerFile? _file;
    private readonly ProgressLine _progress;
    private IInspectableStore? _store;
    private Investigation? _investigation;
    private bool _asksBefore;
    private System.Text.Json.JsonElement? _before;
    private string? _beforeTruncated;

    private Session(GlobalOptions options, ParseResult parsed, Terminal terminal)
    {
        _options = options;
        _parsed = parsed;
        Terminal = terminal;
        Overlay = Questions.TakesOverlay(parsed.CommandResult) ? options.OverlayOf(parsed)
            : parsed.GetResult(options.Overlay) is null && parsed.GetResult(options.Remove) is null && parsed.GetResult(options.Add) is null ? null
            : throw new ConfigurationException($"`{string.Join(' ', CommandLine.Words(parsed.CommandResult))}` asks nothing of the facts, so it takes no --overlay, --remove or --add");
        _configuration = new(() => Configuration.Load(parsed.GetValue(options.Config), terminal.Environment));
        OutputPath = parsed.GetValue(options.Output)?.FullName;
        var file = parsed.CommandResult.Command is ExampleCommand { WritesItsOwnFiles: true } ? null : OutputPath;
        _file = file is null ? null : new AnswerFile(file, parsed.GetValue(options.Output)!.ToString());
        var color = _file is null && terminal.IsTerminal && !parsed.GetValue(options.NoColor) && string.IsNullOrEmpty(terminal.Environment.GetValueOrDefault("NO_COLOR"));
        _progress = new ProgressLine(this);
        Printer = new Printer(_file?.Writer ?? terminal.Out, terminal.Error, file is null ? parsed.GetValue(options.Format) : options.FormatOf(parsed), color, parsed.GetValue(options.Quiet), terminal.IsTerminal ? terminal.Width : 4_000);
    }

    public Terminal Terminal { get; }

    /// <summary>`--output`; null: standard output.</summary>
    public string? OutputPath { get; }

    public Printer Printer { get; private set; }

    /// <summary>The what-if to ask under; null: none.</summary>
    public Overlay? Overlay { get; }

    public Configuration Configuration => _configuration.Value;

    public AnalysisPolicy Policy => Configuration.Policy();

    public Ask Ask => _options.AskOf(_parsed) with { Progress = _progress, Overlay = _asksBefore ? null : Overlay };

    /// <summary>The store's place: flag, environment, file, default.</summary>
    public string StorePlace => _parsed.GetValue(_options.Store) ?? Configuration.Store;

    /// <summary>The store named on the command line; null: none is.</summary>
    public string? StoreFlag => _parsed.GetValue(_options.Store);

    /// <summary>Whether to draw progress: only for people at a terminal.</summary>
    public bool ShowsProgress => Terminal.IsErrorTerminal && !_parsed.GetValue(_options.NoProgress) && !Printer.Quiet;

    /// <summary>A command to try next, with the store, configuration and moment that this one was given.</summary>
    /// <param name="command">Its words, without the program's name.</param>
    /// <param name="asOf">The moment to ask about; null: the one this command was given, if any.</param>
    public string Next(string command, DateTimeOffset? asOf = null)
    {
        List<string> words = ["idgraph", command];
        Add("--store", _parsed.GetValue(_options.Store));
        Add("--config", _parsed.GetValue(_options.Config)?.ToString());
        Add("--as-of", (asOf ?? Ask.AsOf) is { } moment ? Instants.ToText(moment) : null);
        Add("--as-known-at", Ask.AsKnownAt is { } known ? Instants.ToText(known) : null);
        return string.Join(' ', words);

        void Add(string option, string? value)
        {
            if (value is not null)
            {
                words.Add(option);
                words.Add(value.Any(char.IsWhiteSpace) ? $"\"{value}\"" : value);
            }
        }
    }

    public static Session Of(GlobalOptions options, ParseResult parsed, Terminal terminal) => new(options, parsed, terminal);

    public IInspectableStore OpenStore(bool create = false) => _store ??= Open(StorePlace, create, StoreSettings);

    /// <summary>One more of the same store, made where there is none; whoever asks closes it.</summary>
    public IInspectableStore OpenStoreAnew(Action<string> onNotice) => Open(StorePlace, create: true, StoreSettings with { OnNotice = onNotice });

    /// <summary>Whether there is a store where settings say.</summary>
    public bool HasStore() => GraphStores.Exists(StorePlace, StoreSettings);

    public Investigation Investigate() => _investigation ??= new(OpenStore(), Policy, Terminal.Time);

    /// <summary>Asks without the what-if first, quietly; what is only known under it cannot be asked so.</summary>
    public async Task AskBeforeAsync(Func<Task<int>> question)
    {
        var printer = Printer;
        (_asksBefore, Printer) = (true, new Printer(TextWriter.Null, TextWriter.Null, OutputFormat.Json, false, true, Terminal.Width));
        try
        {
            await question().ConfigureAwait(false);
        }
        catch (UnknownIdentityException)
        {
            _before = null;
        }
        finally
        {
            (_asksBefore, Printer) = (false, printer);
        }
    }

    /// <summary>Prints an answer and says what its completeness makes of the exit code.</summary>
    public int Answer<T>(Answer<T> answer, string? list, System.Text.Json.Serialization.Metadata.JsonTypeInfo<Answer<T>> type, Func<T, Sheet> sheet, params int[] codes)
    {
        if (_asksBefore)
        {
            (_before, _beforeTruncated) = (DataOf(answer, type), answer.Truncated);
            return ExitCode.Done;
        }

        _progress.Dispose();
        if (Overlay is not null)
        {
            answer = answer with
            {
                WhatIf = WhatIf.Compare(Overlay, _before, DataOf(answer, type)),
                Truncated = answer.Truncated ?? (_beforeTruncated is null ? null : $"the answer without the overlay: {_beforeTruncated}"),
            };
        }

        Printer.Print(answer, type, list, sheet);
        var sources = answer.Store.Sources;
        List<int> all = [.. codes];
        if (answer.Truncated is not null && !_parsed.GetValue(_options.AllowPartial))
        {
            all.Add(ExitCode.Truncated);
        }

        if (answer.Store.Nodes is 0 && answer.Truncated is null)
        {
            Printer.Complain($"nothing in scope: no source had described anything at {Instants.ToText(answer.AsOf)}; `import` some facts, or ask with a later --as-of");
            all.Add(ExitCode.Nothing);
        }

        var isStale = answer.Store.NothingFresh || (sources.Any(static source => source.Source != Investigation.MarkSource) && sources.All(static source => source.Source == Investigation.MarkSource || source.State is "stale"));
        if (isStale)
        {
            Printer.Complain($"stale: no source was read recently enough for {Instants.ToText(answer.AsOf)}, so what it showed is unknown; ask with an earlier --as-of, or collect again");
            all.Add(ExitCode.Stale);
        }
        else if (answer.Store.NotFresh is { Count: > 0 } late)
        {
            const int Named = 5;
            Printer.Say($"stale in part: {string.Join(", ", late.Take(Named))}{(late.Count > Named ? $" and {late.Count - Named} more" : "")} not read recently enough for {Instants.ToText(answer.AsOf)}; what they showed is unknown");
        }

        if (isStale)
        {
            return ExitCode.Gravest(all);
        }

        if (_parsed.GetValue(_options.RequireComplete) && sources.Any(source => source.State != "complete"))
        {
            Printer.Complain($"incomplete: {string.Join(", ", sources.Where(source => source.State != "complete").Select(source => source.InWords))}");
            all.Add(ExitCode.Stale);
        }
        else if (_parsed.GetValue(_options.MaxAge) is { } oldest && sources.Any(source => source.LastCompleteAt is null || answer.AsOf - source.LastCompleteAt > oldest))
        {
            Printer.Complain($"too old: {string.Join(", ", sources.Where(source => source.LastCompleteAt is null || answer.AsOf - source.LastCompleteAt > oldest).Select(source => source.Source))}");
            all.Add(ExitCode.Stale);
        }

        return ExitCode.Gravest(all);
    }

    private static System.Text.Json.JsonElement DataOf<T>(Answer<T> answer, System.Text.Json.Serialization.Metadata.JsonTypeInfo<Answer<T>> type) =>
        System.Text.Json.JsonSerializer.SerializeToElement(answer, type).GetProperty("data");

    private StoreOptions StoreSettings =>
        new() { Time = Terminal.Time, Fold = Policy.Fold, OnNotice = Printer.Say, Credentials = Configuration.StoreCredentials(Terminal.Environment) };

    private static IInspectableStore Open(string place, bool create, StoreOptions settings)
    {
        try
        {
            return create && !GraphStores.Exists(place, settings) ? GraphStores.Create(place, settings) : GraphStores.Open(place, settings);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"the store at `{place}` cannot be opened: {fault.Message}; check the folder and who may write there", fault);
        }
    }

    /// <summary>The command ran to its end: what it wrote is whole.</summary>
    public void Finish()
    {
        _file?.Keep();
        if (_file is not null && Printer.PrintedTable && _options.UnknownEnding(_parsed) is { } ending)
        {
            Printer.Say($"warning: the ending `{ending}` says no format: `{_parsed.GetValue(_options.Output)}` holds a table as text; say -o csv, json, ndjson or html, or name the file so");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _progress.Dispose();
        if (_store is not null)
        {
            await _store.DisposeAsync().ConfigureAwait(false);
        }

        if (_file is not null)
        {
            await _file.DisposeAsync().ConfigureAwait(false);
        }
    }
}
