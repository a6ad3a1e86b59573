using IdentityGraph.Cli;
using IdentityGraph.Collect;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting;
using Serilog.Formatting.Display;
using Serilog.Formatting.Json;

namespace IdentityGraph.Daemon;

/// <summary>Where log lines go: standard error, text for people at a terminal, JSON for everything else. What looks like a secret is not printed.</summary>
internal static class DaemonLog
{
    public static ILoggerFactory To(Terminal terminal, bool quiet)
    {
        ITextFormatter formatter = terminal.IsErrorTerminal
            ? new MessageTemplateTextFormatter("{Timestamp:yyyy-MM-ddTHH:mm:ssZ} {Level:u3} {Message:lj}{NewLine}")
            : new JsonFormatter(closingDelimiter: "\n", renderMessage: true);
        var logger = new LoggerConfiguration()
            .MinimumLevel.Is(quiet ? LogEventLevel.Warning : LogEventLevel.Information)
            .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .WriteTo.Sink(new TextSink(terminal, formatter))
            .CreateLogger();
        return new SerilogLoggerFactory(logger, dispose: true);
    }

    private sealed class TextSink(Terminal terminal, ITextFormatter formatter) : ILogEventSink
    {
        private readonly Lock _lock = new();

        public void Emit(LogEvent logEvent)
        {
            using var line = new StringWriter();
            formatter.Format(Harmless(logEvent, terminal.Time), line);
            var text = terminal.IsErrorTerminal ? SafeText.ForTerminal(line.ToString().TrimEnd('\r', '\n')) : SafeText.ForJson(line.ToString().TrimEnd('\r', '\n'));
            lock (_lock)
            {
                terminal.Error.WriteLine(text);
                terminal.Error.Flush();
            }
        }

        /// <summary>The event without what looks like a secret, in UTC by the daemon's own clock.</summary>
        private static LogEvent Harmless(LogEvent logEvent, TimeProvider time) => new(
            time.GetUtcNow(),
            logEvent.Level,
            logEvent.Exception is { } failure ? new RedactedException(failure) : null,
            logEvent.MessageTemplate,
            logEvent.Properties
                .Where(static property => property.Key is not "SourceContext" and not "EventId")
                .Select(static property => new LogEventProperty(property.Key, property.Value is ScalarValue { Value: string text } ? new ScalarValue(Redact(text)) : property.Value)));

        private static string Redact(string text) => SecretLooking.Find(text) is { } sort ? $"*** ({sort} is not shown)" : text;

        /// <summary>Of a failure the log shows where it was, and what it said unless that looks like a secret.</summary>
        private sealed class RedactedException(Exception failure) : Exception(Redact(failure.Message))
        {
            public override string ToString() => $"{failure.GetType().Name}: {Message}\n{failure.StackTrace}";
        }
    }
}
