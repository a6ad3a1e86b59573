using System.Xml;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Entries;

namespace IdentityGraph.Sources.Hr;

/// <summary>Reads a column mapping (YAML; `docs/sources/hr-csv.md`). A mapping is short and written by hand: any fault refuses it whole.</summary>
internal static class HrMappingFile
{
    public static readonly IReadOnlyList<string> Streams = ["people", "employments", "teams"];

    private static readonly string[] s_keys =
        ["version", "source", "tenant", "system", "timeZone", "interval", "dateFormats", "complete", "status", "kind", "columns", "keys", "skip", "tables"];

    private static readonly string[] s_tableKeys = ["file", "columns", "keys", "skip"];

    /// <exception cref="RefusedInputException">Not readable, or an unknown key, field, word, zone or stream.</exception>
    public static HrMapping Read(string path)
    {
        try
        {
            using var text = new StreamReader(path);
            return Read(YamlEntries.ReadAll(text), path);
        }
        catch (EntryException fault)
        {
            throw new RefusedInputException($"mapping `{path}`, line {fault.Line}: {fault.Message}", fault);
        }
        catch (IOException fault)
        {
            throw new RefusedInputException($"mapping `{path}` cannot be read: {fault.Message}", fault);
        }
    }

    private static HrMapping Read(EntryNode root, string path)
    {
        Check(root, "key", s_keys);
        if (Text(root, "version") is { } version && version != "1")
        {
            throw new EntryException(root.Find("version")!.Line, "version", $"version `{version}` of the mapping is not known; this program reads version 1");
        }

        var tables = root.Find("tables") is { } list
            ? [.. (list.Items ?? throw new EntryException(list.Line, "tables", "`tables` must be a list")).Select(Table)]
            : new[] { Table(root, null) };
        return new HrMapping
        {
            File = path,
            Source = Text(root, "source") ?? "hr",
            Tenant = Text(root, "tenant") ?? "",
            System = Text(root, "system"),
            TimeZone = Zone(root),
            Interval = Interval(root),
            DateFormats = Texts(root, "dateFormats"),
            Complete = Complete(root),
            Status = Words(root, "status", HrWords.Status, Properties.EmploymentStatus),
            Kind = Words(root, "kind", HrWords.Kind, Properties.EmploymentKind),
            Tables = tables,
        };
    }

    private static HrTable Table(EntryNode node)
    {
        Check(node, "key of a table", s_tableKeys);
        var file = Text(node, "file") ?? throw new EntryException(node.Line, "file", "a table needs `file`: the name of its CSV in the export's folder");
        return file.AsSpan().IndexOfAny('/', '\\') < 0 && file is not (".." or ".")
            ? Table(node, file)
            : throw new EntryException(node.Line, "file", $"`{file}` is not a plain file name; tables lie in the export's own folder");
    }

    private static HrTable Table(EntryNode node, string? file)
    {
        var columns = node.Find("columns") ?? throw new EntryException(node.Line, "columns", "`columns` is missing: name at least the column of `personId`");
        Check(columns, "field", [.. HrField.All.Select(field => field.Name)]);
        var mapped = columns.Members!.ToDictionary(column => HrField.Find(column.Key)!, column => Scalar(column.Key, column.Value));
        var table = new HrTable { File = file, Columns = mapped, Keys = Pairs(node, "keys"), Skip = Pairs(node, "skip") };
        if (!table.IsAboutPeople && !table.DescribesTeams)
        {
            throw new EntryException(columns.Line, "columns", "a table needs a column for `personId`, or for `team` where it describes teams");
        }

        foreach (var header in mapped.Values.Concat(table.Keys.Values))
        {
            if (HrColumns.LooksSecret(header))
            {
                throw new EntryException(columns.Line, "columns", $"column `{header}` looks like a secret; secrets are not read, leave it out of the mapping and of the export");
            }
        }

        return table;
    }

    private static void Check(EntryNode node, string what, IReadOnlyCollection<string> known)
    {
        foreach (var (key, value) in node.Members ?? throw new EntryException(node.Line, "", $"named values were expected here ({string.Join(", ", known.Take(4))}…)"))
        {
            if (!known.Contains(key))
            {
                throw new EntryException(value.Line, key, Nearest.Unknown(what, key, known));
            }
        }
    }

    private static string? Zone(EntryNode root) =>
        Text(root, "timeZone") is not { } zone || HrDates.FindZone(zone) is not null
            ? Text(root, "timeZone")
            : throw new EntryException(root.Find("timeZone")!.Line, "timeZone", $"unknown time zone `{zone}`; give an IANA name, as `Europe/Berlin`");

    private static TimeSpan? Interval(EntryNode root)
    {
        if (Text(root, "interval") is not { } interval)
        {
            return null;
        }

        try
        {
            return XmlConvert.ToTimeSpan(interval);
        }
        catch (FormatException)
        {
            throw new EntryException(root.Find("interval")!.Line, "interval", $"`{interval}` is not an ISO 8601 duration, as `P1D`");
        }
    }

    private static IReadOnlyList<string> Complete(EntryNode root)
    {
        var streams = root.Find("complete")?.Text switch { "true" => Streams, "false" => [], _ => Texts(root, "complete") };
        return streams.FirstOrDefault(stream => !Streams.Contains(stream)) is { } unknown
            ? throw new EntryException(root.Find("complete")!.Line, "complete", Nearest.Unknown("stream", unknown, Streams))
            : streams;
    }

    // `status: { active: [Aktiv, "1"], ended: Austritt }` over the words known without it.
    private static Dictionary<string, string> Words(EntryNode root, string key, IReadOnlyDictionary<string, string> usual, Property property)
    {
        var words = new Dictionary<string, string>(usual, StringComparer.Ordinal);
        if (root.Find(key) is not { } node)
        {
            return words;
        }

        Check(node, $"{key} of the model", [.. property.Words]);
        foreach (var (word, said) in node.Members!)
        {
            foreach (var one in said.Items?.Select(item => Scalar(word, item)) ?? [Scalar(word, said)])
            {
                words[one.Trim().ToLowerInvariant()] = word;
            }
        }

        return words;
    }

    private static Dictionary<string, string> Pairs(EntryNode node, string key) =>
        node.Find(key)?.Members?.ToDictionary(pair => pair.Key, pair => Scalar(pair.Key, pair.Value)) ?? [];

    private static IReadOnlyList<string> Texts(EntryNode node, string key) => node.Find(key) switch
    {
        null => [],
        { Items: { } items } => [.. items.Select(item => Scalar(key, item))],
        { } value => [Scalar(key, value)],
    };

    private static string? Text(EntryNode node, string key) => node.Find(key) is { } value ? Scalar(key, value) : null;

    private static string Scalar(string key, EntryNode value) =>
        value.Text ?? throw new EntryException(value.Line, key, $"`{key}` must be a text");
}
