using System.Globalization;
using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.Records;
using static IdentityGraph.Sources.BloodHound.JsonReading;

namespace IdentityGraph.Sources.Azure;

/// <summary>
/// What can be said only once all of the file was read: access policies count only in vaults that do not decide by roles, and what
/// activating a role demands stands elsewhere than who may. Policies and eligibilities go to a <see cref="TextShelf"/>; vaults and what roles demand stay in memory.
/// </summary>
internal sealed class AzurePending : IDisposable
{
    private readonly Dictionary<string, bool?> _byRoles = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Of each policy the vault, the principal, letters, stream and place.</summary>
    private readonly TextShelf _policies = new();

    /// <summary>Of each eligibility the principal, the role, since when ("": not said), stream and place.</summary>
    private readonly TextShelf _eligible = new();
    private readonly Dictionary<string, IReadOnlyList<string>> _gates = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a vault decides by roles; null: it does not say.</summary>
    public void Vault(string path, bool? byRoles) => _byRoles[path] = byRoles;

    public void Eligible(string principal, string role, DateTimeOffset? since, string stream, string where) =>
        Put(_eligible, principal, role, since?.ToString("O", CultureInfo.InvariantCulture) ?? "", stream, where);

    public void Gates(string role, IReadOnlyList<string> gates) => _gates[role] = gates;

    public void AccessPolicy(JsonValue data, AzureWriting writing)
    {
        var (vault, principal) = (Text(data, "keyVaultId") ?? "", Text(data, "objectId") ?? "");
        if (AzureWriting.WhyNot(vault) is { } why || (why = AzureWriting.WhyNot(principal)) is not null)
        {
            writing.Book.Refuse(writing.Where, "data", $"an access policy needs a vault and whom it is for: {why}; it was left out", writing.Stream);
            return;
        }

        var letters = LettersOf(Member(data, "permissions"), writing);
        Put(_policies, vault, principal, letters, writing.Stream, writing.Where);
        writing.Trace(new AzureLink(principal, AzureKind.Base, "AZKeyVaultAccessPolicy", vault, AzureKind.KeyVault), "imported", $"ENTITLES of {AzureIds.Object(principal)} to {AzureIds.Object(vault)} with {letters}, unless the vault decides by roles");
    }

    /// <summary>Everything that waited.</summary>
    public IEnumerable<Observation> Read(FactList facts, AzureWriting writing)
    {
        foreach (var (vault, principal, letters, stream, where) in All(_policies))
        {
            if (_byRoles.GetValueOrDefault(vault) == true)
            {
                writing.Book.Report.Warn($"`{vault}` decides by role assignments: its access policies have no effect and were left out");
                continue;
            }

            Begin(facts, stream, $"{writing.Book.File}#{where}");
            facts.Edge(EdgeKinds.Entitles, AzureIds.Object(principal), AzureIds.Object(vault), "AccessPolicy", FactList.Rights(letters.Length == 0 ? null : letters, "AccessPolicy"));
            foreach (var fact in facts.Facts)
            {
                yield return fact;
            }
        }

        foreach (var (principal, role, since, stream, where) in All(_eligible))
        {
            Begin(facts, stream, $"{writing.Book.File}#{where}");
            writing.Links.Eligible(principal, role, since.Length == 0 ? null : DateTimeOffset.ParseExact(since, "O", CultureInfo.InvariantCulture), _gates.GetValueOrDefault(role));
            foreach (var fact in facts.Facts)
            {
                yield return fact;
            }
        }
    }

    public void Dispose()
    {
        _policies.Dispose();
        _eligible.Dispose();
    }

    private static void Put(TextShelf shelf, params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            shelf.Add(text);
        }
    }

    private static IEnumerable<(string, string, string, string Stream, string Where)> All(TextShelf shelf)
    {
        for (var place = 0L; place < shelf.Length;)
        {
            yield return (shelf.Read(ref place), shelf.Read(ref place), shelf.Read(ref place), shelf.Read(ref place), shelf.Read(ref place));
        }
    }

    private static void Begin(FactList facts, string stream, string where)
    {
        facts.Clear();
        facts.Stream = stream;
        facts.Where = where;
    }

    /// <summary>Rights out of DRWUA that the words of a policy give on what the vault holds; "": words nobody knows, or none.</summary>
    private static string LettersOf(JsonValue permissions, AzureWriting writing)
    {
        var words = new[] { "secrets", "certificates", "keys", "storage" }
            .SelectMany(list => writing.List(permissions, list))
            .Where(word => word.ValueKind == JsonValueKind.String)
            .Select(word => word.GetString()?.ToLowerInvariant() ?? "")
            .ToHashSet(StringComparer.Ordinal);
        if (words.Contains("all"))
        {
            return "DRWU";
        }

        var letters = words.Count > 0 ? "D" : "";
        letters += words.Overlaps(["get", "getsas", "backup"]) ? "R" : "";
        letters += words.Overlaps(["set", "delete", "create", "import", "update", "restore", "recover", "purge", "rotate", "regeneratekey", "managecontacts", "manageissuers", "setissuers", "deleteissuers"]) ? "W" : "";
        return letters + (words.Overlaps(["decrypt", "encrypt", "sign", "verify", "wrapkey", "unwrapkey", "release"]) ? "U" : "");
    }
}
