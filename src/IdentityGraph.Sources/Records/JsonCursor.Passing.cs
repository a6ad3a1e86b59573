using System.Text.Json;

namespace IdentityGraph.Sources.Records;

/// <summary>Going past values that nobody reads.</summary>
internal sealed partial class JsonCursor
{
    /// <summary>Passes over the next value without holding it; it must be JSON, of whatever size.</summary>
    /// <exception cref="JsonException">Not JSON, or cut off.</exception>
    public void Skip(CancellationToken cancellationToken)
    {
        if (!Enter(out var isObject, cancellationToken))
        {
            return;
        }

        var proof = new JsonProof(isObject);
        int length;
        while ((length = proof.Pass(_buffer.AsSpan(_start, _end - _start))) == JsonProof.CutOff)
        {
            GoOn(cancellationToken);
        }

        if (length == JsonProof.Odd)
        {
            throw new JsonException($"what stands here is no JSON (at byte {_passed + _start + proof.At})");
        }

        _start += length;
    }

    /// <summary>Passes over the next value by its brackets alone, many times quicker: for what is read whole another time.</summary>
    /// <exception cref="JsonException">Cut off.</exception>
    public void Skim(CancellationToken cancellationToken)
    {
        if (!Enter(out _, cancellationToken))
        {
            return;
        }

        var skimmer = new JsonSkimmer(depth: 1);
        int length;
        while ((length = skimmer.Skim(_buffer.AsSpan(_start, _end - _start))) < 0)
        {
            GoOn(cancellationToken);
        }

        _start += length;
    }

    /// <summary>Goes behind the first bracket of the next value as if it were behind its last; false: it has none, and is gone past.</summary>
    private bool Enter(out bool isObject, CancellationToken cancellationToken)
    {
        var kind = Peek(cancellationToken);
        isObject = kind == JsonTokenType.StartObject;
        if (kind is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            Token(cancellationToken);
            return false;
        }

        var reader = Reader();
        Read(ref reader);
        Leap(ref reader, _start + (int)reader.BytesConsumed);
        return true;
    }

    private void GoOn(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _start = _end;
        Starve();
    }
}
