using IdentityGraph.Interop.Pictures;

namespace IdentityGraph.Tests.Interop;

/// <summary>What something covers of a drawing.</summary>
internal readonly record struct Place(double Left, double Top, double Right, double Bottom)
{
    public static Place Around(Point middle, double width, double height) =>
        new(middle.X - (width / 2), middle.Y - (height / 2), middle.X + (width / 2), middle.Y + (height / 2));

    public bool Overlaps(Place other) =>
        Left < other.Right - 0.01 && other.Left < Right - 0.01 && Top < other.Bottom - 0.01 && other.Top < Bottom - 0.01;

    public bool Holds(Place other) => Left <= other.Left && Top <= other.Top && Right >= other.Right && Bottom >= other.Bottom;
}
