using System.Text.Json;

namespace IdentityGraph.Sources.Records;

/// <summary>One value of a <see cref="JsonTree"/>, or the name of a member, which stands before its value.</summary>
/// <param name="Start">Position of its first byte; of a text or name, of the byte behind the quote.</param>
/// <param name="Length">Bytes as they are written; of a text or name, between its quotes.</param>
/// <param name="Next">Of a value: number of the token behind it and all that is in it. Of a name: <see cref="JsonRepeats.Hash"/> of its bytes.</param>
/// <param name="Kind">What it is; <see cref="JsonValueKind.Undefined"/> for a name.</param>
/// <param name="IsEscaped">Whether a text or name holds a backslash.</param>
internal readonly record struct JsonToken(int Start, int Length, int Next, JsonValueKind Kind, bool IsEscaped);
