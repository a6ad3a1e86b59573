using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.Records;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Azure;

/// <summary>What is shared while one file is mapped: where facts go, whose tenant it is, what was made already.</summary>
internal sealed class AzureWriting(FactList facts, string? tenant, RecordBook book) : IDisposable
{
    private readonly IdSet _tenants = new();
    private readonly IdSet _made = new();
    private readonly SeenWords _words = new();
    private (string? Of, string? Small) _small;

    public FactList Facts => facts;

    public RecordBook Book => book;

    public AzureLinkMapping Links { get; } = new(facts);

    /// <summary>What can be said only once the whole file was read.</summary>
    public AzurePending Pending { get; } = new();

    /// <summary>AzureHound's kind of the record at hand.</summary>
    public string Stream { get; set; } = "";

    /// <summary>The record at hand.</summary>
    public JsonItem Item { get; set; }

    /// <summary>Where it stands.</summary>
    public string Where => Item.Where;

    public AzurePermissions Permissions => new(facts, _made);

    /// <summary>Whether a helper node of that id is still to be stated.</summary>
    public bool First(string id) => _made.Add(id);

    public void Dispose() => Pending.Dispose();

    /// <summary>The tenant of a record, lower case: its own word, else the file's; its directory, boundary and cloud are stated when first met.</summary>
    public string? TenantOf(JsonValue data)
    {
        var named = Small(data["tenantId"u8]) is { Length: > 0 } own ? own : tenant;
        if (named is not null && _tenants.Add(named))
        {
            facts.Node(AzureIds.Object(named), NodeKinds.System, [new(P.Category.Name, PropertyValue.Of("directory"))]);
            facts.Node(AzureIds.Boundary(named), NodeKinds.Tenant, []);
            facts.Edge(EdgeKinds.InTenant, AzureIds.Object(named), AzureIds.Boundary(named));
            facts.Node(AzureIds.Cloud(named), NodeKinds.System, [new(P.Name.Name, PropertyValue.Of("Azure resources of " + named)), new(P.Category.Name, PropertyValue.Of("cloud"))]);
            facts.Edge(EdgeKinds.InTenant, AzureIds.Cloud(named), AzureIds.Boundary(named));
        }

        return named;
    }

    /// <summary>A text that recurs; null where it is none.</summary>
    public string? Word(JsonValue json) => _words.Text(json);

    /// <summary>The identifier without blanks around it, in lower case; null where it can be none, which is told by its own letters. What recurs is made once.</summary>
    private string? Small(JsonValue json)
    {
        if (_words.Text(json) is not { } said)
        {
            return null;
        }

        if (!ReferenceEquals(said, _small.Of))
        {
            _small = (said, Tenant(said, sort => book.LeaveOutSecret(Where, "tenantId", $"it looks like {sort}; it was left out, and the object is taken to be of the file's tenant")));
        }

        return _small.Small;
    }

    /// <summary>An identifier of the record, refused in words where it cannot be one.</summary>
    public string? Identifier(JsonValue json, string member)
    {
        var identifier = JsonReading.Text(json, member)?.Trim() ?? "";
        if (WhyNot(identifier) is not { } why)
        {
            return identifier;
        }

        book.Refuse(Where, member, $"{why}; it was left out", Stream);
        book.Trace("node", "", null, Stream, Where, "refused", why);
        return null;
    }

    /// <inheritdoc cref="RecordBook.List"/>
    public JsonElementList List(JsonValue json, string member) => book.List(json, member, Where, Stream);

    /// <summary>States a link and says what became of it.</summary>
    public void Link(AzureLink link)
    {
        if (WhyNot(link.Start) is { } start)
        {
            RefuseLink(link, "its start: " + start);
            return;
        }

        if (WhyNot(link.End) is { } end)
        {
            RefuseLink(link, "its end: " + end);
            return;
        }

        if (Links.RowOf(link) is null)
        {
            var what = $"right {RecordBook.Shown(link.Kind)} on AZ{link.EndKind}";
            book.Report.CountUnrecognised(what);
            if (book.Strict)
            {
                RefuseLink(link, $"no row says what {what} means (--strict); leave --strict out to keep it as possible");
                return;
            }
        }

        var from = facts.Facts.Count;
        var unsaid = Links.Map(link);
        Trace(link, unsaid is null ? "imported" : "refused", unsaid ?? (book.IsTracing ? Said(from) : ""));
    }

    /// <summary>What was stated since the list had so many facts, in words.</summary>
    public string Said(int from) => string.Join("; ", facts.Facts.Skip(from).OfType<Observation.SawEdge>().Select(edge => $"{edge.Kind} of {edge.Of} to {edge.To}"));

    public void Trace(AzureLink link, string became, string becameWhat)
    {
        if (book.IsTracing)
        {
            book.Trace("edge", link.Start, link.End, link.Kind, Where, became, becameWhat);
        }
    }

    /// <summary>A tenant as it is named here, lower case; null where it can be no identifier. One that looks like a secret is told.</summary>
    public static string? Tenant(string said, Action<string>? tell = null)
    {
        var plain = said.Trim();
        if (SecretLooking.Find(plain) is { } sort)
        {
            tell?.Invoke(sort);
            return null;
        }

        return WhyNot(plain) is null ? plain.ToLowerInvariant() : null;
    }

    /// <summary>Why a text can be no identifier; null: it can. Asked before its letters are made small, for those show a secret.</summary>
    public static string? WhyNot(string identifier) =>
        identifier.Length == 0 ? "it has no identifier"
        : SecretLooking.Find(identifier) is { } sort ? $"its identifier looks like {sort}"
        : !AzureIds.SurelyFits(identifier) && !AzureIds.Fits(AzureIds.FederatedCredential(identifier)) ? "its identifier is too long (512 characters with its prefix)"
        : null;

    private void RefuseLink(AzureLink link, string why)
    {
        book.Outcome.Read++;
        book.Refuse(Where, "data", $"a relationship {RecordBook.Shown(link.Kind)}: {why}; it was left out", Stream);
        Trace(link, "refused", why);
    }
}
