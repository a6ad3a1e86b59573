namespace IdentityGraph.Interop.Html;

/// <summary>A small drawing for a kind of node, 18 by 18: a shape says the kind without colour.</summary>
internal static class KindIcon
{
    private const string Person = "M9 1.8a3.6 3.6 0 1 1 0 7.2a3.6 3.6 0 1 1 0 -7.2zM2 16.5c0 -3.6 3 -5.4 7 -5.4s7 1.8 7 5.4z";
    private const string Key = "M5.8 12.6a3.9 3.9 0 1 1 3.6 -5.4h7.1v3.3h-2v2.4h-3v-2.4h-2.1a3.9 3.9 0 0 1 -3.6 2.1zM5 7.5a1.2 1.2 0 1 0 0.1 0z";
    private const string Robot = "M3 6h12v9.5h-12zM8.3 2h1.4v4h-1.4zM5.8 9h2v2h-2zM10.2 9h2v2h-2z";
    private const string Server = "M2.5 2.5h13v5.4h-13zM2.5 10.1h13v5.4h-13zM4.6 4.5h2v1.4h-2zM4.6 12.1h2v1.4h-2z";
    private const string Page = "M4 1.5h7l3.5 3.5v11.5h-10.5zM6 8h6.5v1.3h-6.5zM6 11h6.5v1.3h-6.5z";
    private const string Grid = "M2 2h6v6h-6zM10 2h6v6h-6zM2 10h6v6h-6zM10 10h6v6h-6z";
    private const string Flow = "M1.5 6.5h5v5h-5zM11.5 1.5h5v5h-5zM11.5 11.5h5v5h-5zM6.5 8.3h2.4v-5h2.6v1.4h-1.2v8.6h1.2v1.4h-2.6v-5h-2.4z";
    private const string Group = "M6 3a2.6 2.6 0 1 1 0 5.2a2.6 2.6 0 1 1 0 -5.2zM12.5 3.6a2.2 2.2 0 1 1 0 4.4a2.2 2.2 0 1 1 0 -4.4zM1 15c0 -3.2 2 -5 5 -5s5 1.8 5 5zM12.2 15c0 -2 -.5 -3.6 -1.5 -4.8c3.6 -.8 6.3 1 6.3 4.8z";
    private const string Stamp = "M6.5 2h5v5l1.6 3.5h-8.2l1.6 -3.5zM2.5 11.8h13v2.2h-13zM2.5 15h13v1.5h-13z";
    private const string Building = "M3 2h12v14.5h-4.2v-3.5h-3.6v3.5h-4.2zM5.6 4.6h2v2h-2zM10.4 4.6h2v2h-2zM5.6 8.6h2v2h-2zM10.4 8.6h2v2h-2z";
    private const string Ring = "M9 2a7 7 0 1 1 0 14a7 7 0 1 1 0 -14zM9 4.4a4.6 4.6 0 1 0 0.1 0z";

    private static readonly Dictionary<string, string> s_shapes = new(StringComparer.Ordinal)
    {
        ["Person"] = Person,
        ["Account"] = Person,
        ["Employment"] = Stamp,
        ["Credential"] = Key,
        ["ServiceIdentity"] = Robot,
        ["Agent"] = Robot,
        ["System"] = Server,
        ["Resource"] = Page,
        ["Application"] = Grid,
        ["Connector"] = Flow,
        ["Workflow"] = Flow,
        ["Step"] = Flow,
        ["Run"] = Flow,
        ["StepRun"] = Flow,
        ["Handoff"] = Flow,
        ["Group"] = Group,
        ["Team"] = Group,
        ["Role"] = Group,
        ["OAuthGrant"] = Stamp,
        ["Scope"] = Stamp,
        ["Entitlement"] = Stamp,
        ["Assignment"] = Stamp,
        ["Policy"] = Stamp,
        ["Organization"] = Building,
        ["Tenant"] = Building,
    };

    /// <summary>The path of its drawing; a ring for kinds without one.</summary>
    public static string Of(string kind) => s_shapes.GetValueOrDefault(kind, Ring);
}
