namespace IdentityGraph.Stores.Neo4j;

/// <summary>Waits for the server where the caller's contract is not asynchronous. On a thread of the pool, so that no caller's context can lock up.</summary>
internal static class Blocking
{
    public static T On<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();

    public static void Wait(Task work) => work.GetAwaiter().GetResult();
}
