using System.CommandLine;

namespace IdentityGraph.Cli;

/// <summary>What a command needs to be made: the global options and the world.</summary>
internal sealed record Door(GlobalOptions Options, Terminal Terminal)
{
    /// <summary>Runs an action with a session that is closed afterwards.</summary>
    public void On(Command command, Func<Session, ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var session = Session.Of(Options, parsed, Terminal);
            await using (session.ConfigureAwait(false))
            {
                if (session.Overlay is not null)
                {
                    await session.AskBeforeAsync(() => action(session, parsed, cancellationToken)).ConfigureAwait(false);
                }

                var code = await action(session, parsed, cancellationToken).ConfigureAwait(false);
                session.Finish();
                return code;
            }
        });
}
