using System.Globalization;
using IdentityGraph.Cli;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return await CommandLine.RunAsync(args, Terminal.Real()).ConfigureAwait(false);
