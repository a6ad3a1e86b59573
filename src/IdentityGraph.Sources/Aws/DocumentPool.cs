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

    private const int MostTexts = 50_000;

    private readonly Utf8Pool<PolicyDocument> _byText = new(MostBytes);
    private readonly Dictionary<UInt128, PolicyDocument> _documents = [];
    private readonly PolicyWords _words = new();
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

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

    /// <summary>One text for all that are the same: names of groups and policies, which many identities repeat.</summary>
    public string Same(string text)
    {
        if (_texts.TryGetValue(text, out var same))
        {
            return same;
        }

        if (_texts.Count < MostTexts)
        {
            _texts.Add(text);
        }

        return text;
    }

    /// <summary>Stands for the text as written; half of a SHA-256, so that nobody can make two texts one.</summary>
    public static UInt128 DigestOf(JsonElement json)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(JsonMarshal.GetRawUtf8Value(json), digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }
}
