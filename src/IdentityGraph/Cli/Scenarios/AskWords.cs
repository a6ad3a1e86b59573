using System.Text;

namespace IdentityGraph.Cli.Scenarios;

/// <summary>The words of an `ask`: parted by blanks, and what stands between two quotes of one kind, single or double, is as it stands.</summary>
internal static class AskWords
{
    /// <summary>Null: a quote is not closed.</summary>
    public static string[]? Of(string ask)
    {
        List<string> words = [];
        StringBuilder? word = null;
        char? quote = null;
        foreach (var letter in ask)
        {
            if (quote is null && char.IsWhiteSpace(letter))
            {
                End();
            }
            else if ((letter is '\'' or '"') && (quote is null || quote == letter))
            {
                quote = quote is null ? letter : null;
                word ??= new StringBuilder();
            }
            else
            {
                (word ??= new StringBuilder()).Append(letter);
            }
        }

        End();
        return quote is null ? [.. words] : null;

        void End()
        {
            if (word is not null)
            {
                words.Add(word.ToString());
                word = null;
            }
        }
    }
}
