using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// Policy documents, each kept once however many principals, pages and accounts repeat it: memory and decisions grow with what is said,
/// not with how often.
/// </summary>
internal sealed class DocumentPool
{
    private readonly Dictionary<UInt128, PolicyDocument> _documents = [];

    public PolicyDocument Read(JsonElement json)
    {
        if (json.ValueKind is not (JsonValueKind.Object or JsonValueKind.String))
        {
            return PolicyReading.Read(json);
        }

        var digest = DigestOf(json);
        if (!_documents.TryGetValue(digest, out var document))
        {
            _documents.Add(digest, document = PolicyReading.Read(json));
        }

        return document;
    }

    /// <summary>Stands for the text as written; half of a SHA-256, so that nobody can make two texts one.</summary>
    public static UInt128 DigestOf(JsonElement json)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(JsonMarshal.GetRawUtf8Value(json), digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }
}
