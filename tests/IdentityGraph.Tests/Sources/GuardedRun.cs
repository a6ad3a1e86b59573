using IdentityGraph.Collect;
using IdentityGraph.Normalize;

namespace IdentityGraph.Tests.Sources;

/// <summary>What an import keeps of a run: everything it states but what looks like a secret, which is refused in one place for all sources.</summary>
internal static class GuardedRun
{
    /// <param name="run">As its format gives it.</param>
    /// <param name="path">Of the file.</param>
    /// <param name="report">Where what is left out is told.</param>
    public static List<Observation> Kept(this FileRun run, string path, ImportReport report)
    {
        if (run.KeepsSecretsOut)
        {
            return [.. run.Observations];
        }

        var guard = new SecretGuard(Path.GetFileName(path), report);
        List<Observation> kept = [.. run.Observations.Select(guard.Pass).OfType<Observation>()];
        kept.AddRange(guard.Ends());
        return kept;
    }
}
