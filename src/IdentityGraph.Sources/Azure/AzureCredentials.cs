using IdentityGraph.Graph;
using IdentityGraph.Sources.Records;
using static IdentityGraph.Sources.BloodHound.JsonReading;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Azure;

/// <summary>
/// Secrets, certificates and federated credentials of an application or service principal, by their key ids and times. Values, hints and
/// key material are never looked at.
/// </summary>
internal static class AzureCredentials
{
    public static void Of(JsonValue data, string subject, AzureWriting writing)
    {
        foreach (var password in writing.List(data, "passwordCredentials"))
        {
            State(password, "clientSecret", true, subject, writing);
        }

        foreach (var key in writing.List(data, "keyCredentials"))
        {
            // A key for signing is the directory's own, with which it signs assertions for the application; nobody signs in with it.
            State(key, "certificate", Text(key, "usage") != "Sign", subject, writing);
        }
    }

    /// <summary>A trust in tokens of another issuer for one subject: whoever acts as that subject signs in as the application.</summary>
    /// <param name="id">The trust's own id.</param>
    /// <param name="data">`issuer`, `subject`, `audiences`, `name`; and `appId` of whom it is for, where that is not given.</param>
    /// <param name="application">Application id; null: as the data says.</param>
    /// <param name="writing">Where facts are added.</param>
    public static void Federated(string id, JsonValue data, string? application, AzureWriting writing)
    {
        var of = Text(data, "appId") ?? Text(data, "applicationId") ?? application;
        var issuer = Text(data, "issuer");
        var subject = Text(data, "subject");
        if (of is null || issuer is null || subject is null || AzureWriting.WhyNot(of) is not null || !AzureIds.Fits(WorkloadIds.Subject(issuer, subject)) || AzureWriting.WhyNot(issuer + subject) is not null)
        {
            writing.Book.Refuse(writing.Where, "federatedIdentityCredential", "a federated credential has an application, an `issuer` and a `subject`; it was left out", writing.Stream);
            return;
        }

        var credential = AzureIds.FederatedCredential(id);
        var workload = WorkloadIds.Subject(issuer, subject);
        writing.Facts.Node(
            credential,
            NodeKinds.Credential,
            [
                .. Named(data),
                new(P.State.Name, PropertyValue.Of("Active")),
                new(P.CredentialKind.Name, PropertyValue.Of("accessToken")),
                new(P.Extractable.Name, PropertyValue.Of(false)),
                new(P.ExpiresAt.Name, PropertyValue.None),
            ]);
        writing.Facts.Node(workload, NodeKinds.ServiceIdentity, [new(P.Name.Name, PropertyValue.Of(subject)), new(P.NhiKind.Name, PropertyValue.Of("workload")), new(P.Mfa.Name, PropertyValue.Of(false))]);
        writing.Facts.Edge(EdgeKinds.HeldBy, credential, workload);
        writing.Facts.Edge(EdgeKinds.AuthenticatesAs, credential, AzureIds.Object(of));
    }

    /// <summary>An instant of Graph; null where it is absent or none.</summary>
    public static DateTimeOffset? Instant(JsonValue json, string member) =>
        Text(json, member) is { } text && Instants.TryParse(text, out var instant) && instant.Year > 1 ? instant : null;

    private static void State(JsonValue json, string kind, bool signsIn, string subject, AzureWriting writing)
    {
        if (Text(json, "keyId") is not { Length: > 0 } key || AzureWriting.WhyNot(key) is not null)
        {
            writing.Book.Refuse(writing.Where, kind == "clientSecret" ? "passwordCredentials" : "keyCredentials", "a credential without a `keyId` cannot be told from others; it was left out", writing.Stream);
            return;
        }

        List<KeyValuePair<string, PropertyValue>> properties = [.. Named(json), new(P.CredentialKind.Name, PropertyValue.Of(kind))];
        if (Instant(json, "startDateTime") is { } start)
        {
            properties.Add(new(P.IssuedAt.Name, PropertyValue.Of(start)));
            properties.Add(new(P.NotBefore.Name, PropertyValue.Of(start)));
        }

        if (Instant(json, "endDateTime") is { } end)
        {
            properties.Add(new(P.ExpiresAt.Name, PropertyValue.Of(end)));
        }

        var id = AzureIds.Credential(key);
        writing.Facts.Node(id, NodeKinds.Credential, properties);
        if (signsIn)
        {
            writing.Facts.Edge(EdgeKinds.AuthenticatesAs, id, AzureIds.Object(subject));
        }
    }

    private static IEnumerable<KeyValuePair<string, PropertyValue>> Named(JsonValue json) =>
        (Text(json, "displayName") ?? Text(json, "name")) is { Length: > 0 } name ? [new(P.Name.Name, PropertyValue.Of(name))] : [];
}
