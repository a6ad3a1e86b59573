namespace IdentityGraph.Sources.Aws;

/// <summary>What makes an ability one: which statements to look for, once it is told of somebody. Shared by all for whom they are the same.</summary>
/// <param name="Target">ARN of one of the targets.</param>
/// <param name="OnTarget">The action that must be allowed on it; null: none need be.</param>
/// <param name="Most">Statements of that one.</param>
/// <param name="Elsewhere">Actions that must be allowed on anything; a statement each.</param>
internal sealed record Reason(string Target, string? OnTarget, int Most, IReadOnlyList<string> Elsewhere)
{
    /// <summary>Finds the statements where no action that is asked for of everybody is among them; null: one is.</summary>
    public Func<Holder, IEnumerable<string>>? Said { get; init; }

    public static Reason On(string target, string action) => new(target, action, 3, []);

    public static Reason OnAndOf(string target, string action, IReadOnlyList<string> actions) => new(target, action, 1, actions);

    public static Reason Of(IReadOnlyList<string> actions) => new("", null, 0, actions);

    /// <summary>Place, policy and statement each.</summary>
    public IEnumerable<string> Of(Standing standing, Holder holder) => Said is { } said ? said(holder) :
    [
        .. OnTarget is null ? [] : standing.Because(holder, OnTarget, Target).Take(Most),
        .. Elsewhere.SelectMany(action => standing.Because(holder, action).Take(1)),
    ];
}
