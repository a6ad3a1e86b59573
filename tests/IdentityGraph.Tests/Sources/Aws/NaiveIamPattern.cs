namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>
/// Matching by trying everything. In the segments of an ARN a wildcard stands for what is inside its segment, a `*` that ends its
/// segment for anything behind it too; whether another one may reach beyond a colon is not published
/// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html).
/// </summary>
internal static class NaiveIamPattern
{
    private enum Part
    {
        Exactly,
        One,
        OneInSegment,
        AnyInSegment,
        AnyText,
    }

    /// <summary>Actions and string conditions: `*` is any text, `?` any character.</summary>
    public static bool IsLike(string pattern, string text) => Matches([.. pattern.Select(letter => letter switch
    {
        '*' => (Part.AnyText, letter),
        '?' => (Part.One, letter),
        _ => (Part.Exactly, letter),
    })], text);

    public static bool IsAction(string pattern, string action) => IsLike(pattern.ToUpperInvariant(), action.ToUpperInvariant());

    /// <summary>ArnLike: each of the six parts is matched alone.</summary>
    public static bool IsArnLike(string pattern, string text)
    {
        var (patterns, texts) = (pattern.Split(':', 6), text.Split(':', 6));
        return patterns.Length == texts.Length && patterns.Zip(texts).All(pair => IsLike(pair.First, pair.Second));
    }

    /// <summary>A Resource pattern; null: it depends on a variable whose value nobody knows, or on a wildcard inside a segment reaching beyond it.</summary>
    /// <param name="pattern">With variables only where <paramref name="variables"/> is not null.</param>
    /// <param name="text">ARN, or `*` for no resource.</param>
    /// <param name="variables">What variables stand for, by lower-case key: a text, "" for one the request surely lacks; missing: not known. Null: the policy's version knows no variables.</param>
    public static bool? IsResource(string pattern, string text, IReadOnlyDictionary<string, string>? variables)
    {
        List<(Part Part, char Letter)> parts = [];
        var (unknown, absent) = (false, false);
        for (var at = 0; at < pattern.Length; at++)
        {
            if (variables is not null && pattern[at] == '$' && at + 1 < pattern.Length && pattern[at + 1] == '{')
            {
                var end = pattern.IndexOf('}', at);
                var inside = pattern[(at + 2)..end].Split(", ", 2);
                at = end;
                if (inside[0] is "*" or "?" or "$")
                {
                    parts.Add((Part.Exactly, inside[0][0]));
                    continue;
                }

                var stated = variables.TryGetValue(inside[0].ToLowerInvariant(), out var value);
                value = stated && value!.Length == 0 && inside.Length == 2 ? inside[1].Trim('\'') : value;
                absent |= stated && value!.Length == 0;
                unknown |= !stated;
                parts.AddRange(stated ? value!.Select(letter => (Part.Exactly, letter)) : [(Part.AnyText, '*')]);
            }
            else
            {
                // Behind the fifth colon is the resource, one segment whatever it holds.
                var last = at + 1 == pattern.Length || pattern[at + 1] == ':' || pattern[..at].Count(letter => letter == ':') >= 5;
                parts.Add(pattern[at] switch
                {
                    '*' => (last ? Part.AnyText : Part.AnyInSegment, '*'),
                    '?' => (pattern[..at].Count(letter => letter == ':') >= 5 ? Part.One : Part.OneInSegment, '?'),
                    var letter => (Part.Exactly, letter),
                });
            }
        }

        var beyond = parts.Select(part => (part.Part switch { Part.AnyInSegment => Part.AnyText, Part.OneInSegment => Part.One, var same => same }, part.Letter)).ToList();
        return absent || !Matches(beyond, text) ? false : unknown || !Matches(parts, text) ? null : true;
    }

    private static bool Matches(IReadOnlyList<(Part Part, char Letter)> parts, string text)
    {
        if (parts.Count == 0)
        {
            return text.Length == 0;
        }

        var rest = parts.Skip(1).ToList();
        var inside = text.TakeWhile(letter => letter != ':').Count();
        return parts[0].Part switch
        {
            Part.Exactly => text.Length > 0 && text[0] == parts[0].Letter && Matches(rest, text[1..]),
            Part.One => text.Length > 0 && Matches(rest, text[1..]),
            Part.OneInSegment => inside > 0 && Matches(rest, text[1..]),
            Part.AnyInSegment => Enumerable.Range(0, inside + 1).Any(taken => Matches(rest, text[taken..])),
            _ => Enumerable.Range(0, text.Length + 1).Any(taken => Matches(rest, text[taken..])),
        };
    }
}
