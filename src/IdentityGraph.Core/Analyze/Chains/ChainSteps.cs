using IdentityGraph.Graph;
using static IdentityGraph.Graph.EdgeKinds;

namespace IdentityGraph.Analyze.Chains;

/// <summary>
/// Along which facts an identity chain runs: employment, account, credential, grant, scope, workflow, handoff. One line each:
/// whether outwards follows the fact as it points or against it, and whether the chain goes on from what it meets.
/// </summary>
public static class ChainSteps
{
    public static IReadOnlyList<ChainStep> All { get; } =
    [
        new(EmployedAs, AlongFact: true),
        new(BelongsTo, AlongFact: false),
        new(OwnedBy, AlongFact: false),
        new(AuthenticatedVia, AlongFact: false),
        new(HeldBy, AlongFact: false),
        new(AuthenticatesAs, AlongFact: false),
        new(DerivedFrom, AlongFact: false),
        new(StoredIn, AlongFact: true, GoesOn: false),
        new(BackedBy, AlongFact: true),
        new(OnBehalfOf, AlongFact: false),
        new(ConsentedBy, AlongFact: false),
        new(GrantedTo, AlongFact: false),
        new(IncludesScope, AlongFact: true),
        new(Confers, AlongFact: true, GoesOn: false),
        new(Holds, AlongFact: true),
        new(Assigns, AlongFact: true),
        new(MemberOf, AlongFact: true),
        new(HasRole, AlongFact: true),
        new(HasEntitlement, AlongFact: true),
        new(Grants, AlongFact: true),
        new(Entitles, AlongFact: true, GoesOn: false),
        new(CanAssume, AlongFact: true),
        new(InstanceOf, AlongFact: false),
        new(Connects, AlongFact: true, GoesOn: false),
        new(RunsAs, AlongFact: false),
        new(Spawned, AlongFact: true),
        new(RunOf, AlongFact: false),
        new(StepOf, AlongFact: false),
        new(InitiatedBy, AlongFact: false),
        new(UsedCredential, AlongFact: false),
        new(HandoffFrom, AlongFact: false),
        new(HandoffTo, AlongFact: true),
    ];
}

/// <param name="Kind">The fact.</param>
/// <param name="AlongFact">Whether outwards goes from the fact's start to its end.</param>
/// <param name="GoesOn">Whether, outwards, the chain is followed from there; what is not is shown all the same.</param>
public sealed record ChainStep(EdgeKind Kind, bool AlongFact, bool GoesOn = true);
