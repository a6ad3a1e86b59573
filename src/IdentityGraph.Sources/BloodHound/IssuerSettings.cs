using System.Text.Json;
using IdentityGraph.Sources.Records;
using static IdentityGraph.Sources.BloodHound.JsonReading;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>What a certificate template says of the certificates issued by it. Null: not said, or said in two ways.</summary>
internal readonly record struct IssuerSettings
{
    /// <summary>Certificates for any purpose; also those that state none.</summary>
    private const string AnyPurpose = "2.5.29.37.0";

    /// <summary>Certificate request agent: its holder enrols in the name of others.</summary>
    private const string Agent = "1.3.6.1.4.1.311.20.2.1";

    /// <summary>Whether one signs in by it, to a domain or to a service.</summary>
    public bool? Authenticates { get; init; }

    /// <summary>Whether by it one enrols in the name of others.</summary>
    public bool IsForAgents { get; init; }

    /// <summary>Whether who enrols says whose name it bears.</summary>
    public bool? NamesSubject { get; init; }

    /// <summary>Whether it lacks the extension that ties it to the account that enrolled.</summary>
    public bool? IsUntied { get; init; }

    public static IssuerSettings Of(JsonValue json)
    {
        var properties = Member(json, "Properties");
        return new()
        {
            Authenticates = Flag(properties, "schannelauthenticationenabled") == true ? true : Flag(properties, "authenticationenabled"),
            IsForAgents = OffersAgents(Member(properties, "effectiveekus")) ?? OffersAgents(Member(properties, "ekus")) ?? false,
            NamesSubject = Flag(properties, "enrolleesuppliessubject"),
            IsUntied = Flag(properties, "nosecurityextension"),
        };
    }

    /// <summary>What a graph says that was made of such a file; where it says nothing of the purposes they may be any.</summary>
    /// <param name="flag">The flag of that name; null: not said.</param>
    /// <param name="list">The list of that name; null: not said.</param>
    public static IssuerSettings Of(Func<string, bool?> flag, Func<string, IReadOnlyList<string>?> list) => new()
    {
        Authenticates = flag("schannelauthenticationenabled") == true ? true : flag("authenticationenabled"),
        IsForAgents = (list("effectiveekus") ?? list("ekus")) is not { Count: > 0 } purposes || purposes.Any(IsForOthers),
        NamesSubject = flag("enrolleesuppliessubject"),
        IsUntied = flag("nosecurityextension"),
    };

    /// <summary>The same template described twice: what the two say differently is unknown.</summary>
    public IssuerSettings And(IssuerSettings other) => new()
    {
        Authenticates = Both(Authenticates, other.Authenticates),
        IsForAgents = IsForAgents || other.IsForAgents,
        NamesSubject = Both(NamesSubject, other.NamesSubject),
        IsUntied = Both(IsUntied, other.IsUntied),
    };

    /// <summary>Whether who has the use of the template could have a certificate that signs in as somebody else; false only where what it says rules it out.</summary>
    /// <param name="use">What the right lets do.</param>
    /// <param name="requestsNameSubject">Whether an authority that issues by it lets every request say whose name the certificate bears.</param>
    public bool Allows(TemplateUse use, bool requestsNameSubject) =>
        use == TemplateUse.Rewrite
        || IsForAgents
        || (Authenticates != false && (use == TemplateUse.Rename || requestsNameSubject || NamesSubject != false || IsUntied != false));

    private static bool? Both(bool? one, bool? other) => one is null || one == other ? other : other is null ? one : null;

    private static bool IsForOthers(string purpose) => purpose is AnyPurpose or Agent;

    private static bool? OffersAgents(JsonValue purposes)
    {
        if (purposes.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var isAny = true;
        foreach (var purpose in purposes.EnumerateArray())
        {
            isAny = false;
            if (purpose.GetString() is not { } said || IsForOthers(said))
            {
                return true;
            }
        }

        return isAny;
    }
}

/// <summary>What a right on a certificate template lets its holder do.</summary>
internal enum TemplateUse : byte
{
    /// <summary>Enrols by the template as it is.</summary>
    Enrol,

    /// <summary>Changes whose name certificates bear or who must approve them, not what they are for.</summary>
    Rename,

    /// <summary>Changes all of the template, what its certificates are for too.</summary>
    Rewrite,
}
