namespace IdentityGraph.Cli;

/// <summary>Where a secret is: `env:NAME` or `file:PATH`. Settings hold nothing else, and no message shows what is there.</summary>
internal static class SecretReference
{
    /// <exception cref="ConfigurationException">It is no reference: perhaps the secret itself, so it is not shown.</exception>
    public static void Check(string reference, string origin)
    {
        if (!(reference.StartsWith("env:", StringComparison.Ordinal) && reference.Length > "env:".Length)
            && !(reference.StartsWith("file:", StringComparison.Ordinal) && reference.Length > "file:".Length))
        {
            throw new ConfigurationException($"{origin} takes a reference, `env:NAME` or `file:PATH`, never the secret itself");
        }
    }

    /// <exception cref="ConfigurationException">What it refers to is not there, is empty, or is a file that everybody may read.</exception>
    public static string Read(string reference, string origin, IReadOnlyDictionary<string, string> environment)
    {
        Check(reference, origin);
        var (scheme, name) = reference.Split(':', 2) is [var first, var rest] ? (first, rest) : ("", "");
        var secret = scheme == "env" ? environment.GetValueOrDefault(name) : OfFile(name, origin);
        return !string.IsNullOrEmpty(secret) ? secret : throw new ConfigurationException($"{origin} refers to {(scheme == "env" ? $"the environment variable `{name}`, which is not set" : $"the file `{name}`, which is empty")}");
    }

    private static string OfFile(string path, string origin)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0)
            {
                throw new ConfigurationException($"{origin} refers to the file `{path}`, which everybody on this machine may read; take that away with `chmod o-rw`");
            }

            return File.ReadAllText(path).TrimEnd('\n', '\r');
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{origin} refers to the file `{path}`, which cannot be read: {unreadable.Message}");
        }
    }
}
