using System.Runtime.InteropServices;
using IdentityGraph.Bolt.PackStream;

namespace IdentityGraph.Bolt.Protocol;

/// <summary>What a client says of itself when it connects.</summary>
/// <param name="UserAgent">Product and version, for the server's logs.</param>
/// <param name="Routing">Address and context for a server that may route; null for one that is spoken to directly.</param>
/// <param name="Notifications">Which notifications are not wanted.</param>
internal sealed record ClientIntroduction(string UserAgent, IReadOnlyDictionary<string, object?>? Routing, NotificationFilter? Notifications)
{
    /// <param name="writer">Where to.</param>
    /// <param name="version">Decides which entries there are.</param>
    /// <param name="authentication">Given where signing in is part of it (5.0).</param>
    public void Pack(PackWriter writer, BoltVersion version, BoltAuthentication? authentication)
    {
        var filter = Notifications?.EntriesFor(version) ?? [];
        var namesAgent = version >= new BoltVersion(5, 3);
        writer.BeginMap(1 + (namesAgent ? 1 : 0) + (Routing is null ? 0 : 1) + filter.Count + (authentication?.Entries ?? 0));
        writer.WriteUtf8("user_agent"u8);
        writer.Write(UserAgent);
        if (namesAgent)
        {
            writer.WriteUtf8("bolt_agent"u8);
            writer.BeginMap(3);
            writer.WriteUtf8("product"u8);
            writer.Write($"IdentityGraph.Bolt/{typeof(ClientIntroduction).Assembly.GetName().Version?.ToString(3)}");
            writer.WriteUtf8("platform"u8);
            writer.Write($"{RuntimeInformation.OSDescription}; {RuntimeInformation.OSArchitecture}");
            writer.WriteUtf8("language"u8);
            writer.Write(RuntimeInformation.FrameworkDescription);
        }

        if (Routing is not null)
        {
            writer.WriteUtf8("routing"u8);
            writer.WriteValue(Routing);
        }

        foreach (var (name, value) in filter)
        {
            writer.Write(name);
            writer.WriteValue(value);
        }

        authentication?.PackEntries(writer);
    }
}
