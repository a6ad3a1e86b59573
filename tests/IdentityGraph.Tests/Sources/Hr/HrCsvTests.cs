using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Hr;

namespace IdentityGraph.Tests.Sources.Hr;

public sealed class HrCsvTests : IDisposable
{
    private readonly HrFolder _hr = new();

    public void Dispose() => _hr.Dispose();

    [Fact]
    public void A_last_day_ends_at_midnight_after_it_in_the_persons_own_zone()
    {
        var said = _hr.Read("""
            Employee ID,Name,Start Date,End Date,Time Zone,Status
            17,Pat Doe,2024-01-10,2025-03-31,Europe/Berlin,Terminated
            18,Ann Lee,2024-01-10,2025-03-31,Asia/Tokyo,Active
            """);

        Assert.Equal(["2024-01-09T23:00:00Z"], said.Of("hr:employment/17%3A2024-01-10", Properties.StartAt));
        Assert.Equal(["2025-03-31T22:00:00Z"], said.Of("hr:employment/17%3A2024-01-10", Properties.EndAt));
        Assert.Equal(["2025-03-31T15:00:00Z"], said.Of("hr:employment/18%3A2024-01-10", Properties.EndAt));
        Assert.Equal(["ended"], said.Of("hr:employment/17%3A2024-01-10", Properties.EmploymentStatus));
        Assert.Contains("hr:person/17 EMPLOYED_AS hr:employment/17%3A2024-01-10", said.Edges());
    }

    [Fact]
    public void A_date_in_no_zone_is_utc_and_says_so()
    {
        var said = _hr.Read(new ImportRequest { Path = _hr.Write("p.csv", "id,name,start date\n17,Pat,2024-01-10\n"), CollectedAt = DateTimeOffset.UnixEpoch });

        Assert.Equal(["2024-01-10T00:00:00Z"], said.Of("hr:employment/17%3A2024-01-10", Properties.StartAt));
        Assert.Empty(said.Of("hr:employment/17%3A2024-01-10", Properties.Tz));
        Assert.Contains(_hr.Report.Warnings, warning => warning.Contains("taken as UTC", StringComparison.Ordinal));
    }

    [Fact]
    public void No_end_is_told_apart_from_an_end_not_stated()
    {
        var said = _hr.Read("""
            id,name,start date,end date,status
            1,Stays,2024-01-10,,active
            2,Forever,2024-01-10,9999-12-31,active
            3,Left Someday,2024-01-10,,terminated
            """);

        Assert.Equal(["none"], said.Of("hr:employment/1%3A2024-01-10", Properties.EndAt));
        Assert.Equal(["none"], said.Of("hr:employment/2%3A2024-01-10", Properties.EndAt));
        Assert.Empty(said.Of("hr:employment/3%3A2024-01-10", Properties.EndAt));
        Assert.Empty(_hr.Read("id,name,start date\n4,Pat,2024-01-10\n").Of("hr:employment/4%3A2024-01-10", Properties.EndAt));
    }

    [Fact]
    public void A_row_that_ends_before_it_starts_is_refused_and_the_rest_goes_in()
    {
        var said = _hr.Read("""
            id,name,start date,end date
            1,Good,2024-01-10,2024-01-10
            2,Bad,2024-01-10,2024-01-09
            3,Good Too,2024-01-10,
            """, null, "people", "employments");

        Assert.Equal(["people.csv:3 end date: the engagement ends (2024-01-09) before it starts (2024-01-10); correct one of the dates in the HR system"], _hr.Rejects);
        Assert.Equal(["hr:person/1", "hr:employment/1%3A2024-01-10", "hr:person/3", "hr:employment/3%3A2024-01-10"], said.Nodes());
        Assert.Equal(["hr:person/2", "hr:employment/2%3A2024-01-10", "hr:person/2 EMPLOYED_AS hr:employment/2%3A2024-01-10"], said.SeenOnly());
        Assert.Equal(["employments complete", "people complete"], said.Ends());
        Assert.Equal((3, 1), (_hr.Outcome.Read, _hr.Outcome.Rejected));
    }

    [Theory]
    [InlineData("2,Bad,31.03.2025,", "start date", "not a date that can be read without guessing")]
    [InlineData("2,Bad,2025-02-30,", "start date", "not a date")]
    [InlineData(",Bad,2025-01-01,", "id", "the person's id is missing")]
    [InlineData("2,Bad,2025-01-01", "", "3 fields, the header 4")]
    [InlineData("2,\"Bad\" Boy,2025-01-01,", "", "a quote stands where none may")]
    public void A_bad_row_says_where_and_what_to_do(string row, string member, string words)
    {
        var said = _hr.Read($"id,name,start date,end date\n1,Good,2024-01-10,\n{row}\n3,Good,2024-01-10,\n", null, "people", "employments");

        var reject = Assert.Single(_hr.Report.Rejects);
        Assert.Equal(("people.csv", 3L, member), (reject.File, reject.Line, reject.Member));
        Assert.Contains(words, reject.Problem, StringComparison.Ordinal);
        Assert.Equal(["hr:person/1", "hr:employment/1%3A2024-01-10", "hr:person/3", "hr:employment/3%3A2024-01-10"], said.Nodes());
        Assert.Contains("employments not complete", said.Ends());
    }

    [Fact]
    public void A_cut_off_quote_makes_the_run_partial_and_proves_no_absence()
    {
        var said = _hr.Read("id,name,start date\n1,Good,2024-01-10\n2,\"Cut o", null, "people", "employments");

        Assert.Equal(["hr:person/1", "hr:employment/1%3A2024-01-10"], said.Nodes());
        Assert.Equal("people.csv could be read up to line 3 only", _hr.Outcome.PartialReason);
        Assert.Equal(["employments not complete", "people not complete"], said.Ends());
    }

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    public void Marks_line_ends_and_a_byte_order_mark_do_not_matter(string mark)
    {
        var said = _hr.Read($"\uFEFFid{mark}name{mark}start date\r\n17{mark}\"Doe{mark} \"\"Pat\"\"\"{mark}2024-01-10\r\n");

        Assert.Equal([$"Doe{mark} \"Pat\""], said.Of("hr:person/17", Properties.Name));
        Assert.Empty(_hr.Rejects);
    }

    [Fact]
    public void One_id_for_two_people_is_reported_and_both_are_kept()
    {
        var said = _hr.Read("""
            id,name,start date
            17,Homer Simpson,2024-01-10
            17,Fred Flintstone,2024-01-10
            """);

        Assert.Equal(["Homer Simpson", "Fred Flintstone"], said.Of("hr:person/17", Properties.Name));
        Assert.Contains(_hr.Report.Warnings, warning => warning.StartsWith("people.csv:3: `17` is another person in people.csv:2", StringComparison.Ordinal));
    }

    [Fact]
    public void A_new_surname_and_a_second_engagement_are_no_conflict()
    {
        _hr.Read("""
            id,name,start date,end date
            17,Homer Simpson,2020-01-10,2021-01-10
            17,Homer Bouvier,2024-01-10,
            """);

        Assert.DoesNotContain(_hr.Report.Warnings, warning => warning.Contains("another person", StringComparison.Ordinal) || warning.Contains("told otherwise", StringComparison.Ordinal));
    }

    [Fact]
    public void One_engagement_told_twice_is_reported()
    {
        _hr.Read("""
            id,name,start date,end date
            17,Homer Simpson,2024-01-10,2024-06-30
            17,Homer Simpson,2024-01-10,
            """);

        Assert.Contains(_hr.Report.Warnings, warning => warning.Contains("told otherwise in people.csv:2", StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_left_out_are_counted()
    {
        var said = _hr.Read("id,name,deleted\n17,Pat,true\n18,Ann,false\n", "columns: { personId: id, name: name }\nskip: { deleted: \"TRUE\" }\n");

        Assert.Equal(["hr:person/18"], said.Nodes());
        Assert.Contains("people.csv: 1 rows were left out as the mapping's `skip` says", _hr.Report.Warnings);
    }

    [Fact]
    public void A_value_that_looks_like_a_secret_refuses_its_row()
    {
        var said = _hr.Read("id,name,title\n17,Pat,Engineer\n18,Ann,https://ann:hunter22@x.example\n");

        Assert.Equal(["hr:person/17", "hr:employment/17"], said.Nodes());
        var reject = Assert.Single(_hr.Report.Rejects);
        Assert.Equal((3L, "title"), (reject.Line, reject.Member));
        Assert.DoesNotContain("hunter22", reject.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_status_is_kept_as_said_and_counted()
    {
        var said = _hr.Read("id,name,start date,status\n17,Pat Doe,2024-01-10,Frozen\n18,Ann Lee,2024-01-10,On Leave\n");

        Assert.Equal(["Frozen"], said.Of("hr:employment/17%3A2024-01-10", Properties.EmploymentStatus));
        Assert.Equal(["onLeave"], said.Of("hr:employment/18%3A2024-01-10", Properties.EmploymentStatus));
        Assert.Equal(["word status=Frozen"], _hr.Report.Unrecognised.Keys);
    }

    [Fact]
    public void Nothing_is_complete_unless_somebody_says_so()
    {
        const string Csv = "id,name,start date\n17,Pat,2024-01-10\n";

        Assert.Equal(["employments not complete", "people not complete"], _hr.Read(Csv).Ends());
        Assert.Equal(["employments complete", "people not complete"], _hr.Read(Csv, null, "employments").Ends());
        Assert.Equal(["employments complete", "people complete"], _hr.Read(Csv, "complete: true\ncolumns: { personId: id, name: name, startDate: start date }\n").Ends());
    }

    [Fact]
    public void A_file_that_states_no_time_takes_its_own_and_warns()
    {
        var path = _hr.Write("p.csv", "id,name,start date\n17,Pat,2024-01-10\n");
        File.SetLastWriteTimeUtc(path, new DateTime(2025, 5, 1, 6, 0, 0, DateTimeKind.Utc));

        _hr.Read(new ImportRequest { Path = path });

        Assert.Equal(new DateTimeOffset(2025, 5, 1, 6, 0, 0, TimeSpan.Zero), _hr.Header.StartedAt);
        Assert.Contains(_hr.Report.Warnings, warning => warning.Contains("last changed 2025-05-01T06:00:00Z", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("columns: { personId: id }\ncolums: {}\n", "line 2: unknown key `colums`; did you mean `columns`?")]
    [InlineData("columns: { personID: id }\n", "unknown field `personID`; did you mean `personId`?")]
    [InlineData("columns: { personId: employee }\n", "unknown column `employee`")]
    [InlineData("columns: { personId: id, login: Password }\n", "looks like a secret")]
    [InlineData("columns: { personId: id }\ntimeZone: Mars/Olympus\n", "unknown time zone `Mars/Olympus`")]
    [InlineData("columns: { personId: id }\ncomplete: [peeple]\n", "unknown stream `peeple`; did you mean `people`?")]
    [InlineData("columns: &a { personId: id }\nstatus: *a\n", "aliases")]
    [InlineData("columns: { personId: id\n", "not readable as YAML")]
    public void A_faulty_mapping_is_refused_whole(string mapping, string words)
    {
        var refused = Assert.Throws<RefusedInputException>(() => _hr.Read("id,Password\n17,x\n", mapping));

        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mapping_names_columns_words_and_keys()
    {
        var said = _hr.Read(
            "Pers.Nr;Vorname;Nachname;Eintritt;Austritt;Stand;Chef;Okta\n0017;Pat;Doe;10.01.2024;;beurlaubt;0003;pat.doe\n",
            """
            source: sap
            timeZone: Europe/Berlin
            dateFormats: [dd.MM.yyyy]
            columns: { personId: Pers.Nr, firstName: Vorname, lastName: Nachname, startDate: Eintritt, endDate: Austritt, status: Stand, manager: Chef }
            keys: { okta: Okta }
            status: { onLeave: beurlaubt, ended: [ausgetreten, Rente] }
            """);

        Assert.Equal(["Pat Doe"], said.Of("sap:person/0017", Properties.Name));
        Assert.Equal(["okta:pat.doe"], said.Of("sap:person/0017", Properties.CorrelationKeys));
        Assert.Equal(["onLeave"], said.Of("sap:employment/0017%3A2024-01-10", Properties.EmploymentStatus));
        Assert.Equal(["sap:person/0003"], said.Of("sap:employment/0017%3A2024-01-10", Properties.ManagerId));
    }

    [Theory]
    [InlineData("Employee ID,Name,Hire Date", true)]
    [InlineData("section,asset,owner", false)]
    [InlineData("name,start date", false)]
    public void An_export_is_recognised_by_its_header(string header, bool recognised) =>
        Assert.Equal(recognised, new HrCsvFormat().Recognizes(new FileProbe("x.csv", false, System.Text.Encoding.UTF8.GetBytes(header + "\n"), [])));
}
