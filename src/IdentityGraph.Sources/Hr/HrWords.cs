namespace IdentityGraph.Sources.Hr;

/// <summary>Words of HR exports that need no mapping: compared in lower case.</summary>
internal static class HrWords
{
    public static readonly IReadOnlyDictionary<string, string> Status = Lines(
        ("active", "active employed working current true yes y 1 a"),
        ("onLeave", "onleave|on leave|leave|leave of absence|loa|parental leave|sabbatical|suspended"),
        ("pending", "pending|prehire|pre-hire|future|onboarding|not started"),
        ("ended", "ended|terminated|inactive|left|former|leaver|resigned|retired|false|no|n|0|t"));

    public static readonly IReadOnlyDictionary<string, string> Kind = Lines(
        ("employee", "employee|regular|permanent|full time|full-time|part time|part-time|fte"),
        ("contractor", "contractor|contingent|contingent worker|freelancer|temp|temporary|consultant"),
        ("vendor", "vendor|external|supplier|third party|third-party|partner"),
        ("intern", "intern|trainee|apprentice|working student"));

    private static Dictionary<string, string> Lines(params (string Word, string Said)[] lines)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (word, said) in lines)
        {
            foreach (var one in said.Split(said.Contains('|') ? '|' : ' '))
            {
                words[one] = word;
            }
        }

        return words;
    }
}
