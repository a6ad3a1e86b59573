using System.Globalization;
using System.Xml;
using IdentityGraph.Analyze.Ownership;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;
using YamlDotNet.RepresentationModel;

namespace IdentityGraph.Cli.Assertions;

/// <summary>A policy file: claims to be held against an estate, as <see cref="PolicySchema"/> says they are written.</summary>
internal sealed record PolicyFile
{
    public required AssertQuestion Question { get; init; }

    /// <summary>Every source must be complete and fresh.</summary>
    public required bool RequireComplete { get; init; }

    /// <summary>How old a source's last complete reading may be; null: any age.</summary>
    public required TimeSpan? MaxAge { get; init; }

    /// <exception cref="ConfigurationException">It is not written so; the message names line, key and the way out.</exception>
    public static PolicyFile Read(string path)
    {
        var members = new YamlMembers(path, YamlMembers.Root(path, "policy file", "`policy` and `assertions`"), PolicySchema.File.Names);
        members.OptionalText("story");
        var claims = members.List("assertions").Select(claim => Claim(path, claim)).ToList();
        return new PolicyFile
        {
            Question = new AssertQuestion
            {
                Title = members.Text("policy"),
                Assertions = claims.Count > 0 ? claims : throw members.Fault("assertions", "a policy without a claim holds whatever happens; write at least one"),
                AllowPossible = members.Flag("allowPossible"),
            },
            RequireComplete = members.Flag("requireComplete"),
            MaxAge = members.OptionalText("maxAge") is { } age ? Duration(members, age) : null,
        };
    }

    private static Assertion Claim(string path, YamlNode node)
    {
        if (node is not YamlMappingNode mapping)
        {
            throw new ConfigurationException($"`{path}` line {node.Start.Line}: a claim is written as `assert: no-path`, `from:`, `to:`");
        }

        var word = mapping.Children.TryGetValue(new YamlScalarNode("assert"), out var said) ? said.ToString() : null;
        string[] words = [.. PolicySchema.Claims.Select(static claim => claim.Name)];
        var part = PolicySchema.Claims.FirstOrDefault(claim => claim.Name == word)
            ?? throw new ConfigurationException($"`{path}` line {node.Start.Line}: {(word is null ? "`assert` is missing" : $"`assert: {word}` is not known")}; {YamlMembers.Nearer(word ?? "", words)}");
        var members = new YamlMembers(path, mapping, part.Names);
        return word switch
        {
            "no-path" => new NoPathAssertion
            {
                Name = members.OptionalText("name"),
                Profile = Profile(members),
                From = Chosen(path, members, "from"),
                To = Chosen(path, members, "to"),
                Level = Level(members),
                Each = members.Flag("each"),
            },
            "max-blast" => Blast(path, members),
            "no-orphans" => new NoOrphansAssertion
            {
                Name = members.OptionalText("name"),
                Kinds = Kinds(members, [.. Owners.Kinds.Select(static kind => kind.Name)]),
                Except = members.Texts("except"),
            },
            _ => new NoLiveLeaverAssertion
            {
                Name = members.OptionalText("name"),
                Persons = members.Texts("persons"),
                Except = members.Texts("except"),
            },
        };
    }

    private static MaxBlastAssertion Blast(string path, YamlMembers members)
    {
        var limits = Limits(members);
        Dictionary<int, BlastLimits> tiers = [];
        BlastLimits? unknown = null;
        if (members.Find("perTier") is { } perTier)
        {
            var mapping = perTier as YamlMappingNode ?? throw members.Fault("perTier", "`perTier` holds tiers, each with limits");
            foreach (var (key, value) in mapping.Children)
            {
                var its = Limits(new YamlMembers(path, value as YamlMappingNode ?? throw members.Fault("perTier", $"tier `{key}` has no limits; write `{key}: {{share: 0.1}}`"), PolicySchema.Limits.Names))
                    ?? throw members.Fault("perTier", $"tier `{key}` has no limit; write at least one of {string.Join(", ", PolicySchema.Limits.Names)}");
                if (key.ToString() == "unknown")
                {
                    unknown = its;
                }
                else
                {
                    tiers[int.TryParse(key.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var tier) ? tier : throw members.Fault("perTier", $"`{key}` is no tier; write a whole number, or unknown")] = its;
                }
            }
        }

        return new MaxBlastAssertion
        {
            Name = members.OptionalText("name"),
            Profile = Profile(members),
            Of = Chosen(path, members, "of"),
            Together = members.Flag("together"),
            Limits = limits is not null || tiers.Count > 0 || unknown is not null ? limits : throw members.Fault("assert", $"nothing is limited; write at least one of {string.Join(", ", PolicySchema.Limits.Names)} or perTier"),
            PerTier = tiers,
            UnknownTier = unknown,
        };
    }

    private static BlastLimits? Limits(YamlMembers members)
    {
        var limits = new BlastLimits(Count(members, "nodes"), Number(members, "score"), Number(members, "share", 1), Count(members, "crownJewels"));
        return limits == new BlastLimits() ? null : limits;
    }

    private static Chosen Chosen(string path, YamlMembers members, string name)
    {
        if (members.Find(name) is not YamlMappingNode described)
        {
            return new Chosen { Ids = members.Texts(name) is { Count: > 0 } ids ? ids : throw members.Fault(name, $"`{name}` is missing; write an id, a list of ids, or a description such as {{kinds: [Account]}}") };
        }

        var inner = new YamlMembers(path, described, PolicySchema.Chosen.Names);
        var chosen = new Chosen
        {
            Ids = inner.Texts("ids"),
            Kinds = Kinds(inner, [.. NodeKind.All.Select(static kind => kind.Name)]),
            NonHuman = inner.Flag("nonHuman"),
            Tier = Count(inner, "tier"),
            CrownJewels = inner.Flag("crownJewels"),
            Except = inner.Texts("except"),
        };
        return chosen.Ids.Count > 0 || chosen.Kinds.Count > 0 || chosen.NonHuman || chosen.Tier is not null || chosen.CrownJewels
            ? chosen
            : throw members.Fault(name, $"`{name}` describes nothing; write at least one of ids, kinds, nonHuman, tier, crownJewels");
    }

    private static IReadOnlyList<string> Kinds(YamlMembers members, IReadOnlyCollection<string> known)
    {
        var kinds = members.Texts("kinds");
        foreach (var kind in kinds.Where(kind => !known.Contains(kind)))
        {
            throw members.Fault("kinds", $"`{kind}` is no kind that is judged here; {YamlMembers.Nearer(kind, known)}");
        }

        return kinds;
    }

    private static AttackerProfile? Profile(YamlMembers members) => members.OptionalText("profile") is not { } text ? null
        : AttackerProfile.Parse(text) ?? throw members.Fault("profile", $"`{text}` is no profile; say ExternalBearer, Insider, VendorInfra(v) or Leaver");

    private static Level? Level(YamlMembers members) => members.OptionalText("level") is not { } text ? null
        : RightsLogic.TryParseLevel(text, out var level) && level != Graph.Level.L0 ? level
        : throw members.Fault("level", $"`{text}` is no level to be kept from; write L1 to L6");

    private static int? Count(YamlMembers members, string name) => members.OptionalText(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count
        : throw members.Fault(name, $"`{name}` cannot be `{text}`; write a whole number from 0 on");

    private static double? Number(YamlMembers members, string name, double most = double.MaxValue) => members.OptionalText(name) is not { } text ? null
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= most ? number
        : throw members.Fault(name, $"`{name}` cannot be `{text}`; write a number from 0 {(most == 1 ? "to 1" : "on")}");

    private static TimeSpan Duration(YamlMembers members, string text)
    {
        try
        {
            return XmlConvert.ToTimeSpan(text) is var span && span > TimeSpan.Zero ? span : throw new FormatException();
        }
        catch (Exception unreadable) when (unreadable is FormatException or OverflowException)
        {
            throw members.Fault("maxAge", $"`maxAge` cannot be `{text}`; write an ISO 8601 duration such as P7D");
        }
    }
}
