using System.Globalization;
using System.Xml;
using IdentityGraph.Cli;
using IdentityGraph.Sources;
using IdentityGraph.Stores.Collecting;
using Quartz;

namespace IdentityGraph.Daemon;

/// <summary>The sources that settings describe, under `sources:NAME:…`.</summary>
internal static class SourceSettings
{
    private const string Section = "sources";

    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_longest = TimeSpan.FromDays(366);

    private static readonly string[] s_members = ["path", "format", "schedule", "every", "timeZone", "source", "tenant", "map", "complete", "strict", "allowRejects"];

    /// <summary>For messages.</summary>
    public static string Keys => $"`{Section}:NAME:` with {string.Join(", ", s_members.Select(member => $"`{member}`"))}";

    /// <summary>Whether a key is of a source, known or not.</summary>
    public static bool Is(string key) => key.StartsWith(Section + ":", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a key may hold a list, written as texts parted by commas.</summary>
    public static bool IsList(string key) => key.Split(':') is [_, _, var member] && Is(key) && member.Equals("complete", StringComparison.OrdinalIgnoreCase);

    /// <summary>What is wrong with a key of a source; null: nothing.</summary>
    public static string? Fault(string key) => key.Split(':') switch
    {
        [_, var name, ..] when !SourceRecord.IsName(name) => $"`{name}` is no name of a source; write letters, digits, `.`, `_` and `-`, at most 64",
        [_, var name] => $"source `{name}` says nothing; write at least `path`",
        [_, _, var member] when s_members.Contains(member, StringComparer.OrdinalIgnoreCase) => null,
        [_, var name, "collectedAt" or "collected-at", ..] => $"source `{name}`: `collectedAt` of every reading to come cannot be told beforehand; name files by their time (20250602060000_…), or have them written when they are read",
        [_, var name, "confirmVanish" or "confirm-vanish", ..] => $"source `{name}`: what disappears in masses is confirmed run by run, with `idgraph runs hold confirm RUN`",
        [_, var name, .. var rest] => $"source `{name}`: unknown key `{string.Join(':', rest)}`; {YamlMembers.Nearer(rest[0], s_members)}",
        _ => $"`{key}` is written as `{Section}: {{NAME: {{path: …}}}}`",
    };

    /// <summary>Every source, sorted by name.</summary>
    /// <param name="values">All settings.</param>
    /// <param name="timeZone">The policy's, for schedules that name none.</param>
    /// <exception cref="ConfigurationException">One of them cannot be used; the message names the place and the way out.</exception>
    public static IReadOnlyList<ConfiguredSource> Read(IEnumerable<(string Key, string Value, string Origin)> values, string timeZone) =>
    [
        .. values.Where(setting => Is(setting.Key))
            .GroupBy(setting => setting.Key.Split(':')[1], StringComparer.OrdinalIgnoreCase)
            .OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase)
            .Select(group => One(group.Key, group.ToDictionary(setting => setting.Key.Split(':')[2], setting => (setting.Value, setting.Origin), StringComparer.OrdinalIgnoreCase), timeZone)),
    ];

    private static ConfiguredSource One(string name, Dictionary<string, (string Value, string Origin)> members, string policyZone)
    {
        var path = Text("path") ?? throw new ConfigurationException($"{members.Values.First().Origin}: source `{name}` has no `path`; write the file, folder or pattern it reads");
        var format = Text("format");
        if (format is not null && FileFormats.Find(format) is null)
        {
            throw Wrong("format", YamlMembers.Nearer(format, [.. FileFormats.All.Select(one => one.Name)]));
        }

        if (FilesOfSource.HasPattern(System.IO.Path.GetDirectoryName(path) ?? ""))
        {
            throw Wrong("path", "`*` and `?` may stand in its last part only");
        }

        var (schedule, every) = (Text("schedule"), Text("every"));
        return schedule is not null && every is not null
            ? throw Wrong("every", "there is a `schedule` too; write one of them")
            : new ConfiguredSource
            {
                Name = name,
                Path = path,
                Format = format,
                Schedule = schedule is null ? null : Cron(schedule, Zone()),
                Every = every is null ? null : Interval(every),
                Source = Text("source"),
                Tenant = Text("tenant"),
                Map = Text("map"),
                Complete = Text("complete")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
                Strict = Flag("strict"),
                AllowRejects = Flag("allowRejects"),
            };

        string? Text(string member) => members.TryGetValue(member, out var said) && said.Value.Length > 0 ? said.Value : null;

        bool Flag(string member) => Text(member)?.ToLowerInvariant() switch
        {
            null or "false" => false,
            "true" => true,
            _ => throw Wrong(member, "write true or false"),
        };

        TimeZoneInfo Zone()
        {
            var zone = Text("timeZone") ?? policyZone;
            return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : throw Wrong("timeZone", "write an IANA name such as Europe/Vienna");
        }

        CronExpression Cron(string text, TimeZoneInfo zone)
        {
            try
            {
                return CronExpression.Parse(text).WithTimeZone(zone);
            }
            catch (Exception unreadable) when (unreadable is FormatException or ArgumentException)
            {
                throw Wrong("schedule", $"write seconds, minutes, hours, day of month, month, day of week, such as `0 0 6 * * ?` for six o'clock every day ({unreadable.Message.TrimEnd('.')})");
            }
        }

        TimeSpan Interval(string text)
        {
            try
            {
                return XmlConvert.ToTimeSpan(text) is var span && span >= s_shortest && span <= s_longest ? span : throw new FormatException();
            }
            catch (Exception unreadable) when (unreadable is FormatException or OverflowException)
            {
                throw Wrong("every", string.Create(CultureInfo.InvariantCulture, $"write an ISO 8601 duration from {XmlConvert.ToString(s_shortest)} to {XmlConvert.ToString(s_longest)}, such as PT15M"));
            }
        }

        ConfigurationException Wrong(string member, string wayOut) => new($"{(members.TryGetValue(member, out var said) ? said.Origin : members.Values.First().Origin)}: source `{name}`: `{member}` cannot be `{Text(member)}`; {wayOut}");
    }
}
