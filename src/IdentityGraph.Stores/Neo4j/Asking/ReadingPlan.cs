namespace IdentityGraph.Stores.Neo4j.Asking;

/// <summary>
/// Whether a statement only reads the graph: every operator of its plan is one that does, and no other word in it asks for more. The
/// words count because a plan does not show what stands in a subquery within an expression.
/// </summary>
internal static class ReadingPlan
{
    /// <summary>Operators that read, join, sort and count (Neo4j's manual, "Operators in detail"), without what stands in parentheses.</summary>
    private static readonly HashSet<string> s_operators = new(StringComparer.Ordinal)
    {
        "ProduceResults", "Projection", "Filter", "CacheProperties", "Distinct", "OrderedDistinct", "Eager", "EmptyResult", "EmptyRow", "Argument", "ArgumentTracker", "NullifyMetadata", "NonFuseable",
        "EagerAggregation", "OrderedAggregation", "Limit", "ExhaustiveLimit", "Skip", "Sort", "PartialSort", "Top", "PartialTop", "Top1WithTies", "Union", "OrderedUnion", "Unwind", "PartitionedUnwind",
        "Apply", "SemiApply", "AntiSemiApply", "LetSemiApply", "LetAntiSemiApply", "SelectOrSemiApply", "SelectOrAntiSemiApply", "LetSelectOrSemiApply", "LetSelectOrAntiSemiApply",
        "ConditionalApply", "AntiConditionalApply", "RollUpApply", "Anti", "Optional", "AssertSameNode", "AssertSameRelationship",
        "CartesianProduct", "NodeHashJoin", "ValueHashJoin", "LeftOuterHashJoin", "RightOuterHashJoin", "NodeLeftOuterHashJoin", "NodeRightOuterHashJoin", "TriadicSelection", "TriadicBuild", "TriadicFilter",
        "NodeCountFromCountStore", "RelationshipCountFromCountStore", "ProjectEndpoints", "ShortestPath", "AllShortestPaths", "StatefulShortestPath", "Repeat", "BidirectionalRepeat", "Trail", "Walk",
        "RemoteBatchProperties", "RemoteBatchPropertiesWithFilter", "ShowIndexes", "ShowConstraints",
    };

    /// <summary>Families of operators that find nodes and relationships, or follow them.</summary>
    private static readonly string[] s_endings = ["Scan", "Seek", "SeekByRange", "Expand", "Lookup"];

    /// <summary>Procedures that tell the shape of the graph, or find in it.</summary>
    private static readonly HashSet<string> s_procedures = new(StringComparer.OrdinalIgnoreCase)
    {
        "db.labels", "db.relationshipTypes", "db.propertyKeys", "db.schema.visualization", "db.schema.nodeTypeProperties", "db.schema.relTypeProperties",
        "db.index.fulltext.queryNodes", "db.index.fulltext.queryRelationships", "db.index.vector.queryNodes", "db.index.vector.queryRelationships",
    };

    private static readonly (string First, string[] Next)[] s_together =
        [("LOAD", ["CSV"]), ("SHOW", ["TRANSACTION", "TRANSACTIONS"]), ("TERMINATE", ["TRANSACTION", "TRANSACTIONS"])];

    /// <summary>What in it does not read the graph, as people call it (`TerminateTransactions`, `dbms.killConnection`); null: nothing.</summary>
    /// <param name="plan">As the server tells it: `operatorType`, `args` and `children`.</param>
    public static string? Beyond(IReadOnlyDictionary<string, object?> plan)
    {
        var name = plan.GetValueOrDefault("operatorType") as string ?? "";
        name = name.Split('@', '(')[0];
        if (name == "ProcedureCall")
        {
            var called = (Member(plan, "args") ?? Member(plan, "arguments"))?.GetValueOrDefault("Details") as string ?? "";
            called = called.Split('(')[0].Trim();
            if (!s_procedures.Contains(called))
            {
                return called.Length == 0 ? name : called;
            }
        }
        else if (!s_operators.Contains(name) && !s_endings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal)))
        {
            return name.Length == 0 ? "an operator without a name" : name;
        }

        return plan.GetValueOrDefault("children") is System.Collections.IEnumerable children
            ? children.OfType<IReadOnlyDictionary<string, object?>>().Select(Beyond).FirstOrDefault(found => found is not null)
            : null;
    }

    /// <summary>The same, by its words.</summary>
    public static string? Beyond(string statement) => CypherTokens.Readings(statement).Select(Beyond).FirstOrDefault(found => found is not null);

    private static string? Beyond(IReadOnlyList<CypherToken> tokens)
    {
        for (var at = 0; at < tokens.Count; at++)
        {
            foreach (var (first, next) in s_together)
            {
                if (tokens[at].IsWord(first) && at + 1 < tokens.Count && next.FirstOrDefault(tokens[at + 1].IsWord) is { } second)
                {
                    return $"{first} {second}";
                }
            }

            if (Called(tokens, at + 1) is { } name && ((tokens[at].IsWord("CALL") && !s_procedures.Contains(name)) || name.StartsWith("apoc.cypher.", StringComparison.OrdinalIgnoreCase)))
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>A name of at least two parts with an opening parenthesis behind it.</summary>
    private static string? Called(IReadOnlyList<CypherToken> tokens, int at)
    {
        if (at >= tokens.Count || tokens[at].Kind != CypherTokenKind.Word)
        {
            return null;
        }

        var name = tokens[at++].Value;
        var parts = 1;
        for (; at + 1 < tokens.Count && tokens[at].IsSign('.') && tokens[at + 1].Kind == CypherTokenKind.Word; at += 2, parts++)
        {
            name += "." + tokens[at + 1].Value;
        }

        return parts > 1 && at < tokens.Count && tokens[at].IsSign('(') ? name : null;
    }

    private static IReadOnlyDictionary<string, object?>? Member(IReadOnlyDictionary<string, object?> plan, string name) => plan.GetValueOrDefault(name) as IReadOnlyDictionary<string, object?>;
}
