using System.CommandLine;
using IdentityGraph.Daemon;

namespace IdentityGraph.Cli;

/// <summary>A probe for containers: 0 is well, 1 is not.</summary>
internal static class HealthCommand
{
    public static Command Create(Door door)
    {
        var command = new ExampleCommand(
            "health",
            "Say whether all is well: where `daemon:heartbeat` is set, that a daemon beat there less than a minute ago; else that the store can be opened. Exit 0 or 1.",
            "idgraph health");
        door.On(command, static (session, _, _) =>
        {
            var fault = session.Configuration.Heartbeat is { } heartbeat ? Heartbeat.Fault(heartbeat, session.Terminal.Time) : StoreFault(session);
            if (fault is not null)
            {
                session.Printer.Complain(fault);
            }

            session.Printer.Print(Sheet.Of("", ["health", "why"], [[fault is null ? "well" : "not well", fault]]));
            return Task.FromResult(fault is null ? ExitCode.Done : ExitCode.Gate);
        });
        return command;
    }

    private static string? StoreFault(Session session)
    {
        try
        {
            session.OpenStore();
            return null;
        }
        catch (Graph.StoreException unusable)
        {
            return unusable.Message;
        }
    }
}
