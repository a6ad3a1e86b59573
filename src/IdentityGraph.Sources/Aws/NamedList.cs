using IdentityGraph.Collect;
using IdentityGraph.Sources.Aws.Kept;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.Aws;

/// <summary>The texts of a list, or of a member of each of its objects.</summary>
/// <param name="Names">In their order; what names nothing is left out.</param>
/// <param name="SaysAll">Whether each element names something.</param>
/// <param name="Hides">What a name that looks like a secret looks like; null: none does.</param>
internal sealed record NamedList(string[] Names, bool SaysAll, string? Hides)
{
    /// <param name="list">A list.</param>
    /// <param name="member">Of each element; empty: it is a text itself.</param>
    /// <param name="texts">Keeps each text once.</param>
    public static NamedList Read(JsonValue list, ReadOnlySpan<byte> member, DocumentPool texts)
    {
        var (names, count, says) = (new string[list.GetArrayLength()], 0, true);
        foreach (var element in list.EnumerateArray())
        {
            var name = texts.Same(member.IsEmpty ? element : element[member]);
            says &= name is { Length: > 0 };
            if (name is not null)
            {
                names[count++] = name;
            }
        }

        return new(count == names.Length ? names : names[..count], says, null);
    }

    /// <summary>Those that look like a secret hidden.</summary>
    public NamedList Hidden()
    {
        foreach (var name in Names)
        {
            if (SecretLooking.Find(name) is { } sort)
            {
                return this with { Names = [.. Names.Select(Aws.Hidden.Unless)], Hides = sort };
            }
        }

        return this;
    }
}

/// <summary>The policies of a list that are part of their holder.</summary>
/// <param name="Policies">In their order.</param>
/// <param name="Hides">What a name that looks like a secret looks like; null: none does.</param>
internal sealed record InlineList(InlinePolicy[] Policies, string? Hides)
{
    /// <summary>Tells each document that it was met once more.</summary>
    public void Meet()
    {
        foreach (var policy in Policies)
        {
            policy.Document.IsShared = true;
        }
    }
}
