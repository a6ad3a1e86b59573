using System.Buffers;
using System.Text.RegularExpressions;

namespace IdentityGraph.Collect;

/// <summary>
/// Recognises texts that look like the value of a secret, so that none enters the graph. Key ids (`AKIA…`), fingerprints, hashes in
/// hex, node ids and the names of kinds are no secrets. An answer names the sort of secret and never quotes it.
/// </summary>
public static partial class SecretLooking
{
    /// <summary>Shortest value behind a name like `password` that is taken for one; shorter ones are flags and counts.</summary>
    private const int ShortestNamed = 4;

    /// <summary>No pattern below fits less.</summary>
    private const int Shortest = 7;

    /// <summary>A pattern is tried only where one of its words occurs.</summary>
    private static readonly (SearchValues<string> Words, Regex Pattern, string Sort)[] s_sorts =
    [
        (Words("PRIVATE KEY", "AGE-SECRET-KEY"), PemKey(), "a private key (PEM)"),
        (Words("eyJ"), Jwt(), "a token (JWT)"),
        (Words("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"), GitHubToken(), "a GitHub token"),
        (Words("glpat-"), GitLabToken(), "a GitLab token"),
        (Words("xox", "xapp-"), SlackToken(), "a Slack token"),
        (Words("hooks.slack.com"), SlackHook(), "a Slack webhook address"),
        (Words("k_live_", "k_test_", "whsec_"), StripeKey(), "a Stripe secret key"),
        (Words("SG."), SendGridKey(), "a SendGrid key"),
        (Words("npm_", "pypi-"), PackageToken(), "a package registry token"),
        (Words("dop_v1_", "hvs.", "hvb.", "AIza", "ya29.", "1//0"), CloudToken(), "a cloud or vault token"),
        (Words("sk-"), AiKey(), "an API key"),
        (Words("@"), AddressWithPassword(), "an address with a password in it"),
        (Words("bearer", "basic", "ssws"), Header(), "an authorization header"),
        (Words("="), Named(), "a value behind the name of a secret"),
        (Words("\":", "\" :"), NamedInJson(), "a value behind the name of a secret"),
    ];

    /// <summary>
    /// A text without one of these and without `=` is none of the secrets above, save a bare AWS secret key. Quick enough for every text
    /// of a file, because none is a single character: then many characters are compared at a time.
    /// </summary>
    private static readonly SearchValues<string> s_words = Words(
        "PRIVATE KEY", "AGE-SECRET-KEY", "eyJ", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "xapp-", "hooks.slack.com",
        "k_live_", "k_test_", "whsec_", "SG.", "npm_", "pypi-", "dop_v1_", "hvs.", "hvb.", "AIza", "ya29.", "1//0", "sk-", "://", "bearer", "basic", "ssws", "\":", "\" :");

    /// <summary>What GUIDs and the identifiers of Windows are made of: every word above has a letter or sign beyond it.</summary>
    private static readonly SearchValues<char> s_harmless = SearchValues.Create("0123456789abcdefABCDEFsS-");

    /// <summary>Every pattern above wants one of these, or two slashes together, or is as long as a bare key.</summary>
    private static readonly SearchValues<byte> s_signs = SearchValues.Create("_-. =\""u8);

    private const int ShortestBare = 39;

    /// <summary>Characters of a bare AWS secret key.</summary>
    private const int BareLength = 40;

    private static readonly string[] s_secretNames =
    [
        "password", "passwd", "pwd", "passphrase", "secret", "clientsecret", "secretvalue", "secretkey", "secrettext", "secretaccesskey", "awssecretaccesskey",
        "token", "accesstoken", "refreshtoken", "idtoken", "bearertoken", "authtoken", "sessiontoken", "apitoken", "apikey", "apisecret", "appsecret", "privatekey", "signingkey",
        "encryptionkeyvalue", "connectionstring", "webhooksecret", "sharedkey", "accountkey", "sharedaccesskey", "sastoken", "pin", "otp", "totpseed", "recoverycode", "unixpassword", "userpassword", "unicodepwd", "sfupassword", "ntlmhash",
    ];

    /// <summary>Whoever's it is: `dbPassword`, `slack_client_secret`.</summary>
    private static readonly string[] s_secretEndings =
        ["password", "passwd", "passphrase", "clientsecret", "secretkey", "secretaccesskey", "apikey", "privatekey", "accesstoken", "refreshtoken", "connectionstring"];

    /// <summary>The sort of secret the text looks like (`a private key (PEM)`), or null.</summary>
    public static string? Find(ReadOnlySpan<char> text)
    {
        if (text.Length != BareLength && !text.ContainsAnyExcept(s_harmless))
        {
            return null;
        }

        if (IsAwsSecretKey(text))
        {
            return "an AWS secret key";
        }

        if (text.Length < Shortest || (!text.Contains('=') && !text.ContainsAny(s_words)))
        {
            return null;
        }

        foreach (var (words, pattern, sort) in s_sorts)
        {
            if (text.ContainsAny(words) && pattern.IsMatch(text))
            {
                return sort;
            }
        }

        return null;
    }

    /// <summary>The same for an id, whose parts are percent-encoded: an address with a password in it looks like none there.</summary>
    public static string? FindInId(string id) =>
        Find(id) ?? (id.Contains('%', StringComparison.Ordinal) ? Find(Uri.UnescapeDataString(id)) : null);

    /// <summary>Whether <see cref="Find"/> need be asked at all: false only where it finds nothing.</summary>
    /// <param name="ascii">ASCII without control characters.</param>
    internal static bool MayBe(ReadOnlySpan<byte> ascii) =>
        ascii.Length >= Shortest && (ascii.Length >= ShortestBare || ascii.ContainsAny(s_signs) || ascii.IndexOf("//"u8) >= 0);

    /// <summary>The same for the value of a property, whose name counts too: `clientSecret` with any text in it is one.</summary>
    public static string? FindIn(string property, ReadOnlySpan<char> value)
    {
        if (NamesSecret(property) && value.Length >= ShortestNamed && !IsPlaceholder(value))
        {
            return "the value of a secret, by its name";
        }

        return property is "fingerprint" or "hash" && IsAwsSecretKey(value) ? null : Find(value);
    }

    /// <summary>Whether a property of that name holds the value of a secret: `password`, `client_secret`, `apiKey`…, not `passwordLastSet`.</summary>
    public static bool NamesSecret(string property)
    {
        Span<char> plain = stackalloc char[32];
        var length = 0;
        foreach (var letter in property)
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                if (length == plain.Length)
                {
                    return false;
                }

                plain[length++] = char.ToLowerInvariant(letter);
            }
        }

        foreach (var name in s_secretNames)
        {
            if (plain[..length].SequenceEqual(name))
            {
                return true;
            }
        }

        // `cascade_accessToken` says what becomes of such tokens.
        foreach (var ending in s_secretEndings)
        {
            if (plain[..length].EndsWith(ending) && !plain.StartsWith("cascade"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Forty characters of base64 in both cases that are neither hex nor made of words.</summary>
    internal static bool IsAwsSecretKey(ReadOnlySpan<char> text)
    {
        if (text.Length != BareLength)
        {
            return false;
        }

        var (upper, lower, digits, signs, beyondHex, run, inWords) = (0, 0, 0, 0, 0, 0, 0);
        foreach (var letter in text)
        {
            var isLower = char.IsAsciiLetterLower(letter);
            upper += char.IsAsciiLetterUpper(letter) ? 1 : 0;
            lower += isLower ? 1 : 0;
            digits += char.IsAsciiDigit(letter) ? 1 : 0;
            signs += letter is '/' or '+' ? 1 : 0;
            beyondHex += char.IsAsciiHexDigit(letter) ? 0 : 1;

            // Chance seldom puts four small letters in a row, words do.
            run = isLower ? run + 1 : 0;
            inWords += run == 4 ? 4 : run > 4 ? 1 : 0;
        }

        return upper + lower + digits + signs == 40 && upper >= 3 && lower >= 3 && digits + signs >= 1 && beyondHex >= 5 && inWords < 10;
    }

    private static SearchValues<string> Words(params string[] words) => SearchValues.Create(words, StringComparison.OrdinalIgnoreCase);

    /// <summary>What stands where a value was left out: `***`, `&lt;redacted&gt;`, `${NAME}`, `{{ name }}`, `vault:path`.</summary>
    private static bool IsPlaceholder(ReadOnlySpan<char> value) => value.IsWhiteSpace() || Placeholder().IsMatch(value);

    [GeneratedRegex(@"\A(?:[*•xX.\-]+|<[^<>]*>|\[[^\[\]]*\]|\$\{[^{}]*\}|\{\{[^{}]*\}\}|(?:vault|arn|https|op|ssm|secretsmanager|projects)[:/]\S*|null|none|true|false|redacted|hidden|masked)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----|AGE-SECRET-KEY-1[0-9A-Z]{20}")]
    private static partial Regex PemKey();

    [GeneratedRegex(@"(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*")]
    private static partial Regex Jwt();

    [GeneratedRegex(@"(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{20,}|gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{20,}")]
    private static partial Regex GitHubToken();

    /// <summary>Words with hyphens have no capitals, chance nearly always does: the same of the keys below.</summary>
    [GeneratedRegex(@"(?<![A-Za-z0-9])glpat-(?=[a-z0-9_-]*[A-Z])[A-Za-z0-9_-]{16,}")]
    private static partial Regex GitLabToken();

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:xox[abeoprs]-[A-Za-z0-9-]{10,}|xapp-[0-9]-[A-Za-z0-9-]{10,})")]
    private static partial Regex SlackToken();

    [GeneratedRegex(@"hooks\.slack\.com/(?:services|workflows)/[A-Za-z0-9]+/[A-Za-z0-9]+/[A-Za-z0-9]+")]
    private static partial Regex SlackHook();

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:[sr]k_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=]{16,})")]
    private static partial Regex StripeKey();

    [GeneratedRegex(@"(?<![A-Za-z0-9])SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}")]
    private static partial Regex SendGridKey();

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:npm_[A-Za-z0-9]{30,}|pypi-(?=[a-z0-9_-]*[A-Z])[A-Za-z0-9_-]{30,})")]
    private static partial Regex PackageToken();

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:dop_v1_[a-f0-9]{32,}|hv[sb]\.[A-Za-z0-9_-]{20,}|AIza[A-Za-z0-9_-]{35}|ya29\.[A-Za-z0-9_-]{20,}|1//0[A-Za-z0-9_-]{30,})")]
    private static partial Regex CloudToken();

    [GeneratedRegex(@"\bsk-(?:proj-|ant-|svcacct-)?(?=[a-z0-9_-]*[A-Z]|[a-f0-9]{32})[A-Za-z0-9_-]{32,}")]
    private static partial Regex AiKey();

    [GeneratedRegex(@"\b[a-zA-Z][a-zA-Z0-9+.-]*://[^\s/?#:@]*:(?!\*+@|<[^<>@]*>@|\$\{[^{}@]*\}@)[^\s/?#@]+@")]
    private static partial Regex AddressWithPassword();

    [GeneratedRegex(@"\b(?:Bearer\s+[A-Za-z0-9._~+/-]{20,}|Basic\s+(?-i:(?=[A-Za-z+/]*[0-9=])(?=[a-z0-9+/]*[A-Z]))[A-Za-z0-9+/]{12,}={0,2}(?![A-Za-z0-9+/])|SSWS\s+[A-Za-z0-9_-]{20,})", RegexOptions.IgnoreCase)]
    private static partial Regex Header();

    [GeneratedRegex(@"(?:password|passwd|pwd|client[_-]?secret|secret[_-]?access[_-]?key|access[_-]?token|refresh[_-]?token|auth[_-]?token|api[_-]?key|account[_-]?key|shared[_-]?access[_-]?key|[?&;]sig)\s*=\s*[""']?(?![*<$\[{])[^\s;&""']{6,}", RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    /// <summary>JSON within a text; a value of letters alone is a word (`"password":"required"`).</summary>
    [GeneratedRegex(@"(?:password|passwd|client[_-]?secret|secret[_-]?access[_-]?key|access[_-]?token|refresh[_-]?token|api[_-]?key|account[_-]?key|private[_-]?key)""\s*:\s*""(?![*<$\[{])(?=[^""]*[0-9!#%^&+/=])[^\s""]{8,}""", RegexOptions.IgnoreCase)]
    private static partial Regex NamedInJson();
}
