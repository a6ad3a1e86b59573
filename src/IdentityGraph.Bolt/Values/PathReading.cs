using IdentityGraph.Bolt.PackStream;

namespace IdentityGraph.Bolt.Values;

/// <summary>
/// Puts a path together. It comes as its distinct nodes, its distinct relationships without ends, and pairs of numbers: which relationship
/// (from 1; negative when walked against its direction) and which node (from 0) come next.
/// </summary>
internal static class PathReading
{
    public static BoltPath Read(ref PackReader reader, int depth)
    {
        var nodes = new BoltNode[reader.ReadListHeader()];
        for (var i = 0; i < nodes.Length; i++)
        {
            Expect(ref reader, Structures.Node);
            nodes[i] = Structures.ReadNode(ref reader, depth + 1);
        }

        var relationships = new BoltRelationship[reader.ReadListHeader()];
        for (var i = 0; i < relationships.Length; i++)
        {
            Expect(ref reader, Structures.UnboundRelationship);
            relationships[i] = Structures.ReadUnbound(ref reader, depth + 1);
        }

        var numbers = reader.ReadListHeader();
        if (nodes.Length == 0 || numbers % 2 != 0)
        {
            throw new BoltProtocolException("the server sent a path without a node, or with half a step");
        }

        return Walk(ref reader, nodes, relationships, numbers / 2);
    }

    private static BoltPath Walk(ref PackReader reader, BoltNode[] nodes, BoltRelationship[] relationships, int steps)
    {
        var (walked, met) = (new BoltRelationship[steps], new BoltNode[steps + 1]);
        met[0] = nodes[0];
        for (var i = 0; i < steps; i++)
        {
            var (step, node) = (reader.ReadInteger(), reader.ReadInteger());
            if (step == 0 || step < -relationships.Length || step > relationships.Length || node < 0 || node >= nodes.Length)
            {
                throw new BoltProtocolException($"the server sent a path whose step {i} names a relationship or node the path does not have");
            }

            met[i + 1] = nodes[node];
            var (start, end) = step > 0 ? (met[i], met[i + 1]) : (met[i + 1], met[i]);
            walked[i] = relationships[Math.Abs(step) - 1] with { StartId = start.Id, EndId = end.Id, StartElementId = start.ElementId, EndElementId = end.ElementId };
        }

        return new(met, walked);
    }

    private static void Expect(ref PackReader reader, byte tag)
    {
        if (reader.ReadStructureHeader(out var found) != 4 || found != tag)
        {
            throw new BoltProtocolException($"the server sent a path that holds a structure 0x{found:X2} where 0x{tag:X2} belongs");
        }
    }
}
