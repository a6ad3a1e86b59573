using IdentityGraph.Collect;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws;

/// <summary>The holders of an account as observations, so many at a time: found out one after the other, told on several threads, given in their order.</summary>
internal sealed class HolderSlices(Standing standing, HolderPlans plans, HolderFacts facts)
{
    /// <summary>Holders told at a time: what stands ready is little and young, and asking another thread for it costs nothing beside it.</summary>
    private const int Size = 128;

    /// <summary>So few are told by whoever asks.</summary>
    private const int Few = 8 * Size;

    /// <summary>More threads do not help: finding out is one after the other.</summary>
    private const int MostThreads = 4;

    private readonly Stack<Slice> _free = [];

    /// <summary>Each list stands until the next is asked for.</summary>
    public IEnumerable<List<Observation>> Told()
    {
        var ahead = standing.Holders.Count <= Few || Environment.ProcessorCount == 1 ? 1 : Math.Min(Environment.ProcessorCount, MostThreads) + 1;
        foreach (var slice in InOrder.Made(Planned(), Tell, ahead))
        {
            yield return slice.Told;
            slice.Clear();
            _free.Push(slice);
        }
    }

    private IEnumerable<Slice> Planned()
    {
        // Found out by whoever asks first: not by several threads at once.
        _ = standing.HasConstrained;
        for (var from = 0; from < standing.Holders.Count; from += Size)
        {
            var slice = _free.TryPop(out var known) ? known : new();
            slice.From = from;
            for (var number = from; number < Math.Min(from + Size, standing.Holders.Count); number++)
            {
                slice.Plans.Add(plans.Of(number));
            }

            yield return slice;
        }
    }

    private void Tell(Slice slice)
    {
        for (var at = 0; at < slice.Plans.Count; at++)
        {
            facts.State(slice.From + at, slice.Plans[at], slice.Told);
        }
    }

    private sealed class Slice
    {
        /// <summary>Place of the first among the holders.</summary>
        public int From { get; set; }

        public List<HolderPlan> Plans { get; } = new(Size);

        public List<Observation> Told { get; } = [];

        public void Clear()
        {
            Plans.Clear();
            Told.Clear();
        }
    }
}
