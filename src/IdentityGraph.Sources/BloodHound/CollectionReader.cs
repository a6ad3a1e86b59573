using System.Runtime.CompilerServices;
using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>Reads the files of one collection into observations: one run.</summary>
internal sealed class CollectionReader(IReadOnlyList<CollectionFile> files, ImportRequest request, ImportReport report, UnpackLimits limits, ImportMemory memory)
{
    private readonly FactList _facts = new();
    private readonly DirectoryLinks _links = new(new SeenWords());
    private readonly SortedDictionary<string, string?> _cut = new(StringComparer.Ordinal);
    private readonly KnownRows _rows = new();
    private Mentions? _mentions;
    private Certificates? _certificates;
    private Everybody? _everybody;
    private readonly string?[] _settled = new string?[1024];
    private (string? Right, DirectoryKind On, string Counted) _unknown = (null, default, "");
    private long _refusedLinks;
    private long _number;
    private string _places = "";

    /// <summary>How the run ends; set before the observations are enumerated.</summary>
    public RunOutcomeState Outcome { get; set; } = new();

    public IEnumerable<Observation> Read(CancellationToken cancellationToken)
    {
        var refused = Outcome.PartialReason;
        var links = new LinkMapping(_facts, memory);
        _certificates = new(_facts, memory, report);
        using var everybody = new Everybody(_facts, memory, report);
        using var mentions = new Mentions(memory);
        (_everybody, _mentions) = (everybody, mentions);
        foreach (var file in files)
        {
            _cut.TryAdd(file.Type, null);
            _facts.Stream = file.Type;
            _number = 0;
            _places = $"{file.Entry.Name}#data[";

            // Facts are handed on from here, not through an iterator of each file: there are many of them.
            using var reader = new DataReader(file.Entry.Open(), limits);
            using var data = reader.ReadData(cancellationToken).GetEnumerator();
            while (Take(file, data, links))
            {
                for (var fact = 0; fact < _facts.Facts.Count; fact++)
                {
                    yield return _facts.Facts[fact];
                }
            }
        }

        _facts.Clear();
        var areAuthoritiesWhole = refused is null && _cut.TryGetValue("enterprisecas", out var damage) && damage is null;
        foreach (var _ in _certificates.Conclude(areAuthoritiesWhole).Concat(everybody.Conclude()).Concat(OnlyMentioned(mentions)))
        {
            for (var fact = 0; fact < _facts.Facts.Count; fact++)
            {
                yield return _facts.Facts[fact];
            }

            _facts.Clear();
        }

        foreach (var (type, cut) in _cut)
        {
            // Of which type files are that were refused nobody knows.
            var why = cut ?? refused;
            var vouched = request.Complete.Contains(type, StringComparer.OrdinalIgnoreCase);
            yield return new Observation.EndOf
            {
                Stream = type,
                Complete = vouched && why is null,
                Reason = why ?? (vouched ? null : "SharpHound does not say whether it read everything"),
            };
        }
    }

    /// <summary>Goes to the next object and adds its facts; false at the end.</summary>
    private bool Take(CollectionFile file, IEnumerator<JsonItem> data, LinkMapping links)
    {
        _facts.Clear();
        JsonItem item;
        try
        {
            if (!data.MoveNext())
            {
                return false;
            }

            item = data.Current;
            _number = Math.Max(_number, item.Number + 1);
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or IOException)
        {
            Cut(file, _number, exception);
            return false;
        }

        Outcome.Read++;
        _facts.Where = item.Number < 0 ? $"{file.Entry.Name}#{RecordBook.Shown(item.List)}" : FactList.Place(_places, item.Number);
        if (!(item.IsReadable ? ReadObject(file, item.Json, links) : Refuse(file, item)))
        {
            Outcome.Rejected++;
            _cut[file.Type] ??= item.Number < 0 ? $"`{RecordBook.Shown(item.Where)}` of `{file.Entry.Name}`: {item.Problem}" : $"`{file.Entry.Name}` holds objects that could not be read";
        }

        if (_facts.LeftOut is { } leftOut)
        {
            report.Refuse(new Reject(file.Entry.Name, 0, item.Where, $"{leftOut}; that property was left out, the rest of the object is imported"));
            Outcome.Rejected++;
        }

        Outcome.Read += _refusedLinks;
        Outcome.Rejected += _refusedLinks;
        _refusedLinks = 0;
        return true;
    }

    private void Cut(CollectionFile file, long number, Exception exception)
    {
        var why = exception is JsonException ? exception.Message : "the entry is damaged: " + exception.Message;
        _cut[file.Type] = $"`{file.Entry.Name}` could be read up to object {number} only";
        Outcome.PartialReason ??= _cut[file.Type];
        report.Refuse(new Reject(file.Entry.Name, 0, $"data[{number}]", $"{why}. What came before it is imported; collect this file again"));
    }

    private bool Refuse(CollectionFile file, JsonItem item)
    {
        report.Refuse(new Reject(file.Entry.Name, 0, RecordBook.Shown(item.Where), item.Number < 0 ? item.Problem! : $"{item.Problem}; the object was left out"));
        return false;
    }

    private bool ReadObject(CollectionFile file, JsonValue json, LinkMapping links)
    {
        if (file.Kind == DirectoryKind.Base)
        {
            Link(_links.OfSession(json), links);
            return true;
        }

        var id = _links.IdentifierOf(json);
        if (id.Length == 0 || !DirectoryIds.Fits(DirectoryIds.Administration(id)))
        {
            var why = id.Length == 0 ? "it has no ObjectIdentifier" : "its ObjectIdentifier is too long (512 characters with its prefix)";
            report.Refuse(new Reject(file.Entry.Name, 0, _facts.Where, $"{why}; the object was left out"));
            Trace("node", id.Length == 0 ? "?" : id[..Math.Min(id.Length, 512)], null, file.Kind.ToString(), "refused", why);
            return false;
        }

        if (json["IsDeleted"u8].ValueKind == JsonValueKind.True && !file.Kind.IsPrincipal())
        {
            Trace("node", id, null, file.Kind.ToString(), "refused", "it is deleted");
            return true;
        }

        var name = json["Properties"u8]["name"u8].GetString();
        var first = memory.Meet(id, name, out var before);
        if (before is not null && name is not null && !string.Equals(before, name, StringComparison.OrdinalIgnoreCase))
        {
            report.Warn($"`{id}` stands under two names, `{Shown(before)}` and `{Shown(name)}`: they are one object here, and what the two say differently is unknown");
        }

        DirectoryMapping.Describe(id, file.Kind, json, null, _facts);
        if (request.Trace)
        {
            Trace("node", id, null, file.Kind.ToString(), first ? "imported" : "merged", DirectoryIds.KindOf(file.Kind).Name + " " + DirectoryIds.Object(id));
        }

        if (file.Kind == DirectoryKind.User)
        {
            links.Tickets(id);
        }

        var said = _links.Of(id, file.Kind, json);
        for (var number = 0; number < said.Count; number++)
        {
            Link(said[number], links);
        }

        if (_links.TakeOdd() is { } odd)
        {
            Refuse($"`{odd}` is no list; what it holds was left out");
        }

        _certificates!.Meet(id, file.Kind, json, said);
        MeetEverybody(id, file.Kind, json, said);
        foreach (var both in Replication.Of(id, file.Kind, said, report))
        {
            links.Map(both);
        }

        return true;
    }

    private void MeetEverybody(string id, DirectoryKind kind, JsonValue json, IReadOnlyList<DirectoryLink> said)
    {
        if (kind.IsPrincipal())
        {
            _everybody!.MeetAccount(id, said);
        }

        // One object of a file is enough to know its domain's name.
        if (kind == DirectoryKind.Domain || _number == 1)
        {
            var properties = json["Properties"u8];
            _everybody!.MeetDomain(properties["domain"u8].GetString(), properties["domainsid"u8].GetString());
            _everybody.MeetDomain(kind == DirectoryKind.Domain ? properties["name"u8].GetString() : null, id);
        }
    }

    private void Link(in DirectoryLink link, LinkMapping links)
    {
        if (WhyNot(link) is { } why)
        {
            Trace("edge", link.Start, link.End, link.Kind, "refused", why);
            return;
        }

        var row = _rows.Find(link.Kind, link.EndKind);
        if (row is null && request.Strict)
        {
            Refuse($"no row says what `{Shown(link.Kind)}` on {link.EndKind} means (--strict); leave --strict out to keep it as possible");
            Trace("edge", link.Start, link.End, link.Kind, "refused", "no row says what it means");
            return;
        }

        var from = _facts.Facts.Count;
        var meant = link.Meant;
        if (links.Map(meant, row) is { } unsaid)
        {
            report.Warn(unsaid);
            Trace("edge", link.Start, link.End, link.Kind, "refused", unsaid);
            return;
        }

        if (row is null)
        {
            if (!ReferenceEquals(link.Kind, _unknown.Right) || link.EndKind != _unknown.On)
            {
                _unknown = (link.Kind, link.EndKind, $"right {Shown(link.Kind)} on {link.EndKind}");
            }

            report.CountUnrecognised(_unknown.Counted);
        }

        _everybody!.Meet(meant);
        Mention(meant.Start, meant.StartKind, meant);
        Mention(meant.End, meant.EndKind, meant);
        if (link.Host is { } host && link.Kind == "LocalToComputer")
        {
            var name = memory.NameOf(host) ?? host;
            report.Warn($"local groups of {host}", $"`{Shown(name)}` is no domain controller, and its local group stands under the domain's identifier `{Shown(link.Start)}`: its members are taken as members of the computer's own group `{meant.Start}`, not of the domain's");
        }

        if (request.Trace)
        {
            var first = memory.Meet(link);
            Trace("edge", link.Start, link.End, link.Kind, first ? "imported" : "merged", string.Join("; ", _facts.Facts.Skip(from).OfType<Observation.SawEdge>().Select(edge => $"{edge.Kind} of {edge.Of} to {edge.To}")));
        }
    }

    private string? WhyNot(in DirectoryLink link)
    {
        if (link.Start.Length == 0 || link.End.Length == 0 || link.Kind.Length == 0)
        {
            Refuse("a link without a start, an end or a name; it was left out");
            return "an end or the name is missing";
        }

        if (link.Start == link.End)
        {
            return "an object's right on itself gives nothing";
        }

        if (DirectoryIds.SurelyFit(link.Start, link.End) || DirectoryIds.Fits(DirectoryIds.Session(link.Start, link.End)) || (DirectoryIds.Fits(DirectoryIds.Administration(link.Start)) && DirectoryIds.Fits(DirectoryIds.Administration(link.End)) && link.Kind is not ("HasSession" or "DumpSMSAPassword")))
        {
            return null;
        }

        Refuse("a link with an identifier that is too long (512 characters with its prefix); it was left out");
        return "an identifier is too long";
    }

    private static string Shown(string text) => SecretLooking.Find(text) is { } sort ? $"({sort})" : string.Concat(text.Take(100).Select(c => char.IsControl(c) ? '?' : c));

    private void Refuse(string why)
    {
        _refusedLinks++;
        _cut[_facts.Stream] ??= "a relationship in it was refused";
        report.Refuse(new Reject(_facts.Where, 0, "", why));
    }

    private void Mention(string id, DirectoryKind kind, in DirectoryLink link)
    {
        // What was described or mentioned once stays so; the strings recur.
        ref var settled = ref _settled[RuntimeHelpers.GetHashCode(id) & (_settled.Length - 1)];
        if (kind == DirectoryKind.Base || ReferenceEquals(settled, id))
        {
            return;
        }

        settled = id;
        if (IsIdentifier(id))
        {
            _mentions!.Meet(new(id, kind, kind is DirectoryKind.Domain or DirectoryKind.LocalGroup ? link.Name : null, _facts.Stream, _facts.Where));
        }
    }

    /// <summary>A SID or GUID; a distinguished name in its place names something the files do not tell: it stays a placeholder.</summary>
    private static bool IsIdentifier(string id) => !id.Contains('=');

    /// <summary>Ends that only links name: what kind they are is known, nothing more.</summary>
    private IEnumerable<bool> OnlyMentioned(Mentions mentions)
    {
        foreach (var (id, kind, name, stream, where) in mentions.Undescribed())
        {
            _facts.Stream = stream;
            _facts.Where = where;
            DirectoryMapping.Describe(id, kind, default, name, _facts);
            Trace("mention", id, null, kind.ToString(), "imported", DirectoryIds.KindOf(kind).Name + " " + DirectoryIds.Object(id));
            yield return true;
        }
    }

    private void Trace(string what, string start, string? end, string kind, string became, string becameWhat) => report.OnTrace?.Invoke(new TraceLine
    {
        What = what,
        Start = start,
        End = end,
        Kind = kind,
        Where = _facts.Where,
        Became = became,
        As = becameWhat,
    });
}
