using System.Text.RegularExpressions;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Entries;
using IdentityGraph.Sources.Records;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.GitHubWorkflows;

/// <summary>
/// Sign-in to a cloud with a job's own token (OpenID Connect). The file says which role is asked for; whether the cloud lets it in is the
/// cloud's trust, so the step is a candidate: CAN_ASSUME with conditions unread.
/// </summary>
internal sealed partial class WorkflowFederation(EntryNode step, string? uses, string identity, bool hasToken, string where, WorkflowWriting writing)
{
    public void State()
    {
        var with = step.Find("with");
        var action = uses?.Split('@')[0].ToLowerInvariant();
        switch (action)
        {
            case "aws-actions/configure-aws-credentials" when with?.Find("role-to-assume") is { } role:
                Candidate(role.Text, Arn().Match(role.Text ?? "") is { Success: true } arn ? $"{arn.Groups["partition"].Value}-{arn.Groups["account"].Value}:role/{Uri.EscapeDataString(arn.Groups["name"].Value)}" : null);
                break;
            case "google-github-actions/auth" when with?.Find("service_account") is { } account:
                Candidate(account.Text, account.Text is { } email && Email().IsMatch(email) ? "gcp:serviceaccount/" + Uri.EscapeDataString(email.ToLowerInvariant()) : null);
                break;
            case "azure/login" when with?.Find("client-id") is { } client:
                // An application is no principal; its federated credential names the workload, and that is where the two meet.
                Unsaid(client.Text, "which workload Azure trusts is said by the application's federated credential (azurehound)");
                break;
        }
    }

    private void Candidate(string? said, string? principal)
    {
        if (principal is null || principal.Length > 512)
        {
            Unsaid(said, "the role is not written in the file");
            return;
        }

        if (!hasToken)
        {
            writing.Book.Report.Warn($"`{where}`: asks for a cloud role without `id-token: write` among its permissions: it signs in some other way, or not at all");
        }

        writing.Facts.Edge(EdgeKinds.CanAssume, identity, principal, null, new KeyValuePair<string, PropertyValue>(P.Conditions.Name, PropertyValue.Of("unread")));
        writing.Book.Trace("edge", identity, said, "federation", where, "imported", $"CAN_ASSUME of {identity} to {principal}");
    }

    private void Unsaid(string? said, string why)
    {
        writing.Book.Report.Warn($"`{where}`: signs in to a cloud, and {why}");
        writing.Book.Trace("edge", identity, said is null || WorkflowWords.IsExpression(said) ? "" : RecordBook.Shown(said), "federation", where, "refused", why);
    }

    [GeneratedRegex(@"\Aarn:(?<partition>aws[a-z-]*):iam::(?<account>\d{12}):role/(?:[^\s${}]*/)?(?<name>[A-Za-z0-9+=,.@_-]{1,64})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Arn();

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,100}@[A-Za-z0-9.-]{1,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Email();
}
