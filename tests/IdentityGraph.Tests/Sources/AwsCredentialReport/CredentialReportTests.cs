using IdentityGraph.Collect;
using IdentityGraph.Sources.AwsCredentialReport;

namespace IdentityGraph.Tests.Sources.AwsCredentialReport;

/// <summary>Who has a password or a key, since when, and whether it works.</summary>
public sealed class CredentialReportTests : IDisposable
{
    private const string Header = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated\n";
    private const string Root = "<root_account>,arn:aws:iam::111122223333:root,2020-01-02T03:04:05+00:00,not_supported,2025-01-01T00:00:00+00:00,not_supported,not_supported,true,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A\n";
    private const string Mara = "mara,arn:aws:iam::111122223333:user/staff/mara,2024-01-02T03:04:05+00:00,true,no_information,2024-03-02T03:04:05+00:00,N/A,false,true,2024-02-02T03:04:05+00:00,2025-05-30T10:00:00+00:00,eu-west-1,s3,false,2023-02-02T03:04:05+00:00,N/A,N/A,N/A,false,N/A,false,N/A\n";
    private const string Bot = "bot,arn:aws:iam::111122223333:user/bot,2024-01-02T03:04:05+00:00,false,N/A,N/A,N/A,false,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A\n";
    private const string User = "aws-111122223333:credential/user%2F";
    private readonly FileStory _story = new(new CredentialReportFormat());

    public void Dispose() => _story.Dispose();

    [Fact]
    public void Passwords_and_keys_are_credentials_of_their_user_and_none_where_there_is_none()
    {
        _story.Read("credential-report.csv", Header + Root + Mara + Bot, "users", "credentials");

        Assert.Equal(
            [
                "aws-111122223333:credential/root%2F111122223333%2Fpassword -> aws-111122223333:root/111122223333",
                User + "mara%2Faccess_key_1 -> aws-111122223333:user/mara",
                User + "mara%2Faccess_key_2 -> aws-111122223333:user/mara",
                User + "mara%2Fpassword -> aws-111122223333:user/mara",
            ],
            _story.Edges("AUTHENTICATES_AS").Order(StringComparer.Ordinal));
        Assert.Equal("name=access key 1 of mara kind=apiKey state=Active expiresAt=none issuedAt=2024-02-02T03:04:05Z lastUsedAt=2025-05-30T10:00:00Z", Said(User + "mara%2Faccess_key_1"));
        Assert.Equal("name=access key 2 of mara kind=apiKey state=Disabled expiresAt=none issuedAt=2023-02-02T03:04:05Z", Said(User + "mara%2Faccess_key_2"));
        Assert.Equal("name=password of mara kind=password state=Active rotatedAt=2024-03-02T03:04:05Z", Said(User + "mara%2Fpassword"));
        Assert.Equal("name=mara state=Active mfa=false", Said("aws-111122223333:user/mara"));
        Assert.Equal("name=root state=Active mfa=true privileged=true", Said("aws-111122223333:root/111122223333"));
        Assert.Equal(["aws-111122223333:root/111122223333 -> aws-111122223333:account/111122223333 rights=DRWUAC right=*"], _story.Edges("ENTITLES"));
        Assert.Empty(_story.Rejects);
        Assert.All(_story.All.OfType<Observation.EndOf>(), end => Assert.True(end.Complete));
    }

    [Fact]
    public void A_row_that_cannot_be_read_is_told_and_nothing_is_concluded_from_absence()
    {
        _story.Read("credential-report.csv", Header + Mara + "dave,not-an-arn,2024-01-02T03:04:05+00:00\n" + Bot.Replace("111122223333", "999988887777", StringComparison.Ordinal), "users", "credentials");

        Assert.Equal(2, _story.Report.Rejects.Count);
        Assert.Contains("another account", _story.Report.Rejects[1].Problem);
        Assert.All(_story.All.OfType<Observation.EndOf>(), end => Assert.False(end.Complete));
    }

    [Fact]
    public void A_word_nobody_knows_makes_no_credential_go_away()
    {
        _story.Read("credential-report.csv", Header + Mara.Replace(",true,2024-02-02T03:04:05+00:00", ",paused,2024-02-02T03:04:05+00:00", StringComparison.Ordinal));

        Assert.Equal("name=access key 1 of mara kind=apiKey expiresAt=none issuedAt=2024-02-02T03:04:05Z lastUsedAt=2025-05-30T10:00:00Z", Said(User + "mara%2Faccess_key_1"));
        Assert.Contains("word access_key_1_active=paused", _story.Report.Unrecognised.Keys);
    }

    [Fact]
    public void What_names_no_user_of_an_account_is_refused_with_a_way_out()
    {
        Assert.Contains("aws iam get-credential-report", Assert.Throws<RefusedInputException>(() => _story.Read("a.csv", Header)).Message);
        Assert.Contains("aws iam get-credential-report", Assert.Throws<RefusedInputException>(() => _story.Read("b.csv", "user,when\nmara,today\n")).Message);
    }

    private string Said(string id) => string.Join(' ', _story.All.OfType<Observation.SawNode>().Single(node => node.Id == id).Properties.Select(property => $"{property.Key}={property.Value}"));
}
