using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;

namespace IdentityGraph.Sources.Records;

/// <summary>One member of an object of a <see cref="JsonTree"/>.</summary>
internal readonly struct JsonMember(JsonTree tree, int token)
{
    /// <summary>Number of the token of its name.</summary>
    public int Token => token;

    /// <summary>"" where it is not UTF-8, or half of a UTF-16 pair.</summary>
    public string Name => tree.Text(token) ?? "";

    /// <summary>Whether it is UTF-8 and whole.</summary>
    public bool IsNameText => tree.Text(token) is not null;

    /// <summary>As it is written between its quotes.</summary>
    public ReadOnlySpan<byte> NameBytes => tree.Bytes(tree.Token(token).Start, tree.Token(token).Length);

    /// <summary><see cref="JsonRepeats.Hash"/> of <see cref="NameBytes"/>.</summary>
    public int NameHash => tree.Token(token).Next;

    public bool IsNameEscaped => tree.Token(token).IsEscaped;

    /// <summary>Its name without escapes, made anew where it has any; empty where it is no valid text.</summary>
    public ReadOnlySpan<byte> PlainName
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ref readonly var said = ref tree.Token(token);
            return said.IsEscaped ? Encoding.UTF8.GetBytes(Name) : tree.Bytes(said.Start, said.Length);
        }
    }

    public JsonValue Value => new(tree, token + 1);

    /// <param name="name">Without escapes.</param>
    public bool NameEquals(ReadOnlySpan<byte> name) => tree.IsName(token, name);

    /// <param name="name">Plain ASCII.</param>
    public bool NameEquals(string name) => IsNameEscaped ? tree.Text(token) == name : NameBytes.Length == name.Length && Ascii.Equals(NameBytes, name);
}

/// <summary>The members of an object, in the order of the file.</summary>
internal struct JsonMemberList(JsonTree tree, int first, int end) : IEnumerable<JsonMember>
{
    private int _next = first;

    public JsonMember Current { get; private set; }

    public readonly JsonMemberList GetEnumerator() => this;

    readonly IEnumerator<JsonMember> IEnumerable<JsonMember>.GetEnumerator()
    {
        foreach (var one in this)
        {
            yield return one;
        }
    }

    readonly IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<JsonMember>)this).GetEnumerator();

    public bool MoveNext()
    {
        if (_next >= end)
        {
            return false;
        }

        Current = new(tree, _next);
        _next = tree.Token(_next + 1).Next;
        return true;
    }
}

/// <summary>The elements of a list, in the order of the file.</summary>
internal struct JsonElementList(JsonTree tree, int first, int end) : IEnumerable<JsonValue>
{
    private int _next = first;

    public JsonValue Current { get; private set; }

    public readonly JsonElementList GetEnumerator() => this;

    readonly IEnumerator<JsonValue> IEnumerable<JsonValue>.GetEnumerator()
    {
        foreach (var one in this)
        {
            yield return one;
        }
    }

    readonly IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<JsonValue>)this).GetEnumerator();

    public bool MoveNext()
    {
        if (_next >= end)
        {
            return false;
        }

        Current = new(tree, _next);
        _next = tree.Token(_next).Next;
        return true;
    }
}
