using System.Text.Json;
using static IdentityGraph.Sources.BloodHound.JsonReading;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>What is read of an object's properties, whichever file states them. Null: not said.</summary>
internal readonly record struct DirectoryProperties
{
    /// <summary>Whether the object itself was read; false where only a link names it.</summary>
    public bool IsCollected { get; init; }

    public bool IsDeleted { get; init; }

    public string? Name { get; init; }

    /// <summary>Upper case; "" where it is not said.</summary>
    public string DomainSid { get => field ?? ""; init; }

    /// <summary>Managed service accounts; an ordinary user with a service principal name may be anybody's.</summary>
    public bool IsServiceAccount { get; init; }

    public string? Email { get; init; }

    public bool? AdminCount { get; init; }

    public bool? Enabled { get; init; }

    /// <summary>Seconds since 1970; 0 or −1: none was seen.</summary>
    public long? LastLogon { get; init; }

    /// <inheritdoc cref="LastLogon"/>
    public long? LastLogonTimestamp { get; init; }

    /// <summary>Of an object in a file of SharpHound's; undefined: nothing is known.</summary>
    public static DirectoryProperties Of(JsonElement json)
    {
        var properties = Member(json, "Properties");
        return new()
        {
            IsCollected = properties.ValueKind == JsonValueKind.Object,
            IsDeleted = Flag(json, "IsDeleted") == true,
            Name = Text(properties, "name"),
            DomainSid = Identifier(properties, "domainsid"),
            IsServiceAccount = Flag(properties, "gmsa") == true || Flag(properties, "msa") == true,
            Email = Text(properties, "email"),
            AdminCount = Flag(properties, "admincount"),
            Enabled = Flag(properties, "enabled"),
            LastLogon = Seconds(Member(properties, "lastlogon") is { ValueKind: JsonValueKind.Number } own && own.TryGetInt64(out var seconds) ? seconds : null),
            LastLogonTimestamp = Seconds(Member(properties, "lastlogontimestamp") is { ValueKind: JsonValueKind.Number } other && other.TryGetInt64(out var replicated) ? replicated : null),
        };
    }

    /// <summary>What can be a time: none beyond the year 9999.</summary>
    public static long? Seconds(double? said) => said is >= -1 and <= 253_402_300_799 ? (long)said : null;
}
