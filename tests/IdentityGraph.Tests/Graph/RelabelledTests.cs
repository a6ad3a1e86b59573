using IdentityGraph.Graph;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Graph;

/// <summary>What a node is decides which rules begin at it: nobody who knows less takes it away.</summary>
public sealed class RelabelledTests
{
    [Theory]
    [InlineData("Zork", EvidenceGrade.SystemState, "Group")] // a word that is no kind says nothing of what it is
    [InlineData("Unknown", EvidenceGrade.SystemState, "Group")]
    [InlineData("Application", EvidenceGrade.Inference, "Group")] // a weaker grade
    [InlineData("Application", EvidenceGrade.SystemState, "Group")] // another system's word for it
    public void What_its_own_system_called_a_group_is_one_whatever_others_say_later(string kind, EvidenceGrade grade, string stays) =>
        Assert.Equal(stays, KindOf("okta:group/7", new Facts()
            .Run("okta", "2025-06-01", run => run.Node("okta:group/7", "Group"))
            .Run("other", "2025-06-05", run => run.Node("okta:group/7", kind).With(grade: grade))));

    [Fact]
    public void Its_own_system_may_call_it_something_else_later() =>
        Assert.Equal("Role", KindOf("okta:group/7", new Facts()
            .Run("okta", "2025-06-01", run => run.Node("okta:group/7", "Group"))
            .Run("okta", "2025-06-05", run => run.Node("okta:group/7", "Role"))));

    [Fact]
    public void Of_two_that_read_something_else_the_later_counts() =>
        Assert.Equal("Resource", KindOf("vault", new Facts()
            .Run("one", "2025-06-01", run => run.Node("vault", "System"))
            .Run("two", "2025-06-05", run => run.Node("vault", "Resource"))));

    private static string KindOf(string id, Facts facts) => facts.At("2025-06-10").Find(id)!.Value.Kind.Name;
}
