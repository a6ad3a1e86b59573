using System.Text.RegularExpressions;

namespace IdentityGraph.Collect;

/// <content>The shapes that issuers publish of their tokens, and how people write values behind names.</content>
public static partial class SecretLooking
{
    /// <summary>What stands behind the name of a secret and is not its value: a placeholder, a place, an address, a date or period, a method, the id of a key.</summary>
    private const string NoValue = @"(?![*<$%\[{(/\\]|[a-z][a-z_.-]*/|[a-z]:\\|[a-z]+://|(?:vault|arn|op|ssm|env|file|secretsmanager|see)\b|[0-9]{4}-[0-9]{2}|[0-9]+\s*(?:days?|weeks?|months?|years?|chars?|characters?|hours?)\b|(?:sha|md|aes|rsa|bcrypt|scrypt|argon|pbkdf|oauth|saml|fido|base|utf|ntlmv)-?[0-9]|x\.?509|AKIA|ASIA|S-1-5-|[0-9a-f]{8}-[0-9a-f]{4}-|[\w.+-]+@[\w-]+\.[a-z])";

    [GeneratedRegex(@"\A(?:[*•xX.\-]+|<[^<>]*>|\[[^\[\]]*\]|\$\{[^{}]*\}|\{\{[^{}]*\}\}|(?:vault|arn|https|op|ssm|secretsmanager|projects)[:/]\S*|null|none|true|false|redacted|hidden|masked)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----|AGE-SECRET-KEY-1[0-9A-Z]{20}")]
    private static partial Regex PemKey();

    /// <summary>A signed token has two parts of JSON: those are one in any case, as ids put them.</summary>
    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*|(?i:eyj[a-z0-9_-]{8,}\.eyj[a-z0-9_-]{8,}\.))")]
    private static partial Regex Jwt();

    [GeneratedRegex(@"(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{20,}|(?i:gh[pousr]_)[A-Za-z0-9]{36,}|(?i:github_pat_)[A-Za-z0-9_]{20,}")]
    private static partial Regex GitHubToken();

    /// <summary>Words with hyphens have no capitals, chance nearly always does: the same of the keys below.</summary>
    [GeneratedRegex(@"(?<![A-Za-z0-9])gl(?:pat|dt|rt|cbt|ptt|ft|soat|imt|agent)-(?=[a-z0-9_.-]*[A-Z])[A-Za-z0-9_.-]{16,}")]
    private static partial Regex GitLabToken();

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:(?i:xox[a-z])-[A-Za-z0-9%-]{10,}|xapp-[0-9]-[A-Za-z0-9-]{10,})")]
    private static partial Regex SlackToken();

    [GeneratedRegex(@"hooks\.slack\.com/(?:services|workflows)/[A-Za-z0-9]+/[A-Za-z0-9]+/[A-Za-z0-9]+")]
    private static partial Regex SlackHook();

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:[sr]k_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=]{16,})")]
    private static partial Regex StripeKey();

    [GeneratedRegex(@"(?<![A-Za-z0-9])SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}")]
    private static partial Regex SendGridKey();

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:npm_[A-Za-z0-9]{30,}|pypi-(?=[a-z0-9_-]*[A-Z])[A-Za-z0-9_-]{30,})")]
    private static partial Regex PackageToken();

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:do[por]_v1_[a-f0-9]{32,}|hv[sbr]\.[A-Za-z0-9_-]{20,}|s\.(?=[A-Za-z]*[0-9])(?=[a-z0-9]*[A-Z])[A-Za-z0-9]{24}(?![A-Za-z0-9.])|[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,}|dapi[a-f0-9]{32}(?![a-f0-9])|dckr_pat_[A-Za-z0-9_-]{20,}|GOCSPX-[A-Za-z0-9_-]{20,}|AIza[A-Za-z0-9_-]{35}|ya29\.[A-Za-z0-9_-]{20,}|1//0[A-Za-z0-9_-]{30,})")]
    private static partial Regex CloudToken();

    [GeneratedRegex(@"\b(?:sk-(?:proj-|ant-|svcacct-)?(?=[a-z0-9_-]*[A-Z]|[a-f0-9]{32})[A-Za-z0-9_-]{32,}|hf_(?=[a-z0-9]*[A-Z])[A-Za-z0-9]{30,}|shp(?:at|ss|ca|pa)_[A-Fa-f0-9]{32}|glsa_[A-Za-z0-9]{32}_|PMAK-[a-f0-9]{24}-[a-f0-9]{20,})")]
    private static partial Regex AiKey();

    [GeneratedRegex(@"(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{31}")]
    private static partial Regex EntraSecret();

    [GeneratedRegex(@"(?<![A-Za-z0-9])AT[AC]TT3[A-Za-z0-9_=-]{33}")]
    private static partial Regex AtlassianToken();

    [GeneratedRegex(@"\b(?i:okta|token)\b[^A-Za-z0-9]{1,5}(?:(?i:is|token|key)[^A-Za-z0-9]{1,5}){0,2}00(?=[a-z0-9_-]{0,39}[A-Z])(?=[A-Z0-9_-]{0,39}[a-z])[A-Za-z0-9_-]{40}(?![A-Za-z0-9_-])")]
    private static partial Regex OktaToken();

    /// <summary>Sixty-four bytes in base64; a hash of as many has its name before it.</summary>
    [GeneratedRegex(@"(?<![A-Za-z0-9+/])(?<!(?i:sha-?512|blake2b)[-: =])[A-Za-z0-9+/]{86}==(?![A-Za-z0-9+/=])")]
    private static partial Regex StorageKey();

    /// <summary>
    /// A value has a letter and a digit or sign; a word, a place where it is kept, a date or the name of a method is none (`password: see
    /// vault`, `password is SHA256-hashed`).
    /// </summary>
    [GeneratedRegex(@"(?:password|passwd|passphrase|pwd)(?:\s+(?:for|of|to)\s+\S{1,64})?(?:\s*[:=]|\s+(?:is|was)(?:\s+now)?\b\s*:?)\s*[""'`]?" + NoValue + @"(?=[^\s""'`,;]{0,256}[0-9!#$%^*])(?=[^\s""'`,;]{0,256}[a-z])[^\s""'`,;]{6}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PasswordInProse();

    [GeneratedRegex(@"(?:api[ _-]?key|client[ _-]secret|secret[ _-]access[ _-]key|access[ _-]token)(?:[:=]|\s(?:is|was)\b:?)\s*[""'`]?" + NoValue + @"(?=[^\s""'`,;]{0,256}[0-9])(?=[^\s""'`,;]{0,256}[a-z])[a-z0-9_~.+/=-]{16}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex KeyInProse();

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
