using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>
/// Rights that edges state, and what to assume where nobody knows: nothing for certain; possibly the highest level that any scope
/// catalogued for the target's system confers, everything but the control plane where there is none.
/// </summary>
internal sealed class UnknownLevels(GraphView view)
{
    private Dictionary<int, Level>? _highest;

    /// <summary>What an ENTITLES or CONFERS edge gives on its target.</summary>
    public RightsRange Of(Edge edge)
    {
        var (rights, level) = (edge[Properties.RightLetters], edge[Properties.Level]);
        if (rights.IsReported && !rights.IsNone)
        {
            return rights is { HasValue: true, Fresh: true } && RightsLogic.TryParseLetters(rights.Text, out var stated)
                ? RightsRange.Exactly(stated)
                : On(edge.To);
        }

        if (level.Known == Known.NotReported)
        {
            return edge.Kind == EdgeKinds.Confers && edge[Properties.Capability].IsReported ? RightsRange.None : On(edge.To);
        }

        return AsLevel(level, RightsRange.None, edge.To);
    }

    /// <summary>The most that a CAN_* or CONFERS edge can give on the target; no limit where the source says so.</summary>
    public RightsRange Limit(Reading maxLevel, Node target) => AsLevel(maxLevel, RightsRange.Exactly(Rights.All), target);

    /// <summary>An unknown level on the target.</summary>
    public RightsRange On(Node target)
    {
        _highest ??= Catalogue();
        var highest = Level.L0;
        foreach (var system in Containment.PossibleSystemsOf(target))
        {
            var level = _highest.GetValueOrDefault(system.Index);
            highest = level > highest ? level : highest;
        }

        return RightsRange.AtMost(RightsLogic.Of(highest == Level.L0 ? Level.L5 : highest));
    }

    private RightsRange AsLevel(Reading reading, RightsRange none, Node target)
    {
        if (reading is { IsNone: true, Fresh: true })
        {
            return none;
        }

        if (reading is { HasValue: true, Fresh: true } && reading.Text is { } text)
        {
            if (RightsLogic.TryParseLevel(text, out var level))
            {
                return RightsRange.Exactly(RightsLogic.Of(level));
            }

            if (text.Length > 0 && RightsLogic.TryParseLetters(text, out var letters))
            {
                return RightsRange.Exactly(letters);
            }
        }

        return On(target);
    }

    private Dictionary<int, Level> Catalogue()
    {
        Dictionary<int, Level> highest = [];
        foreach (var edge in view.Edges(EdgeKinds.Confers))
        {
            if (edge.Of.Kind != NodeKinds.Scope || edge.Holds == Truth.False)
            {
                continue;
            }

            var level = StatedLevel(edge);
            foreach (var system in Containment.PossibleSystemsOf(edge.To))
            {
                if (level > highest.GetValueOrDefault(system.Index))
                {
                    highest[system.Index] = level;
                }
            }
        }

        return highest;
    }

    /// <summary>Where what a scope confers is disputed it may be anything that was said, and no less than where nothing was.</summary>
    private static Level StatedLevel(Edge edge)
    {
        var (rights, level) = (edge[Properties.RightLetters], edge[Properties.Level]);
        if (rights.Known == Known.Disputed || (level.Known == Known.Disputed && !rights.HasValue))
        {
            return edge.Statements()
                .Where(said => said.Property == Properties.RightLetters.Name || said.Property == Properties.Level.Name)
                .Select(said => LevelOf(said.Value.AsText()))
                .Append(Level.L5)
                .Max();
        }

        return rights.Text is { } letters && RightsLogic.TryParseLetters(letters, out var stated) ? stated.LevelOf() : LevelOf(level.Text);
    }

    private static Level LevelOf(string? text) =>
        text is null ? Level.L0
        : RightsLogic.TryParseLevel(text, out var level) ? level
        : RightsLogic.TryParseLetters(text, out var rights) ? rights.LevelOf()
        : Level.L0;
}
