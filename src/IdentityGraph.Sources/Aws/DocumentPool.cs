using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// Policy documents, each kept once however many principals, pages and accounts repeat it: memory and decisions grow with what is said,
/// not with how often. The texts are not kept, save those of so many bytes that the common ones are told by at once.
/// </summary>
internal sealed class DocumentPool
{
    private const long MostBytes = 8 << 20;

    private const long MostTexts = 2 << 20;

    private readonly Utf8Pool<PolicyDocument> _byText = new(MostBytes);

    /// <summary>By digest, in parts, so that one that grows is small beside all of them.</summary>
    private readonly Dictionary<UInt128, PolicyDocument>[] _documents = new Dictionary<UInt128, PolicyDocument>[256];
    private readonly PolicyWords _words = new();
    private readonly PackedPolicies _packed = new();
    private readonly Utf8Pool<string> _texts = new(MostTexts);
    private readonly Utf8Pool<InlineList> _inline = new(MostBytes);
    private readonly Utf8Pool<NamedList> _attached = new(MostTexts);
    private readonly Utf8Pool<NamedList> _names = new(MostTexts);
    private readonly Utf8Pool<TagList> _tags = new(MostTexts);
    private readonly EntryMembers _part = new();
    private readonly Utf8Pool<NamedList> _profiles = new(MostTexts);

    /// <summary>The inline policies of a list.</summary>
    /// <param name="list">A list.</param>
    /// <param name="isKnown">Made false where another list that says the same would be another object.</param>
    public InlineList Inline(JsonValue list, ref bool isKnown)
    {
        var bytes = list.Raw;
        if (_inline.TryGet(bytes, out var same))
        {
            same.Meet();
            return same;
        }

        same = ReadInline(list);
        isKnown &= _inline.Keep(bytes, same);
        return same;
    }

    /// <summary>ARNs of attached policies, each once.</summary>
    public NamedList Attached(JsonValue list, ref bool isKnown) =>
        Same(_attached, list, ref isKnown, static (json, pool) => NamedList.Read(json, "PolicyArn"u8, pool) is var read && read.Names.Length > 1 ? read with { Names = [.. read.Names.Distinct(StringComparer.Ordinal)] } : read);

    /// <summary>Names of groups.</summary>
    public NamedList Names(JsonValue list, ref bool isKnown) => Same(_names, list, ref isKnown, static (json, pool) => NamedList.Read(json, [], pool).Hidden());

    /// <summary>Names of instance profiles.</summary>
    public NamedList Profiles(JsonValue list, ref bool isKnown) => Same(_profiles, list, ref isKnown, static (json, pool) => NamedList.Read(json, "InstanceProfileName"u8, pool).Hidden());

    /// <summary>As <see cref="Aws.Tags"/> reads them.</summary>
    public string? Tags(JsonValue list)
    {
        if (list.ValueKind == JsonValueKind.Undefined)
        {
            return null;
        }

        var isKnown = true;
        return Same(_tags, list, ref isKnown, static (json, _) => new TagList(Aws.Tags.Read(json))).Text;
    }

    public PolicyDocument Read(JsonValue json)
    {
        var isKnown = true;
        return Read(json, ref isKnown);
    }

    public PolicyDocument Read(JsonValue json, ref bool isKnown)
    {
        if (json.ValueKind is not (JsonValueKind.Object or JsonValueKind.String))
        {
            isKnown = false;
            return PolicyReading.Read(json, _words);
        }

        var text = json.Raw;
        if (_byText.TryGet(text, out var document))
        {
            document.IsShared = true;
            return document;
        }

        var digest = DigestOf(json);
        var documents = _documents[(int)(digest >> 120)] ??= [];
        if (documents.TryGetValue(digest, out document))
        {
            document.IsShared = true;
        }
        else
        {
            documents.Add(digest, document = _packed.Packed(PolicyReading.Read(json, _words)));
        }

        isKnown &= _byText.Keep(text, document);
        return document;
    }

    /// <summary>The text of a member, one for all that are the same: names of groups and policies, which many identities repeat. Null where it is no text.</summary>
    public string? Same(JsonValue json)
    {
        if (json.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var bytes = json.Raw;
        if (_texts.TryGet(bytes, out var same))
        {
            return same;
        }

        if (json.GetString() is { } text)
        {
            _texts.Keep(bytes, text);
            return text;
        }

        return null;
    }

    private InlineList ReadInline(JsonValue list)
    {
        var (policies, at, hides) = (new InlinePolicy[list.GetArrayLength()], 0, default(string));
        foreach (var policy in list.EnumerateArray())
        {
            _part.Read(policy);
            var given = Same(_part[EntryMember.PolicyName]);
            hides ??= given is null ? null : SecretLooking.Find(given);
            var name = given is not null && SecretLooking.Find(given) is null ? given : $"#{at}";
            policies[at++] = new InlinePolicy(name, _part.Odd is { } why ? PolicyReading.Unreadable(why) : Read(_part[EntryMember.PolicyDocument]));
        }

        return new InlineList(policies, hides);
    }

    private T Same<T>(Utf8Pool<T> pool, JsonValue list, ref bool isKnown, Func<JsonValue, DocumentPool, T> read)
        where T : class
    {
        var bytes = list.Raw;
        if (!pool.TryGet(bytes, out var same))
        {
            same = read(list, this);
            isKnown &= pool.Keep(bytes, same);
        }

        return same;
    }

    private sealed record TagList(string? Text);

    /// <summary>Stands for the text as written; half of a SHA-256, so that nobody can make two texts one.</summary>
    public static UInt128 DigestOf(JsonValue json)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(json.Raw, digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }
}
