using System.Text;
using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

/// <summary>Lays two answers to one question side by side, one of them under a what-if.</summary>
public static class WhatIf
{
    /// <summary>How an element is proved is not what it says: the same right by another way has not moved.</summary>
    private static readonly HashSet<string> s_ways = new(StringComparer.Ordinal) { "proof", "proofs", "hops", "evidence", "since" };

    /// <summary>What names an element of a list, the first that it has.</summary>
    private static readonly string[] s_names = ["fingerprint", "id", "person", "claim"];

    /// <param name="overlay">What was laid over.</param>
    /// <param name="before">`data` without it; null: could not be asked.</param>
    /// <param name="after">`data` with it.</param>
    public static WhatIfAnswer Compare(Overlay overlay, JsonElement? before, JsonElement after)
    {
        List<MovedFigure> figures = [];
        List<MovedElement> moved = [];
        foreach (var member in after.EnumerateObject())
        {
            JsonElement? known = before is { } data && data.TryGetProperty(member.Name, out var value) ? value : null;
            if (s_ways.Contains(member.Name))
            {
                continue;
            }

            if (member.Value.ValueKind == JsonValueKind.Array)
            {
                Move(member.Name, known, member.Value, moved);
            }
            else
            {
                Figure(member.Name, known, member.Value, figures);
            }
        }

        return new WhatIfAnswer
        {
            Changes = new WhatIfChanges(overlay.Facts.Count, overlay.RemovedNodes.Count, overlay.RemovedEdges.Count),
            Before = before?.Clone(),
            Figures = figures,
            Moved = moved,
        };
    }

    private static void Figure(string name, JsonElement? before, JsonElement after, List<MovedFigure> figures)
    {
        if (before is { ValueKind: JsonValueKind.Object } known && after.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in after.EnumerateObject())
            {
                Figure($"{name}.{member.Name}", known.TryGetProperty(member.Name, out var value) ? value : null, member.Value, figures);
            }
        }
        else if (before is { } was && Said(was) != Said(after))
        {
            figures.Add(new MovedFigure(name, was.Clone(), after.Clone()));
        }
    }

    private static void Move(string list, JsonElement? before, JsonElement after, List<MovedElement> moved)
    {
        var (was, now) = (ById(before), ById(after));
        foreach (var id in was.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            JsonElement? then = was.TryGetValue(id, out var old) ? old : null;
            JsonElement? since = now.TryGetValue(id, out var current) ? current : null;
            if (then is null || since is null || Said(then.Value) != Said(since.Value))
            {
                moved.Add(new MovedElement { List = list, Id = id, Before = then, After = since });
            }
        }
    }

    private static Dictionary<string, JsonElement> ById(JsonElement? list)
    {
        var elements = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (list is not { ValueKind: JsonValueKind.Array } there)
        {
            return elements;
        }

        foreach (var element in there.EnumerateArray())
        {
            var id = IdOf(element);
            var name = id;
            for (var number = 2; !elements.TryAdd(name, element.Clone()); number++)
            {
                name = $"{id} ({number})";
            }
        }

        return elements;
    }

    private static string IdOf(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var name in s_names)
            {
                if (element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
                {
                    return value.GetString()!;
                }
            }
        }

        // The steps of a path are told by where they lead.
        return element.ValueKind == JsonValueKind.Array && element.EnumerateArray().All(step => step.ValueKind == JsonValueKind.Object && step.TryGetProperty("node", out _))
            ? string.Join(" → ", element.EnumerateArray().Select(step => step.GetProperty("node").GetString()))
            : WhatIfWords.Of(element) ?? Said(element);
    }

    /// <summary>What an element says, ways left out, as text that is equal where it says the same.</summary>
    private static string Said(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            return element.GetString()!;
        }

        var said = new StringBuilder();
        Append(element, said);
        return said.ToString();
    }

    private static void Append(JsonElement element, StringBuilder said)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                said.Append('{');
                foreach (var member in element.EnumerateObject().Where(member => !s_ways.Contains(member.Name)))
                {
                    said.Append('"').Append(member.Name).Append("\":");
                    Append(member.Value, said);
                    said.Append(',');
                }

                said.Append('}');
                break;
            case JsonValueKind.Array:
                said.Append('[');
                foreach (var item in element.EnumerateArray())
                {
                    Append(item, said);
                    said.Append(',');
                }

                said.Append(']');
                break;
            default:
                said.Append(element.GetRawText());
                break;
        }
    }
}
