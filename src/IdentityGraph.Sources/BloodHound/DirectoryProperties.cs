using System.Text.Json;
using IdentityGraph.Sources.Records;
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
    public static DirectoryProperties Of(JsonValue json)
    {
        var properties = json["Properties"u8];
        JsonValue name = default, domain = default, gmsa = default, msa = default, email = default, admin = default, enabled = default, own = default, replicated = default;
        foreach (var property in properties.EnumerateObject())
        {
            var said = property.PlainName;
            switch (said.Length)
            {
                case 3 when said.SequenceEqual("msa"u8):
                    msa = property.Value;
                    break;
                case 4 when said.SequenceEqual("name"u8):
                    name = property.Value;
                    break;
                case 4 when said.SequenceEqual("gmsa"u8):
                    gmsa = property.Value;
                    break;
                case 5 when said.SequenceEqual("email"u8):
                    email = property.Value;
                    break;
                case 7 when said.SequenceEqual("enabled"u8):
                    enabled = property.Value;
                    break;
                case 9 when said.SequenceEqual("domainsid"u8):
                    domain = property.Value;
                    break;
                case 9 when said.SequenceEqual("lastlogon"u8):
                    own = property.Value;
                    break;
                case 10 when said.SequenceEqual("admincount"u8):
                    admin = property.Value;
                    break;
                case 18 when said.SequenceEqual("lastlogontimestamp"u8):
                    replicated = property.Value;
                    break;
                default:
                    break;
            }
        }

        return new()
        {
            IsCollected = properties.ValueKind == JsonValueKind.Object,
            IsDeleted = Flag(json, "IsDeleted") == true,
            Name = Plain(name),
            DomainSid = Upper(Plain(domain) ?? ""),
            IsServiceAccount = gmsa.ValueKind == JsonValueKind.True || msa.ValueKind == JsonValueKind.True,
            Email = Plain(email),
            AdminCount = Flag(admin),
            Enabled = Flag(enabled),
            LastLogon = Time(own),
            LastLogonTimestamp = Time(replicated),
        };
    }

    private static long? Time(JsonValue json) => Seconds(json.TryGetInt64(out var seconds) ? seconds : null);

    /// <summary>What can be a time: none beyond the year 9999.</summary>
    public static long? Seconds(double? said) => said is >= -1 and <= 253_402_300_799 ? (long)said : null;
}
