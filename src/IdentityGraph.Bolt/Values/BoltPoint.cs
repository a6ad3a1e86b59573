using IdentityGraph.Bolt.PackStream;

namespace IdentityGraph.Bolt.Values;

/// <summary>A point in a plane, in space or on earth.</summary>
/// <param name="Srid">Which coordinate system: 7203 and 9157 Cartesian, 4326 and 4979 WGS 84.</param>
/// <param name="X">First coordinate (longitude on earth).</param>
/// <param name="Y">Second coordinate (latitude on earth).</param>
/// <param name="Z">Third coordinate; null in two dimensions.</param>
public sealed record BoltPoint(int Srid, double X, double Y, double? Z = null) : IPackable
{
    /// <inheritdoc />
    public void Pack(PackWriter writer)
    {
        writer.BeginStructure(Z is null ? Structures.Point2D : Structures.Point3D, Z is null ? 3 : 4);
        writer.Write(Srid);
        writer.Write(X);
        writer.Write(Y);
        if (Z is { } z)
        {
            writer.Write(z);
        }
    }
}
