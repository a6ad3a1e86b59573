using IdentityGraph.Collect;
using IdentityGraph.Report;
using IdentityGraph.Stores.Neo4j.Asking;

namespace IdentityGraph.Stores.Neo4j;

/// <summary>No value of a secret is kept within a statement.</summary>
public static class CypherSecrets
{
    /// <summary>The sort of secret that a literal, name or comment of the statement looks like; null: none.</summary>
    public static string? Find(string statement)
    {
        foreach (var tokens in CypherTokens.Readings(statement))
        {
            for (var at = 0; at < tokens.Count; at++)
            {
                var token = tokens[at];
                if (token.Kind == CypherTokenKind.Sign)
                {
                    continue;
                }

                // A literal behind `password:` or `password =` is one by its name.
                var name = token.Kind == CypherTokenKind.Text && at >= 2 && (tokens[at - 1].IsSign(':') || tokens[at - 1].IsSign('=')) && tokens[at - 2].Kind == CypherTokenKind.Word ? tokens[at - 2].Value : "";
                if ((SecretLooking.FindIn(name, token.Value) ?? SecretLooking.FindInId(token.Value)) is { } sort)
                {
                    return sort;
                }
            }
        }

        return SecretLooking.Find(statement);
    }

    /// <exception cref="QuestionException">There is one in it.</exception>
    public static void Refuse(string statement)
    {
        if (Find(statement) is { } sort)
        {
            throw new QuestionException($"the statement holds what looks like {sort}, which would be kept for everybody to read: write a parameter such as $value in its place, and give it as --param value=… when it is run");
        }
    }
}
