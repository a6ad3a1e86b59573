using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>
/// Runs a law over random estates. `IDENTITYGRAPH_SEED` replays from the number a failure printed; a <see cref="Soak"/> goes on past
/// failures and says at the end how many estates that were.
/// </summary>
internal static class Sample
{
    /// <param name="count">How many estates, unless it is told to soak.</param>
    /// <param name="salt">Tells the laws apart: each sees other estates.</param>
    /// <param name="broken">What of the law does not hold for an estate; empty: it holds.</param>
    /// <param name="largest">Nodes of an estate at most.</param>
    public static void Check(int count, ulong salt, Func<RandomEstate, IReadOnlyList<string>> broken, int largest = 40)
    {
        var seed = Soak.Seed ?? 20250301;
        var watch = Stopwatch.StartNew();
        var estates = 0L;
        List<string> failures = [];
        do
        {
            var config = Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(seed, (2 * salt) + 1);
            try
            {
                Prop.ForAll(EstateGenerator.UpTo(largest), estate => EstateScope.Holds(estate) && broken(estate) is { Count: > 0 } found
                    ? throw new LawBrokenException(string.Join('\n', found))
                    : estates++ >= 0).Check(config);
            }
            catch (Exception failure) when (failure is not LawBrokenException)
            {
                failures.Add($"replay with IDENTITYGRAPH_SEED={seed}; to keep the estate, save its lines under PropertyTests/Cases\n{failure.Message}\n{failure.InnerException?.Message}");
                Soak.Say(failures[^1]);
            }

            // Far from the last one: beside it the generator would go through the same estates again.
            seed = ((seed * 6364136223846793005) + 1442695040888963407) >> 1;
        }
        while (watch.Elapsed < Soak.Time);
        Soak.Say($"{estates} estates in {watch.Elapsed.TotalSeconds:0} s, {failures.Count} failures, the next number is {seed}");
        if (failures.Count > 0)
        {
            throw new LawBrokenException(string.Join("\n\n", failures));
        }
    }
}

/// <summary>What does not hold, and for which estate.</summary>
public sealed class LawBrokenException(string message) : Exception(message);
