namespace IdentityGraph.Tests;

public class Placeholder { [Fact] public void Two() => Assert.Equal(2, 1 + 1); }
