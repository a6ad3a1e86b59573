using System.Text;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws.Kept;

/// <summary>
/// Policies of which nothing is asked but what they give, and that one has: as UTF-8, in about the bytes in which their resources differ,
/// and unpacked where they are asked for. A policy is packed only as far as it says what many do.
/// </summary>
internal sealed class PackedPolicies
{
    /// <summary>So many shapes are told apart; policies of any other stay as they are.</summary>
    private const int MostShapes = 4_096;

    /// <summary>Larger policies are few, and stay as they are.</summary>
    private const int MostStatements = 32;

    private const int BlockBits = 16;
    private const int Block = 1 << BlockBits;

    private readonly Dictionary<PolicyShape, PolicyShape> _shapes = [];
    private readonly Dictionary<ActionPatterns, bool> _asked = new(ReferenceEqualityComparer.Instance);
    private readonly List<byte[]> _blocks = [];
    private byte[] _room = new byte[256];
    private int _length;
    private int _used = Block;

    /// <summary>The same document, packed where that takes less.</summary>
    public PolicyDocument Packed(PolicyDocument document)
    {
        var statements = document.Statements;
        if (document.Hides is not null || statements.Count is 0 or > MostStatements)
        {
            return document;
        }

        var heads = new PolicyStatement[statements.Count];
        for (var at = 0; at < heads.Length; at++)
        {
            if (!IsPlain(statements[at]))
            {
                return document;
            }

            heads[at] = statements[at] with { Sid = null, Resources = statements[at].Resources is null ? null : [] };
        }

        var shape = new PolicyShape(this, heads);
        if (!_shapes.TryGetValue(shape, out var known))
        {
            if (_shapes.Count == MostShapes)
            {
                return document;
            }

            _shapes.Add(shape, known = shape);
        }

        return Keep(statements) is { } start ? document.Packed(known, start) : document;
    }

    /// <summary>The statements of what was kept there.</summary>
    public PolicyStatement[] Unpacked(PolicyShape shape, uint start)
    {
        var block = _blocks[(int)(start >> BlockBits)];
        var (statements, at) = (new PolicyStatement[shape.Heads.Length], (int)(start & (Block - 1)));
        Span<byte> text = stackalloc byte[512];
        for (var number = 0; number < statements.Length; number++)
        {
            var head = shape.Heads[number];
            var named = Number(block, ref at);
            var sid = named == 0 ? null : Encoding.UTF8.GetString(block.AsSpan(at, named - 1));
            at += Math.Max(0, named - 1);
            var resources = head.Resources is null ? null : new ResourcePattern[Number(block, ref at)];
            for (var each = 0; each < resources?.Length; each++)
            {
                var (common, rest) = (Number(block, ref at), Number(block, ref at));
                text = text.Length >= common + rest ? text : Larger(text[..common], common + rest);
                block.AsSpan(at, rest).CopyTo(text[common..]);
                at += rest;
                var pattern = Encoding.UTF8.GetString(text[..(common + rest)]);
                resources[each] = new(pattern, pattern);
            }

            statements[number] = head with { Sid = sid, Resources = resources };
        }

        return statements;
    }

    private bool IsPlain(PolicyStatement statement)
    {
        foreach (var resource in statement.Resources ?? [])
        {
            if (resource.IsNotAsWritten || resource.HasUsername || resource.HasVariable)
            {
                return false;
            }
        }

        return statement.Problem is null && !IsAsked(statement.About);
    }

    /// <summary>Whether anything of it is asked for: then it is looked at again and again.</summary>
    private bool IsAsked(ActionPatterns about)
    {
        if (!_asked.TryGetValue(about, out var isAsked))
        {
            isAsked = !AskedActions.Of(about).IsEmpty;
            if (_asked.Count < MostShapes)
            {
                _asked.Add(about, isAsked);
            }
        }

        return isAsked;
    }

    /// <returns>Where it was kept; null: it is too long.</returns>
    private uint? Keep(IReadOnlyList<PolicyStatement> statements)
    {
        _length = 0;
        ReadOnlySpan<byte> before = [];
        foreach (var statement in statements)
        {
            Write(statement.Sid is null ? 0 : Encoding.UTF8.GetByteCount(statement.Sid) + 1);
            WriteText(statement.Sid ?? "");
            if (statement.Resources is not { } resources)
            {
                continue;
            }

            Write(resources.Count);
            foreach (var resource in resources)
            {
                var bytes = Encoding.UTF8.GetBytes(resource.Text);
                var common = before.CommonPrefixLength(bytes);
                Write(common);
                Write(bytes.Length - common);
                WriteBytes(bytes.AsSpan(common));
                before = bytes;
            }
        }

        if (_length > Block)
        {
            return null;
        }

        if (_used + _length > Block)
        {
            _blocks.Add(new byte[Block]);
            _used = 0;
        }

        _room.AsSpan(0, _length).CopyTo(_blocks[^1].AsSpan(_used));
        var start = ((uint)(_blocks.Count - 1) << BlockBits) | (uint)_used;
        _used += _length;
        return _blocks.Count > 1 << (32 - BlockBits) ? null : start;
    }

    private void Write(int number)
    {
        Need(5);
        for (; number >= 0x80; number >>= 7)
        {
            _room[_length++] = (byte)(number | 0x80);
        }

        _room[_length++] = (byte)number;
    }

    private void WriteText(string text) => WriteBytes(Encoding.UTF8.GetBytes(text));

    private void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        Need(bytes.Length);
        bytes.CopyTo(_room.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Need(int more)
    {
        if (_length + more > _room.Length)
        {
            Array.Resize(ref _room, Math.Max(_room.Length * 2, _length + more));
        }
    }

    private static int Number(byte[] block, ref int at)
    {
        var (number, shift) = (0, 0);
        do
        {
            number |= (block[at] & 0x7F) << shift;
            shift += 7;
        }
        while ((block[at++] & 0x80) != 0);
        return number;
    }

    private static byte[] Larger(ReadOnlySpan<byte> beginning, int length)
    {
        var larger = new byte[length * 2];
        beginning.CopyTo(larger);
        return larger;
    }
}
