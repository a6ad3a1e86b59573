using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// Policy documents, each kept once however many principals, pages and accounts repeat it: memory and decisions grow with what is said,
/// not with how often. The texts are not kept, save those of so many bytes that the common ones are told by at once.
/// </summary>
internal sealed class DocumentPool
{
    private const long MostBytes = 16 << 20;

    private const long MostTexts = 2 << 20;

    private readonly Utf8Pool<PolicyDocument> _byText = new(MostBytes);
    private readonly Dictionary<UInt128, PolicyDocument> _documents = [];
    private readonly PolicyWords _words = new();
    private readonly Utf8Pool<string> _texts = new(MostTexts);

    public PolicyDocument Read(JsonElement json)
    {
        if (json.ValueKind is not (JsonValueKind.Object or JsonValueKind.String))
        {
            return PolicyReading.Read(json, _words);
        }

        var text = JsonMarshal.GetRawUtf8Value(json);
        if (_byText.TryGet(text, out var document))
        {
            document.IsShared = true;
            return document;
        }

        var digest = DigestOf(json);
        if (_documents.TryGetValue(digest, out document))
        {
            document.IsShared = true;
        }
        else
        {
            _documents.Add(digest, document = PolicyReading.Read(json, _words));
        }

        _byText.Keep(text, document);
        return document;
    }

    /// <summary>The text of a member, one for all that are the same: names of groups and policies, which many identities repeat. Null where it is no text.</summary>
    public string? Same(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var bytes = JsonMarshal.GetRawUtf8Value(json);
        if (_texts.TryGet(bytes, out var same))
        {
            return same;
        }

        if (BloodHound.JsonReading.Plain(json) is { } text)
        {
            _texts.Keep(bytes, text);
            return text;
        }

        return null;
    }

    /// <summary>Stands for the text as written; half of a SHA-256, so that nobody can make two texts one.</summary>
    public static UInt128 DigestOf(JsonElement json)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(JsonMarshal.GetRawUtf8Value(json), digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }
}
