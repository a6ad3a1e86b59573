using IdentityGraph.Graph;
using IdentityGraph.Sources.Azure;
using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>What the kinds of a node make of it.</summary>
/// <param name="Number">Position in <see cref="ObjectKinds"/>.</param>
/// <param name="Label">The kind that says most, as the file says it; "" where none is said.</param>
/// <param name="All">Every kind said.</param>
/// <param name="Ours">The kind of node it becomes; Application where no row has it, Unknown where no kind is said.</param>
/// <param name="Stream">The stream its facts belong to.</param>
/// <param name="Row">Its row; null: none.</param>
/// <param name="Directory">What it is in Active Directory; null: it is elsewhere.</param>
internal sealed record ObjectKind(int Number, string Label, IReadOnlyList<string> All, NodeKind Ours, string Stream, NodeRow? Row, DirectoryKind? Directory)
{
    /// <summary>What it is in Entra or Azure; null: it is elsewhere.</summary>
    public AzureKind? Azure { get; init; }

    /// <summary><see cref="All"/>, and what other nodes of the same id say: what ends may call it.</summary>
    public IReadOnlyList<string> Said { get => field ?? All; init; }

    /// <summary>Whether nobody knows what it is: it stays generic.</summary>
    public bool IsGeneric => Row is null && Directory is null && Azure is null;

    /// <summary>Whether any of its kinds is of BloodHound's Azure schema.</summary>
    public bool IsAzure { get; } = All.Any(ObjectIds.IsAzure);

    /// <summary>Whether any of its kinds is neither the directory's nor a tag: its node is nobody's though its id be a SID.</summary>
    public bool IsForeign { get; } = All.Any(static kind => kind != "Base" && ObjectKinds.DirectoryOf(kind) == DirectoryKind.Base && !kind.StartsWith("Tag_", StringComparison.Ordinal));

    /// <summary>Acts by itself.</summary>
    public bool IsPrincipal { get; } = Ours.IsPrincipal;

    /// <summary>Hands its rights to members.</summary>
    public bool IsBundle { get; } = Ours == NodeKinds.Group || Ours == NodeKinds.Role || Ours == NodeKinds.Entitlement;

    /// <summary>What rights can be held on.</summary>
    public bool IsPlace { get; } = Ours == NodeKinds.Resource || Ours == NodeKinds.System || Ours == NodeKinds.Application || Ours == NodeKinds.Unknown;
}

/// <summary>Every set of kinds met, numbered; a file that makes up more than <see cref="Most"/> of them has the others as one.</summary>
internal sealed class ObjectKinds
{
    public const int Most = 10_000;

    /// <summary>Stream of what no table has.</summary>
    public const string GenericStream = "opengraph";

    /// <summary>Stream of what BloodHound itself knows of Active Directory.</summary>
    public const string DirectoryStream = "activedirectory";

    /// <summary>Stream of BloodHound's Azure schema.</summary>
    public const string AzureStream = "azure";

    private readonly Dictionary<string, ObjectKind> _bySet = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ObjectKind> _bySingle = new(StringComparer.Ordinal);
    private readonly List<ObjectKind> _all = [];
    private string[] _last = [];
    private ObjectKind? _lastKind;

    public ObjectKinds() => None = Add("", []);

    /// <summary>Of an object whose kind nobody said.</summary>
    public ObjectKind None { get; }

    public ObjectKind this[int number] => _all[number];

    /// <summary>Of one kind alone, as ends say it.</summary>
    public ObjectKind Of(string kind)
    {
        if (!_bySingle.TryGetValue(kind, out var known))
        {
            known = Of([kind]);
            if (_bySingle.Count < Most)
            {
                _bySingle.Add(kind, known);
            }
        }

        return known;
    }

    public ObjectKind Of(IReadOnlyList<string> kinds)
    {
        if (_lastKind is not null && kinds.SequenceEqual(_last))
        {
            return _lastKind;
        }

        var set = string.Join('\n', kinds);
        if (!_bySet.TryGetValue(set, out var kind))
        {
            kind = _all.Count < Most ? Add(set, [.. kinds]) : None;
        }

        (_last, _lastKind) = ([.. kinds], kind);
        return kind;
    }

    /// <summary>Whether some sets of kinds are not told apart, because there are too many.</summary>
    public bool IsFull => _all.Count >= Most;

    /// <summary>The same kind, also called what another node of the same id is called.</summary>
    public ObjectKind Also(ObjectKind known, IReadOnlyList<string> kinds)
    {
        const int most = 100;
        if (kinds.All(known.Said.Contains) || known.Said.Count >= most)
        {
            return known;
        }

        var said = known.Said.Union(kinds).ToArray();
        var set = string.Join('\n', known.All) + "\n\n" + string.Join('\n', said);
        if (!_bySet.TryGetValue(set, out var both) && !IsFull)
        {
            both = known with { Number = _all.Count, Said = said };
            _all.Add(both);
            _bySet[set] = both;
        }

        return both ?? known;
    }

    private ObjectKind Add(string set, string[] kinds)
    {
        var kind = Make(_all.Count, kinds);
        _all.Add(kind);
        _bySet[set] = kind;
        return kind;
    }

    private static ObjectKind Make(int number, string[] kinds)
    {
        foreach (var said in kinds)
        {
            if (ExtensionTables.FindNode(said) is (var table, var row))
            {
                return new(number, said, kinds, row.Ours, table.Name, row, null);
            }
        }

        foreach (var said in kinds)
        {
            if (AzureKinds.Parse(said) is { } azure && (azure != AzureKind.Base || kinds.Length == 1))
            {
                return new(number, said, kinds, azure.NodeKind(), AzureStream, null, null) { Azure = azure };
            }
        }

        if (kinds.Contains("Base", StringComparer.Ordinal))
        {
            var directory = kinds.Select(DirectoryOf).FirstOrDefault(kind => kind != DirectoryKind.Base);
            if (directory != DirectoryKind.Base || kinds.Length == 1)
            {
                return new(number, directory.ToString(), kinds, DirectoryIds.KindOf(directory), DirectoryStream, null, directory);
            }
        }

        // An application can be used and acts as others, as far as anybody knows: without a state nothing about it is certain.
        return new(number, kinds.FirstOrDefault(IsTelling) ?? kinds.FirstOrDefault() ?? "", kinds, kinds.Length == 0 ? NodeKinds.Unknown : NodeKinds.Application, GenericStream, null, null);
    }

    /// <summary>BloodHound's own word for an object of the directory; anything else is <see cref="DirectoryKind.Base"/>.</summary>
    public static DirectoryKind DirectoryOf(string kind) => kind == "ADLocalGroup" ? DirectoryKind.LocalGroup : DirectoryKinds.OfWord(kind);

    /// <summary>Not a tag, nor the base kind that every node of a source bears.</summary>
    private static bool IsTelling(string kind) => kind.Length > 0 && !kind.StartsWith("Tag_", StringComparison.Ordinal) && !kind.EndsWith("Base", StringComparison.Ordinal);
}
