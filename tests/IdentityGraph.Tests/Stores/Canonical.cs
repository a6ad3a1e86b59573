using System.Globalization;
using System.Text;
using IdentityGraph.Collect;

namespace IdentityGraph.Tests.Stores;

/// <summary>An observation with every member spelt out, so that two can be compared whole: records compare lists by reference.</summary>
internal static class Canonical
{
    public static string Of(Observation observation)
    {
        var text = new StringBuilder(observation.GetType().Name);
        Add(text, "stream", observation.Stream);
        switch (observation)
        {
            case Observation.SawNode node:
                Add(text, "id", node.Id);
                Add(text, "kind", node.Kind);
                break;
            case Observation.SawEdge edge:
                Add(text, "kind", edge.Kind);
                Add(text, "of", edge.Of);
                Add(text, "to", edge.To);
                Add(text, "key", edge.Key);
                break;
            case Observation.SeenUnreadable seen:
                Add(text, "id", seen.Id);
                Add(text, "kind", seen.EdgeKind);
                Add(text, "of", seen.Of);
                Add(text, "to", seen.To);
                Add(text, "key", seen.Key);
                Add(text, "reason", seen.Reason);
                break;
            case Observation.EndOf end:
                Add(text, "complete", end.Complete);
                Add(text, "hold", end.Hold);
                Add(text, "count", end.Count);
                Add(text, "reason", end.Reason);
                break;
            default:
                throw new InvalidOperationException(observation.GetType().Name);
        }

        if (observation is Observation.Fact fact)
        {
            Facts(text, fact);
        }

        foreach (var (name, json) in observation.Unrecognised)
        {
            Add(text, "unrecognised", name);
            Add(text, "json", json);
        }

        return text.ToString();
    }

    private static void Facts(StringBuilder text, Observation.Fact fact)
    {
        Add(text, "from", fact.From?.UtcTicks);
        Add(text, "until", fact.Until?.UtcTicks);
        Add(text, "at", fact.At?.UtcTicks);
        Add(text, "precision", fact.Precision);
        Add(text, "tz", fact.Tz);
        Add(text, "grade", fact.Grade);
        foreach (var (name, value) in fact.Properties)
        {
            Add(text, "property", name);
            Add(text, "shape", value.Shape);
            Add(text, "text", value.AsText());
            Add(text, "flag", value.AsFlag());
            Add(text, "number", value.AsNumber() is { } number ? BitConverter.DoubleToInt64Bits(number) : null);
            foreach (var part in value.AsTexts())
            {
                Add(text, "part", part);
            }
        }

        foreach (var reference in fact.Evidence)
        {
            Add(text, "ref", reference.Ref);
            Add(text, "hash", reference.Hash);
            Add(text, "note", reference.Note);
        }

    }

    /// <summary>With the length before the text, so that no two spellings meet.</summary>
    private static void Add(StringBuilder text, string member, object? value)
    {
        var spelt = Convert.ToString(value, CultureInfo.InvariantCulture);
        text.Append('|').Append(member).Append(value is null ? "-" : $"={spelt!.Length}:").Append(spelt);
    }
}
