using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>Rights of which some are certain and more are possible.</summary>
/// <param name="Certain">At least these; within <paramref name="Possible"/>.</param>
/// <param name="Possible">At most these.</param>
internal readonly record struct RightsRange(Rights Certain, Rights Possible)
{
    public static readonly RightsRange None = new(Rights.None, Rights.None);
    public static readonly RightsRange Use = Exactly(Rights.Use);

    public bool IsNone => Possible == Rights.None;

    public static RightsRange Exactly(Rights rights) => new(rights, rights);

    public static RightsRange AtMost(Rights rights) => new(Rights.None, rights);

    public static RightsRange operator &(RightsRange left, RightsRange right) => new(left.Certain & right.Certain, left.Possible & right.Possible);

    public static RightsRange operator |(RightsRange left, RightsRange right) => new(left.Certain | right.Certain, left.Possible | right.Possible);

    /// <summary>What is left of it under a premise of that truth.</summary>
    public RightsRange Under(Truth truth) => truth switch
    {
        Truth.True => this,
        Truth.Unknown => AtMost(Possible),
        _ => None,
    };
}
