using System.Buffers;
using System.Text;
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

    /// <summary>A pattern is tried only where its sign and one of its words occur; `\0`: it has no sign.</summary>
    private static readonly (char Sign, SearchValues<string> Words, Regex Pattern, string Sort)[] s_sorts =
    [
        (' ', Words("PRIVATE KEY"), PemKey(), "a private key (PEM)"),
        ('-', Words("AGE-SECRET-KEY"), PemKey(), "a private key (PEM)"),
        ('.', Words("eyJ"), Jwt(), "a token (JWT)"),
        ('_', Words("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"), GitHubToken(), "a GitHub token"),
        ('-', Words("glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glsoat-", "glimt-", "glagent-"), GitLabToken(), "a GitLab token"),
        ('-', Words("xox", "xapp-"), SlackToken(), "a Slack token"),
        ('/', Words("hooks.slack.com"), SlackHook(), "a Slack webhook address"),
        ('_', Words("k_live_", "k_test_", "whsec_"), StripeKey(), "a Stripe secret key"),
        ('.', Words("SG."), SendGridKey(), "a SendGrid key"),
        ('_', Words("npm_"), PackageToken(), "a package registry token"),
        ('-', Words("pypi-"), PackageToken(), "a package registry token"),
        ('_', Words("dop_v1_", "doo_v1_", "dor_v1_", "dckr_pat_"), CloudToken(), "a cloud or vault token"),
        ('.', Words("hvs.", "hvb.", "hvr.", "ya29.", "atlasv1.", "s."), CloudToken(), "a cloud or vault token"),
        ('-', Words("GOCSPX-"), CloudToken(), "a cloud or vault token"),
        ('\0', Words("AIza", "1//0", "dapi"), CloudToken(), "a cloud or vault token"),
        ('~', Words("Q~"), EntraSecret(), "an Entra client secret"),
        ('\0', Words("ATATT3", "ATCTT3"), AtlassianToken(), "an Atlassian token"),
        ('\0', Words("token", "okta"), OktaToken(), "an Okta token"),
        ('=', Words("=="), StorageKey(), "an Azure storage key"),
        ('-', Words("sk-", "PMAK-"), AiKey(), "an API key"),
        ('_', Words("hf_", "shpat_", "shpss_", "shpca_", "shppa_", "glsa_"), AiKey(), "an API key"),
        ('@', Words("://"), AddressWithPassword(), "an address with a password in it"),
        (' ', Words("bearer", "basic", "ssws"), Header(), "an authorization header"),
        ('=', Words("="), Named(), "a value behind the name of a secret"),
        ('\0', Words("passw", "passphrase", "pwd"), PasswordInProse(), "a value behind the name of a secret"),
        ('\0', Words("key:", "key is", "key was", "secret:", "secret is", "secret was", "token:", "token is", "token was"), KeyInProse(), "a value behind the name of a secret"),
        ('"', Words("\":", "\" :"), NamedInJson(), "a value behind the name of a secret"),
    ];

    /// <summary>
    /// A text without one of these and without a sign below is none of the secrets above, save a bare key. Quick enough for every text
    /// of a file, because none is a single character and they are few: then many characters are compared at a time.
    /// </summary>
    private static readonly SearchValues<string> s_words = Words(
        "PRIVATE KEY", "AGE-SECRET-KEY", "eyJ", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "xapp-", "hooks.slack.com",
        "k_live_", "k_test_", "whsec_", "SG.", "npm_", "pypi-", "dop_v1_", "hvs.", "hvb.", "AIza", "ya29.", "1//0", "sk-", "://", "bearer", "basic", "ssws", "\":", "\" :");

    /// <summary>Ways to speak of a value: few enough to be looked for in every text.</summary>
    private static readonly SearchValues<string> s_spoken = Words("passw", "passphr", "pwd", "key:", "key is", "secret:", "secret is", "token");

    /// <summary>Looked for only where their sign occurs.</summary>
    private static readonly SearchValues<string> s_underscored = Words("doo_v1_", "dor_v1_", "dckr_pat_", "hf_", "shpat_", "shpss_", "shpca_", "shppa_");

    private static readonly SearchValues<string> s_hyphened = Words("gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glsoat-", "glimt-", "glagent-");

    private static readonly SearchValues<string> s_dotted = Words("hvr.", "atlasv1.", " s.", ":s.", "\"s.");

    /// <summary>Looked for only in what is long enough for them.</summary>
    private static readonly SearchValues<string> s_long = Words("dapi", "ATATT3", "ATCTT3", "GOCSPX-", "glsa_", "PMAK-", " 00");

    private static readonly SearchValues<string> s_awsKeyIds = SearchValues.Create(["AKIA", "ASIA"], StringComparison.Ordinal);

    /// <summary>What GUIDs and the identifiers of Windows are made of: every word above has a letter or sign beyond it.</summary>
    private static readonly SearchValues<char> s_harmless = SearchValues.Create("0123456789abcdefABCDEFsS-");

    /// <summary>Every pattern above wants one of these, or two slashes together, or the end of `password:`, or is as long as a bare key.</summary>
    private static readonly SearchValues<byte> s_signs = SearchValues.Create("_-. =\"~"u8);

    private const int ShortestBare = 36;

    /// <summary>Every secret that is as short as this or shorter has another sign than these.</summary>
    private static readonly SearchValues<char> s_plain = SearchValues.Create(Plain);
    private static readonly SearchValues<byte> s_plainBytes = SearchValues.Create(Encoding.ASCII.GetBytes(Plain));

    private const string Plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/%*+,";

    private const int LongestPlain = 33;

    /// <summary>The same of names: every sort above that has one of these signs and no other is longer.</summary>
    private static readonly SearchValues<char> s_named = SearchValues.Create(Plain + "-_.");
    private static readonly SearchValues<byte> s_namedBytes = SearchValues.Create(Encoding.ASCII.GetBytes(Plain + "-_."));

    private const int LongestNamed = 14;

    /// <summary>Characters of the shortest token that one of the longer words begins.</summary>
    private const int ShortestLong = 27;

    /// <summary>Characters of an Okta token.</summary>
    private const int OktaLength = 42;

    private static readonly SearchValues<char> s_base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    private static readonly SearchValues<char> s_base64Url = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Characters of a bare AWS secret key.</summary>
    private const int BareLength = 40;

    private static readonly Regex s_storageKey = StorageKey();

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
    public static string? Find(ReadOnlySpan<char> text) => Look(text, isHash: false);

    /// <summary>Whether a text is so short and plain that <see cref="Find"/> finds nothing in it; false says nothing.</summary>
    public static bool IsHarmless(ReadOnlySpan<char> text) =>
        text.Length <= LongestPlain && (!text.ContainsAnyExcept(s_plain) || (text.Length <= LongestNamed && !text.ContainsAnyExcept(s_named)));

    /// <inheritdoc cref="IsHarmless(ReadOnlySpan{char})"/>
    /// <param name="ascii">As UTF-8; what is not ASCII is looked at.</param>
    public static bool IsHarmless(ReadOnlySpan<byte> ascii) =>
        ascii.Length <= LongestPlain && (!ascii.ContainsAnyExcept(s_plainBytes) || (ascii.Length <= LongestNamed && !ascii.ContainsAnyExcept(s_namedBytes)));

    private static string? Look(ReadOnlySpan<char> text, bool isHash)
    {
        if (IsHarmless(text))
        {
            return null;
        }

        if (text.Length != BareLength && !text.ContainsAnyExcept(s_harmless))
        {
            return null;
        }

        if (!isHash && IsAwsSecretKey(text))
        {
            return "an AWS secret key";
        }

        if (IsOktaToken(text))
        {
            return "an Okta token";
        }

        if (text.Length > BareLength && HoldsAwsSecretKey(text))
        {
            return "an AWS secret key";
        }

        return Fitting(text, isHash) ?? (!isHash && text.Length > BareLength && HoldsBareKey(text) ? "an AWS secret key" : null);
    }

    /// <summary>The sort of the first pattern that is met.</summary>
    private static string? Fitting(ReadOnlySpan<char> text, bool isHash)
    {
        if (text.Length < Shortest || !MayHold(text))
        {
            return null;
        }

        foreach (var (sign, words, pattern, sort) in s_sorts)
        {
            // What is said to be a hash is as long as such a key.
            if ((sign == '\0' || text.Contains(sign)) && text.ContainsAny(words) && pattern.IsMatch(text) && !(isHash && pattern == s_storageKey))
            {
                return sort;
            }
        }

        return null;
    }

    private static bool MayHold(ReadOnlySpan<char> text) =>
        text.ContainsAny('=', '~') || text.ContainsAny(s_words) || text.ContainsAny(s_spoken)
        || (text.Contains('_') && text.ContainsAny(s_underscored))
        || (text.Contains('-') && text.ContainsAny(s_hyphened))
        || (text.Contains('.') && (text.StartsWith("s.", StringComparison.Ordinal) || text.ContainsAny(s_dotted)))
        || (text.Length >= ShortestLong && text.ContainsAny(s_long));

    /// <summary>The same for an id, whose parts are percent-encoded: an address with a password in it looks like none there.</summary>
    public static string? FindInId(string id) =>
        Find(id) ?? (id.Contains('%', StringComparison.Ordinal) ? Find(Uri.UnescapeDataString(id)) : null);

    /// <summary>Whether <see cref="Find"/> need be asked at all: false only where it finds nothing.</summary>
    /// <param name="ascii">ASCII without control characters.</param>
    internal static bool MayBe(ReadOnlySpan<byte> ascii) =>
        ascii.Length >= Shortest && (ascii.Length >= ShortestBare || ascii.ContainsAny(s_signs) || ascii.IndexOf("//"u8) >= 0 || ascii.IndexOf("d:"u8) >= 0 || ascii.IndexOf("D:"u8) >= 0);

    /// <summary>The same for the value of a property, whose name counts too: `clientSecret` with any text in it is one.</summary>
    public static string? FindIn(string property, ReadOnlySpan<char> value)
    {
        if (NamesSecret(property) && value.Length >= ShortestNamed && !IsPlaceholder(value))
        {
            return "the value of a secret, by its name";
        }

        return Look(value, isHash: property is "fingerprint" or "hash");
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

    /// <summary>After the id of an access key what is as long as its secret is most likely its secret: `AKIA… / wJalr…`.</summary>
    private static bool HoldsAwsSecretKey(ReadOnlySpan<char> text)
    {
        var at = text.IndexOfAny(s_awsKeyIds);
        var rest = at < 0 ? [] : text[(at + "AKIA".Length)..];
        while (rest.IndexOfAny(s_base64) is >= 0 and var start)
        {
            rest = rest[start..];
            var length = rest.IndexOfAnyExcept(s_base64) is >= 0 and var end ? end : rest.Length;
            if (IsAwsSecretKey(rest[..length]))
            {
                return true;
            }

            rest = rest[length..];
        }

        return false;
    }

    /// <summary>By itself, `00` and forty characters of both cases and digits.</summary>
    private static bool IsOktaToken(ReadOnlySpan<char> text) =>
        text.Length == OktaLength && text.StartsWith("00", StringComparison.Ordinal) && !text.ContainsAnyExcept(s_base64Url)
        && text.ContainsAnyInRange('A', 'Z') && text.ContainsAnyInRange('a', 'z');

    private static SearchValues<string> Words(params string[] words) => SearchValues.Create(words, StringComparison.OrdinalIgnoreCase);

    /// <summary>What stands where a value was left out: `***`, `&lt;redacted&gt;`, `${NAME}`, `{{ name }}`, `vault:path`.</summary>
    private static bool IsPlaceholder(ReadOnlySpan<char> value) => value.IsWhiteSpace() || Placeholder().IsMatch(value);
}
