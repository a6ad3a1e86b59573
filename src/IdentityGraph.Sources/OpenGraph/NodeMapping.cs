using System.Globalization;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Azure;
using IdentityGraph.Sources.BloodHound;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>One node of a payload as facts. Only the properties that its row names are read; of a node without a row its name.</summary>
internal sealed class NodeMapping(FactList facts, PropertyNames names)
{
    /// <summary>The property that keeps a label nobody knows, as the graph keeps unknown labels.</summary>
    public const string KindAsSaid = "kind-as-said";

    private const int LongestLabel = 100;

    private readonly int _name = names.Find("name");
    private readonly int _displayName = names.Find("displayname");
    private readonly int _domain = names.Find("domainsid");
    private readonly int _isDeleted = names.Find("isdeleted");
    private readonly int _gmsa = names.Find("gmsa");
    private readonly int _msa = names.Find("msa");
    private readonly int _email = names.Find("email");
    private readonly int _adminCount = names.Find("admincount");
    private readonly int _enabled = names.Find("enabled");
    private readonly int _lastLogon = names.Find("lastlogon");
    private readonly int _lastLogonTimestamp = names.Find("lastlogontimestamp");
    private (ObjectKind? Kind, PropertyValue Label) _generic;

    /// <summary>Names that are read of every node, and of the directory's.</summary>
    public static IReadOnlyList<string> Common { get; } =
        ["name", "displayname", "objectid", "traversable", "domainsid", "enabled", "isdeleted", "gmsa", "msa", "email", "admincount", "lastlogon", "lastlogontimestamp"];

    /// <summary>Adds what the node is.</summary>
    public void Describe(ObjectEnd node, NodeRecord record)
    {
        facts.Stream = node.Kind.Stream;
        if (node.Kind.Directory is { } directory)
        {
            DirectoryMapping.DescribeAs(node.Identifier, directory, Directory(record.Properties), null, facts);
            return;
        }

        List<KeyValuePair<string, PropertyValue>> properties = [];
        if (node.Kind.Azure is not null && record.Properties.Flag(_enabled) is { } enabled && node.Kind.Ours.HasState)
        {
            properties.Add(new(P.State.Name, PropertyValue.Of(enabled ? "Active" : "Disabled")));
        }

        if (NameOf(record) is { Length: > 0 } name)
        {
            properties.Add(new(P.Name.Name, PropertyValue.Of(name)));
        }

        foreach (var row in node.Kind.Row?.Properties ?? [])
        {
            if (ValueOf(row, record.Properties) is { } value)
            {
                properties.Add(new(row.Property.Name, value));
            }
        }

        Describe(node, properties);
    }

    /// <summary>Adds an end that no node of the import is: nothing but the kind said of it.</summary>
    public void DescribeMentioned(ObjectEnd node)
    {
        facts.Stream = node.Kind.Stream;
        if (node.Kind.Directory is { } directory)
        {
            DirectoryMapping.DescribeAs(node.Identifier, directory, default, null, facts);
        }
        else
        {
            Describe(node, []);
        }
    }

    /// <summary>What the node is called; null: nothing.</summary>
    public string? NameOf(NodeRecord record) => record.Properties.Text(_name) ?? record.Properties.Text(_displayName);

    /// <summary>A kind nobody knows as it may be kept and shown; "?" where it is none.</summary>
    public static string LabelOf(string kind)
    {
        if (kind.Length is > 0 and <= LongestLabel && kind.All(char.IsAsciiLetterOrDigit))
        {
            return SecretLooking.Find(kind) is null ? kind : "?";
        }

        var label = string.Concat(kind.Take(LongestLabel).Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter));
        return label.Length == 0 || SecretLooking.Find(label) is not null ? "?" : label;
    }

    private void Describe(ObjectEnd node, List<KeyValuePair<string, PropertyValue>> properties)
    {
        if (node.Kind.IsGeneric)
        {
            if (!ReferenceEquals(node.Kind, _generic.Kind))
            {
                _generic = (node.Kind, PropertyValue.Of(LabelOf(node.Kind.Label)));
            }

            properties.Add(new(KindAsSaid, _generic.Label));
            facts.Node(node.Node, NodeKinds.Application, properties);
            return;
        }

        if (node.Kind.Azure == AzureKind.Tenant)
        {
            properties.Add(new(P.Category.Name, PropertyValue.Of("directory")));
        }

        if (node.Kind.Ours == NodeKinds.Resource && properties.TrueForAll(property => property.Key != P.Kind.Name))
        {
            properties.Add(new(P.Kind.Name, PropertyValue.Of(node.Kind.Label)));
        }

        facts.Node(node.Node, node.Kind.Ours, properties);
    }

    private DirectoryProperties Directory(PropertyBag bag) => new()
    {
        IsCollected = true,
        IsDeleted = bag.Flag(_isDeleted) == true,
        Name = bag.Text(_name),
        DomainSid = JsonReading.Upper(bag.Text(_domain) ?? ""),
        IsServiceAccount = bag.Flag(_gmsa) == true || bag.Flag(_msa) == true,
        Email = bag.Text(_email),
        AdminCount = bag.Flag(_adminCount),
        Enabled = bag.Flag(_enabled),
        LastLogon = DirectoryProperties.Seconds(bag.Number(_lastLogon)),
        LastLogonTimestamp = DirectoryProperties.Seconds(bag.Number(_lastLogonTimestamp)),
    };

    private PropertyValue? ValueOf(PropertyRow row, PropertyBag bag)
    {
        if (row.Constant is { } constant)
        {
            return bool.TryParse(constant, out var flag) ? PropertyValue.Of(flag)
                : row.Property.Type is PropertyType.WordList or PropertyType.TextList ? PropertyValue.Of(constant.Split(','))
                : PropertyValue.Of(constant);
        }

        foreach (var from in row.From)
        {
            var number = names.Find(from);
            if (bag.IsNull(number) && row.Property.Nullable)
            {
                return PropertyValue.None;
            }

            if (Read(row, bag, number) is { } value)
            {
                return value;
            }
        }

        return null;
    }

    private static PropertyValue? Read(PropertyRow row, PropertyBag bag, int number)
    {
        switch (row.Property.Type)
        {
            case PropertyType.Flag:
                return bag.Flag(number) is { } flag ? PropertyValue.Of(flag != row.Words.ContainsKey("!")) : null;
            case PropertyType.Instant:
                return InstantOf(bag, number) is { } instant ? PropertyValue.Of(instant) : null;
            case PropertyType.Word or PropertyType.WordList:
                return Word(row, bag, number) is { } word ? PropertyValue.Of(word) : null;
            case PropertyType.Text:
                return bag.Text(number) is { Length: > 0 } text ? PropertyValue.Of(text) : null;
            default:
                return null;
        }
    }

    /// <summary>A word of ours; null where theirs is not known to mean one: then it is not stated.</summary>
    private static string? Word(PropertyRow row, PropertyBag bag, int number)
    {
        var text = bag.Text(number);
        if (text is null)
        {
            return null;
        }

        if (row.Property == P.State && bag.Flag(number) is { } flag && !row.Words.ContainsKey(text))
        {
            return flag != row.Words.ContainsKey("!") ? "Active" : "Disabled";
        }

        return row.Words.TryGetValue(text, out var word) ? word : row.Words.Count == 0 && row.Property.Words.Contains(text) ? text : null;
    }

    /// <summary>RFC 3339 with a zone, or seconds or milliseconds since 1970; a local time says nothing.</summary>
    private static DateTimeOffset? InstantOf(PropertyBag bag, int number)
    {
        if (bag.Text(number) is not { } text)
        {
            return null;
        }

        if (Instants.TryParse(text, out var instant))
        {
            return instant;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var since) && since is > 0 and < 253_402_300_799_000
            ? since < 253_402_300_799 && since < 20_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds((long)since) : DateTimeOffset.FromUnixTimeMilliseconds((long)since)
            : null;
    }
}
