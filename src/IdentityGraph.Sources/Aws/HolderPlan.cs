using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Sources.Aws;

/// <summary>What is told of a holder beside its own name and place: found out in the order of the files, told on any thread. One for all who have the same.</summary>
/// <param name="Inline">What each policy that is part of it gives, in their order.</param>
/// <param name="Attached">What it has of each attached policy; empty where something takes away from its policies.</param>
/// <param name="Groups">Nodes of the groups it is in.</param>
/// <param name="Carriers">Nodes that carry what groups give which not every member has.</param>
/// <param name="IsConstrained">Whether something takes away from its policies, so that it has nothing of them one by one.</param>
/// <param name="Together">What its policies leave together, ready to be told last; null: that follows from each of them.</param>
internal sealed record HolderPlan(InlinePlan[] Inline, AttachedPlan[] Attached, string[] Groups, string[] Carriers, bool IsConstrained, List<Observation>? Together)
{
    /// <summary>Whether who one is decides something of it.</summary>
    public bool IsOfOne { get; init; }

    /// <summary>Whether others who have the same are told of in the same way.</summary>
    public bool IsForAll => !IsOfOne && Together is null && !Array.Exists(Attached, static attached => attached.Missing is not null);
}

/// <summary>A policy that is part of somebody.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Given">What it gives.</param>
/// <param name="Named">The properties of nodes that say no more than its name.</param>
internal readonly record struct InlinePlan(SafeName Name, GivenByDocument Given, KeyValuePair<string, PropertyValue>[] Named);

/// <summary>A policy that is attached to somebody.</summary>
/// <param name="Entitlement">Node of what it gives.</param>
/// <param name="Missing">What is told of a policy that the files do not hold, where it is met first; else null.</param>
internal readonly record struct AttachedPlan(string Entitlement, List<Observation>? Missing);
