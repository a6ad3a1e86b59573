using System.Text;
using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Tests.Sources.BloodHound;

/// <summary>The page of the source says what the table says.</summary>
public sealed class BloodHoundPageTests
{
    [Fact]
    public void The_table_on_the_page_is_the_table_of_the_code() => Assert.Equal(Table(), DocPage.Part("bloodhound.md", "rights"));

    private static string Table()
    {
        var page = new StringBuilder("| relationship | to | becomes | amplifies | what it lets the start do |\n|---|---|---|---|---|\n");
        foreach (var row in BloodHoundRights.Rows)
        {
            page.Append("| ").Append(row.Right).Append(" | ").AppendJoin(", ", row.Targets).Append(" | ").Append(Becomes(row)).Append(" | ")
                .Append(row.Amplifying ? "yes" : "").Append(" | ").Append(row.Why).Append(" |\n");
        }

        return page.ToString();
    }

    private static string Becomes(RightRow row) => row.Effect switch
    {
        Effect.Control => "control",
        Effect.Entitle => "ENTITLES " + row.Letters,
        Effect.EntitleUnknown => "Unknown",
        Effect.Assume => "CAN_ASSUME",
        Effect.AssumeUnread => "CAN_ASSUME, conditions unread",
        Effect.Member => "MEMBER_OF",
        Effect.ReadSecret => "ENTITLES DR on where the password is STORED_IN",
        Effect.KeepsSecret => "a Credential STORED_IN the host",
        Effect.Contain => "CONTAINS",
        Effect.Offered => "CONTAINS, the other way round, without inheritance",
        Effect.Apply => "ENTITLES of what the policy GRANTS",
        Effect.Trust => "TRUSTS, nobody mapped",
        Effect.TrustInForest => "TRUSTS, nobody mapped; who administers the end administers the start",
        Effect.AbuseTrust => "who administers the start administers the end, level unknown",
        Effect.LocalGroup => "ENTITLES by its number",
        _ => throw new ArgumentOutOfRangeException(nameof(row)),
    };
}
