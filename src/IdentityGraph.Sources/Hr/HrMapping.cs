namespace IdentityGraph.Sources.Hr;

/// <summary>How the columns of an HR export are read. Only mapped columns are looked at; nothing else of the export enters.</summary>
internal sealed record HrMapping
{
    public string Source { get; init; } = "hr";

    public string Tenant { get; init; } = "";

    /// <summary>First part of every id; stays the same when the source is renamed. Null: the source.</summary>
    public string? System { get; init; }

    /// <summary>IANA zone of dates without a zone column; null: the policy's, else UTC, flagged.</summary>
    public string? TimeZone { get; init; }

    /// <summary>How often the export is made; null: the policy's for file imports.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>Date formats as .NET writes them (`dd.MM.yyyy`), tried before ISO 8601.</summary>
    public IReadOnlyList<string> DateFormats { get; init; } = [];

    /// <summary>Streams the export is known to list whole.</summary>
    public IReadOnlyList<string> Complete { get; init; } = [];

    /// <summary>Status word of the export, lower case → status of the model.</summary>
    public required IReadOnlyDictionary<string, string> Status { get; init; }

    /// <summary>Kind word of the export, lower case → kind of engagement.</summary>
    public required IReadOnlyDictionary<string, string> Kind { get; init; }

    public required IReadOnlyList<HrTable> Tables { get; init; }

    /// <summary>The file the mapping was read from; null: found by header names.</summary>
    public string? File { get; init; }
}

/// <summary>One CSV of an export.</summary>
internal sealed record HrTable
{
    /// <summary>File name inside the export's folder; null: the file given.</summary>
    public string? File { get; init; }

    /// <summary>Field → header of its column, as written in the CSV.</summary>
    public required IReadOnlyDictionary<HrField, string> Columns { get; init; }

    /// <summary>Type of key → header: `okta: okta_login` makes the correlation key `okta:…`.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; init; } = new Dictionary<string, string>();

    /// <summary>Header → value: rows with that value are left out and counted.</summary>
    public IReadOnlyDictionary<string, string> Skip { get; init; } = new Dictionary<string, string>();

    public bool Has(params ReadOnlySpan<HrField> fields)
    {
        foreach (var field in fields)
        {
            if (Columns.ContainsKey(field))
            {
                return true;
            }
        }

        return false;
    }

    public bool IsAboutPeople => Has(HrField.PersonId);

    /// <summary>Whether its rows describe a person; a table of ids, dates and titles beside others only adds to engagements.</summary>
    public bool DescribesPeople => IsAboutPeople && (Keys.Count > 0 || Has(HrField.FullName, HrField.FirstName, HrField.LastName, HrField.Email, HrField.EmployeeNumber, HrField.Login));

    public bool DescribesEmployments => IsAboutPeople && Has(
        HrField.EmploymentId, HrField.Kind, HrField.StartDate, HrField.EndDate, HrField.Status, HrField.Department, HrField.JobRole, HrField.Manager);

    public bool DescribesTeams => Has(HrField.Team) && !IsAboutPeople;
}
