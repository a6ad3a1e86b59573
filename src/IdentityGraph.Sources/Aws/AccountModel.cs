using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws;

/// <summary>A policy of its own, attached by its ARN.</summary>
internal sealed record ManagedPolicy
{
    public required string Arn { get; init; }

    public required HeldPolicy Held { get; init; }

    /// <summary>The version in force, such as v3.</summary>
    public string? Version { get; init; }

    /// <summary>How many versions the files hold; those not in force can be put in force.</summary>
    public int Versions { get; init; }

    public bool HasOtherVersions => Versions > 1;

    /// <summary>How often the service says it is attached; null: not said.</summary>
    public long? AttachmentCount { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Whether the account itself made it, and can change it.</summary>
    public bool IsOwn => !Iam.Arn.AccountOf(Arn).SequenceEqual("aws");

    /// <summary>Whether another entry of the same ARN gives the same.</summary>
    public bool GivesTheSameAs(ManagedPolicy other) => ReferenceEquals(Held.Document, other.Held.Document) && Versions == other.Versions && Version == other.Version;
}

/// <summary>A level of the organization above an account, with the service control policies attached to it.</summary>
/// <param name="Account">The account it is about; null: every account.</param>
/// <param name="Target">Id of the root, unit or account.</param>
/// <param name="Policies">One of them must allow.</param>
internal sealed record ControlLevel(string? Account, string Target, IReadOnlyList<HeldPolicy> Policies);

/// <summary>What the files say of one account.</summary>
internal sealed class AccountModel(AwsIds ids)
{
    private static readonly PolicyDocument s_missing = new([new PolicyStatement { Index = 0, Denies = false, About = ActionPatterns.None, Problem = "it is not in the files" }]);

    private readonly Dictionary<string, int> _groupsByName = new(StringComparer.OrdinalIgnoreCase);

    public AwsIds Ids { get; } = ids;

    /// <summary>What ARNs of its users and roles begin with, as UTF-8, where nothing in that can look like a secret; empty: it might.</summary>
    public byte[] Head { get; } = ids.Partition == "aws" ? Encoding.UTF8.GetBytes($"arn:aws:iam::{ids.Account}:") : [];

    /// <summary>By ARN; what comes twice is one.</summary>
    public IdentityTable<IamUser> Users { get; } = new(ids, "user");

    public IdentityTable<IamGroup> Groups { get; } = new(ids, "group");

    public IdentityTable<IamRole> Roles { get; } = new(ids, "role");

    /// <summary>What any of them has, kept once.</summary>
    public HoldingsPool HoldingsPool { get; } = new();

    /// <summary>What each of them has.</summary>
    public IEnumerable<Holdings> Holdings => Users.Holdings.Concat(Groups.Holdings).Concat(Roles.Holdings);

    /// <summary>The same, each once where the tables know it.</summary>
    public IEnumerable<Holdings> DistinctHoldings => Users.DistinctHoldings.Concat(Groups.DistinctHoldings).Concat(Roles.DistinctHoldings);

    public Dictionary<string, ManagedPolicy> Policies { get; } = new(StringComparer.Ordinal);

    /// <summary>The first file it was read in.</summary>
    public string Where => Pages.Count == 0 ? "" : Pages.First().File;

    /// <summary>The same as evidence.</summary>
    public IReadOnlyList<EvidenceRef> Evidence => field ??= [new EvidenceRef(Where)];

    public IReadOnlyList<ControlLevel> Levels { get; set; } = [];

    /// <summary>What is certain of every request, see <see cref="ConditionReading.NotBefore"/>.</summary>
    public IReadOnlyDictionary<string, string> Known { get; set; } = new Dictionary<string, string>();

    /// <summary>The same with what is certain of a request of any of its principals.</summary>
    public IReadOnlyDictionary<string, string> OfPrincipals => field ??= RequestKeys.Of(Known, Ids.Account);

    /// <summary>When it was read; null: not known.</summary>
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>Elements read, by the name of their list.</summary>
    public Dictionary<string, long> Counts { get; } = new(StringComparer.Ordinal);

    /// <summary>The pages they were on.</summary>
    public HashSet<(string File, int Page)> Pages { get; } = [];

    /// <summary>The service control policies above it by level; those that bind nobody are left out.</summary>
    public IReadOnlyList<IReadOnlyList<HeldPolicy>> Binding => field ??=
        [.. Levels.Select(level => level.Policies).Where(level => !level.Any(policy => policy.Document.AllowsEverything) || level.Any(policy => policy.Document.HasDeny || policy.Document.HasProblems))];

    /// <summary>The group of the name, whatever its letters; null: the files describe none.</summary>
    public IamGroup? GroupNamed(string name) => _groupsByName.TryGetValue(name, out var at) ? Groups.At(at) : null;

    /// <summary>Whether the files describe no group of the name, though users are in it.</summary>
    public bool LacksGroup(string name) => !_groupsByName.TryGetValue(name, out var at) || Groups.IsOddAt(at);

    public bool HasGroupNamed(string name) => _groupsByName.ContainsKey(name);

    /// <summary>Finds the group by the name; of several of one name the last.</summary>
    public void Name(string name, int group) => _groupsByName[name] = group;

    /// <summary>A policy that the files do not hold may say anything.</summary>
    public HeldPolicy Managed(string arn) =>
        Policies.TryGetValue(arn, out var policy) ? policy.Held : new HeldPolicy(Hidden.Unless(arn), new Place(Hidden.Unless(arn)), s_missing, Ids.Policy(arn)) { IsMissing = true };
}
