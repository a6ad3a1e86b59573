using System.Buffers;
using System.Text;
using System.Text.Json;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>
/// An object's id as bytes in a buffer that is reused, upper case: BloodHound compares ids without case and keeps them so.
/// </summary>
internal sealed class ObjectId
{
    /// <summary>Longest id kept, in bytes; what is longer does not fit into ours anyway.</summary>
    private const int Longest = 2_048;

    private static readonly SearchValues<byte> s_controls = SearchValues.Create([.. Enumerable.Range(0, 32).Select(i => (byte)i), 0x7F]);

    private byte[] _bytes = new byte[128];
    private byte[] _said = new byte[128];
    private int _saidLength;

    /// <summary>0 where there is none.</summary>
    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public override string ToString() => Encoding.UTF8.GetString(Bytes);

    public ReadOnlySpan<byte> SaidBytes => _said.AsSpan(0, _saidLength);

    /// <summary>As the file says it, in its own case.</summary>
    public string Said => Encoding.UTF8.GetString(_said, 0, _saidLength);

    public void Clear() => Length = _saidLength = 0;

    /// <summary>Reads a text or number.</summary>
    /// <returns>What is wrong with it.</returns>
    public Breach Read(JsonValue json)
    {
        Clear();
        if (json.ValueKind == JsonValueKind.Number)
        {
            // One number is one id, however it is written.
            return Breach.IdNotText | (json.Bytes.ContainsAnyExceptInRange((byte)'0', (byte)'9') && DecimalText.Find(json.GetRawText()) is { } number ? Take(Encoding.UTF8.GetBytes(number), json.Bytes) : Take(json.Bytes, json.Bytes));
        }

        if (json.ValueKind != JsonValueKind.String)
        {
            return Breach.None;
        }

        if (!json.IsEscaped && Ascii.IsValid(json.Bytes))
        {
            return Take(json.Bytes, json.Bytes);
        }

        return json.GetString() is { } text ? Read(text) : Breach.InvalidText;
    }

    /// <summary>Takes a text over.</summary>
    public Breach Read(string text)
    {
        Clear();
        return Take(Encoding.UTF8.GetBytes(text.Trim().ToUpperInvariant()), Encoding.UTF8.GetBytes(text));
    }

    private Breach Take(ReadOnlySpan<byte> text, ReadOnlySpan<byte> said)
    {
        text = Trim(text);
        if (text.Length > Longest || said.Length > 2 * Longest)
        {
            return Breach.IdTooLong;
        }

        if (text.Length > _bytes.Length)
        {
            _bytes = new byte[text.Length * 2];
        }

        if (said.Length > _said.Length)
        {
            _said = new byte[said.Length * 2];
        }

        said.CopyTo(_said);
        (_saidLength, Length) = (said.Length, text.Length);
        if (Ascii.ToUpper(text, _bytes, out _) != OperationStatus.Done)
        {
            // Texts beyond ASCII come in capitals already.
            text.CopyTo(_bytes);
        }

        return Bytes.ContainsAny(s_controls) ? Breach.ControlCharacter : Breach.None;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        while (text.Length > 0 && text[0] == ' ')
        {
            text = text[1..];
        }

        while (text.Length > 0 && text[^1] == ' ')
        {
            text = text[..^1];
        }

        return text;
    }
}
